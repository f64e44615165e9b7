import { byUrgency } from '../../domain/alert.ts'
import type { Ctx } from '../context.ts'
import { actingPerson } from '../permission.ts'
import { postsHeld } from './chain.ts'
import { type AlertFacts, alertFacts } from './facts.ts'
import { actorAsReader, mayReadAlert } from './reading.ts'

const CODE = /^a-?([0-9a-z]{4})$/i

/**
 * Alerts the person may read, by record code (`A-7K4Q`, `a7k4q`) or by words in what happened and where; newest
 * first. Those they may not read are not counted either.
 */
export async function findAlerts(ctx: Ctx, words: string, limit = 10): Promise<AlertFacts[]> {
  actingPerson(ctx)
  const repos = ctx.store.read
  const code = CODE.exec(words.trim())?.[1]
  if (code) {
    const alert = await repos.alerts.byCode(`A-${code.toUpperCase()}`)
    if (alert) return readable(ctx, [alert])
  }
  return (await readable(ctx, await repos.alerts.search(words, limit * 5))).slice(0, limit)
}

/**
 * Open alerts that wait for the acting person: something is awaited of an owner, and the person holds the post that
 * has it, or a rung that was told. Most urgent first, then oldest.
 */
export async function waitingFor(ctx: Ctx): Promise<AlertFacts[]> {
  const person = actingPerson(ctx)
  const open = await readable(ctx, await ctx.store.read.alerts.open())
  return open
    .filter(facts =>
      postsHeld(ctx, facts).some(post => {
        const owner = facts.owners.find(candidate => candidate.owner.slot === post.slot)
        if (!owner?.state.awaiting) return false
        return owner.owner.rung === post.rung || owner.told.some(row => row.people.includes(person.id))
      }),
    )
    .sort((a, b) => byUrgency(a.alert, b.alert) || a.alert.raisedAt - b.alert.raisedAt)
}

async function readable(ctx: Ctx, alerts: Parameters<typeof alertFacts>[3][]): Promise<AlertFacts[]> {
  const reader = actorAsReader(ctx)
  if (!reader) return []
  const now = ctx.clock.now()
  const all = await Promise.all(alerts.map(alert => alertFacts(ctx.store.read, ctx.mission, now, alert)))
  return all.filter(facts => mayReadAlert(ctx, facts, 'record', reader))
}
