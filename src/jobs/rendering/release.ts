import type { Locales } from '../../locales/index.ts'
import { mayReadAlert } from '../../operations/alert/reading.ts'
import { channelReader } from '../../operations/channel.ts'
import type { Ctx } from '../../operations/context.ts'
import { mayReadProposal, partOf, releaseFacts, releasingOfficers } from '../../operations/release.ts'
import { personTarget } from '../../operations/telling.ts'
import { decidedMessage, proposalCard, summaryCard } from '../../views/release.ts'
import type { Delivery, OutboxEntry, Renderer } from '../contract.ts'

const gone: Delivery = { do: 'drop', code: 'gone' }
const notTheirs: Delivery = { do: 'drop', code: 'not_for_this_audience' }

/** In a channel the summary, once released and as long as everybody there may read it; to a person the proposal. */
export function releaseCardRenderer(locales: Locales): Renderer {
  return (ctx, entry) =>
    entry.target.startsWith('person:') ? toPerson(ctx, locales, entry) : toChannel(ctx, locales, entry)
}

async function toChannel(ctx: Ctx, locales: Locales, entry: OutboxEntry): Promise<Delivery> {
  const repos = ctx.store.read
  const facts = await releaseFacts(ctx, entry.recordId)
  const channel = await repos.channels.byId(entry.target)
  if (!facts || !channel) return gone
  const { release, alert } = facts
  if (release.state !== 'released' || release.what !== 'summary') return { do: 'drop', code: 'overtaken' }
  const reader = await channelReader(repos, channel, ctx.clock.now())
  const only = { ...alert, releases: alert.releases.filter(({ id }) => id === release.id) }
  if (!mayReadAlert(ctx, only, 'summary', reader)) return notTheirs
  const view = { words: locales.words(channel.language), mission: ctx.mission, now: ctx.clock.now() }
  const message = summaryCard(view, { release, exercise: alert.alert.exercise })
  return { do: 'card', recordId: release.id, message }
}

async function toPerson(ctx: Ctx, locales: Locales, entry: OutboxEntry): Promise<Delivery> {
  const repos = ctx.store.read
  const now = ctx.clock.now()
  const facts = await releaseFacts(ctx, entry.recordId)
  const person = await repos.people.byId(entry.target.slice('person:'.length))
  if (!facts || !person) return gone
  const officers = await releasingOfficers(repos, ctx.mission, partOf(facts.release.holder), now)
  if (person.closedAt !== null || !mayReadProposal(facts, person.id, officers)) return notTheirs
  const view = { words: locales.words(person.locale, person.zone), mission: ctx.mission, now }
  return { do: 'card', recordId: entry.recordId, message: proposalCard(view, facts, person.id) }
}

/** What was decided, to whoever proposed it. */
export function releaseDecidedRenderer(locales: Locales): Renderer {
  return async (ctx, entry) => {
    const facts = await releaseFacts(ctx, entry.recordId)
    const person = facts && (await ctx.store.read.people.byId(facts.release.proposedBy))
    if (!facts || !person) return gone
    if (person.closedAt !== null || entry.target !== personTarget(person.id)) return notTheirs
    const view = {
      words: locales.words(person.locale, person.zone),
      mission: ctx.mission,
      now: ctx.clock.now(),
    }
    return { do: 'line', message: decidedMessage(view, facts) }
  }
}
