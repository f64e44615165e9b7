/** `npm run store -- backup [file] | restore <file> | verify [file]`: the store's commands for an operator. */
import { Command, Option } from 'commander'
import { BackupError, backupDatabase, backupPath, databasePath, restoreDatabase } from '../db/backup.ts'
import { verifyDatabase } from '../db/verify.ts'
import { TocsinError } from '../errors.ts'

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

try {
  await program.parseAsync()
} catch (error) {
  console.error(explain(error))
  process.exitCode = 1
}

function explain(error: unknown): string {
  if (error instanceof BackupError) return error.message
  if (error instanceof TocsinError && error.code === 'data_in_use') {
    return `A bot runs on ${dataDir()}, so nothing was restored. Stop it and try again.`
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
