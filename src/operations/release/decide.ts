import { isUrgent } from '../../domain/alert.ts'
import { TocsinError } from '../../errors.ts'
import { mayReadAlert } from '../alert/reading.ts'
import { exposedIn } from '../channel/facts.ts'
import { withdrawPostings } from '../channel/removal.ts'
import { personReader } from '../channel.ts'
import { type Ctx, inTransaction, type Open } from '../context.ts'
import { registeredPerson } from '../permission.ts'
import { optionalText } from '../text.ts'
import { belongsTo, isReleasingOfficer, partOf, type ReleaseFacts, releaseFacts } from './facts.ts'
import { releaseLimits, requireChannels } from './propose.ts'
import { refreshReleaseCards, releaseCard, releaseEvent, tellProposer } from './tell.ts'

/**
 * The releasing officer of the holder's side lets the proposed audience read it. Recipients are enumerated and
 * logged; whoever comes to a named channel later is none of them.
 *
 * @throws TocsinError `not_registered`, `not_found`, `not_allowed`, `own_proposal`, `already_done`,
 *   `release_channel` where somebody unknown has come to a channel meanwhile.
 */
export async function release(ctx: Ctx, input: { releaseId: string }): Promise<ReleaseFacts> {
  const officer = registeredPerson(ctx)
  return inTransaction(ctx, async (repos, open) => {
    const facts = await readToDecide(open, input.releaseId)
    const { release: row, recipients, alert } = facts
    const now = ctx.clock.now()
    await requireChannels(open, row.channels)
    const people = [...new Set(recipients.channels.flatMap(({ members }) => members.map(({ id }) => id)))]
    const decided = { state: 'released', by: officer.id, at: now, reason: null, people } as const
    if (!(await repos.releases.decide(row.id, decided))) throw new TocsinError('already_done')
    await releaseEvent(open, row, 'release.released', {
      what: row.what,
      recipients: recipients.people.length,
      channels: row.channels,
    })
    for (const { id } of recipients.people)
      await repos.access.add({
        at: now,
        personId: id,
        layer: 'release',
        recordKind: 'alert',
        recordId: row.alertId,
        reason: row.what,
      })
    for (const channel of row.channels) {
      if (row.what === 'summary') await releaseCard(open, row.id, channel)
      else
        await repos.outbox.add({
          id: ctx.ids.id(),
          kind: 'card',
          recordId: row.alertId,
          target: channel,
          data: { record: 'alert' },
          urgent: isUrgent(alert.alert.urgency),
        })
    }
    await tellProposer(open, row)
    await refreshReleaseCards(open, row.id)
    return (await releaseFacts(open, row.id)) as ReleaseFacts
  })
}

/**
 * The releasing officer does not let it be shown. The mission's side says why; an agency may leave it out.
 *
 * @throws TocsinError `not_registered`, `not_found`, `not_allowed`, `own_proposal`, `already_done`, `text_missing`,
 *   `text_too_long`.
 */
export async function refuseRelease(
  ctx: Ctx,
  input: { releaseId: string; reason?: string | null },
): Promise<ReleaseFacts> {
  const officer = registeredPerson(ctx)
  const reason = optionalText(input.reason, 'reason', releaseLimits.reason)
  return inTransaction(ctx, async (repos, open) => {
    const { release: row } = await readToDecide(open, input.releaseId)
    if (reason === null && partOf(row.holder) !== 'humanitarian')
      throw new TocsinError('text_missing', { field: 'reason' })
    const decided = { state: 'refused', by: officer.id, at: ctx.clock.now(), reason, people: [] } as const
    if (!(await repos.releases.decide(row.id, decided))) throw new TocsinError('already_done')
    await releaseEvent(open, row, 'release.refused', {}, reason === null ? undefined : { reason })
    await tellProposer(open, row)
    await refreshReleaseCards(open, row.id)
    return (await releaseFacts(open, row.id)) as ReleaseFacts
  })
}

/**
 * Takes back what was released: from now on nobody reads it by that release, and what the bot said in channels that
 * may no longer show it is deleted. Anybody of the holder's side who may read it; no permission is asked of anybody.
 *
 * @throws TocsinError `not_registered`, `not_found`, `not_allowed`, `already_done`.
 */
export async function narrowRelease(ctx: Ctx, input: { releaseId: string }): Promise<ReleaseFacts> {
  const person = registeredPerson(ctx)
  return inTransaction(ctx, async (repos, open) => {
    const facts = await releaseFacts(open, input.releaseId)
    const reader = await personReader(repos, person, ctx.clock.now())
    if (!facts || !mayReadAlert(open, facts.alert, 'summary', reader)) throw new TocsinError('not_found')
    const { release: row } = facts
    if (!belongsTo(person, partOf(row.holder))) throw new TocsinError('not_allowed')
    if (!(await repos.releases.narrow(row.id, person.id, ctx.clock.now())))
      throw new TocsinError('already_done')
    await releaseEvent(open, row, 'release.narrowed', {})
    await takeBack(open, [row.id, row.alertId])
    await refreshReleaseCards(open, row.id)
    return (await releaseFacts(open, row.id)) as ReleaseFacts
  })
}

/** Deletes what was said of these records in channels where somebody may no longer read it. */
async function takeBack(open: Open, records: readonly string[]): Promise<void> {
  for (const channel of await open.tx.channels.all()) {
    const { postings } = await exposedIn(open, open.tx, channel)
    await withdrawPostings(
      open,
      postings.filter(({ holds }) => holds.some(id => records.includes(id))),
    )
  }
}

async function readToDecide(open: Open, id: string): Promise<ReleaseFacts> {
  const facts = await releaseFacts(open, id)
  if (!facts) throw new TocsinError('not_found')
  if (!isReleasingOfficer(open, partOf(facts.release.holder))) throw new TocsinError('not_allowed')
  if (facts.release.proposedBy === registeredPerson(open).id) throw new TocsinError('own_proposal')
  return facts
}
