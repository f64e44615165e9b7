/** Whom a section could send with a team, and who is taken in these days. */
import type { Repos } from '../../db/store.ts'
import { findRole, type Mission, type RoleRef } from '../../domain/mission.ts'
import { overlap } from '../../domain/team.ts'
import { fold } from '../../domain/text-fold.ts'
import type { Person } from '../context.ts'
import { roleKey } from '../permission.ts'
import { type TeamFacts, windowOf } from './facts.ts'
import { sectionOf } from './posts.ts'

/** Somebody a section could send. */
export interface Suggested {
  person: Person
  onDuty: boolean
  /** Posts whose rota has them on duty in the days of the team. */
  rota: RoleRef[]
  /** Of what the team needs. */
  skills: string[]
  languages: string[]
  woman: boolean
}

/** A section's own people. */
export interface SectionPeople {
  /** On no other team in these days; those who fit best first. */
  free: Suggested[]
  /** On another team in these days. */
  taken: Person[]
}

/**
 * Whom a section could send: its own people, those first who fit best by what they can do and speak, a woman where the
 * team has too few, those on duty. For whoever speaks for the section. `now` in epoch ms.
 */
export async function sectionPeople(
  repos: Repos,
  mission: Mission,
  now: number,
  facts: TeamFacts,
  section: string,
): Promise<SectionPeople> {
  const busy = await busyIn(repos, facts)
  const own = (await repos.people.all()).filter(person => isOf(mission, section, person))
  const people = own.filter(({ id }) => !busy.has(id))
  const profiles = new Map(
    (await repos.teams.profilesOf(people.map(({ id }) => id))).map(row => [row.personId, row]),
  )
  const women = await womenOn(repos, facts)
  const window = windowOf(facts.team)
  const free: Suggested[] = []
  for (const person of people) {
    const profile = profiles.get(person.id)
    const having = (wanted: readonly string[], has: readonly string[] = []) =>
      wanted.filter(id => has.includes(id))
    const shifts = (await repos.duties.shiftsOf(person.id, now)).filter(({ fromAt, toAt }) =>
      overlap(window, { from: fromAt, to: toAt }),
    )
    free.push({
      person,
      onDuty: (await repos.duties.ofPerson(person.id)).length > 0,
      rota: [
        ...new Map(shifts.map(({ role, sector }) => [roleKey({ role, sector }), { role, sector }])).values(),
      ],
      skills: having(facts.team.skills, profile?.skills),
      languages: having(facts.team.languages, profile?.languages),
      woman: profile?.gender === 'woman' && women < facts.kind.women,
    })
  }
  const score = (one: Suggested) =>
    2 * (one.skills.length + one.languages.length + Number(one.woman)) + Number(one.onDuty)
  return { free: free.sort((a, b) => score(b) - score(a)), taken: own.filter(({ id }) => busy.has(id)) }
}

/** How many of a team's members say that they are women. */
async function womenOn(repos: Repos, { members }: TeamFacts): Promise<number> {
  const profiles = await repos.teams.profilesOf(members.map(({ person }) => person.id))
  return profiles.filter(({ gender }) => gender === 'woman').length
}

async function busyIn(repos: Repos, { team }: TeamFacts): Promise<Set<string>> {
  const others = (await repos.teams.open()).filter(
    row =>
      row.id !== team.id &&
      (row.state === 'composing' || row.state === 'out') &&
      overlap(windowOf(row), windowOf(team)),
  )
  const members = await repos.teams.membersOf(others.map(({ id }) => id))
  return new Set(members.map(({ personId }) => personId))
}

/** Whether somebody belongs to a section: of its post's component, with its name as their own section. */
function isOf(mission: Mission, id: string, person: Person): boolean {
  const section = sectionOf(mission, id)
  if (!section || person.closedAt !== null || person.constituency === null || person.section === null)
    return false
  if (person.constituency !== findRole(mission, section.post)?.constituency) return false
  const names = [...Object.values(section.name), ...section.people].map(fold)
  return names.includes(fold(person.section))
}
