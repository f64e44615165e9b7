/** Telling the authorities of an alert: an act of its own, never automatic, and in some cases decided first. */
import type { AuthorityDecisionRow, AuthorityTelling } from '../db/authorities.ts'
import {
  type Decider,
  decidersNeeded,
  isAuthority,
  mayTellAuthorities,
  stateMayThreaten,
} from '../domain/authorities.ts'
import { findRole, findTerm, type RoleRef, roleRef } from '../domain/mission.ts'
import { sideOf } from '../domain/side.ts'
import { TocsinError } from '../errors.ts'
import { requireRecordKeeper } from './alert/chain.ts'
import { type AlertFacts, peopleIn } from './alert/facts.ts'
import { readAlert, readOpenAlert } from './alert/reading.ts'
import { requireUnmarked } from './alert/specialist.ts'
import { refreshCards } from './alert/tell.ts'
import { actorId, type Ctx, inTransaction } from './context.ts'
import { heldRoles, registeredPerson, roleKey, sameRole } from './permission.ts'
import { sayInThread } from './response/tell.ts'
import { lineAt, note, personTarget } from './telling.ts'
import { requiredText } from './text.ts'

/** How long the words may be, in code points. */
export const authorityLimits = { words: 3_000, why: 1_000 } as const
/** How the authorities were told. */
export const TELLING_MEANS = ['meeting', 'phone', 'radio'] as const

/** What the authorities were told of an alert, and whether they may be told (more). */
export interface AuthorityFacts {
  facts: AlertFacts
  tellings: AuthorityTelling[]
  decisions: AuthorityDecisionRow[]
  /** Who must have decided before anybody tells them. */
  needed: Decider[]
  may: boolean
  /** Posts of those that decide. */
  posts: Record<Decider, RoleRef>
  /** Posts that may tell them, beside this alert. */
  liaison: RoleRef[]
  /** For whom the acting person may decide. */
  decides: Decider[]
}

/**
 * What the authorities were told of an alert, for those who may read it and keep its record, or decide.
 *
 * @throws TocsinError `not_registered`, `not_found`, `not_allowed`.
 */
export async function readAuthorities(ctx: Ctx, alertId: string): Promise<AuthorityFacts> {
  registeredPerson(ctx)
  const facts = await readAlert(ctx, alertId)
  const read = await authorityFacts(ctx, facts)
  if (read.decides.length === 0) requireRecordKeeper(ctx, facts)
  return read
}

/**
 * Records that the authorities were told: which post told whom, by function, when and in which words. Refused where
 * forces of the State may be behind the threat until head of office and human rights have both allowed it, and of a
 * humanitarian's alert until the humanitarian side has. The bot itself tells the authorities nothing, ever.
 *
 * @param input.role the post that told them, as `role` or `role@sector`.
 * @throws TocsinError `not_registered`, `not_found`, `already_ended`, `not_allowed`, `with_specialist`,
 *   `authorities_withheld`, `unknown_term`, `text_missing`, `text_too_long`, `time_future`.
 */
export async function tellAuthorities(
  ctx: Ctx,
  input: {
    alertId: string
    role: string
    told: string
    words: string
    at: number
    means?: string | null
    requestKey?: string | null
  },
): Promise<AuthorityFacts> {
  const person = registeredPerson(ctx)
  const { told } = input
  if (!isAuthority(told)) throw new TocsinError('unknown_term', { field: 'told', details: { value: told } })
  const words = requiredText(input.words, 'words', authorityLimits.words)
  if (!(input.at <= ctx.clock.now())) throw new TocsinError('time_future', { field: 'at' })
  const means = TELLING_MEANS.find(each => each === input.means) ?? 'meeting'
  return inTransaction(ctx, async (repos, open) => {
    const facts = await readOpenAlert(open, input.alertId, repos)
    requireRecordKeeper(open, facts)
    requireUnmarked(facts)
    const before = await authorityFacts(open, facts)
    if (before.tellings.some(({ requestKey }) => requestKey !== null && requestKey === input.requestKey))
      return before
    if (!before.may) throw new TocsinError('authorities_withheld', { field: 'told' })
    const ref = before.liaison.find(each => roleKey(each) === input.role)
    if (!ref) throw new TocsinError('unknown_term', { field: 'role', details: { value: input.role } })
    const row: AuthorityTelling = {
      id: open.ids.id(),
      alertId: facts.alert.id,
      at: input.at,
      recordedAt: open.clock.now(),
      recordedBy: person.id,
      role: roleKey(ref),
      told,
      words,
      means,
      requestKey: input.requestKey ?? null,
    }
    await repos.authorities.insert(row)
    const data = { telling: row.id, told, role: row.role, means, told_at: row.at }
    await note(open, { kind: 'alert', id: facts.alert.id }, 'authorities.told', data, { words })
    await refreshCards(open, facts.alert)
    await sayInThread(open, facts.alert, 'authorities.line', { telling: row.id })
    return authorityFacts(open, facts)
  })
}

/**
 * Head of office, human rights or the humanitarian side decides whether the authorities may be told of an alert; each
 * decision is another person's, with its reason, and the last one of each stands.
 *
 * @throws TocsinError `not_registered`, `not_found`, `already_ended`, `not_allowed`, `with_specialist`,
 *   `unknown_term`, `same_decider`, `text_missing`, `text_too_long`.
 */
export async function decideAuthorities(
  ctx: Ctx,
  input: { alertId: string; decider: string; allows: boolean; why: string },
): Promise<AuthorityFacts> {
  const person = registeredPerson(ctx)
  const why = requiredText(input.why, 'why', authorityLimits.why)
  return inTransaction(ctx, async (repos, open) => {
    const facts = await readOpenAlert(open, input.alertId, repos)
    requireUnmarked(facts)
    const before = await authorityFacts(open, facts)
    const decider = before.needed.find(each => each === input.decider)
    if (!decider || !before.decides.includes(decider))
      throw new TocsinError('not_allowed', { details: { code: facts.alert.code } })
    if (before.decisions.some(each => each.decider !== decider && each.byPerson === person.id))
      throw new TocsinError('same_decider')
    const { allows } = input
    const role = roleKey(before.posts[decider])
    const at = open.clock.now()
    const alertId = facts.alert.id
    await repos.authorities.decide({ alertId, decider, allows, byPerson: person.id, role, at, why })
    await note(
      open,
      { kind: 'alert', id: alertId },
      'authorities.decided',
      { decider, allows, role },
      { why },
    )
    const after = await authorityFacts(open, facts)
    for (const other of after.needed.filter(each => each !== decider)) {
      const [holder] = await peopleIn(repos, after.posts[other], at)
      const id = other === 'humanitarian' ? facts.alert.raisedBy : holder?.id
      if (id === undefined || id === person.id) continue
      await lineAt(open, 'authorities.decision', alertId, personTarget(id), { decider })
    }
    return after
  })
}

/** What stands about the authorities, for whoever the caller has checked. */
async function authorityFacts(ctx: Ctx, facts: AlertFacts): Promise<AuthorityFacts> {
  const { mission } = ctx
  const repos = ctx.tx ?? ctx.store.read
  const { alert } = facts
  const alleged = alert.perpetrator ? findTerm(mission, 'perpetrators', alert.perpetrator)?.class : null
  const needed = decidersNeeded({
    stateMayThreaten: stateMayThreaten(alleged ?? null, facts.namesState),
    side: sideOf(alert.holder),
  })
  const posts = {
    head_of_office: roleRef(mission, mission.authorities.headOfOffice, alert.sector),
    human_rights: roleRef(mission, mission.authorities.humanRights, alert.sector),
    humanitarian: roleRef(mission, mission.releasing.humanitarian, alert.sector),
  }
  const decisions = await repos.authorities.decisionsOf([alert.id])
  const held = heldRoles(ctx)
  // The words are the author's own; who answers for the humanitarian side may speak for them too.
  const authors = [alert.raisedBy, ...facts.followers]
  return {
    facts,
    tellings: await repos.authorities.tellingsOf([alert.id]),
    decisions,
    needed,
    may: mayTellAuthorities(needed, decisions),
    posts,
    liaison: liaisonPosts(ctx, facts),
    decides: needed.filter(
      decider =>
        held.some(role => sameRole(role, posts[decider])) ||
        (decider === 'humanitarian' && authors.includes(actorId(ctx))),
    ),
  }
}

/** Posts that may tell the authorities; those the acting person holds come first. */
function liaisonPosts(ctx: Ctx, { alert, owners, inform }: AlertFacts): RoleRef[] {
  const { mission } = ctx
  const named = mission.authorities.liaison?.map(role => roleRef(mission, role, alert.sector))
  const all = named ?? [
    ...owners.flatMap(({ posts }) => posts),
    ...inform.filter(({ role }) => findRole(mission, role)?.mayOwn),
  ]
  const once = all.filter((ref, at) => all.findIndex(other => sameRole(other, ref)) === at)
  const held = heldRoles(ctx)
  const own = once.filter(ref => held.some(role => sameRole(role, ref)))
  return [...own, ...once.filter(ref => !own.includes(ref))]
}
