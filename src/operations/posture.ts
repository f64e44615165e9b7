import type { Posture, PostureItem } from '../db/postures.ts'
import type { Repos } from '../db/store.ts'
import { districtsOf } from '../domain/district.ts'
import { liesIn, POSTURE_GROUNDS } from '../domain/posture.ts'
import { TocsinError } from '../errors.ts'
import { unique } from './alert/facts.ts'
import { freeCode } from './code.ts'
import { type Ctx, inTransaction, type Open, type Person } from './context.ts'
import { comingDay } from './gate/days.ts'
import { decideGate } from './gate.ts'
import { heldRoles, registeredPerson, roleKey } from './permission.ts'
import { jointKinds, restsWith } from './posture/items.ts'
import { releasingOfficers } from './release/facts.ts'
import { stayAway } from './team/compose.ts'
import { cardAt, lineAt, note, personTarget, refreshCardsOf } from './telling.ts'
import { optionalText } from './text.ts'

export { isPaused, type JointItem, type JointKind } from './posture/items.ts'

export const postureLimits = { note: 500, days: 180 } as const

export interface PostureInput {
  ground: string
  sector?: string | null
  district?: string | null
  /** `YYYY-MM-DD`: for how long; left out: until it is ended. */
  untilDay?: string | null
  note?: string | null
  requestKey?: string | null
}

/**
 * Declares that the mission's posture changed somewhere: clashes, a new mandate, an operation with partner forces.
 * Joint visible items there pause, and each is put before the humanitarian it is for, who alone lets it go on.
 *
 * @throws TocsinError `not_registered`, `not_allowed`, `unknown_term`, `place_missing`, `text_too_long`, `day_past`,
 *   `time_too_far`.
 */
export async function declarePosture(ctx: Ctx, input: PostureInput): Promise<Posture> {
  const person = registeredPerson(ctx)
  const as = declaringRole(ctx)
  if (!as) throw new TocsinError('not_allowed')
  const ground = POSTURE_GROUNDS.find(known => known === input.ground)
  if (!ground) throw new TocsinError('unknown_term', { field: 'ground', details: { value: input.ground } })
  const area = areaOf(ctx, input)
  const untilDay = input.untilDay
    ? comingDay(ctx, input.untilDay, 'untilDay', { days: postureLimits.days })
    : null
  const words = optionalText(input.note, 'note', postureLimits.note)
  return inTransaction(ctx, async (repos, open) => {
    const earlier = input.requestKey ? await repos.postures.byRequestKey(input.requestKey) : null
    if (earlier) return earlier
    const posture: Posture = {
      id: ctx.ids.id(),
      code: await freeCode(open.ids, 'P', code => repos.postures.byCode(code)),
      holder: person.constituency ?? 'mission_civilian',
      ground,
      ...area,
      untilDay,
      declaredBy: person.id,
      declaredAs: roleKey(as),
      declaredAt: ctx.clock.now(),
      note: words,
      endedAt: null,
      requestKey: input.requestKey ?? null,
    }
    await repos.postures.insert(posture)
    await note(open, of(posture), 'posture.declared', { code: posture.code, ground, sector: posture.sector })
    await pauseItems(open, posture)
    const officers = await releasingOfficers(repos, ctx.mission, 'humanitarian', ctx.clock.now())
    for (const { id } of unique([person, ...officers]))
      await cardAt(open, of(posture), personTarget(id), true)
    return posture
  })
}

async function pauseItems(open: Open, posture: Posture): Promise<void> {
  for (const { running } of jointKinds)
    for (const item of await running(open, open.tx)) {
      if (!liesIn(posture, item.area)) continue
      const row: PostureItem = {
        id: open.ids.id(),
        postureId: posture.id,
        recordKind: item.kind,
        recordId: item.id,
        asked: item.asked,
        state: 'paused',
        answeredAt: null,
      }
      if (!(await open.tx.postures.addItem(row))) continue
      await cardAt(open, itemRef(row), personTarget(item.asked), true)
      await refreshCardsOf(open, item)
      await tellRests(open, row, 'paused')
    }
}

/** Those of the mission it rests with hear that it paused, or goes on; that it ended its own noun says. */
async function tellRests(open: Open, item: PostureItem, line: 'paused' | 'goesOn'): Promise<void> {
  for (const id of await restsWith(open, open.tx, item))
    if (id !== item.asked) await lineAt(open, 'posture.item', item.id, personTarget(id), { line }, true)
}

/** The posture is as before. What paused stays so until those it is for confirm it. @throws TocsinError `not_registered`, `not_allowed`, `not_found`, `already_done`. */
export async function endPosture(ctx: Ctx, input: { postureId: string }): Promise<Posture> {
  registeredPerson(ctx)
  if (!declaringRole(ctx)) throw new TocsinError('not_allowed')
  return inTransaction(ctx, async (repos, open) => {
    const posture = await repos.postures.byId(input.postureId)
    if (!posture) throw new TocsinError('not_found')
    const at = ctx.clock.now()
    if (!(await repos.postures.end(posture.id, at))) throw new TocsinError('already_done')
    await note(open, of(posture), 'posture.ended', { code: posture.code })
    await refreshCardsOf(open, of(posture))
    return { ...posture, endedAt: at }
  })
}

/**
 * Whoever it is for lets a joint item go on, or lets it end. Nobody else can, and nobody asks why.
 *
 * @throws TocsinError `not_registered`, `not_found` for anybody else, `unknown_term`, `already_done`.
 */
export async function answerPosture(
  ctx: Ctx,
  input: { itemId: string; answer: string },
): Promise<PostureItem> {
  const person = registeredPerson(ctx)
  const { answer } = input
  if (answer !== 'confirmed' && answer !== 'ended')
    throw new TocsinError('unknown_term', { field: 'answer', details: { value: answer } })
  return inTransaction(ctx, async (repos, open) => {
    const item = await repos.postures.item(input.itemId)
    if (!item || item.asked !== person.id) throw new TocsinError('not_found')
    const at = ctx.clock.now()
    if (!(await repos.postures.answer(item.id, answer, at))) throw new TocsinError('already_done')
    await note(open, { kind: item.recordKind, id: item.recordId }, `posture.${answer}`, {})
    await refreshCardsOf(open, itemRef(item))
    await refreshCardsOf(open, { kind: 'posture', id: item.postureId })
    if (answer === 'ended') await endItem(open, item)
    else await tellRests(open, item, 'goesOn')
    await refreshCardsOf(open, { kind: item.recordKind, id: item.recordId })
    return { ...item, state: answer, answeredAt: at }
  })
}

/**
 * An escort is withdrawn by whoever asked for it; of a request whoever made it is told that it does not go on; of a team
 * the humanitarian no longer takes part.
 */
async function endItem(open: Open, { id, recordKind, recordId, asked }: PostureItem): Promise<void> {
  if (recordKind === 'team') return stayAway(open, recordId, asked)
  if (recordKind === 'gate') await decideGate(open, { gateId: recordId, decision: 'withdrawn' })
  const tasking = recordKind === 'tasking' ? await open.tx.taskings.byId(recordId) : null
  if (tasking) await lineAt(open, 'posture.ended', id, personTarget(tasking.askedBy))
}

/** A joint item that waits for its humanitarian's word, with what paused it. */
export interface PausedItem {
  posture: Posture
  item: PostureItem
  /** The code of the escort, the request or the team. */
  code: string
}

/** What waits for the acting person's confirmation. @throws TocsinError `not_registered`. */
export async function postureAsks(ctx: Ctx): Promise<PausedItem[]> {
  const person = registeredPerson(ctx)
  const { read } = ctx.store
  const waiting: PausedItem[] = []
  for (const item of await read.postures.askedOf(person.id)) {
    const posture = item.state === 'paused' ? await read.postures.byId(item.postureId) : null
    if (posture) waiting.push({ posture, item, code: await codeOfItem(read, item) })
  }
  return waiting
}

/** The code of the escort, the request or the team an item stands for. */
export async function codeOfItem(
  repos: Repos,
  { recordKind, recordId }: Pick<PostureItem, 'recordKind' | 'recordId'>,
): Promise<string> {
  const nouns = { gate: repos.gates, team: repos.teams, tasking: repos.taskings }
  const row = await nouns[recordKind as keyof typeof nouns].byId(recordId)
  return row?.code ?? ''
}

/** Changes of posture that stand, for those who declare them and for OCHA. @throws TocsinError `not_registered`. */
export async function postures(ctx: Ctx): Promise<Posture[]> {
  const person = registeredPerson(ctx)
  const all = await ctx.store.read.postures.open()
  const seen: Posture[] = []
  for (const posture of all) if (await mayReadPosture(ctx, posture, person)) seen.push(posture)
  return seen
}

/** Whether a change of posture is shown to a person: those who may declare one, and OCHA. */
export async function mayReadPosture(ctx: Ctx, _posture: Posture, person: Person): Promise<boolean> {
  if (person.closedAt !== null || person.constituency === null) return false
  const roles = await (ctx.tx ?? ctx.store.read).roles.rolesOf(person.id, ctx.clock.now())
  const may = [...declaring(ctx), ctx.mission.releasing.humanitarian]
  return roles.some(({ role }) => may.includes(role))
}

/** Whether this person may know how many items a posture paused: OCHA alone, for a count can give one away. */
export async function mayCountItems(ctx: Ctx, person: Person): Promise<boolean> {
  const roles = await (ctx.tx ?? ctx.store.read).roles.rolesOf(person.id, ctx.clock.now())
  return roles.some(({ role }) => role === ctx.mission.releasing.humanitarian)
}

/** The operations centre and the mission's leadership. */
const declaring = ({ mission }: Pick<Ctx, 'mission'>): string[] => [
  mission.operationsCentre.role,
  ...mission.taskings.seniorForum,
]

const declaringRole = (ctx: Ctx) => heldRoles(ctx).find(({ role }) => declaring(ctx).includes(role))

/** Whether the acting person may declare one. */
export const mayDeclare = (ctx: Ctx): boolean => declaringRole(ctx) !== undefined

function areaOf(ctx: Ctx, input: PostureInput): { sector: string | null; district: string | null } {
  if (input.district) {
    const district = districtsOf(ctx.mission.gazetteer).find(({ name }) => name === input.district)
    if (!district) throw new TocsinError('place_missing', { field: 'district' })
    return { sector: district.sector ?? input.sector ?? null, district: district.name }
  }
  const sector = input.sector ?? null
  if (sector !== null && !ctx.mission.sectors.some(({ id }) => id === sector))
    throw new TocsinError('unknown_term', { field: 'sector', details: { value: sector } })
  return { sector, district: null }
}

const of = ({ id }: Pick<Posture, 'id'>) => ({ kind: 'posture', id })
const itemRef = ({ id }: Pick<PostureItem, 'id'>) => ({ kind: 'posture_item', id })
