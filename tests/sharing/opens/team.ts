/** All that a person can open of teams. */
import { factsOfTeams, type TeamFacts } from '../../../src/operations/team/facts.ts'
import * as teams from '../../../src/operations/team.ts'
import { teamOption } from '../../../src/views/quote.ts'
import { placeTeamBlocks } from '../../../src/views/team/at-place.ts'
import { teamCard } from '../../../src/views/team/card.ts'
import { reasonModal } from '../../../src/views/team/clear-forms.ts'
import {
  clearModal,
  goModal,
  joinTeamModal,
  moreSectionsModal,
  profileModal,
  refuseModal,
  reportModal,
  sectionModal,
} from '../../../src/views/team/forms.ts'
import { callTreeModal, questionModal } from '../../../src/views/team/lines.ts'
import { figuresMessage, notesMessage, teamList, waitingTeamBlocks } from '../../../src/views/team/list.ts'
import { extendModal, heardModal } from '../../../src/views/team/out-forms.ts'
import { dissentModal, noteModal } from '../../../src/views/team/report-forms.ts'
import { reportDraft, teamTimelineModal } from '../../../src/views/team/timeline.ts'
import type { Noun } from '../noun.ts'
import type { World } from '../world.ts'

/** Every team made so far, as it is now. */
export async function teamsMade({ desk, made: { team = [] } }: World): Promise<TeamFacts[]> {
  const rows = await desk.store.read.teams.byIds(team)
  return factsOfTeams(desk.store.read, desk.mission, desk.clock.now(), rows)
}

export const opens: NonNullable<Noun['opens']> = {
  async readTeam({ made: { team = [] } }, { ctx, view, see }) {
    for (const id of team)
      await see(async () => {
        const { facts, shown } = await teams.readTeam(ctx, id)
        return [
          teamCard(view, facts, shown),
          teamTimelineModal(view, facts, shown),
          ...[moreSectionsModal, dissentModal, noteModal].map(form => form(view, facts)),
          ...[extendModal, heardModal].map(form => form(view, facts)),
          joinTeamModal(view, facts, null),
          reasonModal(view, facts, 'cancel'),
          ...(shown.movements ? [clearModal(view, facts), callTreeModal(view, facts)] : []),
          ...(shown.findings ? [reportModal(view, facts, reportDraft(view, facts, shown))] : []),
        ]
      })
  },
  async teamByCode(world, { ctx, view, see }) {
    for (const { team } of await teamsMade(world))
      await see(async () => {
        const seen = await teams.teamByCode(ctx, team.code)
        return seen && teamCard(view, seen.facts, seen.shown)
      })
  },
  async heldBackFor(world, { ctx, view, see, person }) {
    for (const { team } of await teamsMade(world))
      await see(async () => {
        const { facts, waivable } = await teams.heldBackFor(ctx, team.id)
        return facts.movers.includes(person.id) ? goModal(view, facts, waivable) : null
      })
  },
  async suggestPeople(world, { ctx, view, see }) {
    for (const { team } of await teamsMade(world))
      await see(async () => {
        const { facts, shown, ...people } = await teams.suggestPeople(ctx, team.id, 'human_rights')
        return sectionModal(view, facts, shown, 'human_rights', people)
      })
  },
  async readRecommendation(world, { ctx, view, see }) {
    for (const { recommendations } of await teamsMade(world))
      for (const { row } of recommendations)
        await see(async () => {
          const { facts, recommendation } = await teams.readRecommendation(ctx, row.id)
          return refuseModal(view, facts, recommendation)
        })
  },
  async ownTeamsAt({ made: { hotspot = [] } }, { ctx, view, see }) {
    for (const id of hotspot)
      await see(async () => {
        const there = await teams.ownTeamsAt(ctx, id)
        return [notesMessage(view, there.notes), { blocks: placeTeamBlocks(view, id, there) }]
      })
  },
  async readTeamNotes(world, { ctx, view, see }) {
    for (const { team } of await teamsMade(world))
      await see(async () => notesMessage(view, await teams.readTeamNotes(ctx, team.id)))
  },
  async readTeamQuestion(world, { ctx, view, see }) {
    for (const { questions } of await teamsMade(world))
      for (const { id } of questions)
        await see(async () => questionModal(view, await teams.readTeamQuestion(ctx, id)))
  },
  listTeams: (_, { ctx, view, see }) =>
    see(async () => [
      teamList(view, 'all', await teams.listTeams(ctx, 'all')),
      teamList(view, 'out', await teams.listTeams(ctx, 'out')),
      teamList(view, 'calendar', await teams.listTeams(ctx, 'calendar')),
      profileModal(view, null),
      (await teams.listTeams(ctx)).map(({ facts }) => teamOption(view, facts)),
    ]),
  waitingTeams: (_, { ctx, view, see }) =>
    see(async () => waitingTeamBlocks(view, await teams.waitingTeams(ctx))),
  teamFigures: (_, { ctx, view, see }) => see(async () => figuresMessage(view, await teams.teamFigures(ctx))),
}
