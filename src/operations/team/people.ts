/** What people say of themselves for teams, and whom that suggests. */
import type { PersonProfile } from '../../db/teams.ts'
import { findRole, type Mission } from '../../domain/mission.ts'
import { overlap } from '../../domain/team.ts'
import { fold } from '../../domain/text-fold.ts'
import { TocsinError } from '../../errors.ts'
import { type Ctx, inTransaction, type Person } from '../context.ts'
import { registeredPerson } from '../permission.ts'
import { note } from '../telling.ts'
import { speaksFor } from './compose.ts'
import type { TeamFacts } from './facts.ts'
import { sectionOf } from './posts.ts'
import { known } from './propose.ts'
import { readTeam, windowOf } from './reading.ts'

/** What the acting person says of themselves; null where they said nothing. @throws TocsinError `not_registered`. */
export async function ownTeamProfile(ctx: Ctx): Promise<PersonProfile | null> {
  const person = registeredPerson(ctx)
  return (await ctx.store.read.teams.profilesOf([person.id]))[0] ?? null
}

/**
 * What the acting person says of themselves: shown to those who choose people for their own section, and to nobody
 * else. Nothing said, and it is forgotten.
 *
 * @throws TocsinError `not_registered`, `unknown_term`.
 */
export async function setTeamProfile(
  ctx: Ctx,
  input: { gender?: string | null; languages: readonly string[]; skills: readonly string[] },
): Promise<void> {
  const person = registeredPerson(ctx)
  const { gender = null } = input
  if (gender !== null && gender !== 'woman' && gender !== 'man')
    throw new TocsinError('unknown_term', { field: 'gender', details: { value: gender } })
  const languages = known(ctx.mission.teams.languages, input.languages, 'languages')
  const skills = known(ctx.mission.teams.skills, input.skills, 'skills')
  await inTransaction(ctx, async (repos, open) => {
    if (gender === null && languages.length + skills.length === 0) await repos.teams.removeProfile(person.id)
    else
      await repos.teams.setProfile({ personId: person.id, gender, languages, skills, at: open.clock.now() })
    await note(open, { kind: 'person', id: person.id }, 'person.profile', {})
  })
}

/** The sections a threat calls for, and those a kind must have. */
export function suggestedSections(
  { teams }: Pick<Mission, 'teams'>,
  kindId: string | null,
  threats: readonly string[],
): string[] {
  const must = teams.kinds.find(({ id }) => id === kindId)?.must ?? []
  return teams.sections
    .filter(({ id, threats: own }) => must.includes(id) || own.some(threat => threats.includes(threat)))
    .map(({ id }) => id)
}

/** Somebody a section could send. */
export interface Suggested {
  person: Person
  onDuty: boolean
  /** Of what the team needs. */
  skills: string[]
  languages: string[]
  woman: boolean
}

/**
 * Whom a section could send: its own people, who are on no other team in these days; those who fit best first: by what
 * they can do and speak, a woman where the team has too few, those on duty. For whoever speaks for the section.
 *
 * @throws TocsinError `not_registered`, `not_found`, `not_allowed`.
 */
export async function suggestPeople(
  ctx: Ctx,
  teamId: string,
  section: string,
): Promise<{ facts: TeamFacts; suggested: Suggested[] }> {
  registeredPerson(ctx)
  const { facts } = await readTeam(ctx, teamId)
  if (!speaksFor(ctx, facts, section))
    throw new TocsinError('not_allowed', { details: { code: facts.team.code } })
  const { read } = ctx.store
  const busy = await busyIn(ctx, facts)
  const people = (await read.people.all()).filter(
    person => isOf(ctx.mission, section, person) && !busy.has(person.id),
  )
  const profiles = new Map(
    (await read.teams.profilesOf(people.map(({ id }) => id))).map(row => [row.personId, row]),
  )
  const women = await womenOn(ctx, facts)
  const suggested: Suggested[] = []
  for (const person of people) {
    const profile = profiles.get(person.id)
    const having = (wanted: readonly string[], own: readonly string[] = []) =>
      wanted.filter(id => own.includes(id))
    suggested.push({
      person,
      onDuty: (await read.duties.ofPerson(person.id)).length > 0,
      skills: having(facts.team.skills, profile?.skills),
      languages: having(facts.team.languages, profile?.languages),
      woman: profile?.gender === 'woman' && women < facts.kind.women,
    })
  }
  const score = (one: Suggested) =>
    2 * (one.skills.length + one.languages.length + Number(one.woman)) + Number(one.onDuty)
  return { facts, suggested: suggested.sort((a, b) => score(b) - score(a)) }
}

/** How many of a team's members say that they are women. */
export async function womenOn(ctx: Ctx, { members }: TeamFacts): Promise<number> {
  const profiles = await (ctx.tx ?? ctx.store.read).teams.profilesOf(members.map(({ person }) => person.id))
  return profiles.filter(({ gender }) => gender === 'woman').length
}

async function busyIn(ctx: Ctx, { team }: TeamFacts): Promise<Set<string>> {
  const others = (await ctx.store.read.teams.open()).filter(
    row =>
      row.id !== team.id &&
      (row.state === 'composing' || row.state === 'out') &&
      overlap(windowOf(row), windowOf(team)),
  )
  const members = await ctx.store.read.teams.membersOf(others.map(({ id }) => id))
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
