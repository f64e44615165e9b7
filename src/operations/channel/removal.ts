import type { Posting } from '../../db/postings.ts'
import type { Timer } from '../../db/timers.ts'
import type { Alert } from '../../domain/alert.ts'
import { TocsinError } from '../../errors.ts'
import { type Ctx, inTransaction, type Open } from '../context.ts'
import { note } from '../telling.ts'

/** Has the outbox delete these messages, threads before the cards they hang on. */
export async function withdrawPostings(open: Open, postings: readonly Posting[]): Promise<void> {
  const now = open.clock.now()
  const lines = postings.filter(({ kind }) => kind !== 'card')
  const cards = postings.filter(({ kind }) => kind === 'card')
  for (const { channel, ts, target, recordId } of [...lines, ...cards]) {
    if (!(await open.tx.postings.withdraw({ channel, ts }, now))) continue
    await open.tx.outbox.add({
      id: open.ids.id(),
      kind: 'remove',
      recordId,
      target,
      data: { channel, ts },
      urgent: false,
    })
  }
}

const timerKey = (alertId: string): string => `alert.cards:${alertId}`

/** Sets the time at which what was posted about an alert that has ended goes from Slack, as the mission has it. */
export async function armCardsRemoval(open: Open, alert: Pick<Alert, 'id'>): Promise<void> {
  const { cardsKeptMs } = open.mission
  if (cardsKeptMs === 0) return
  await open.tx.timers.arm({
    key: timerKey(alert.id),
    kind: 'alert.cards',
    recordId: alert.id,
    dueAt: open.clock.now() + cardsKeptMs,
  })
}

/** The time has come: what was posted about an ended alert is deleted from Slack; its record stays. */
export function removeCards(ctx: Ctx, timer: Pick<Timer, 'recordId'>): Promise<void> {
  return inTransaction(ctx, async (repos, open) => {
    const alert = await repos.alerts.byId(timer.recordId)
    if (!alert || alert.lifecycle === 'open') return
    const postings = await repos.postings.standingOf(alert.id)
    for (const { id } of await repos.releases.ofAlert(alert.id))
      postings.push(...(await repos.postings.standingOf(id)))
    await withdrawPostings(open, postings)
    await note(open, { kind: 'alert', id: alert.id }, 'alert.cards_removed', { messages: postings.length })
  })
}

/**
 * What the bot said of records other than alerts goes from Slack once they have ended and nothing happened with them
 * for as long as the mission keeps cards: cards, threads and direct messages. The records stay. Every night.
 *
 * @throws TocsinError `not_allowed` for a person.
 */
export async function removeEnded(ctx: Ctx): Promise<void> {
  if (ctx.actor.kind !== 'system') throw new TocsinError('not_allowed')
  const { cardsKeptMs } = ctx.mission
  if (cardsKeptMs === 0) return
  await inTransaction(ctx, async (repos, open) => {
    for (const { kind, id } of await repos.ended.standingSince(ctx.clock.now() - cardsKeptMs)) {
      const postings = await repos.postings.standingOf(id)
      await withdrawPostings(open, postings)
      await note(open, { kind, id }, `${kind}.cards_removed`, { messages: postings.length })
    }
  })
}
