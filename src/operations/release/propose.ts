import type { Release } from '../../db/releases.ts'
import type { Constituency } from '../../domain/mission.ts'
import { isReleasableTo, isReleased, isSensitivity, isTlp } from '../../domain/release.ts'
import { TocsinError } from '../../errors.ts'
import type { AlertFacts } from '../alert/facts.ts'
import { readAlert } from '../alert/reading.ts'
import { freeCode } from '../code.ts'
import { type Ctx, inTransaction, type Open, type Person } from '../context.ts'
import { registeredPerson } from '../permission.ts'
import { requiredText } from '../text.ts'
import { partOf, type ReleaseFacts, recipientsOf, releaseFacts, releasingOfficers } from './facts.ts'
import { releaseCard, releaseEvent } from './tell.ts'

/** How long the words of a proposal may be, in code points. */
export const releaseLimits = { summary: 2_500, why: 1_000, reason: 1_000 } as const

export interface ProposeInput {
  alertId: string
  /** `summary` or `record`. */
  what: string
  /** The words to be shown, where it is a summary. */
  summary?: string | null
  constituencies: readonly string[]
  /** Slack ids of registered channels. */
  channels: readonly string[]
  /** Why it serves those at risk. */
  why: string
  sensitivity: string
  tlp: string
  /** Slack's view id: the same form submitted twice is one proposal. */
  requestKey?: string | null
}

/**
 * Proposes to show an alert, or words written in its place, to others than its audience. Nothing is shown by it: the
 * releasing officer of the holder's side is asked. What a humanitarian or a human rights officer raised is proposed
 * by nobody but them or who follows it in their place.
 *
 * @throws TocsinError `not_registered`, `not_found`, `only_author`, `specialist_only`, `text_missing`, `text_too_long`, `unknown_term`,
 *   `audience_missing`, `release_channel` (field channels), `no_releasing_officer`.
 */
export async function proposeRelease(ctx: Ctx, input: ProposeInput): Promise<ReleaseFacts> {
  const person = registeredPerson(ctx)
  const { what, sensitivity, tlp } = input
  if (!isReleased(what)) throw new TocsinError('unknown_term', { field: 'what', details: { value: what } })
  if (!isSensitivity(sensitivity))
    throw new TocsinError('unknown_term', { field: 'sensitivity', details: { value: sensitivity } })
  if (!isTlp(tlp)) throw new TocsinError('unknown_term', { field: 'tlp', details: { value: tlp } })
  const summary = what === 'summary' ? requiredText(input.summary, 'summary', releaseLimits.summary) : ''
  const why = requiredText(input.why, 'why', releaseLimits.why)
  const constituencies = knownConstituencies(input.constituencies)
  if (constituencies.length === 0 && input.channels.length === 0)
    throw new TocsinError('audience_missing', { field: 'constituencies' })

  return inTransaction(ctx, async (repos, open) => {
    const earlier = input.requestKey ? await repos.releases.byRequestKey(input.requestKey) : null
    if (earlier) return (await releaseFacts(open, earlier.id)) as ReleaseFacts
    const facts = await readAlert(open, input.alertId, repos)
    requireOwnWords(facts, person)
    if (facts.specialist.length > 0 && what === 'summary') throw new TocsinError('specialist_only')
    await requireChannels(open, input.channels)
    const { holder } = facts.alert
    const officers = await releasingOfficers(repos, ctx.mission, partOf(holder), ctx.clock.now())
    const others = officers.filter(({ id }) => id !== person.id)
    if (others.length === 0) throw new TocsinError('no_releasing_officer')
    const release: Release = {
      id: ctx.ids.id(),
      code: await freeCode(open.ids, 'R', code => open.tx.releases.byCode(code)),
      alertId: facts.alert.id,
      holder,
      what,
      summary,
      constituencies,
      channels: [...new Set(input.channels)],
      people: [],
      why,
      sensitivity,
      tlp,
      proposedBy: person.id,
      proposedAt: ctx.clock.now(),
      state: 'waiting',
      decidedBy: null,
      decidedAt: null,
      reason: null,
      narrowedBy: null,
      narrowedAt: null,
      requestKey: input.requestKey ?? null,
    }
    await repos.releases.insert(release)
    await releaseEvent(
      open,
      release,
      'release.proposed',
      { what, constituencies, channels: release.channels, sensitivity, tlp },
      { why, ...(summary ? { summary } : {}) },
    )
    for (const { id } of others) await releaseCard(open, release.id, `person:${id}`)
    return (await releaseFacts(open, release.id)) as ReleaseFacts
  })
}

/** Channels may hold nobody but people their sides have confirmed: else nobody could say whom it reaches. */
export async function requireChannels(open: Open, ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    const channel = await open.tx.channels.byId(id)
    if (!channel) throw new TocsinError('channel_unregistered', { field: 'channels' })
    const [found] = (await recipientsOf(open.tx, { constituencies: [], channels: [id] })).channels
    if (channel.isPublic || channel.membersAt === null || !found || found.strangers > 0)
      throw new TocsinError('release_channel', { field: 'channels' })
  }
}

/** The words of somebody who is not of the mission's own chain are proposed by them alone. */
function requireOwnWords({ alert, followers }: AlertFacts, person: Person): void {
  if (partOf(alert.holder) === 'mission') return
  if (alert.raisedBy !== person.id && !followers.includes(person.id)) throw new TocsinError('only_author')
}

function knownConstituencies(values: readonly string[]): Constituency[] {
  return [...new Set(values)].map(value => {
    if (isReleasableTo(value)) return value
    throw new TocsinError('unknown_term', { field: 'constituencies', details: { value } })
  })
}
