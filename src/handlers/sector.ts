import { sectorNamed } from '../domain/alert-filter.ts'
import { TocsinError } from '../errors.ts'
import type { CommandCall } from './contract.ts'

/**
 * The sector somebody asked for after a command, by its id or in words; null where they asked for none.
 *
 * @throws TocsinError `sector_unknown` for words that name none, so that the whole mission is never shown as a sector.
 */
export function sectorAsked(call: CommandCall): string | null {
  const said = call.text.trim()
  if (said === '') return null
  const found = sectorNamed(said, call.ctx.mission)
  if (found === null) throw new TocsinError('sector_unknown', { details: { said } })
  return found
}
