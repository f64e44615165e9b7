import { readFileSync } from 'node:fs'
import { type Command, InvalidArgumentError } from 'commander'
import { makeExport } from '../operations/export.ts'
import { rotatePartners } from '../operations/partner.ts'
import { readPatrols, recordPatrols } from '../operations/patrol.ts'
import { applyRetention, type Due, planRetention } from '../operations/retention.ts'
import { eraseSourcesBefore, rotateVault } from '../operations/source.ts'
import { withServices } from './services.ts'

/** The operator's commands that keep, erase and take along: `retention`, `export`, `rotate-vault`, `rotate-partners`, `erase-sources`. */
export function addKeeping(program: Command, dataDir: () => string): void {
  program
    .command('retention')
    .description('erase what has been kept for as long as the mission file says; stop the bot first')
    .option('--dry-run', 'only say what would be erased; the bot may run')
    .action(async ({ dryRun }: { dryRun?: boolean }) => {
      const due = dryRun
        ? await withServices(dataDir(), 'beside', planRetention)
        : await withServices(dataDir(), 'alone', applyRetention)
      for (const each of due) console.log(dueLine(each, dryRun === true))
    })

  program
    .command('export')
    .description('write all that a holder owns to a file of JSON Lines, with a manifest beside it')
    .requiredOption('--holder <constituency>', 'whose: military, police, mission_civilian, un_agency, ngo …')
    .argument('[file]', 'where to; left out: exports/<time>-<holder>.jsonl in the data folder')
    .action(async (file: string | undefined, { holder }: { holder: string }) => {
      const made = await withServices(dataDir(), 'beside', ctx => makeExport(ctx, { holder, file }))
      const { counts, file: proof } = made.manifest
      const lines = Object.entries(counts).map(([type, count]) => `${count} ${type}`)
      console.log(`Wrote ${made.file}: ${lines.join(', ') || 'nothing'}; SHA-256 ${proof.sha256}.`)
      console.log(`Wrote ${made.manifestFile}.`)
    })

  program
    .command('patrols')
    .description('take in where patrols have been from a CSV: at, unit, base, place, id; the bot may run')
    .argument('<file>', 'the CSV, UTF-8, column heads first')
    .action(async (file: string) => {
      const read = readPatrols(readFileSync(file, 'utf8'))
      const done = await withServices(dataDir(), 'beside', ctx => recordPatrols(ctx, read))
      console.log(`Took in ${done.stored} patrols; ${done.repeated} were known already.`)
      for (const { line, reason } of done.problems) console.error(`Line ${line} was left out: ${reason}.`)
      if (done.problems.length > 0) process.exitCode = 1
    })

  program
    .command('rotate-vault')
    .description('wrap the keys of all sources with the new VAULT_KEY; stop the bot first')
    .action(async () => {
      const { moved, unopened } = await withServices(dataDir(), 'alone', rotateVault)
      console.log(`Moved ${moved} sources to the current key.`)
      if (unopened === 0) return void console.log('VAULT_KEYS_OLD can be emptied.')
      console.error(`${unopened} sources open with none of the keys given. Add their key to VAULT_KEYS_OLD.`)
      process.exitCode = 1
    })

  program
    .command('rotate-partners')
    .description('put which organisation unnamed partners are under the new PARTNER_KEY; stop the bot first')
    .action(async () => {
      const { moved, unopened } = await withServices(dataDir(), 'alone', rotatePartners)
      console.log(`Moved ${moved} unnamed partners to the current key.`)
      if (unopened === 0) return void console.log('PARTNER_KEYS_OLD can be emptied.')
      console.error(
        `${unopened} unnamed partners open with none of the keys given. Add their key to PARTNER_KEYS_OLD.`,
      )
      process.exitCode = 1
    })

  program
    .command('erase-sources')
    .description('erase who the sources recorded before a day are, for good; stop the bot first')
    .requiredOption('--before <day>', 'such as 2026-11-30 (UTC)', dayTyped)
    .action(async ({ before }: { before: number }) => {
      const erased = await withServices(dataDir(), 'alone', ctx => eraseSourcesBefore(ctx, before))
      console.log(`Erased ${erased} sources. Backups made before now still hold them; see docs/security.md.`)
    })
}

const NAMES: Record<Due['class'], string> = {
  alerts: 'ended alerts (their words)',
  sources: 'sources (their identity)',
  outbox: 'messages that were sent',
  inbox: 'events of Slack that were worked off',
  accessLog: 'entries of the access log',
  exports: 'files of exports',
  backups: 'files of backups',
}

/** The first moment of a day in UTC (epoch ms). @throws InvalidArgumentError where it is none. */
function dayTyped(typed: string): number {
  const at = /^\d{4}-\d\d-\d\d$/.test(typed) ? Date.parse(typed) : Number.NaN
  if (Number.isNaN(at)) throw new InvalidArgumentError(`"${typed}" is not a day. Write it like 2026-11-30.`)
  return at
}

function dueLine({ class: kind, before, count }: Due, dry: boolean): string {
  return `${dry ? 'Would erase' : 'Erased'} ${count} ${NAMES[kind]} from before ${new Date(before).toISOString()}.`
}
