import { findRole, type Language, type RoleRef, textIn } from '../../domain/mission.ts'
import { brief } from '../blocks.ts'
import type { ViewContext } from '../context.ts'

/** The names of posts, each once, as one list; a post of several sectors is named without them. */
export function posts(view: ViewContext, refs: readonly RoleRef[]): string {
  const language = view.words.language as Language
  const names = refs.map(ref => {
    const known = findRole(view.mission, ref.role)
    return known ? textIn(known.name, language) : ref.role
  })
  return view.words.list([...new Set(names)].map(name => brief(name, 80)))
}
