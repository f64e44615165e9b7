/** What a person can do with the responses to an alert: write one down, put it right, take it back. */
import { isNaming, type Naming } from '../domain/alert.ts'
import { type Constituency, findTerm, type RoleRef } from '../domain/mission.ts'
import {
  type AlertResponse,
  isResponder,
  isTier,
  type Responder,
  type ResponseAxis,
  responderOf,
  responseAxis,
  type Tier,
} from '../domain/response.ts'
import { needsOrganisation } from '../domain/side.ts'
import { TocsinError } from '../errors.ts'
import { decidingRole, requireRecordKeeper } from './alert/chain.ts'
import type { AlertFacts } from './alert/facts.ts'
import { actorAsReader, mayReadResponse, readAlert } from './alert/reading.ts'
import { refreshCards } from './alert/tell.ts'
import { type Ctx, inTransaction, type Open, type Person } from './context.ts'
import { registeredPerson, roleKey } from './permission.ts'
import { sayInThread } from './response/tell.ts'
import { note } from './telling.ts'
import { optionalText, requiredText, textLimits } from './text.ts'

/** How long the words of a response may be, in code points. */
export const responseLimits = { who: textLimits.who, did: 3_000, resultNote: 1_000 } as const

/** Whom a humanitarian partner lets read of its response: all who read the alert, or its own side. */
export const READERS = ['alert', 'own_side'] as const

/** What is said of a response. Times in epoch ms; what is left out is not known. */
export interface ResponseInput {
  responder: string
  tier: number | string
  who?: string | null
  startedAt: number
  arrivedAt?: number | null
  endedAt?: number | null
  did: string
  /** What became of the civilians: a code of the mission's outcomes. */
  result?: string | null
  resultNote?: string | null
  means?: AlertResponse['means'] | null
  /** How a humanitarian partner is named, and who may read of it; left out by everybody else. */
  naming?: string | null
  readers?: string | null
}

/**
 * Writes a response down: any number per alert, also when it has ended. Those who keep the alert's record, for the
 * mission and for the authorities; a humanitarian partner for itself alone, and it stays the partner's own.
 *
 * @param input.actId the owner's act *Responding* it stands for.
 * @throws TocsinError `not_registered`, `not_found`, `not_allowed`, `already_ended` when withdrawn, `unknown_term`,
 *   `partner_own`, `text_missing`, `text_too_long`, `time_future`, `times_disorder`, `already_done`, `which_role`.
 */
export async function recordResponse(
  ctx: Ctx,
  input: ResponseInput & {
    alertId: string
    role?: string | null
    actId?: string | null
    requestKey?: string | null
  },
): Promise<{ response: AlertResponse; facts: AlertFacts }> {
  const person = registeredPerson(ctx)
  return inTransaction(ctx, async (repos, open) => {
    const facts = await readAlert(open, input.alertId, repos)
    const earlier = input.requestKey ? await repos.responses.byRequestKey(input.requestKey) : null
    if (earlier) return { response: earlier, facts }
    requireStanding(facts)
    const role = requireRecorder(open, facts, person, input.role)
    const said = checked(open, facts, person, input)
    const actId = facts.acts.find(({ id, kind }) => id === input.actId && kind === 'respond')?.id ?? null
    if (actId !== null && (await repos.responses.ofAlerts([input.alertId])).some(row => row.actId === actId))
      throw new TocsinError('already_done')
    const response: AlertResponse = {
      id: open.ids.id(),
      alertId: facts.alert.id,
      version: 1,
      holder: person.constituency as Constituency,
      ...said,
      actId,
      recordedBy: person.id,
      recordedAt: open.clock.now(),
      role: role && roleKey(role),
    }
    await repos.responses.insert({ ...response, requestKey: input.requestKey ?? null })
    await noteResponse(open, response, 'recorded', wordsOf(response))
    await say(open, facts, response, 'recorded')
    return { response, facts: await readAlert(open, input.alertId, repos) }
  })
}

/**
 * Puts a response right; its holder's own side may.
 *
 * @param input.version the version the person saw.
 * @throws TocsinError as {@link recordResponse}, and `stale`.
 */
export async function amendResponse(
  ctx: Ctx,
  input: ResponseInput & { responseId: string; version: number },
): Promise<{ response: AlertResponse; facts: AlertFacts }> {
  const person = registeredPerson(ctx)
  return inTransaction(ctx, async (repos, open) => {
    const { response, facts } = await readOwnResponse(open, input.responseId, person)
    const {
      responder: _,
      means: __,
      ...said
    } = checked(open, facts, person, {
      ...input,
      responder: response.responder,
    })
    if (!(await repos.responses.update(response.id, input.version, said)))
      throw new TocsinError('stale', { details: { code: facts.alert.code, changed: [] } })
    const after = { ...response, ...said, version: input.version + 1 }
    await noteResponse(open, after, 'amended', wordsOf(after))
    await say(open, facts, after, 'amended')
    return { response: after, facts: await readAlert(open, facts.alert.id, repos) }
  })
}

/**
 * Takes back a response that was recorded in error; its holder's own side may.
 *
 * @throws TocsinError `not_registered`, `not_found`, `not_allowed`, `stale`.
 */
export async function withdrawResponse(
  ctx: Ctx,
  input: { responseId: string; version: number },
): Promise<AlertFacts> {
  const person = registeredPerson(ctx)
  return inTransaction(ctx, async (repos, open) => {
    const { response, facts } = await readOwnResponse(open, input.responseId, person)
    if (!(await repos.responses.withdraw(response.id, input.version, person.id, open.clock.now())))
      throw new TocsinError('stale', { details: { code: facts.alert.code, changed: [] } })
    await noteResponse(open, response, 'withdrawn')
    await refreshCards(open, facts.alert)
    return readAlert(open, facts.alert.id, repos)
  })
}

/**
 * A response with its alert, for somebody who may put it right.
 *
 * @throws TocsinError `not_registered`, `not_found`, `not_allowed`.
 */
export async function readResponse(
  ctx: Ctx,
  responseId: string,
): Promise<{ response: AlertResponse; facts: AlertFacts }> {
  return readOwnResponse(ctx, responseId, registeredPerson(ctx))
}

/** Whom the acting person may write responses down for: a humanitarian for the partner they are of, others for all but partners. */
export function respondersOpenTo(person: Pick<Person, 'constituency'>): Responder[] {
  if (person.constituency !== null && needsOrganisation(person.constituency)) return ['humanitarian_partner']
  return ['mission_military', 'mission_police', 'civilian_section', 'authorities']
}

/** The third axis of an alert as far as these facts tell, {@link responseAxis}. */
export function axisOf({ mission }: Pick<Ctx, 'mission'>, facts: AlertFacts): ResponseAxis {
  return responseAxis({
    ended: facts.alert.lifecycle === 'closed',
    owners: facts.owners.map(({ state }) => state),
    responses: facts.responses,
    tasked: facts.tasked.length > 0,
    handsOver: reason => findTerm(mission, 'not_acting', reason)?.handsOver ?? false,
  })
}

/** Who would most likely be writing a response down, for a form to begin with. */
export function likelyResponder(person: Pick<Person, 'constituency'>): Responder {
  const [first, ...others] = respondersOpenTo(person)
  return others.length > 0 && person.constituency ? responderOf(person.constituency) : (first as Responder)
}

async function readOwnResponse(ctx: Ctx, responseId: string, person: Person) {
  const repos = ctx.tx ?? ctx.store.read
  const response = await repos.responses.byId(responseId)
  if (!response) throw new TocsinError('not_found')
  const facts = await readAlert(ctx, response.alertId, repos)
  const reader = actorAsReader(ctx)
  if (reader === null || !mayReadResponse(ctx, facts, response, reader)) throw new TocsinError('not_found')
  if (response.responder === 'humanitarian_partner') {
    if (response.recordedBy !== person.id && !isSamePartner(response, person))
      throw new TocsinError('partner_own')
  } else requireRecordKeeper(ctx, facts)
  return { response, facts }
}

/** A colleague of the same organisation speaks for it too, where it is named. */
const isSamePartner = ({ holder, organisation }: AlertResponse, person: Person): boolean =>
  organisation !== null && person.constituency === holder && person.organisation === organisation

function requireStanding({ alert }: AlertFacts): void {
  const { lifecycle, code } = alert
  if (lifecycle === 'withdrawn') throw new TocsinError('already_ended', { details: { code, lifecycle } })
}

/** The role in which the response is written down; a partner has none here. */
function requireRecorder(
  open: Open,
  facts: AlertFacts,
  person: Person,
  said: string | null | undefined,
): RoleRef | null {
  if (person.constituency !== null && needsOrganisation(person.constituency)) return null
  requireRecordKeeper(open, facts)
  return decidingRole(open, facts, said)
}

type Checked = Omit<
  AlertResponse,
  'id' | 'alertId' | 'version' | 'holder' | 'actId' | 'recordedBy' | 'recordedAt' | 'role'
>

function checked(ctx: Ctx, facts: AlertFacts, person: Person, input: ResponseInput): Checked {
  const { responder } = input
  const tier = Number(input.tier)
  if (!isResponder(responder)) throw unknown('responder', responder)
  if (!respondersOpenTo(person).includes(responder))
    throw new TocsinError('partner_own', { field: 'responder' })
  if (!isTier(tier)) throw unknown('tier', String(input.tier))
  if (input.result && !findTerm(ctx.mission, 'outcomes', input.result)) throw unknown('result', input.result)
  // Words about an alert marked for a specialist are theirs alone.
  const marked = facts.specialist.length > 0
  const words = (field: keyof typeof responseLimits) =>
    marked ? null : optionalText(input[field], field, responseLimits[field])
  return {
    responder,
    tier: tier as Tier,
    ...sharingOf(facts, person, responder, input),
    ...knownTimes(ctx, input),
    who: words('who'),
    did: marked ? null : requiredText(input.did, 'did', responseLimits.did),
    result: input.result || null,
    resultNote: words('resultNote'),
    means: input.means ?? 'slack',
  }
}

/** A partner says under which name its response stands; nobody else's stands under one. */
function sharingOf(
  facts: AlertFacts,
  person: Person,
  responder: Responder,
  { naming, readers }: ResponseInput,
): Pick<AlertResponse, 'audience' | 'naming' | 'organisation'> {
  const audience = responseReaders(facts, responder, readers)
  if (responder !== 'humanitarian_partner') return { audience, naming: 'partner', organisation: null }
  if (naming && !isNaming(naming)) throw unknown('naming', naming)
  const chosen = (naming || 'partner') as Naming
  const organisation = chosen === 'organisation' ? person.organisation : null
  return {
    audience,
    naming: organisation === null && chosen === 'organisation' ? 'partner' : chosen,
    organisation,
  }
}

/**
 * Who reads a response: of what the mission does all who read the alert; a partner says who reads of its own.
 *
 * @throws TocsinError `unknown_term`.
 */
export function responseReaders(
  { alert }: Pick<AlertFacts, 'alert'>,
  responder: Responder,
  readers: string | null | undefined,
): Constituency[] {
  if (responder !== 'humanitarian_partner') return [...alert.audience]
  if (readers && !READERS.some(each => each === readers)) throw unknown('readers', readers)
  const own: Constituency[] = ['un_agency', 'ngo']
  return readers === 'own_side' ? own : [...new Set([...alert.audience, ...own])]
}

/** @throws TocsinError `time_future`, `times_disorder`: started, then there, then ended. */
function knownTimes(
  ctx: Ctx,
  { startedAt, arrivedAt = null, endedAt = null }: ResponseInput,
): Pick<AlertResponse, 'startedAt' | 'arrivedAt' | 'endedAt'> {
  const times = { startedAt, arrivedAt, endedAt }
  for (const [field, at] of Object.entries(times))
    if (at !== null && !(at <= ctx.clock.now())) throw new TocsinError('time_future', { field })
  if (arrivedAt !== null && arrivedAt < startedAt)
    throw new TocsinError('times_disorder', { field: 'arrivedAt' })
  if (endedAt !== null && endedAt < (arrivedAt ?? startedAt))
    throw new TocsinError('times_disorder', { field: 'endedAt' })
  return times
}

const unknown = (field: string, value: string) =>
  new TocsinError('unknown_term', { field, details: { value } })

const wordsOf = ({ who, did, resultNote }: AlertResponse): Record<string, string> =>
  Object.fromEntries(
    Object.entries({ who, did, resultNote }).filter((entry): entry is [string, string] => entry[1] !== null),
  )

/** In the alert's own trail; a partner's response stands in a trail of its own, without words. */
async function noteResponse(
  open: Open,
  row: AlertResponse,
  kind: 'recorded' | 'amended' | 'withdrawn',
  words: Record<string, string> = {},
): Promise<void> {
  const partner = row.responder === 'humanitarian_partner'
  const { responder, tier, startedAt, arrivedAt, endedAt, result, actId, role } = row
  await note(
    open,
    partner ? { kind: 'response', id: row.id } : { kind: 'alert', id: row.alertId },
    `response.${kind}`,
    {
      response: row.id,
      ...(partner ? {} : { responder, tier, startedAt, arrivedAt, endedAt, result, ofAct: actId, role }),
    },
    partner ? {} : words,
  )
}

async function say(
  open: Open,
  { alert }: AlertFacts,
  response: AlertResponse,
  what: 'recorded' | 'amended',
): Promise<void> {
  await refreshCards(open, alert)
  await sayInThread(open, alert, 'response.line', { response: response.id, what })
}
