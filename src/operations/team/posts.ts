/** Which posts have to do with a team: those of its sections, whoever decides on it, whoever watches over it. */
import type { TeamKind, TeamSection } from '../../domain/mission/team-section.ts'
import { type Mission, type RoleRef, roleRef } from '../../domain/mission.ts'
import { appointerOf } from '../duty/standing.ts'
import { sameRole } from '../permission.ts'

/** The kind of a team; one that left the mission file goes on as the nearest it had. */
export function kindOf(mission: Mission, id: string): TeamKind {
  const { kinds } = mission.teams
  return kinds.find(kind => kind.id === id) ?? (kinds[0] as TeamKind)
}

export const sectionOf = (mission: Mission, id: string): TeamSection | undefined =>
  mission.teams.sections.find(section => section.id === id)

/** The post that answers for a section where the team goes. */
export function postOf(mission: Mission, id: string, sector: string | null): RoleRef | null {
  const section = sectionOf(mission, id)
  return section ? roleRef(mission, section.post, sector) : null
}

/** Who decides on a team of this sector: the head of office, and whoever appoints to that post, upwards. */
export function approverPostsOf(mission: Mission, sector: string | null): RoleRef[] {
  const posts: RoleRef[] = []
  let post: RoleRef | null = roleRef(mission, mission.teams.approves, sector)
  while (post && !posts.some(known => sameRole(known, post as RoleRef))) {
    posts.push(post)
    post = appointerOf(mission, post)
  }
  return posts
}

/** The posts told of a missed check-in, the room first. */
export function watchPosts(mission: Mission, sector: string | null): RoleRef[] {
  const { room, ladder } = mission.teams
  return [room, ...ladder].map(role => roleRef(mission, role, sector))
}
