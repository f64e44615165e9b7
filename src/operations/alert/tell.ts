import type { Repos } from '../../db/store.ts'
import { type Alert, isUrgent } from '../../domain/alert.ts'
import type { SpecialistLayer } from '../../domain/sharing.ts'
import { type Ctx, inTransaction, type Open, type Person } from '../context.ts'

/** What a thread line tells: ids and codes, rendered from the record at delivery. */
export type Line =
  | { line: 'raised' }
  | { line: 'act'; act: string }
  | { line: 'escalated'; slot: string; step: string; round: number; rungs: number[] }
  | { line: 'exhausted'; slot: string; step: string }
  | { line: 'specialist'; layers: SpecialistLayer[]; by: string | null }

/**
 * Channels where the alert's thread is kept: those of its sector, and where the place has none, the operations
 * centre's. Its card stands there and in the operations centre's channels.
 */
export async function channelsFor(repos: Repos, alert: Alert): Promise<{ thread: string[]; card: string[] }> {
  const centre = (await repos.channels.byPurpose('operations_centre')).map(channel => channel.id)
  const sector = alert.sector
    ? (await repos.channels.byPurpose('sector', alert.sector)).map(channel => channel.id)
    : []
  return { thread: sector.length > 0 ? sector : centre, card: [...new Set([...sector, ...centre])] }
}

export function personTarget(personId: string): string {
  return `person:${personId}`
}

/**
 * Puts the alert's card where it belongs and brings every card already posted up to date. Goes before the lines of
 * the same act: a channel new to the alert has a thread only once it has the card.
 */
export async function refreshCards(ctx: Open, alert: Alert): Promise<void> {
  const { card } = await channelsFor(ctx.tx, alert)
  const posted = await ctx.tx.cards.ofRecord(alert.id)
  const targets = new Set([...card, ...posted.map(row => row.target)])
  for (const target of targets) await addCard(ctx, alert, target)
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
        await addCard(open, alert, channelId)
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
    if (card && alert) await addCard(open, alert, card.target)
  })
}

/** One line in the alert's thread, wherever that is kept; `before`: and where it was kept until now. */
export async function tellThread(ctx: Open, alert: Alert, line: Line, before: Alert = alert): Promise<void> {
  const { thread } = await channelsFor(ctx.tx, alert)
  const earlier = before.sector === alert.sector ? [] : (await channelsFor(ctx.tx, before)).thread
  for (const target of new Set([...earlier, ...thread])) {
    // Where the card may be shown only now, it must stand before the line: else there is no thread to say it in.
    if (line.line !== 'raised' && !(await ctx.tx.cards.get(alert.id, target)))
      await addCard(ctx, alert, target)
    await addLine(ctx, alert, target, line)
  }
}

/** The alert's card by direct message; to those who have it already, a line that says what is asked of them. */
export async function tellPeople(
  ctx: Open,
  alert: Alert,
  people: readonly Person[],
  line: Line,
): Promise<void> {
  for (const person of people) {
    const target = personTarget(person.id)
    const has = await ctx.tx.cards.get(alert.id, target)
    await addCard(ctx, alert, target)
    if (has) await addLine(ctx, alert, target, line)
  }
}

/** The alert's card by direct message, and under it a line that the card itself does not say. */
export async function warnPeople(
  ctx: Open,
  alert: Alert,
  people: readonly Person[],
  line: Line,
): Promise<void> {
  for (const person of people) {
    await addCard(ctx, alert, personTarget(person.id))
    await addLine(ctx, alert, personTarget(person.id), line)
  }
}

async function addCard(ctx: Open, alert: Alert, target: string): Promise<void> {
  await ctx.tx.outbox.add({
    id: ctx.ids.id(),
    kind: 'card',
    recordId: alert.id,
    target,
    data: { record: 'alert' },
    urgent: isUrgent(alert.urgency),
  })
}

async function addLine(ctx: Open, alert: Alert, target: string, line: Line): Promise<void> {
  await ctx.tx.outbox.add({
    id: ctx.ids.id(),
    kind: 'alert.line',
    recordId: alert.id,
    target,
    data: { ...line },
    urgent: isUrgent(alert.urgency),
  })
}
