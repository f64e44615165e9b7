import type { NewEntry } from '../../db/outbox.ts'
import type { Repos } from '../../db/store.ts'
import { type Alert, isUrgent } from '../../domain/alert.ts'
import type { Slot } from '../../domain/mission.ts'
import type { SpecialistLayer } from '../../domain/sharing.ts'
import { type Ctx, inTransaction, type Open, type Person } from '../context.ts'
import { personTarget } from '../telling.ts'

/** The purpose of channels in which exercises are held. */
export const EXERCISE = 'exercise'

/** `asked`: somebody put it to them. Without it a clock ran out. */
export type WhyTold = 'asked'

/** What a thread line tells: ids and codes, rendered from the record at delivery. */
export type Line =
  | { line: 'raised' }
  | { line: 'act'; act: string }
  | { line: 'report'; report: string }
  | { line: 'escalated'; slot: string; step: string; round: number; rungs: number[]; why?: WhyTold }
  | { line: 'exhausted'; slot: string; step: string }
  | { line: 'unreached'; slots: Slot[] }
  | { line: 'specialist'; layers: SpecialistLayer[]; by: string | null }

/**
 * Channels where the alert's thread is kept: those of its sector, and where the place has none, the operations
 * centre's. Its card stands there and in the operations centre's channels. An exercise stays in channels for exercises.
 */
export async function channelsFor(repos: Repos, alert: Alert): Promise<{ thread: string[]; card: string[] }> {
  if (alert.exercise) {
    const rooms = (await repos.channels.byPurpose(EXERCISE)).map(channel => channel.id)
    return { thread: rooms, card: rooms }
  }
  const centre = (await repos.channels.byPurpose('operations_centre')).map(channel => channel.id)
  const sector = alert.sector
    ? (await repos.channels.byPurpose('sector', alert.sector)).map(channel => channel.id)
    : []
  return { thread: sector.length > 0 ? sector : centre, card: [...new Set([...sector, ...centre])] }
}

/**
 * Puts the alert's card where it belongs and brings every card already posted up to date. Goes before the lines of
 * the same act: a channel new to the alert has a thread only once it has the card.
 */
export async function refreshCards(ctx: Open, alert: Alert): Promise<void> {
  const { card } = await channelsFor(ctx.tx, alert)
  const posted = await ctx.tx.cards.ofRecord(alert.id)
  const targets = new Set([...card, ...posted.map(row => row.target)])
  await say(ctx, alert, [...targets].map(cardAt))
}

/**
 * Who reads a channel has changed: the cards of open alerts that stand there, or should, are rendered anew for those
 * who read it now.
 */
export function refreshChannel(ctx: Ctx, channelId: string): Promise<void> {
  return inTransaction(ctx, async (repos, open) => {
    for (const alert of await repos.alerts.open()) {
      const { card } = await channelsFor(repos, alert)
      if (card.includes(channelId) || (await repos.cards.get(alert.id, channelId)))
        await say(open, alert, [cardAt(channelId)])
    }
  })
}

/**
 * Renders the card behind a message anew, so that a menu whose choice came to nothing can be used again. Does nothing
 * for a message that is no alert's standing card.
 */
export function renewCard(ctx: Ctx, message: { channel: string; ts: string }): Promise<void> {
  return inTransaction(ctx, async (repos, open) => {
    const card = await repos.cards.byMessage(message.channel, message.ts)
    const alert = card && (await repos.alerts.byId(card.recordId))
    if (card && alert) await say(open, alert, [cardAt(card.target)])
  })
}

/** One line in the alert's thread, wherever that is kept; `before`: and where it was kept until now. */
export async function tellThread(ctx: Open, alert: Alert, line: Line, before: Alert = alert): Promise<void> {
  const { thread } = await channelsFor(ctx.tx, alert)
  const earlier = before.sector === alert.sector ? [] : (await channelsFor(ctx.tx, before)).thread
  const posted = line.line === 'raised' ? null : await standing(ctx, alert)
  const saying = [...new Set([...earlier, ...thread])].flatMap(target => [
    // Where the card may be shown only now, it must stand before the line: else there is no thread to say it in.
    ...(posted && !posted.has(target) ? [cardAt(target)] : []),
    lineAt(target, line),
  ])
  await say(ctx, alert, saying)
}

/** The alert's card by direct message; to those who have it already, a line that says what is asked of them. */
export async function tellPeople(
  ctx: Open,
  alert: Alert,
  people: readonly Person[],
  line: Line,
): Promise<void> {
  const posted = await standing(ctx, alert)
  const saying = people
    .map(person => personTarget(person.id))
    .flatMap(target => [cardAt(target), ...(posted.has(target) ? [lineAt(target, line)] : [])])
  await say(ctx, alert, saying)
}

/** The alert's card by direct message, and under it a line that the card itself does not say. */
export async function warnPeople(
  ctx: Open,
  alert: Alert,
  people: readonly Person[],
  line: Line,
): Promise<void> {
  const targets = people.map(person => personTarget(person.id))
  await say(
    ctx,
    alert,
    targets.flatMap(target => [cardAt(target), lineAt(target, line)]),
  )
}

/** Where the alert's card stands. */
async function standing(ctx: Open, alert: Alert): Promise<Set<string>> {
  return new Set((await ctx.tx.cards.ofRecord(alert.id)).map(({ target }) => target))
}

type Saying = Pick<NewEntry, 'kind' | 'target' | 'data'>

const cardAt = (target: string): Saying => ({ kind: 'card', target, data: { record: 'alert' } })
const lineAt = (target: string, line: Line): Saying => ({ kind: 'alert.line', target, data: { ...line } })

/** In this order. */
async function say(ctx: Open, alert: Alert, saying: readonly Saying[]): Promise<void> {
  const urgent = isUrgent(alert.urgency)
  await ctx.tx.outbox.add(
    ...saying.map(entry => ({ id: ctx.ids.id(), recordId: alert.id, urgent, ...entry })),
  )
}
