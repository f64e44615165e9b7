import type { Command } from 'commander'
import { seedStore } from '../bot/seed.ts'
import { type Filled, fillStore } from './filling.ts'
import { withServices } from './services.ts'

/** `fill`: a store of made-up alerts, to see how lists, searches and figures go at a mission's size. */
export function addFilling(program: Command, dataDir: () => string): void {
  program
    .command('fill')
    .description('fill an empty data folder with made-up alerts, for measuring; never where a mission works')
    .requiredOption('--alerts <number>', 'how many; five times as many reports come with them')
    .option('--seed <number>', 'the same number makes the same alerts', '1')
    .option('--until <day>', 'the day (UTC) on which the newest were raised; today unless given')
    .action(async ({ alerts, seed, until }: { alerts: string; seed: string; until?: string }) => {
      const input = {
        alerts: whole(alerts, 1, 1_000_000),
        seed: whole(seed, 0, 2 ** 32 - 1),
        until: day(until),
      }
      const filled = await withServices(dataDir(), 'alone', async ctx => {
        const { read } = ctx.store
        if ((await read.alerts.count()) > 0 || (await read.people.count()) > 0)
          throw new FillError(`There is something in ${dataDir()} already. Name an empty folder with --data.`)
        await seedStore(ctx.store, ctx.mission, ctx.clock, ctx.ids)
        return fillStore(ctx, input)
      })
      console.log(said(filled))
    })
}

/** What an operator asked for cannot be done; the message says why and what to do. */
export class FillError extends Error {}

const said = ({ alerts, open, reports, acts, responses }: Filled): string =>
  `Filled with ${alerts} alerts (${open} open), ${reports} reports, ${acts} acts and ${responses} responses.`

function whole(text: string, least: number, most: number): number {
  const value = Number(text)
  if (Number.isInteger(value) && value >= least && value <= most) return value
  throw new FillError(`"${text}" is not a whole number from ${least} to ${most}.`)
}

function day(text: string | undefined): number {
  const at = text === undefined ? Math.ceil(Date.now() / 86_400_000) * 86_400_000 : Date.parse(text)
  if (Number.isNaN(at)) throw new FillError(`"${text}" is not a day. Write it like 2026-11-30.`)
  return at
}
