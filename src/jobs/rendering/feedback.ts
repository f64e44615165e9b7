import { mayRead } from '../../domain/sharing.ts'
import type { Locales } from '../../locales/index.ts'
import { type AlertFacts, alertFacts } from '../../operations/alert/facts.ts'
import { asReadBy } from '../../operations/alert/reading.ts'
import { mayReadAlert } from '../../operations/alert.ts'
import { sharingRules } from '../../operations/channel.ts'
import type { Ctx } from '../../operations/context.ts'
import { askReprisals, communityPosts, humanRightsPeople, remindFeedback } from '../../operations/feedback.ts'
import { sameRole } from '../../operations/permission.ts'
import type { Rendered } from '../../ports.ts'
import type { ViewContext } from '../../views/context.ts'
import {
  authorMessage,
  feedbackCard,
  feedbackLine,
  feedbackReminder,
  joinedMessage,
  reprisalCard,
  reprisalForRights,
} from '../../views/feedback.ts'
import type { Delivery, OutboxEntry, Renderer } from '../contract.ts'
import { audience } from './audience.ts'
import type { RenderingFamily } from './index.ts'

const gone: Delivery = { do: 'drop', code: 'gone' }
const notTheirs: Delivery = { do: 'drop', code: 'not_for_this_audience' }

interface Told {
  facts: AlertFacts
  view: ViewContext
  /** Whether the reader holds a post that answers to the community. */
  owes: boolean
  /** Whether the reader may read what human rights keep. */
  rights: boolean
  /** Whether the reader may read the alert; whoever may not is a reader of human rights. */
  reads: boolean
}

/** An alert as whoever reads at the target may read it; null for a target that is gone or may not. */
async function toldAt(ctx: Ctx, locales: Locales, alertId: string, target: string): Promise<Told | Delivery> {
  const { read } = ctx.store
  const alert = await read.alerts.byId(alertId)
  const to = alert && (await audience(ctx, locales, target))
  if (!alert || !to) return gone
  const whole = await alertFacts(read, ctx.mission, ctx.clock.now(), alert)
  const { reader } = to
  const person = reader.kind === 'person' ? reader : null
  const keepers = (await humanRightsPeople(ctx, read)).map(({ id }) => id)
  const kept = { holder: 'human_rights', audience: ['human_rights'], named: keepers } as const
  const rights = person !== null && mayRead(kept, 'human_rights', reader, sharingRules(ctx))
  const reads = mayReadAlert(ctx, whole, 'record', reader)
  if (!rights && !reads) return notTheirs
  const posts = communityPosts(ctx.mission, whole)
  const owes = person?.roles.some(role => posts.some(post => sameRole(post, role))) ?? false
  const view = { words: to.words, mission: ctx.mission, now: ctx.clock.now() }
  return { facts: asReadBy(ctx, whole, reader), view, owes, rights, reads }
}

/** Renders what is owed to a community; `owed`: for those alone who owe it. */
function feedbackRenderer(
  locales: Locales,
  owed: boolean,
  render: (told: Told, feedback: NonNullable<Awaited<ReturnType<typeof rowOf>>>) => Delivery,
): Renderer {
  return async (ctx, entry) => {
    const feedback = await rowOf(ctx, entry)
    if (!feedback) return gone
    const told = await toldAt(ctx, locales, feedback.alertId, entry.target)
    if ('do' in told) return told
    return !told.reads || (owed && !told.owes) ? notTheirs : render(told, feedback)
  }
}

async function rowOf(ctx: Ctx, { recordId, data }: OutboxEntry) {
  const id = typeof data.feedback === 'string' ? data.feedback : recordId
  return ctx.store.read.feedback.byId(id)
}

/**
 * To whoever raised the alert, or an alert or report that was joined to it: then what they may not read of the whole is
 * left out, and its outcome alone is told, under the code they know.
 */
function authorRenderer(locales: Locales): Renderer {
  return async (ctx, entry) => {
    const cameInAs = await ctx.store.read.alerts.byId(entry.recordId)
    const ended = await ctx.store.read.alerts.byId(String(entry.data.ended ?? entry.recordId))
    const to = cameInAs && ended && (await audience(ctx, locales, entry.target))
    if (!cameInAs || !ended || to?.reader.kind !== 'person') return gone
    if (ended.lifecycle === 'open') return { do: 'drop', code: 'overtaken' }
    const { read } = ctx.store
    const [whole, own] = await Promise.all(
      [ended, cameInAs].map(alert => alertFacts(read, ctx.mission, ctx.clock.now(), alert)),
    )
    const authors = [whole, own].flatMap(facts => [
      ...(facts ? [facts.alert.raisedBy, ...facts.followers] : []),
      ...(facts?.reports.map(({ recordedBy }) => recordedBy) ?? []),
    ])
    if (!whole || !own || !authors.includes(to.personId ?? '')) return notTheirs
    const view = { words: to.words, mission: ctx.mission, now: ctx.clock.now() }
    if (mayReadAlert(ctx, whole, 'record', to.reader)) {
      const message = authorMessage(view, asReadBy(ctx, whole, to.reader))
      return { do: 'line', message, threadOf: cameInAs.id, holds: [ended.id] }
    }
    if (!mayReadAlert(ctx, own, 'record', to.reader)) return notTheirs
    return { do: 'line', message: joinedMessage(view, cameInAs.code, whole), threadOf: cameInAs.id }
  }
}

/** The question for whoever is near the community; the answer for human rights alone. */
function reprisalRenderer(locales: Locales): Renderer {
  return async (ctx, entry) => {
    const check = await ctx.store.read.feedback.check(entry.recordId)
    if (!check) return gone
    const told = await toldAt(ctx, locales, check.alertId, entry.target)
    if ('do' in told) return told
    const { facts, view, rights, reads, owes } = told
    const card = (message: Rendered): Delivery => ({ do: 'card', recordId: check.id, message })
    if (check.answer !== null && rights) return card(reprisalForRights(view, facts, check, reads))
    return owes && reads ? card(reprisalCard(view, facts, check)) : notTheirs
  }
}

export const feedbackRendering: RenderingFamily = {
  cards: locales => ({
    feedback: feedbackRenderer(locales, true, ({ view, facts }, feedback) => ({
      do: 'card',
      recordId: feedback.id,
      message: feedbackCard(view, { facts, feedback }),
    })),
    reprisal: reprisalRenderer(locales),
  }),
  lines: locales => ({
    'feedback.reminder': feedbackRenderer(locales, true, ({ view, facts }, feedback) =>
      feedback.state === 'open'
        ? { do: 'line', message: feedbackReminder(view, { facts, feedback }), holds: [facts.alert.id] }
        : { do: 'drop', code: 'overtaken' },
    ),
    'feedback.line': feedbackRenderer(locales, false, ({ view, facts }, feedback) => ({
      do: 'line',
      message: feedbackLine(view, { facts, feedback }),
      threadOf: facts.alert.id,
    })),
    'feedback.author': authorRenderer(locales),
  }),
  timers: { 'feedback.due': remindFeedback, 'reprisal.due': askReprisals },
}
