/** `npm run store -- backup | restore | verify | retention | export | rotate-vault | rotate-partners | erase-sources | patrols | fill`: for an operator. */
import { Command, Option } from 'commander'
import { ConfigError, renderProblems } from '../config.ts'
import { BackupError, backupDatabase, backupPath, databasePath, restoreDatabase } from '../db/backup.ts'
import { MigrationError } from '../db/migrate.ts'
import { verifyDatabase } from '../db/verify.ts'
import { MissionError } from '../domain/mission.ts'
import { TocsinError } from '../errors.ts'
import { addFilling, FillError } from './fill.ts'
import { addKeeping } from './keep.ts'

const clock = { now: () => Date.now() }

const program = new Command('store')
  .description('Back up, restore and verify the database of Tocsin')
  .addOption(new Option('--data <folder>', 'the data folder').env('DATA_DIR').default('data'))

const dataDir = (): string => program.opts<{ data: string }>().data

program
  .command('backup')
  .description('copy the database to a file, also while the bot runs')
  .argument('[file]', 'where to; left out: backups/<time>-backup.db in the data folder')
  .action(async (file?: string) => {
    const target = file ?? backupPath(dataDir(), clock.now(), 'backup')
    const { events } = await backupDatabase(databasePath(dataDir()), target)
    console.log(
      `Backed up to ${target}: checked and sound, ${events?.count} events, last link ${events?.head}.`,
    )
  })

program
  .command('restore')
  .description('put a backup in the place of the database; stop the bot first')
  .argument('<file>', 'the backup')
  .action(async (file: string) => {
    const { replaced } = await restoreDatabase(dataDir(), file, clock)
    console.log(`Restored ${file}. ${replaced ? `What was there before is kept in ${replaced}.` : ''}`.trim())
  })

program
  .command('verify')
  .description('check the database or a backup: pages, references, version and trail')
  .argument('[file]', 'which file; left out: the database of the data folder')
  .action(async (file?: string) => {
    const target = file ?? databasePath(dataDir())
    const { problems, events } = await verifyDatabase(target)
    for (const problem of problems) console.error(problem)
    if (problems.length > 0) process.exitCode = 1
    else console.log(`${target} is sound: ${events?.count} events, last link ${events?.head}.`)
  })

addKeeping(program, dataDir)
addFilling(program, dataDir)

try {
  await program.parseAsync()
} catch (error) {
  console.error(explain(error))
  process.exitCode = 1
}

function explain(error: unknown): string {
  const plain = [BackupError, MigrationError, FillError].some(kind => error instanceof kind)
  if (plain && error instanceof Error) return error.message
  if (error instanceof ConfigError || error instanceof MissionError)
    return renderProblems('Nothing was done.', error.problems)
  if (error instanceof TocsinError && error.code === 'no_vault_key')
    return 'VAULT_KEY is not set. Give the key that seals new sources, and those of before in VAULT_KEYS_OLD.'
  if (error instanceof TocsinError && error.code === 'no_partner_key')
    return 'PARTNER_KEY is not set. Give the key that seals from now on, and those of before in PARTNER_KEYS_OLD.'
  if (error instanceof TocsinError && error.code === 'unknown_term')
    return `"${error.details.value}" is not one the bot knows.`
  if (error instanceof TocsinError && error.code === 'data_in_use') {
    return `A bot runs on ${dataDir()}, so nothing was changed. Stop it and try again.`
  }
  const { code, path } = error as NodeJS.ErrnoException
  if (code === 'ENOENT' && path) return `There is no file ${path}.`
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
