import type { Drawdown, DrawdownItem } from '../db/drawdowns.ts'
import type { Repos } from '../db/store.ts'
import { DRAWDOWN_KINDS, isTaken, isVacuum, LINE_KINDS, losesCover } from '../domain/drawdown.ts'
import { type Constituency, TASKABLE } from '../domain/mission.ts'
import { sideOf } from '../domain/side.ts'
import { TocsinError } from '../errors.ts'
import { peopleIn, unique } from './alert/facts.ts'
import { freeCode } from './code.ts'
import { type Ctx, inTransaction, type Open, type Person } from './context.ts'
import { drawdownSources } from './drawdown/kinds.ts'
import { comingDay } from './gate/days.ts'
import { type Named, namedPerson } from './people.ts'
import { heldRoles, registeredPerson } from './permission.ts'
import { cardAt, lineAt, note, personTarget, refreshCardsOf } from './telling.ts'
import { optionalText, requiredText } from './text.ts'

export const drawdownLimits = { note: 1_000, functions: 1_500, words: 500, days: 1_095 } as const

/** An item with what it is called and who is asked to take it. */
export interface DrawdownEntry {
  item: DrawdownItem
  name: string
  receiver: Person | null
}

export interface DrawdownFacts {
  drawdown: Drawdown
  entries: DrawdownEntry[]
  /** Places and hotspots that lose their cover without a line of their own. */
  uncovered: DrawdownEntry[]
  /** What nobody accepted, and where openly nobody will be. */
  vacuum: DrawdownEntry[]
}

export interface DrawDownInput {
  kind: string
  base?: string | null
  /** For a transition of one sector; left out: the whole mission. */
  sector?: string | null
  day?: string | null
  /** Functions that must find a new owner, one a line. */
  functions?: string | null
  note?: string | null
  requestKey?: string | null
}

/**
 * Declares that a unit rotates, a base closes or the mission leaves, and lists what that leaves behind: places and
 * hotspots nearest to the base, open taskings there, and the functions named.
 *
 * @throws TocsinError `not_registered`, `not_allowed`, `unknown_term`, `text_missing`, `text_too_long`, `time_past`,
 *   `time_too_far`.
 */
export async function drawDown(ctx: Ctx, input: DrawDownInput): Promise<DrawdownFacts> {
  const person = registeredPerson(ctx)
  requireManager(ctx)
  const kind = DRAWDOWN_KINDS.find(known => known === input.kind)
  if (!kind) throw new TocsinError('unknown_term', { field: 'kind', details: { value: input.kind } })
  const base = ctx.mission.bases.find(({ id }) => id === input.base) ?? null
  if (kind !== 'transition' && base === null) throw new TocsinError('text_missing', { field: 'base' })
  const day = comingDay(ctx, input.day, 'day', { days: drawdownLimits.days })
  const words = optionalText(input.note, 'note', drawdownLimits.note)
  const functions = (optionalText(input.functions, 'functions', drawdownLimits.functions) ?? '')
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '')
  return inTransaction(ctx, async (repos, open) => {
    const earlier = input.requestKey ? await repos.drawdowns.byRequestKey(input.requestKey) : null
    if (earlier) return factsOf(ctx, repos, earlier)
    const drawdown: Drawdown = {
      id: ctx.ids.id(),
      code: await freeCode(open.ids, 'D', code => repos.drawdowns.byCode(code)),
      holder: person.constituency ?? 'mission_civilian',
      kind,
      base: kind === 'transition' ? null : (base?.id ?? null),
      sector: kind === 'transition' ? (input.sector ?? null) : (base?.sector ?? null),
      day,
      note: words,
      by: person.id,
      at: ctx.clock.now(),
      closedBy: null,
      closedAt: null,
      requestKey: input.requestKey ?? null,
    }
    await repos.drawdowns.insert(drawdown)
    for (const source of drawdownSources)
      for (const { ref } of await source.find(ctx, repos, drawdown))
        await repos.drawdowns.addItem(newItem(open, drawdown, source.kind, ref, null))
    for (const title of functions)
      await repos.drawdowns.addItem(newItem(open, drawdown, 'function', open.ids.id(), title))
    await note(open, of(drawdown), 'drawdown.declared', {
      code: drawdown.code,
      kind,
      base: drawdown.base,
      sector: drawdown.sector,
    })
    for (const { id } of await managers(open)) await cardAt(open, of(drawdown), personTarget(id))
    return factsOf(ctx, repos, drawdown)
  })
}

function newItem(
  open: Open,
  { id }: Drawdown,
  kind: string,
  ref: string,
  title: string | null,
): DrawdownItem {
  return {
    id: open.ids.id(),
    drawdownId: id,
    kind,
    ref,
    title,
    receiver: null,
    needed: null,
    available: null,
    state: 'open',
    conditions: null,
    answeredAt: null,
    line: null,
    lineText: null,
    lineBy: null,
  }
}

export interface SettleInput {
  itemId: string
  /** Whom to ask; left out: nobody yet. */
  receiver?: Named | null
  needed?: string | null
  available?: string | null
  /** For a place: what stands in the base's stead. */
  line?: string | null
  lineText?: string | null
}

/**
 * Says who is asked to take an item, what it needs and what there is for it, and for a place what stands in the
 * base's stead. Whoever is asked gets it by direct message and may say no; an agency need not say why.
 *
 * @throws TocsinError `not_registered`, `not_allowed`, `not_found`, `already_ended` where it is closed,
 *   `person_unknown`, `successor_invalid`, `unknown_term`, `text_missing` on `lineText`, `text_too_long`.
 */
export async function settleItem(ctx: Ctx, input: SettleInput): Promise<DrawdownFacts> {
  const person = registeredPerson(ctx)
  requireManager(ctx)
  const needed = optionalText(input.needed, 'needed', drawdownLimits.words)
  const available = optionalText(input.available, 'available', drawdownLimits.words)
  const line = input.line ? (LINE_KINDS.find(known => known === input.line) ?? null) : null
  if (input.line && line === null)
    throw new TocsinError('unknown_term', { field: 'line', details: { value: input.line } })
  const lineText = line
    ? requiredText(input.lineText, 'lineText', drawdownLimits.words)
    : optionalText(input.lineText, 'lineText', drawdownLimits.words)
  return inTransaction(ctx, async (repos, open) => {
    const { item, drawdown } = await openItem(repos, input.itemId)
    const receiver = input.receiver ? await namedPerson(repos, input.receiver, person, 'receiver') : null
    if (
      receiver &&
      (receiver.closedAt !== null ||
        receiver.constituency === null ||
        sideOf(receiver.constituency) === null ||
        // What stands in a tasking is the mission's; an agency is asked for a function.
        (item.kind === 'tasking' && !TASKABLE.includes(receiver.constituency)))
    )
      throw new TocsinError('successor_invalid', { field: 'receiver' })
    const asked = receiver !== null && (receiver.id !== item.receiver || item.state === 'declined')
    await repos.drawdowns.updateItem(item.id, {
      needed,
      available,
      line,
      lineText,
      lineBy: line ? person.id : null,
      ...(asked
        ? { receiver: receiver.id, state: 'offered' as const, conditions: null, answeredAt: null }
        : {}),
    })
    await note(open, of(drawdown), 'drawdown.settled', {
      item: item.id,
      kind: item.kind,
      line,
      asked: asked ? receiver.id : null,
    })
    if (asked) await cardAt(open, itemRef(item), personTarget(receiver.id))
    await refreshCardsOf(open, itemRef(item))
    await refreshCardsOf(open, of(drawdown))
    return factsOf(ctx, repos, drawdown)
  })
}

export interface AnswerItemInput {
  itemId: string
  answer: string
  /** The conditions, or why not. */
  words?: string | null
}

/**
 * Whoever was asked accepts an item, accepts it with conditions, or declines. The mission's own say why not.
 *
 * @throws TocsinError `not_registered`, `not_found` for anybody else, `unknown_term`, `already_done`, `already_ended`,
 *   `text_missing`, `text_too_long`.
 */
export async function answerItem(ctx: Ctx, input: AnswerItemInput): Promise<DrawdownEntry> {
  const person = registeredPerson(ctx)
  const { answer } = input
  if (answer !== 'accepted' && answer !== 'with_conditions' && answer !== 'declined')
    throw new TocsinError('unknown_term', { field: 'answer', details: { value: answer } })
  return inTransaction(ctx, async (repos, open) => {
    const { item, drawdown } = await openItem(repos, input.itemId)
    if (item.receiver !== person.id) throw new TocsinError('not_found')
    const free = person.constituency === null || !TASKABLE.includes(person.constituency)
    const owed = answer === 'with_conditions' || (answer === 'declined' && !free)
    const words = owed
      ? requiredText(input.words, 'words', drawdownLimits.words)
      : optionalText(input.words, 'words', drawdownLimits.words)
    const now = ctx.clock.now()
    const done = await repos.drawdowns.updateItem(
      item.id,
      { state: answer, conditions: words, answeredAt: now },
      'offered',
    )
    if (!done) throw new TocsinError('already_done')
    await note(open, of(drawdown), 'drawdown.answered', { item: item.id, answer })
    await refreshCardsOf(open, itemRef(item))
    await refreshCardsOf(open, of(drawdown))
    if (answer === 'declined')
      for (const { id } of await managers(open))
        if (id !== person.id) await lineAt(open, 'drawdown.declined', item.id, personTarget(id))
    const after = { ...item, state: answer, conditions: words, answeredAt: now } as const
    return entryOf(ctx, repos, after)
  })
}

/**
 * Closes it: the base is left, the handover is over. A base is not closed while a place loses its cover without a line
 * of its own. What nobody accepted and where nobody will be goes to the senior forum as one report.
 *
 * @throws TocsinError `not_registered`, `not_allowed`, `not_found`, `places_open` (details: places), `already_done`.
 */
export async function closeDrawdown(ctx: Ctx, input: { drawdownId: string }): Promise<DrawdownFacts> {
  const person = registeredPerson(ctx)
  requireManager(ctx)
  return inTransaction(ctx, async (repos, open) => {
    const drawdown = await repos.drawdowns.byId(input.drawdownId)
    if (!drawdown) throw new TocsinError('not_found')
    const facts = await factsOf(ctx, repos, drawdown)
    if (facts.uncovered.length > 0)
      throw new TocsinError('places_open', {
        details: { places: facts.uncovered.slice(0, 10).map(({ name }) => name) },
      })
    const at = ctx.clock.now()
    if (!(await repos.drawdowns.close(drawdown.id, person.id, at))) throw new TocsinError('already_done')
    await note(open, of(drawdown), 'drawdown.closed', { code: drawdown.code, left: facts.vacuum.length })
    await refreshCardsOf(open, of(drawdown))
    await sendReport(open, drawdown, await managers(open))
    return { ...facts, drawdown: { ...drawdown, closedBy: person.id, closedAt: at } }
  })
}

/** The report as a PDF and a CSV by direct message to whoever asks. @throws TocsinError `not_registered`, `not_allowed`, `not_found`. */
export async function reportDrawdown(ctx: Ctx, input: { drawdownId: string }): Promise<void> {
  const person = registeredPerson(ctx)
  requireManager(ctx)
  await inTransaction(ctx, async (repos, open) => {
    const drawdown = await repos.drawdowns.byId(input.drawdownId)
    if (!drawdown) throw new TocsinError('not_found')
    await sendReport(open, drawdown, [person])
  })
}

async function sendReport(open: Open, { id }: Drawdown, to: readonly Person[]): Promise<void> {
  for (const person of to)
    for (const format of ['pdf', 'csv'])
      await lineAt(open, 'drawdown.report', id, personTarget(person.id), { format })
}

/** Every drawdown, last first, for those who manage them. @throws TocsinError `not_registered`, `not_allowed`. */
export async function drawdowns(ctx: Ctx): Promise<DrawdownFacts[]> {
  registeredPerson(ctx)
  requireManager(ctx)
  const all: DrawdownFacts[] = []
  for (const drawdown of (await ctx.store.read.drawdowns.all()).toReversed())
    all.push(await factsOf(ctx, ctx.store.read, drawdown))
  return all
}

/** One of them, by its code or id. @throws TocsinError `not_registered`, `not_allowed`, `not_found`. */
export async function readDrawdown(ctx: Ctx, code: string): Promise<DrawdownFacts> {
  registeredPerson(ctx)
  requireManager(ctx)
  const { read } = ctx.store
  const drawdown =
    (await read.drawdowns.byCode(code.trim().toUpperCase())) ?? (await read.drawdowns.byId(code))
  if (!drawdown) throw new TocsinError('not_found')
  return factsOf(ctx, read, drawdown)
}

/** An item for whoever settles it or is asked to take it. @throws TocsinError `not_registered`, `not_found`. */
export async function readItem(
  ctx: Ctx,
  itemId: string,
): Promise<{ entry: DrawdownEntry; drawdown: Drawdown }> {
  const person = registeredPerson(ctx)
  const { item, drawdown } = await openItem(ctx.store.read, itemId)
  if (item.receiver !== person.id && !isManager(ctx)) throw new TocsinError('not_found')
  return { entry: await entryOf(ctx, ctx.store.read, item), drawdown }
}

/** What this person was asked to take and has not answered. @throws TocsinError `not_registered`. */
export async function itemsOffered(ctx: Ctx): Promise<{ entry: DrawdownEntry; drawdown: Drawdown }[]> {
  const person = registeredPerson(ctx)
  const { read } = ctx.store
  const offered: { entry: DrawdownEntry; drawdown: Drawdown }[] = []
  for (const item of await read.drawdowns.offeredTo(person.id)) {
    const drawdown = await read.drawdowns.byId(item.drawdownId)
    if (drawdown?.closedAt === null) offered.push({ entry: await entryOf(ctx, read, item), drawdown })
  }
  return offered
}

/** Reads what surrounds a drawdown; for whoever has asked who may read it. */
export async function factsOf(
  ctx: Pick<Ctx, 'mission'>,
  repos: Repos,
  drawdown: Drawdown,
): Promise<DrawdownFacts> {
  const entries: DrawdownEntry[] = []
  for (const item of await repos.drawdowns.items(drawdown.id)) entries.push(await entryOf(ctx, repos, item))
  const of = (test: (item: DrawdownItem) => boolean) => entries.filter(({ item }) => test(item))
  return { drawdown, entries, uncovered: of(losesCover), vacuum: of(isVacuum) }
}

/** An item with its name and who is asked. */
export async function entryOf(
  ctx: Pick<Ctx, 'mission'>,
  repos: Repos,
  item: DrawdownItem,
): Promise<DrawdownEntry> {
  const source = drawdownSources.find(({ kind }) => kind === item.kind)
  const name = item.title ?? (source ? await source.name(ctx, repos, item.ref) : item.ref)
  return { item, name, receiver: item.receiver ? await repos.people.byId(item.receiver) : null }
}

/** Whether a person reads drawdowns: leadership, the operations centre, the adviser on protection. */
export async function managesDrawdowns(ctx: Ctx, person: Person): Promise<boolean> {
  if (person.closedAt !== null || person.constituency === null) return false
  const roles = await (ctx.tx ?? ctx.store.read).roles.rolesOf(person.id, ctx.clock.now())
  return roles.some(({ role }) => managing(ctx).includes(role))
}

const managing = ({ mission }: Pick<Ctx, 'mission'>): string[] => [
  ...mission.taskings.seniorForum,
  mission.operationsCentre.role,
  ...(mission.pocAdviser ? [mission.pocAdviser.role] : []),
]

async function managers(open: Open): Promise<Person[]> {
  const people: Person[] = []
  for (const role of managing(open))
    people.push(...(await peopleIn(open.tx, { role, sector: null }, open.clock.now())))
  return unique(people).filter(({ closedAt }) => closedAt === null)
}

const isManager = (ctx: Ctx): boolean => heldRoles(ctx).some(({ role }) => managing(ctx).includes(role))

function requireManager(ctx: Ctx): void {
  if (!isManager(ctx)) throw new TocsinError('not_allowed')
}

async function openItem(repos: Repos, itemId: string): Promise<{ item: DrawdownItem; drawdown: Drawdown }> {
  const item = await repos.drawdowns.item(itemId)
  const drawdown = item && (await repos.drawdowns.byId(item.drawdownId))
  if (!item || !drawdown) throw new TocsinError('not_found')
  if (drawdown.closedAt !== null) throw new TocsinError('already_ended')
  return { item, drawdown }
}

/** How a receiver is named to others: a component by name; of an agency the organisation, of NGOs nobody. */
export function receiverPart(person: Pick<Person, 'constituency' | 'organisation' | 'section'>): {
  constituency: Constituency | null
  organisation: string | null
} {
  const { constituency } = person
  return {
    constituency,
    organisation: constituency === 'un_agency' ? (person.organisation ?? person.section) : null,
  }
}

/** Whether somebody took it. */
export const taken = ({ item }: Pick<DrawdownEntry, 'item'>): boolean => isTaken(item)

const of = ({ id }: Pick<Drawdown, 'id'>) => ({ kind: 'drawdown', id })
const itemRef = ({ id }: Pick<DrawdownItem, 'id'>) => ({ kind: 'drawdown_item', id })
