/** Rotation, closure of a base, transition of a mission: what each item needs before anybody leaves; pure. */

export const DRAWDOWN_KINDS = ['rotation', 'base_closure', 'transition'] as const
export type DrawdownKind = (typeof DRAWDOWN_KINDS)[number]

/** `handed_over`: it has changed hands; `verified`: somebody else has looked whether it works (1.52). */
export const ITEM_STATES = [
  'open',
  'offered',
  'accepted',
  'with_conditions',
  'declined',
  'handed_over',
  'verified',
] as const
export type ItemState = (typeof ITEM_STATES)[number]

/** What stands in a base's stead for a place: another base, an unarmed plan, or openly nobody. */
export const LINE_KINDS = ['base', 'unarmed', 'nobody'] as const
export type LineKind = (typeof LINE_KINDS)[number]

export interface ItemStanding {
  kind: string
  state: ItemState
  line: LineKind | null
}

/** Whether somebody has taken the item over, with or without conditions. */
export const isTaken = ({ state }: Pick<ItemStanding, 'state'>): boolean =>
  ['accepted', 'with_conditions', 'handed_over', 'verified'].includes(state)

/** Whether civilians depend on cover there: such an item needs a line of its own, or somebody who took it. */
export const losesCover = ({ kind, state, line }: ItemStanding): boolean =>
  (kind === 'place' || kind === 'hotspot') && line === null && !isTaken({ state })

/** What is left to nobody: for a place an open "nobody", for the rest what nobody accepted. */
export const isVacuum = (item: ItemStanding): boolean =>
  item.kind === 'place' || item.kind === 'hotspot'
    ? losesCover(item) || (item.line === 'nobody' && !isTaken(item))
    : !isTaken(item)

/** Whether the base may be closed: no place loses cover without a line of its own. */
export const mayClose = (items: readonly ItemStanding[]): boolean => !items.some(losesCover)
