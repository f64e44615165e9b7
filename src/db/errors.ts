import { TocsinError } from '../errors.ts'

/** SQLite could not write, and nothing of the transaction is in the file. */
const refusals = ['SQLITE_FULL', 'SQLITE_IOERR', 'SQLITE_READONLY', 'SQLITE_BUSY', 'SQLITE_CANTOPEN']

/** `not_stored` for an error that means the disk is full or the store refuses to write; everything else unchanged. */
export function asStoreError(error: unknown): unknown {
  if (error instanceof TocsinError) return error
  const code = sqliteCode(error)
  const refused =
    code !== null && refusals.some(refusal => code === refusal || code.startsWith(`${refusal}_`))
  return refused ? new TocsinError('not_stored', { details: { reason: code }, cause: error }) : error
}

/**
 * Whether an insert or update failed because a value is taken.
 *
 * @param column as SQLite names it, such as `alerts.code`.
 */
export function isTaken(error: unknown, column: string): boolean {
  return (
    sqliteCode(error)?.startsWith('SQLITE_CONSTRAINT') === true &&
    String((error as Error).message).includes(`UNIQUE constraint failed: ${column}`)
  )
}

function sqliteCode(error: unknown): string | null {
  for (let at = error; at instanceof Error; at = at.cause) {
    const code = (at as Error & { code?: unknown }).code
    if (typeof code === 'string' && code.startsWith('SQLITE_')) return code
  }
  return null
}
