/** What people say of themselves for teams, and whom that suggests. */
import type { PersonProfile } from '../../db/teams.ts'
import type { Mission } from '../../domain/mission.ts'
import { TocsinError } from '../../errors.ts'
import { type Ctx, inTransaction } from '../context.ts'
import { registeredPerson } from '../permission.ts'
import { note } from '../telling.ts'
import { speaksFor } from './compose.ts'
import { type SectionPeople, sectionPeople } from './free.ts'
import { known } from './propose.ts'
import { readTeam, type TeamSeen } from './reading.ts'

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

/**
 * Whom a section could send, for whoever speaks for it ({@link sectionPeople}).
 *
 * @throws TocsinError `not_registered`, `not_found`, `not_allowed`.
 */
export async function suggestPeople(
  ctx: Ctx,
  teamId: string,
  section: string,
): Promise<SectionPeople & TeamSeen> {
  registeredPerson(ctx)
  const seen = await readTeam(ctx, teamId)
  if (!speaksFor(ctx, seen.facts, section))
    throw new TocsinError('not_allowed', { details: { code: seen.facts.team.code } })
  const { mission, clock, store } = ctx
  return { ...seen, ...(await sectionPeople(store.read, mission, clock.now(), seen.facts, section)) }
}
