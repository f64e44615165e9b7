import {
  findTerm,
  type Language,
  type Mission,
  type Role,
  type RoleRef,
  roleName,
  sectorName,
  type TaxonomyList,
  termName,
} from '../domain/mission.ts'
import type { Words } from '../locales/index.ts'
import { parseRoleKey } from '../operations/permission.ts'

/** What a view is rendered with: the reader's words, the mission's terms and the moment. */
export interface ViewContext {
  words: Words
  mission: Mission
  /** Epoch ms. */
  now: number
}

const language = (view: ViewContext): Language => view.words.language as Language

/** A name and what is said of it, with the colon as the reader's language sets it. */
export const pair = ({ words }: ViewContext, name: string, text: string): string =>
  words.t('units.pair', { name, text })

/** The name of a role with its sector, in the reader's language. */
export function role(view: ViewContext, ref: RoleRef): string {
  return roleName(view.mission, ref, language(view))
}

/** The name of a role stored as `role` or `role@sector`. */
export function roleNamed(view: ViewContext, key: string): string {
  return role(view, parseRoleKey(key))
}

/** Roles as options, each by its name without a sector. */
export const roleChoices = (view: ViewContext, roles: readonly Role[]): { text: string; value: string }[] =>
  roles.map(({ id }) => ({ text: role(view, { role: id, sector: null }), value: id }))

/** The name of a role beside an alert, without the sector where that is the alert's own. */
export function post(view: ViewContext, alert: { sector: string | null }, ref: RoleRef): string {
  return role(view, ref.sector === alert.sector ? { ...ref, sector: null } : ref)
}

/** The post a stored role names beside an alert; "someone" where none was held. */
export function roleOf(view: ViewContext, alert: { sector: string | null }, key: string | null): string {
  return key ? post(view, alert, parseRoleKey(key)) : view.words.t('alert.someone')
}

/** A day stored as `YYYY-MM-DD`, as people write it; anything else as it stands. */
export function dayText({ words }: Pick<ViewContext, 'words'>, day: string): string {
  // Noon: the same day wherever it is read.
  const at = Date.parse(`${day}T12:00:00Z`)
  return Number.isNaN(at) ? day : words.date(at)
}

export function sector(view: ViewContext, id: string | null): string {
  return id === null ? view.words.t('alert.sectorUnknown') : sectorName(view.mission, id, language(view))
}

/** The name of a term of the mission's taxonomy. */
export function term(view: ViewContext, list: TaxonomyList, id: string): string {
  return termName(view.mission, list, id, language(view))
}

/** The terms of a list as options. */
export function termOptions(view: ViewContext, list: TaxonomyList): { text: string; value: string }[] {
  return view.mission.taxonomy[list].map(({ id }) => ({ text: term(view, list, id), value: id }))
}

/** Whether this term of a list says too little without a note. */
export function asksNote(view: ViewContext, list: TaxonomyList, id: string): boolean {
  return findTerm(view.mission, list, id)?.asksNote ?? false
}

/** Whether the class of an alleged perpetrator is shown only to those the attribution layer is opened to. */
export function isRestrictedClass(view: ViewContext, id: string): boolean {
  return findTerm(view.mission, 'perpetrators', id)?.restricted ?? false
}
