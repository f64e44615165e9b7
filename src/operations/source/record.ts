import type { Source } from '../../db/sources.ts'
import type { Grading, SourceIdentity } from '../../domain/source.ts'
import { TocsinError } from '../../errors.ts'
import { factsNow } from '../alert/acts.ts'
import { requireKeeper } from '../alert/chain.ts'
import type { AlertFacts } from '../alert/facts.ts'
import { readAlert } from '../alert/reading.ts'
import { refreshCards } from '../alert/tell.ts'
import { freeCode } from '../code.ts'
import { actorId, type Ctx, inTransaction, type Open, type Person } from '../context.ts'
import { linkNumbers } from '../intake/contact.ts'
import { registeredPerson } from '../permission.ts'
import { optionalText, requiredText } from '../text.ts'
import { heldSource, keptSource, knownGrading, noteSource, requireVault } from './vault.ts'

/** How long each part of an identity may be, in code points. */
export const sourceLimits = { name: 200, reach: 300, language: 100, safeTimes: 200, note: 1000 } as const

export interface GradingInput {
  /** A to F. */
  reliability: string
  /** 1 to 6. */
  credibility: number | string
  /** False for one who repeats what another source of this alert said. */
  independent: boolean
}

export interface RecordSourceInput extends GradingInput {
  alertId: string
  name: string
  reach?: string | null
  language?: string | null
  safeTimes?: string | null
  note?: string | null
  /** Slack's user id of who may read it beside the recorder. */
  deputyUser?: string | null
}

/**
 * Seals who gave a warning. The acting person becomes its recorder: they and the deputy they name are the only ones
 * who can read it or learn its code. The alert keeps how it is graded, and that there is one source more.
 *
 * @throws TocsinError `no_vault_key`, `not_registered`, `not_found`, `not_allowed` (nobody of this alert),
 *   `text_missing`, `text_too_long`, `choice_invalid`, `deputy_invalid`.
 */
export async function recordSource(
  ctx: Ctx,
  input: RecordSourceInput,
): Promise<{ source: Source; facts: AlertFacts }> {
  const person = registeredPerson(ctx)
  requireVault(ctx)
  const grading = knownGrading(input)
  const identity = {
    name: requiredText(input.name, 'name', sourceLimits.name),
    reach: optionalText(input.reach, 'reach', sourceLimits.reach),
    language: optionalText(input.language, 'language', sourceLimits.language),
    safeTimes: optionalText(input.safeTimes, 'safeTimes', sourceLimits.safeTimes),
    note: optionalText(input.note, 'note', sourceLimits.note),
  }
  return inTransaction(ctx, async (repos, open) => {
    const facts = await readAlert(open, input.alertId, repos)
    requireKeeper(open, facts)
    const deputy = input.deputyUser ? await deputyOf(open, person, input.deputyUser) : null
    const source = await sealSource(open, person, identity, deputy)
    await linkNumbers(open, source, identity.reach)
    return { source, facts: await gradeSourceOf(open, source, facts, grading) }
  })
}

/**
 * Says that a source the acting person keeps stands behind a further alert too.
 *
 * @throws TocsinError `not_registered`, `not_found` (source or alert), `choice_invalid`.
 */
export async function linkSource(
  ctx: Ctx,
  input: GradingInput & { sourceId: string; alertId: string },
): Promise<AlertFacts> {
  registeredPerson(ctx)
  const grading = knownGrading(input)
  return inTransaction(ctx, async (repos, open) => {
    const source = await heldSource(open, repos, input.sourceId)
    return gradeSourceOf(open, source, await readAlert(open, input.alertId, repos), grading)
  })
}

/**
 * Grades a source anew for an alert it stands behind; also one whose identity was erased.
 *
 * @throws TocsinError `not_registered`, `not_found`, `choice_invalid`.
 */
export async function gradeSource(
  ctx: Ctx,
  input: GradingInput & { sourceId: string; alertId: string },
): Promise<AlertFacts> {
  registeredPerson(ctx)
  const grading = knownGrading(input)
  return inTransaction(ctx, async (repos, open) => {
    const source = await keptSource(open, repos, input.sourceId)
    const links = await repos.sources.links(source.id)
    if (!links.some(({ alertId }) => alertId === input.alertId)) throw new TocsinError('not_found')
    return gradeSourceOf(open, source, await readAlert(open, input.alertId, repos), grading)
  })
}

/**
 * Names who may read a source beside its recorder, or nobody. Only the recorder can.
 *
 * @throws TocsinError `not_registered`, `not_found`, `source_erased`, `deputy_invalid`.
 */
export async function nameDeputy(
  ctx: Ctx,
  input: { sourceId: string; deputyUser: string | null },
): Promise<Source> {
  const person = registeredPerson(ctx)
  return inTransaction(ctx, async (repos, open) => {
    const source = await heldSource(open, repos, input.sourceId)
    if (source.recorder !== person.id) throw new TocsinError('not_found')
    const deputy = input.deputyUser ? await deputyOf(open, person, input.deputyUser) : null
    await repos.sources.update(source.id, { deputy: deputy?.id ?? null })
    await noteSource(open, source.id, 'deputy', { deputy: deputy?.id ?? null })
    return { ...source, deputy: deputy?.id ?? null }
  })
}

/** Seals a new source, of which `recorder` is the recorder. Part of another operation, which has asked permission. */
export async function sealSource(
  open: Open,
  recorder: Person,
  identity: SourceIdentity,
  deputy: Person | null = null,
): Promise<Source> {
  const id = open.ids.id()
  const source: Source = {
    id,
    code: await freeCode(open.ids, 'S', code => open.tx.sources.isTaken(code)),
    ...requireVault(open).seal(id, identity),
    recorder: recorder.id,
    deputy: deputy?.id ?? null,
    doNotContact: null,
    replyAgreed: null,
    createdAt: open.clock.now(),
    erasedAt: null,
  }
  await open.tx.sources.insert(source)
  await noteSource(open, id, 'recorded', { deputy: source.deputy })
  return source
}

/**
 * Links a source to an alert with its grade. The alert's trail says that a source was graded, never which; its cards
 * show the new count. Part of another operation.
 */
export async function gradeSourceOf(
  open: Open,
  source: Source,
  facts: AlertFacts,
  grading: Grading,
): Promise<AlertFacts> {
  const now = open.clock.now()
  const report = reportOf(facts, source)
  // Under the alert the report came to, so that a joining that is undone takes it along.
  await open.tx.sources.grade(report?.firstAlertId ?? facts.alert.id, source.id, grading, now, report?.id)
  await open.tx.events.append({
    at: now,
    recordedAt: now,
    actor: actorId(open),
    kind: 'alert.source',
    recordKind: 'alert',
    recordId: facts.alert.id,
    data: { ...grading },
  })
  const after = await factsNow(open, facts.alert)
  await refreshCards(open, after.alert)
  return after
}

/** The report a source gave: the last that its recorder recorded of this alert, else the alert's first. */
function reportOf(
  { alert, reports }: AlertFacts,
  { recorder }: Source,
): AlertFacts['reports'][number] | undefined {
  return (
    reports.findLast(({ recordedBy }) => recordedBy === recorder) ??
    reports.find(({ firstAlertId }) => firstAlertId === alert.id)
  )
}

/** A deputy is somebody of the recorder's own part of the mission, confirmed by it. */
async function deputyOf(open: Open, recorder: Person, userId: string): Promise<Person> {
  const deputy = await open.tx.people.byUser(recorder.teamId, userId)
  const fits = deputy && deputy.id !== recorder.id && deputy.closedAt === null
  if (!fits || deputy.constituency !== recorder.constituency) {
    throw new TocsinError('deputy_invalid', { field: 'deputy' })
  }
  return deputy
}
