import type { Inquiry } from '../db/inquiries.ts'
import type { Release } from '../db/releases.ts'
import type { Timer } from '../db/timers.ts'
import { isInquiryAnswer, REMIND_AFTER_MS } from '../domain/inquiry.ts'
import { SIDES, type Side } from '../domain/mission.ts'
import { reaches } from '../domain/release.ts'
import { sideOf } from '../domain/side.ts'
import { TocsinError } from '../errors.ts'
import { freeCode } from './code.ts'
import { type Ctx, inTransaction, type Open, type Person } from './context.ts'
import { registeredPerson } from './permission.ts'
import { isReleasingOfficer, partOf, releasingOfficers } from './release/facts.ts'
import { cardAt, lineAt, note, personTarget, refreshCardsOf } from './telling.ts'
import { optionalText, requiredText } from './text.ts'

/** How long the words of a request may be, in code points. */
export const inquiryLimits = { what: 1_500, why: 1_000, reason: 1_000 } as const

export interface AskInput {
  /** `mission` or `humanitarian`: the side that is asked. */
  side: string
  what: string
  why: string
  /** A day as `YYYY-MM-DD` by which it would help. */
  wantedBy?: string | null
  /** Slack's view id: the same form submitted twice is one request. */
  requestKey?: string | null
}

/**
 * Asks the other side for information. Its releasing officer gets it by direct message and owes an answer, which may
 * be no.
 *
 * @throws TocsinError `not_registered`, `unknown_term`, `own_side`, `text_missing`, `text_too_long`,
 *   `no_releasing_officer`.
 */
export async function ask(ctx: Ctx, input: AskInput): Promise<Inquiry> {
  const person = registeredPerson(ctx)
  const side = SIDES.find(candidate => candidate === input.side)
  if (!side) throw new TocsinError('unknown_term', { field: 'side', details: { value: input.side } })
  if (person.constituency === null || sideOf(person.constituency) === side)
    throw new TocsinError('own_side', { field: 'side' })
  const { constituency: holder } = person
  const what = requiredText(input.what, 'what', inquiryLimits.what)
  const why = requiredText(input.why, 'why', inquiryLimits.why)

  return inTransaction(ctx, async (repos, open) => {
    const earlier = input.requestKey ? await repos.inquiries.byRequestKey(input.requestKey) : null
    if (earlier) return earlier
    const now = ctx.clock.now()
    const officers = await releasingOfficers(repos, ctx.mission, side, now)
    if (officers.length === 0) throw new TocsinError('no_releasing_officer')
    const inquiry: Inquiry = {
      id: ctx.ids.id(),
      code: await freeCode(open.ids, 'Q', code => open.tx.inquiries.byCode(code)),
      holder,
      side,
      askedBy: person.id,
      askedAt: now,
      what,
      why,
      wantedBy: input.wantedBy ?? null,
      state: 'open',
      answeredBy: null,
      answeredAt: null,
      reason: null,
      releaseId: null,
      requestKey: input.requestKey ?? null,
    }
    await repos.inquiries.insert(inquiry)
    await note(open, of(inquiry), 'inquiry.asked', { code: inquiry.code, side }, { what, why })
    for (const { id } of officers) await cardAt(open, of(inquiry), personTarget(id))
    await repos.timers.arm({
      key: `inquiry:${inquiry.id}`,
      kind: 'inquiry.due',
      recordId: inquiry.id,
      dueAt: now + REMIND_AFTER_MS,
    })
    return inquiry
  })
}

export interface AnswerInput {
  inquiryId: string
  answer: string
  /** The code of the release by which it is provided, wholly or partly. */
  release?: string | null
  reason?: string | null
}

/**
 * Answers a request. What is provided is provided by a release that reaches whoever asked, so that nobody gives it
 * alone. The mission says why it declines; an agency need not.
 *
 * @throws TocsinError `not_registered`, `not_found`, `not_allowed`, `unknown_term`, `already_done`, `release_unfit`,
 *   `text_missing`, `text_too_long`.
 */
export async function answerInquiry(ctx: Ctx, input: AnswerInput): Promise<Inquiry> {
  const officer = registeredPerson(ctx)
  const { answer } = input
  if (!isInquiryAnswer(answer))
    throw new TocsinError('unknown_term', { field: 'answer', details: { value: answer } })
  const reason = optionalText(input.reason, 'reason', inquiryLimits.reason)
  return inTransaction(ctx, async (repos, open) => {
    const inquiry = await readToAnswer(open, input.inquiryId)
    const gives = answer === 'provided' || answer === 'partly'
    const release = gives ? await fittingRelease(open, inquiry, input.release) : null
    if (answer === 'declined' && reason === null && inquiry.side === 'mission')
      throw new TocsinError('text_missing', { field: 'reason' })
    const done = await repos.inquiries.answer(inquiry.id, {
      state: answer,
      by: officer.id,
      at: ctx.clock.now(),
      reason,
      releaseId: release?.id ?? null,
    })
    if (!done) throw new TocsinError('already_done')
    await repos.timers.cancel(`inquiry:${inquiry.id}`)
    await note(
      open,
      of(inquiry),
      'inquiry.answered',
      { code: inquiry.code, answer },
      reason === null ? undefined : { reason },
    )
    await lineAt(open, 'inquiry.answered', inquiry.id, personTarget(inquiry.askedBy))
    await refreshCardsOf(open, of(inquiry))
    return { ...inquiry, state: answer, answeredAt: ctx.clock.now(), reason }
  })
}

/** A request for whoever may answer it. @throws TocsinError `not_registered`, `not_found`, `not_allowed`. */
export async function readInquiry(ctx: Ctx, id: string): Promise<Inquiry> {
  registeredPerson(ctx)
  return readToAnswer(ctx, id)
}

/** Requests that wait for the acting person's answer, and those of their own that have none yet; first asked first. */
export async function waitingInquiries(ctx: Ctx): Promise<{ toAnswer: Inquiry[]; asked: Inquiry[] }> {
  const person = registeredPerson(ctx)
  const open = (await ctx.store.read.inquiries.all()).filter(({ state }) => state === 'open')
  const asked = open.filter(({ askedBy }) => askedBy === person.id)
  return {
    toAnswer: open.filter(inquiry => !asked.includes(inquiry) && isReleasingOfficer(ctx, inquiry.side)),
    asked,
  }
}

/** A week without an answer: whoever owes it is reminded, once. Nobody else is told, and nothing is marked. */
export function remindInquiry(ctx: Ctx, timer: Pick<Timer, 'recordId'>): Promise<void> {
  return inTransaction(ctx, async (repos, open) => {
    const inquiry = await repos.inquiries.byId(timer.recordId)
    if (inquiry?.state !== 'open') return
    const officers = await releasingOfficers(repos, ctx.mission, inquiry.side, ctx.clock.now())
    for (const { id } of officers) {
      await cardAt(open, of(inquiry), personTarget(id))
      await lineAt(open, 'inquiry.reminder', inquiry.id, personTarget(id))
    }
  })
}

/** Whether a request is shown to this person: they asked, or answer for the side that is asked. */
export async function mayReadInquiry(ctx: Ctx, inquiry: Inquiry, person: Person): Promise<boolean> {
  if (person.closedAt !== null) return false
  if (inquiry.askedBy === person.id) return true
  const repos = ctx.tx ?? ctx.store.read
  const officers = await releasingOfficers(repos, ctx.mission, inquiry.side, ctx.clock.now())
  return officers.some(({ id }) => id === person.id)
}

/** What went which way between the two sides, and which requests to a side have no answer yet. */
export type Balance = Record<Side, { released: number; asked: number; open: number }>

/** Counts only; for anybody a side has confirmed. @throws TocsinError `not_registered`. */
export async function balance(ctx: Ctx): Promise<Balance> {
  registeredPerson(ctx)
  const repos = ctx.store.read
  const people = await repos.people.all()
  const given = await repos.releases.everReleased()
  const asked = await repos.inquiries.all()
  const across = (release: Release, from: Side) =>
    partSide(release) === from &&
    people.some(
      ({ id: personId, constituency }) =>
        constituency !== null &&
        sideOf(constituency) !== null &&
        sideOf(constituency) !== from &&
        reaches(release, { personId, constituency }),
    )
  const of = (side: Side) => ({
    released: given.filter(release => across(release, side)).length,
    asked: asked.filter(inquiry => inquiry.side === side).length,
    open: asked.filter(inquiry => inquiry.side === side && inquiry.state === 'open').length,
  })
  return { mission: of('mission'), humanitarian: of('humanitarian') }
}

async function readToAnswer(ctx: Ctx, id: string): Promise<Inquiry> {
  const inquiry = await (ctx.tx ?? ctx.store.read).inquiries.byId(id)
  if (!inquiry) throw new TocsinError('not_found')
  if (!isReleasingOfficer(ctx, inquiry.side)) throw new TocsinError('not_allowed')
  return inquiry
}

/** A release of the side that is asked, which stands and reaches whoever asked. */
async function fittingRelease(
  open: Open,
  inquiry: Inquiry,
  code: string | null | undefined,
): Promise<Release> {
  const release = await open.tx.releases.byCode((code ?? '').trim().toUpperCase())
  const asker = await open.tx.people.byId(inquiry.askedBy)
  const fits =
    release?.state === 'released' &&
    partSide(release) === inquiry.side &&
    asker !== null &&
    reaches(release, { personId: asker.id, constituency: asker.constituency })
  if (!fits) throw new TocsinError('release_unfit', { field: 'release' })
  return release
}

const partSide = ({ holder }: Pick<Release, 'holder'>): Side =>
  partOf(holder) === 'humanitarian' ? 'humanitarian' : 'mission'

const of = ({ id }: Pick<Inquiry, 'id'>) => ({ kind: 'inquiry', id })
