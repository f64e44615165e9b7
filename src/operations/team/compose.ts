import type { Repos } from '../../db/store.ts'
import { findRole } from '../../domain/mission.ts'
import { sideOf } from '../../domain/side.ts'
import { TocsinError } from '../../errors.ts'
import { type Ctx, inTransaction, type Open, type Person } from '../context.ts'
import { type Named, namedPerson } from '../people.ts'
import { heldRoles, registeredPerson, sameRole } from '../permission.ts'
import { note } from '../telling.ts'
import { optionalText, requiredText } from '../text.ts'
import type { TeamFacts } from './facts.ts'
import { postOf, sectionOf } from './posts.ts'
import { known, teamLimits } from './propose.ts'
import { ownParties, readTeam } from './reading.ts'
import { again, showTeam, teamRef, tellTeam } from './tell.ts'

/** The team while it is being put together. @throws TocsinError `not_found`, `already_done` in another state. */
async function composing(open: Open, teamId: string, repos: Repos): Promise<TeamFacts> {
  const { facts } = await readTeam(open, teamId, repos)
  if (facts.team.state !== 'composing') throw new TocsinError('already_done')
  return facts
}

/** Whether the acting person speaks for a section: they hold its post, or, where nobody does, decide on the team. */
export function speaksFor(ctx: Ctx, facts: TeamFacts, section: string): boolean {
  const post = postOf(ctx.mission, section, facts.team.sector)
  if (!post) return false
  if (heldRoles(ctx).some(role => sameRole(role, post))) return true
  return (facts.chiefs.get(section) ?? []).length === 0 && ownParties(ctx, facts).includes('approver')
}

/**
 * A section says who goes for it, or why nobody does; it may say otherwise until the team goes. A section that sends
 * nobody stays on the list.
 *
 * @param input.people who goes; nobody: then the reason is needed.
 * @throws TocsinError `not_registered`, `not_found`, `already_done`, `unknown_term`, `not_allowed`, `person_unknown`,
 *   `not_of_section` for somebody of another component, `section_unanswered` on `reason`, `text_too_long`.
 */
export async function answerSection(
  ctx: Ctx,
  input: { teamId: string; section: string; people: readonly Named[]; reason?: string | null },
): Promise<TeamFacts> {
  const person = registeredPerson(ctx)
  const reason = input.people.length > 0 ? null : optionalText(input.reason, 'reason', teamLimits.reason)
  if (input.people.length === 0 && reason === null)
    throw new TocsinError('section_unanswered', { field: 'reason' })
  return inTransaction(ctx, async (repos, open) => {
    const facts = await composing(open, input.teamId, repos)
    const { team } = facts
    const { section } = input
    if (!facts.sections.some(row => row.section === section))
      throw new TocsinError('unknown_term', { field: 'section', details: { value: section } })
    if (!speaksFor(open, facts, section))
      throw new TocsinError('not_allowed', { details: { code: team.code } })
    const going = await Promise.all(input.people.map(named => sentBy(open, section, named, person)))
    const at = open.clock.now()
    for (const { row } of facts.members)
      if (row.section === section && !going.some(({ id }) => id === row.personId))
        await repos.teams.removeMember(team.id, row.personId)
    for (const { id } of going)
      await repos.teams.setMember({
        teamId: team.id,
        personId: id,
        section,
        guest: null,
        by: person.id,
        at,
      })
    const state = going.length > 0 ? 'confirmed' : 'none'
    await repos.teams.setSection({ teamId: team.id, section, state, reason, by: person.id, at })
    const left = team.lead !== null && !(await goes(repos, team.id, team.lead))
    await repos.teams.update(team.id, team.version, left ? { lead: null } : {})
    await note(
      open,
      teamRef(team),
      'team.section',
      { code: team.code, section, state, people: going.map(({ id }) => id) },
      reason ? { reason } : {},
    )
    const after = await again(open, team)
    await showTeam(open, after)
    const fresh = going.filter(({ id }) => !facts.members.some(({ person: known }) => known.id === id))
    await tellTeam(open, after, fresh, 'named')
    // Whoever decides hears of it once every section has answered, and not of each.
    if (!after.sections.some(row => row.state === 'asked'))
      await tellTeam(open, after, after.approvers, 'composed')
    return after
  })
}

const goes = async (repos: Repos, teamId: string, personId: string) =>
  (await repos.teams.membersOf([teamId])).some(row => row.personId === personId)

async function sentBy(open: Open, section: string, named: Named, by: Person): Promise<Person> {
  const found = await namedPerson(open.tx, named, by, 'people')
  const post = sectionOf(open.mission, section)?.post ?? ''
  const wanted = findRole(open.mission, post)?.constituency
  if (found.closedAt !== null || found.constituency !== wanted)
    throw new TocsinError('not_of_section', { field: 'people' })
  return found
}

/**
 * More sections are asked.
 *
 * @throws TocsinError `not_registered`, `not_found`, `not_allowed` for all but its author and whoever decides,
 *   `already_done`, `unknown_term`.
 */
export async function askSections(
  ctx: Ctx,
  input: { teamId: string; sections: readonly string[] },
): Promise<TeamFacts> {
  const person = registeredPerson(ctx)
  const wanted = known(ctx.mission.teams.sections, input.sections, 'sections')
  return inTransaction(ctx, async (repos, open) => {
    const facts = await composing(open, input.teamId, repos)
    const { team } = facts
    const parties = ownParties(open, facts)
    if (!parties.includes('approver') && !parties.includes('proposer'))
      throw new TocsinError('not_allowed', { details: { code: team.code } })
    const fresh = wanted.filter(id => !facts.sections.some(({ section }) => section === id))
    if (fresh.length === 0) return facts
    const at = open.clock.now()
    for (const section of fresh)
      await repos.teams.setSection({
        teamId: team.id,
        section,
        state: 'asked',
        reason: null,
        by: person.id,
        at,
      })
    await repos.teams.update(team.id, team.version, {})
    await note(open, teamRef(team), 'team.sections_asked', { code: team.code, sections: fresh })
    const after = await again(open, team)
    await showTeam(open, after)
    await tellTeam(
      open,
      after,
      fresh.map(section => after.chiefs.get(section)?.[0] ?? null),
      'asked',
    )
    return after
  })
}

/**
 * A humanitarian chooses to take part, or not to: by their own press alone, and with the name they give. Leaving
 * needs no reason and is never refused while the team has not gone.
 *
 * @param input.guest how their organisation is called on the team; empty: "a humanitarian partner".
 * @throws TocsinError `not_registered`, `not_found`, `only_humanitarian`, `not_allowed` where the kind takes none,
 *   `already_done`, `text_too_long`.
 */
export async function joinTeam(
  ctx: Ctx,
  input: { teamId: string; joins: boolean; guest?: string | null },
): Promise<TeamFacts> {
  const person = registeredPerson(ctx)
  return inTransaction(ctx, async (repos, open) => {
    const facts = await composing(open, input.teamId, repos)
    const { team, kind } = facts
    if (person.constituency === null || sideOf(person.constituency) !== 'humanitarian')
      throw new TocsinError('only_humanitarian')
    if (kind.agencies === 'never') throw new TocsinError('not_allowed', { details: { code: team.code } })
    if (input.joins)
      await repos.teams.setMember({
        teamId: team.id,
        personId: person.id,
        section: null,
        guest: requiredOr(input.guest),
        by: person.id,
        at: open.clock.now(),
      })
    else await repos.teams.removeMember(team.id, person.id)
    await repos.teams.update(team.id, team.version, team.lead === person.id ? { lead: null } : {})
    await note(open, teamRef(team), input.joins ? 'team.joined' : 'team.stayed_away', { code: team.code })
    const after = await again(open, team)
    await showTeam(open, after)
    if (input.joins || facts.members.some(({ person: known }) => known.id === person.id))
      await tellTeam(open, after, after.approvers, input.joins ? 'joined' : 'left')
    return after
  })
}

/**
 * A humanitarian no longer takes part, since the mission's posture changed. Of a team that is out they stay on the
 * list of who is there, for whoever watches over it; those who can bring them back are told. Part of another operation.
 */
export async function stayAway(open: Open, teamId: string, personId: string): Promise<void> {
  const row = await open.tx.teams.byId(teamId)
  if (!row || (row.state !== 'composing' && row.state !== 'out')) return
  if (row.state === 'composing') {
    await open.tx.teams.removeMember(row.id, personId)
    await open.tx.teams.update(row.id, row.version, row.lead === personId ? { lead: null } : {})
  }
  const after = await again(open, row)
  const line = row.state === 'out' ? 'left_out' : 'left'
  const told = row.state === 'out' ? [after.lead, ...after.room.slice(0, 1)] : []
  await tellTeam(open, after, [...told, ...after.approvers], line, {
    urgent: row.state === 'out',
    always: true,
  })
}

const requiredOr = (text: string | null | undefined): string | null =>
  (text ?? '').trim() === '' ? null : requiredText(text, 'guest', teamLimits.guest)
