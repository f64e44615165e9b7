import { DateTime } from 'luxon'
import type { Concern } from '../db/concerns.ts'
import type { Timer } from '../db/timers.ts'
import { CONCERNS } from '../domain/concern.ts'
import { districtsOf } from '../domain/district.ts'
import { TocsinError } from '../errors.ts'
import { freeCode } from './code.ts'
import { type Ctx, inTransaction, type Open } from './context.ts'
import { dayOf } from './gate/days.ts'
import { registeredPerson } from './permission.ts'
import { isReleasingOfficer, releasingOfficers } from './release/facts.ts'
import { cardAt, note, personTarget, refreshCardsOf } from './telling.ts'
import { requiredText } from './text.ts'

export const concernLimits = { words: 1_500 } as const

const TIMER = 'concerns'

export interface ConcernInput {
  about: string
  district?: string | null
  words: string
}

/**
 * A concern about returns, an escort or association with the mission, for OCHA alone, with nobody named. What
 * is stored: its words, its subject, its district and its day. Not stored, here or in the trail: who, and at what hour.
 * It is passed on at the next full hour together with others, so that its arrival does not tell when it was written.
 *
 * @throws TocsinError `not_registered`, `unknown_term`, `place_missing` for a district that is none, `text_missing`,
 *   `text_too_long`.
 */
export async function flagConcern(ctx: Ctx, input: ConcernInput): Promise<void> {
  registeredPerson(ctx)
  const about = CONCERNS.find(known => known === input.about)
  if (!about) throw new TocsinError('unknown_term', { field: 'about', details: { value: input.about } })
  const words = requiredText(input.words, 'words', concernLimits.words)
  const named = input.district ?? null
  if (named !== null && !districtsOf(ctx.mission.gazetteer).some(({ name }) => name === named))
    throw new TocsinError('place_missing', { field: 'district' })
  // The actor leaves the context here: nothing below can write who it was.
  await inTransaction({ ...ctx, actor: { kind: 'system' } }, async (repos, open) => {
    const now = ctx.clock.now()
    const concern: Concern = {
      // The ids of other rows begin with their time.
      id: ctx.ids.salt(),
      code: await freeCode(open.ids, 'C', code => repos.concerns.byCode(code)),
      holder: 'un_agency',
      about,
      district: named,
      words,
      day: dayOf(ctx, now),
      told: false,
      takenUpBy: null,
      takenUpAt: null,
    }
    await repos.concerns.insert(concern)
    const hour = DateTime.fromMillis(now, { zone: ctx.mission.zone }).startOf('hour').plus({ hours: 1 })
    await repos.timers.ensure({
      key: TIMER,
      kind: 'concern.pass_on',
      recordId: TIMER,
      dueAt: hour.toMillis(),
    })
  })
}

/** The hour has come: what was flagged since the last is put before OCHA. */
export function passOnConcerns(ctx: Ctx, _timer: Pick<Timer, 'key'>): Promise<void> {
  return inTransaction(ctx, async (repos, open) => {
    const officers = await releasingOfficers(repos, ctx.mission, 'humanitarian', ctx.clock.now())
    // Nobody stands the post: they wait, and are passed on when somebody does.
    if (officers.length === 0) return again(open)
    for (const concern of await repos.concerns.untold()) {
      await repos.concerns.told(concern.id)
      await note(open, of(concern), 'concern.passed_on', { code: concern.code })
      for (const { id } of officers) await cardAt(open, of(concern), personTarget(id))
    }
  })
}

const HOUR_MS = 3_600_000

async function again(open: Open): Promise<void> {
  await open.tx.timers.arm({
    key: TIMER,
    kind: 'concern.pass_on',
    recordId: TIMER,
    dueAt: open.clock.now() + HOUR_MS,
  })
}

/** OCHA has taken it up. @throws TocsinError `not_registered`, `not_found` for anybody else, `already_done`. */
export async function takeUpConcern(ctx: Ctx, input: { concernId: string }): Promise<Concern> {
  const person = registeredPerson(ctx)
  return inTransaction(ctx, async (repos, open) => {
    const concern = await repos.concerns.byId(input.concernId)
    if (!concern || !isReleasingOfficer(ctx, 'humanitarian')) throw new TocsinError('not_found')
    const at = ctx.clock.now()
    if (!(await repos.concerns.takeUp(concern.id, person.id, at))) throw new TocsinError('already_done')
    await note(open, of(concern), 'concern.taken_up', { code: concern.code })
    await refreshCardsOf(open, of(concern))
    return { ...concern, takenUpBy: person.id, takenUpAt: at }
  })
}

/** Every concern that was passed on, for OCHA. @throws TocsinError `not_registered`, `not_found` for anybody else. */
export async function concerns(ctx: Ctx): Promise<Concern[]> {
  registeredPerson(ctx)
  if (!isReleasingOfficer(ctx, 'humanitarian')) throw new TocsinError('not_found')
  return (await ctx.store.read.concerns.all()).filter(({ told }) => told)
}

const of = ({ id }: Pick<Concern, 'id'>) => ({ kind: 'concern', id })
