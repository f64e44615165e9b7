import type { Drawdown, DrawdownItem } from '../../db/drawdowns.ts'
import type { Repos } from '../../db/store.ts'
import { LINE_KINDS } from '../../domain/drawdown.ts'
import { TASKABLE } from '../../domain/mission.ts'
import { sideOf } from '../../domain/side.ts'
import { TocsinError } from '../../errors.ts'
import { type Ctx, inTransaction, type Open, type Person } from '../context.ts'
import { type Named, namedPerson } from '../people.ts'
import { registeredPerson } from '../permission.ts'
import { cardAt, lineAt, note, personTarget, refreshCardsOf } from '../telling.ts'
import { optionalText, requiredText } from '../text.ts'
import {
  type DrawdownEntry,
  type DrawdownFacts,
  drawdownLimits,
  entryOf,
  factsOf,
  isManager,
  itemRef,
  managers,
  of,
  openItem,
  requireManager,
} from './facts.ts'
import { syncItemReminders } from './reminders.ts'

export interface SettleInput {
  itemId: string
  /** Whom to ask; left out: nobody yet. */
  receiver?: Named | null
  needed?: string | null
  available?: string | null
  /** For a place: what stands in the base's stead. */
  line?: string | null
  lineText?: string | null
  /** The same for every other item of its kind for which nothing was said yet. */
  alike?: boolean
}

/**
 * Says who is asked to take an item, what it needs and what there is for it, and for a place what stands in the
 * base's stead. Whoever is asked gets it by direct message and may say no; an agency need not say why. A rotation leaves
 * a unit's places to the next one: what is the same for all of a kind is said once.
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
    const { item: first, drawdown } = await openItem(repos, input.itemId)
    const receiver = input.receiver ? await namedPerson(repos, input.receiver, person, 'receiver') : null
    if (
      receiver &&
      (receiver.closedAt !== null ||
        receiver.constituency === null ||
        sideOf(receiver.constituency) === null ||
        // What stands in a tasking is the mission's, and so is its team; an agency is asked for a function.
        ((first.kind === 'tasking' || first.kind === 'team') && !TASKABLE.includes(receiver.constituency)))
    )
      throw new TocsinError('successor_invalid', { field: 'receiver' })
    const said = { needed, available, line, lineText, lineBy: line ? person.id : null }
    const others = input.alike ? (await repos.drawdowns.items(drawdown.id)).filter(isLike(first)) : []
    for (const item of [first, ...others]) await settleOne(open, drawdown, item, receiver, said)
    await refreshCardsOf(open, of(drawdown))
    return factsOf(ctx, repos, drawdown)
  })
}

type Said = Pick<DrawdownItem, 'needed' | 'available' | 'line' | 'lineText' | 'lineBy'>

async function settleOne(
  open: Open,
  drawdown: Drawdown,
  item: DrawdownItem,
  receiver: Person | null,
  said: Said,
): Promise<void> {
  const asked = receiver !== null && (receiver.id !== item.receiver || item.state === 'declined')
  await open.tx.drawdowns.updateItem(item.id, {
    ...said,
    ...(asked
      ? {
          receiver: receiver.id,
          state: 'offered' as const,
          ...{ conditions: null, answeredAt: null, handedAt: null, handedBy: null, verifiedAt: null },
        }
      : {}),
  })
  await note(open, of(drawdown), 'drawdown.settled', {
    item: item.id,
    kind: item.kind,
    line: said.line,
    asked: asked ? receiver.id : null,
  })
  if (asked) {
    await cardAt(open, itemRef(item), personTarget(receiver.id))
    await syncItemReminders(open, item.id, true)
  }
  await refreshCardsOf(open, itemRef(item))
}

/** Of the same kind, and nothing said of it: nobody asked, no line of its own. */
export const isLike =
  ({ id, kind }: Pick<DrawdownItem, 'id' | 'kind'>) =>
  (item: DrawdownItem): boolean =>
    item.id !== id && item.kind === kind && item.receiver === null && item.line === null

export interface AnswerItemInput {
  itemId: string
  answer: string
  /** The conditions, or why not. */
  words?: string | null
  /** The same for every other item of its kind that this person was asked to take there and has not answered. */
  alike?: boolean
}

/**
 * Other items of a drawdown, of the same kind and with the same receiver, that wait for the same of them: an answer, or
 * that they say they have it. A unit that takes thirty places over says so once.
 */
export async function othersLike(
  repos: Repos,
  { id, drawdownId, kind, receiver, state }: DrawdownItem,
): Promise<DrawdownItem[]> {
  const stages: readonly (readonly DrawdownItem['state'][])[] = [['offered'], ['accepted', 'with_conditions']]
  const stage = stages.find(states => states.includes(state)) ?? []
  const all = receiver === null ? [] : await repos.drawdowns.items(drawdownId)
  return all.filter(
    item => item.id !== id && item.kind === kind && item.receiver === receiver && stage.includes(item.state),
  )
}

/**
 * Whoever was asked accepts an item, accepts it with conditions, or declines. The mission's own say why not.
 *
 * @throws TocsinError `not_registered`, `not_found` for anybody else, `unknown_term`, `already_done`, `already_ended`,
 *   `text_missing`, `text_too_long`.
 */
export async function answerItem(
  ctx: Ctx,
  input: AnswerItemInput,
): Promise<DrawdownEntry & { others: number }> {
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
    const others = input.alike ? await othersLike(repos, item) : []
    const said = { state: answer, conditions: words, answeredAt: ctx.clock.now() } as const
    for (const { id } of [item, ...others]) {
      if (!(await repos.drawdowns.updateItem(id, said, 'offered'))) throw new TocsinError('already_done')
      await note(open, of(drawdown), 'drawdown.answered', { item: id, answer })
      await syncItemReminders(open, id, false)
      await refreshCardsOf(open, itemRef({ id }))
    }
    await refreshCardsOf(open, of(drawdown))
    if (answer === 'declined')
      for (const { id } of await managers(open))
        if (id !== person.id)
          await lineAt(open, 'drawdown.declined', item.id, personTarget(id), { others: others.length })
    return { ...(await entryOf(ctx, repos, { ...item, ...said })), others: others.length }
  })
}

/**
 * What was accepted has changed hands: whoever took it says so, or those who manage it do (1.52); `alike`: all of the
 * kind that the same person accepted there.
 *
 * @throws TocsinError `not_registered`, `not_found` for anybody else, `already_done` where it is not accepted, or was
 *   handed over before.
 */
export async function handOverItem(
  ctx: Ctx,
  input: { itemId: string; alike?: boolean },
): Promise<DrawdownEntry & { others: number }> {
  const person = registeredPerson(ctx)
  return inTransaction(ctx, async (repos, open) => {
    const item = await repos.drawdowns.item(input.itemId)
    if (!item || (item.receiver !== person.id && !isManager(ctx))) throw new TocsinError('not_found')
    if (item.state !== 'accepted' && item.state !== 'with_conditions') throw new TocsinError('already_done')
    const handed = { state: 'handed_over', handedAt: ctx.clock.now(), handedBy: person.id } as const
    const others = input.alike ? await othersLike(repos, item) : []
    for (const other of others) await move(open, other, handed, 'drawdown.handed_over')
    return { ...(await move(open, item, handed, 'drawdown.handed_over')), others: others.length }
  })
}

/**
 * Somebody who manages it has looked whether what was handed over works; never who said that it was (1.52).
 *
 * @throws TocsinError `not_registered`, `not_allowed` without the role and for whoever handed it over, `not_found`,
 *   `already_done` where it was not handed over, or was verified before.
 */
export async function verifyItem(ctx: Ctx, input: { itemId: string }): Promise<DrawdownEntry> {
  const person = registeredPerson(ctx)
  requireManager(ctx)
  return inTransaction(ctx, async (repos, open) => {
    const item = await repos.drawdowns.item(input.itemId)
    if (!item) throw new TocsinError('not_found')
    if (item.state !== 'handed_over') throw new TocsinError('already_done')
    if (item.handedBy === person.id) throw new TocsinError('not_allowed')
    return move(open, item, { state: 'verified', verifiedAt: ctx.clock.now() }, 'drawdown.verified')
  })
}

async function move(
  open: Open,
  item: DrawdownItem,
  patch: Partial<Pick<DrawdownItem, 'state' | 'handedAt' | 'handedBy' | 'verifiedAt'>>,
  event: string,
): Promise<DrawdownEntry> {
  if (!(await open.tx.drawdowns.updateItem(item.id, patch, item.state))) throw new TocsinError('already_done')
  const drawdown = { id: item.drawdownId }
  await note(open, of(drawdown), event, { item: item.id })
  await refreshCardsOf(open, itemRef(item))
  await refreshCardsOf(open, of(drawdown))
  return entryOf(open, open.tx, { ...item, ...patch })
}

/** An item for whoever settles it or is asked to take it, with how many others wait for the same of them. @throws TocsinError `not_registered`, `not_found`. */
export async function readItem(
  ctx: Ctx,
  itemId: string,
): Promise<{ entry: DrawdownEntry; drawdown: Drawdown; alike: number }> {
  const person = registeredPerson(ctx)
  const { read } = ctx.store
  const { item, drawdown } = await openItem(read, itemId)
  if (item.receiver !== person.id && !isManager(ctx)) throw new TocsinError('not_found')
  const alike = (await othersLike(read, item)).length
  return { entry: await entryOf(ctx, read, item), drawdown, alike }
}

/**
 * An item for whoever may settle it, with what stands in the base's stead, and how many others of its kind nothing was
 * said of.
 *
 * @throws TocsinError `not_registered`, `not_allowed`, `not_found`, `already_ended` where it is closed.
 */
export async function itemToSettle(
  ctx: Ctx,
  itemId: string,
): Promise<{ entry: DrawdownEntry; alike: number }> {
  registeredPerson(ctx)
  requireManager(ctx)
  const { read } = ctx.store
  const { item, drawdown } = await openItem(read, itemId)
  const alike = (await read.drawdowns.items(drawdown.id)).filter(isLike(item)).length
  return { entry: await entryOf(ctx, read, item), alike }
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
