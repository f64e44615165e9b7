/** A drawdown with its items, and who manages it. */
import type { Drawdown, DrawdownItem } from '../../db/drawdowns.ts'
import type { Repos } from '../../db/store.ts'
import { isTaken, isVacuum, losesCover } from '../../domain/drawdown.ts'
import type { Constituency } from '../../domain/mission.ts'
import { TocsinError } from '../../errors.ts'
import { peopleIn, unique } from '../alert/facts.ts'
import type { Ctx, Open, Person } from '../context.ts'
import { heldRoles } from '../permission.ts'
import { drawdownSources } from './kinds.ts'

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

/** Roles that manage drawdowns and read them. */
export const managing = ({ mission }: Pick<Ctx, 'mission'>): string[] => [
  ...mission.taskings.seniorForum,
  mission.operationsCentre.role,
  ...(mission.pocAdviser ? [mission.pocAdviser.role] : []),
]

/** Those who manage drawdowns now. */
export async function managers(open: Open): Promise<Person[]> {
  const people: Person[] = []
  for (const role of managing(open))
    people.push(...(await peopleIn(open.tx, { role, sector: null }, open.clock.now())))
  return unique(people).filter(({ closedAt }) => closedAt === null)
}

/** Whether the acting person manages drawdowns. */
export const isManager = (ctx: Ctx): boolean =>
  heldRoles(ctx).some(({ role }) => managing(ctx).includes(role))

/** @throws TocsinError `not_allowed` for anybody who does not manage drawdowns. */
export function requireManager(ctx: Ctx): void {
  if (!isManager(ctx)) throw new TocsinError('not_allowed')
}

/** An item that may still be settled. @throws TocsinError `not_found`, `already_ended` once its drawdown is closed. */
export async function openItem(
  repos: Repos,
  itemId: string,
): Promise<{ item: DrawdownItem; drawdown: Drawdown }> {
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

export const of = ({ id }: Pick<Drawdown, 'id'>) => ({ kind: 'drawdown', id })
export const itemRef = ({ id }: Pick<DrawdownItem, 'id'>) => ({ kind: 'drawdown_item', id })
