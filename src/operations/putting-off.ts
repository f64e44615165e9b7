/**
 * Reminders said by a timer of their noun's own may be put off as all others are: who did hears nothing of it until the
 * moment they chose, and then the same once more. For everybody else, and for what follows, the noun's timer goes on.
 */
import type { Repos } from '../db/store.ts'
import { staleRows } from '../domain/matrix/adopt.ts'
import { idsIn } from './alert/facts.ts'
import type { Ctx } from './context.ts'
import { crisisFacts } from './crisis/facts.ts'
import { decidingPosts } from './early-warning/detect.ts'
import { owesFeedback } from './feedback.ts'
import { factsOfForums } from './forum/facts.ts'
import { roundFacts, versionInForce } from './matrix/facts.ts'
import { stillAsked } from './matrix/round.ts'
import { chairsOf } from './matrix/voice.ts'
import { releasingOfficers } from './release/facts.ts'
import type { Remindable, Remindables } from './reminder.ts'
import { lineAt, personTarget } from './telling.ts'

/** Whether something is awaited of a person about a record. */
type Awaited = (ctx: Ctx, repos: Repos, recordId: string, personId: string) => Promise<boolean>

/** A noun of which `line` is said; no rule plans it, so that only what was put off is said by this. */
function saidBy(line: string, awaited: Awaited, data: Record<string, unknown> = {}): Remindable {
  return {
    async plan(ctx, repos, recordId, personId) {
      const now = ctx.clock.now()
      const asked = await awaited(ctx, repos, recordId, personId)
      return asked ? { rules: [], dueAt: now, since: now, imminent: false } : null
    },
    async again(open, recordId, personId) {
      await lineAt(open, line, recordId, personTarget(personId), data)
    },
  }
}

/** By the kind their putting off stands under in the trail. */
export const remindedByThemselves: Remindables = {
  inquiry: saidBy('inquiry.reminder', async (ctx, repos, id, personId) => {
    const inquiry = await repos.inquiries.byId(id)
    if (inquiry?.state !== 'open') return false
    const officers = await releasingOfficers(repos, ctx.mission, inquiry.side, ctx.clock.now())
    return officers.some(officer => officer.id === personId)
  }),
  feedback: saidBy('feedback.reminder', owesFeedback),
  early_warning: saidBy('early_warning.reminder', async (ctx, repos, id, personId) => {
    const row = await repos.earlyWarnings.byId(id)
    return (
      row?.state === 'open' && (await idsIn(repos, decidingPosts(ctx), ctx.clock.now())).includes(personId)
    )
  }),
  forum: saidBy(
    'crisis.line',
    async (ctx, repos, id, personId) => {
      const row = await repos.forums.byId(id)
      const [forum] = row?.state === 'stood_down' ? await factsOfForums(ctx, repos, [row]) : []
      const facts = forum && (await crisisFacts(repos, forum))
      return facts ? [facts.crisis.lead, facts.forum.people[0]?.[0]?.id].includes(personId) : false
    },
    { line: 'review' },
  ),
  matrix: saidBy('matrix.reminder', async (ctx, repos, id, personId) => {
    const round = await repos.matrix.roundById(id)
    if (round?.state !== 'open') return false
    const asked = await stillAsked(ctx, await roundFacts(ctx, repos, round))
    return asked.some(person => person.id === personId)
  }),
  matrix_version: saidBy('matrix.stale', async (ctx, repos, id, personId) => {
    const version = (await repos.matrix.versions()).find(each => each.id === id)
    const inForce = version && (await versionInForce(repos, version.sector))
    if (!version || inForce?.version.id !== id) return false
    const stale = staleRows(inForce.rows, ctx.clock.now()).length > 0
    return stale && (await idsIn(repos, chairsOf(ctx, version), ctx.clock.now())).includes(personId)
  }),
}
