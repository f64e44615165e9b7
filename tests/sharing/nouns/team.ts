import fc from 'fast-check'
import { mayRead } from '../../../src/domain/sharing.ts'
import { sharingRules } from '../../../src/operations/channel.ts'
import type { TeamFacts } from '../../../src/operations/team/facts.ts'
import { sharedTeam } from '../../../src/operations/team/readers.ts'
import * as teams from '../../../src/operations/team.ts'
import { who as users } from '../../support/operations.ts'
import { act, type Noun } from '../noun.ts'
import { teamsMade as made, opens } from '../opens/team.ts'
import { nth, type World, who } from '../world.ts'

/** Words that stand in one part alone. */
const record = { why: 'peramelan', questions: 'dasyurin' } as const
const moving = { security: 'potoroon', transport: 'numbatel' } as const
const found = { situation: 'quolline', advice: 'bilbyte' } as const
const dissent = 'wombattle'
const left = 'bettongue'
const suffered = 'pademelo'
const changed = 'thylacor'

const day = (world: World, ahead: number) =>
  new Date(world.desk.clock.now() + ahead * 86_400_000).toISOString().slice(0, 10)

/** Somebody drawn, or whoever the act belongs to, so that sequences come far. */
const by = fc.option(who, { freq: 3 })
const own = { by: null, nth: 0 }

async function pick(world: World, which: number): Promise<TeamFacts | null> {
  const all = await made(world)
  return all[which] ?? all[0] ?? null
}

async function decider(world: World, facts: TeamFacts | null, drawn: Parameters<World['as']>[0] | null) {
  const [first] = facts?.approvers ?? []
  return drawn || !first ? world.as(drawn ?? 'head') : world.desk.asPerson(first)
}

async function leads(world: World, facts: TeamFacts | null, drawn: Parameters<World['as']>[0] | null) {
  return drawn || !facts?.lead ? world.as(drawn ?? 'humanRights') : world.desk.asPerson(facts.lead)
}

/** What a line of a team may say, whether or not its reader has the card under which it stands. */
const LINES = [
  ...['proposed', 'taken_up', 'asked', 'invited', 'composed', 'leads', 'ready', 'gone'],
  ...['ask_check_in', 'ask_return', 'missed', 'missed_team', 'heard', 'extended', 'back'],
  ...['review', 'reported', 'dissent', 'ask_note', 'followed_up', 'declined', 'cancelled'],
]

export const noun: Noun = {
  begins: ['createHotspot', 'proposeTeam'],
  lives: {
    'a visit that an agency chooses to join': [
      ['createHotspot', { by: 'pocAdviser' }],
      ['proposeTeam', { by: null, kind: 'humanitarian_visit', nth: 0 }],
      ['joinTeam', { by: 'ocha', nth: 0, joins: true }],
      ['cancelTeam', { by: 'head', nth: 0 }],
    ],
    'an investigation, from the proposal to what it changed': [
      ['createHotspot', { by: 'pocAdviser' }],
      ['proposeTeam', { by: 'police', kind: 'investigation', nth: 0 }],
      ['takeUpTeam', own],
      ['answerSection', { ...own, goes: true }],
      ['clearTeam', own],
      ['letTeamGo', own],
      ['checkIn', own],
      ['missTeam'],
      ['extendTeam', own],
      ['bringTeamBack', own],
      ['reportTeam', own],
      ['reviewReport', own],
      ['refuseRecommendation', own],
      ['closeTeam', own],
      ['leaveTeamNote', own],
      ['answerTeamQuestion', { nth: 0, later: true }],
    ],
  },
  acts: {
    proposeTeam: act(
      fc.record({
        by,
        nth,
        kind: fc.constantFrom('protection_team', 'investigation', 'assessment', 'humanitarian_visit'),
      }),
      async (world, { by, nth, kind }) => {
        const { team } = await teams.proposeTeam(await world.as(by ?? 'head'), {
          kind,
          hotspotId: world.pick('hotspot', nth),
          alertId: world.pick('alert', nth) || null,
          ...record,
          answers: kind === 'humanitarian_visit' ? { visibility: record.why } : {},
          from: day(world, 1),
          to: day(world, 2),
          sections: ['human_rights', 'civil_affairs'],
        })
        world.add('team', team.id)
      },
    ),
    takeUpTeam: act(fc.record({ by, nth }), async (world, { by, nth }) => {
      const facts = await pick(world, nth)
      return teams.takeUpTeam(await decider(world, facts, by), { teamId: facts?.team.id ?? '' })
    }),
    declineTeam: act(fc.record({ by: who, nth }), async (world, { by, nth }) =>
      teams.declineTeam(await world.as(by), { teamId: world.pick('team', nth), reason: record.why }),
    ),
    cancelTeam: act(fc.record({ by: who, nth }), async (world, { by, nth }) =>
      teams.cancelTeam(await world.as(by), { teamId: world.pick('team', nth), reason: record.why }),
    ),
    answerSection: act(fc.record({ by, nth, goes: fc.boolean() }), async (world, { by, nth, goes }) =>
      teams.answerSection(await world.as(by ?? 'humanRights'), {
        teamId: world.pick('team', nth),
        section: 'human_rights',
        people: goes ? [{ userId: users.humanRights }] : [],
        reason: record.questions,
      }),
    ),
    askSections: act(fc.record({ by, nth }), async (world, { by, nth }) => {
      const facts = await pick(world, nth)
      return teams.askSections(await decider(world, facts, by), {
        teamId: facts?.team.id ?? '',
        sections: ['police'],
      })
    }),
    joinTeam: act(fc.record({ by, nth, joins: fc.boolean() }), async (world, { by, nth, joins }) =>
      teams.joinTeam(await world.as(by ?? 'ocha'), { teamId: world.pick('team', nth), joins }),
    ),
    clearTeam: act(fc.record({ by, nth }), async (world, { by, nth }) => {
      const facts = await pick(world, nth)
      return teams.clearTeam(await decider(world, facts, by), {
        teamId: facts?.team.id ?? '',
        lead: facts?.members[0]?.person.id ?? null,
        departAt: world.desk.clock.now() + 3_600_000,
        returnAt: world.desk.clock.now() + 86_400_000,
        lines: { security: { words: moving.security }, transport: { words: moving.transport } },
      })
    }),
    letTeamGo: act(fc.record({ by, nth }), async (world, { by, nth }) => {
      const facts = await pick(world, nth)
      return teams.letTeamGo(await decider(world, facts, by), {
        teamId: facts?.team.id ?? '',
        waive: facts?.heldBack ?? [],
        reason: moving.security,
      })
    }),
    checkIn: act(fc.record({ by, nth }), async (world, { by, nth }) =>
      teams.checkIn(await world.as(by ?? 'humanRights'), {
        teamId: world.pick('team', nth),
        words: moving.transport,
      }),
    ),
    missTeam: act(fc.constant(null), world => world.desk.pass(12 * 3_600_000)),
    extendTeam: act(fc.record({ by, nth }), async (world, { by, nth }) => {
      const facts = await pick(world, nth)
      return teams.extendTeam(await decider(world, facts, by), {
        teamId: facts?.team.id ?? '',
        returnAt: world.desk.clock.now() + 2 * 86_400_000,
        reason: moving.transport,
      })
    }),
    bringTeamBack: act(fc.record({ by, nth }), async (world, { by, nth }) =>
      teams.bringTeamBack(await world.as(by ?? 'humanRights'), { teamId: world.pick('team', nth) }),
    ),
    reportTeam: act(fc.record({ by, nth }), async (world, { by, nth }) => {
      const facts = await pick(world, nth)
      return teams.reportTeam(await leads(world, facts, by), {
        teamId: facts?.team.id ?? '',
        situation: found.situation,
        recommendations: found.advice,
      })
    }),
    reviewReport: act(fc.record({ by, nth }), async (world, { by, nth }) =>
      teams.reviewReport(await world.as(by ?? 'humanRights'), {
        teamId: world.pick('team', nth),
        verdict: 'dissents',
        words: dissent,
      }),
    ),
    refuseRecommendation: act(fc.record({ by, nth }), async (world, { by, nth }) => {
      const facts = await pick(world, nth)
      return teams.refuseRecommendation(await leads(world, facts, by), {
        recommendationId: facts?.recommendations[0]?.row.id ?? '',
        reason: found.situation,
      })
    }),
    closeTeam: act(fc.record({ by, nth }), async (world, { by, nth }) => {
      const facts = await pick(world, nth)
      return teams.closeTeam(await leads(world, facts, by), { teamId: facts?.team.id ?? '' })
    }),
    leaveTeamNote: act(fc.record({ by, nth }), async (world, { by, nth }) =>
      teams.leaveTeamNote(await world.as(by ?? 'humanRights'), {
        teamId: world.pick('team', nth),
        words: left,
      }),
    ),
    answerTeamQuestion: act(fc.record({ nth, later: fc.boolean() }), async (world, { nth, later }) => {
      if (later) await world.desk.pass(31 * 86_400_000)
      const facts = await pick(world, nth)
      const question = facts?.questions.find(({ answer }) => answer === null)
      const asked = question && (await world.desk.store.read.people.byId(question.asked))
      return teams.answerTeamQuestion(asked ? await world.desk.asPerson(asked) : await world.as('joc'), {
        questionId: question?.id ?? '',
        answer: question?.kind === 'change' ? 'better' : 'feared',
        words: question?.kind === 'change' ? changed : suffered,
      })
    }),
    setTeamProfile: act(fc.record({ by: who }), async (world, { by }) =>
      teams.setTeamProfile(await world.as(by), {
        gender: 'woman',
        languages: ['karan'],
        skills: ['mapping'],
      }),
    ),
  },
  async words(world) {
    return [
      ...(await made(world)).map(({ team }) => team.code),
      ...[record, moving, found].flatMap(each => Object.values(each)),
      ...[dissent, left, suffered, changed],
    ]
  },
  async allowed(world, reader) {
    const may = new Set<string>()
    const rules = sharingRules(world.desk.system)
    for (const facts of await made(world)) {
      const shared = sharedTeam(world.desk.mission, facts)
      const humanRights =
        reader.kind === 'person' &&
        reader.roles.some(({ role }) => world.desk.mission.layers.human_rights.includes(role))
      // Whoever human rights are told by hears which team it was about.
      if (humanRights && facts.questions.some(({ kind, answer }) => kind === 'reprisal' && answer !== null))
        for (const word of [suffered, facts.team.code]) may.add(word)
      if (
        reader.kind === 'person' &&
        facts.questions.some(({ asked }) => reader.personId !== '' && asked === reader.personId)
      )
        may.add(facts.team.code)
      if (!mayRead(shared, 'record', reader, rules)) continue
      for (const word of [facts.team.code, ...Object.values(record)]) may.add(word)
      const alone = (named: readonly string[]) =>
        mayRead({ ...shared, audience: [], named }, 'record', reader, rules)
      if (alone(facts.movers)) for (const word of Object.values(moving)) may.add(word)
      const going = facts.members.map(({ person }) => person.id)
      if (!facts.kind.restricted || alone(going) || mayRead(shared, 'human_rights', reader, rules))
        for (const word of [...Object.values(found), dissent, left, changed]) may.add(word)
    }
    // What a tasking from elsewhere says of its origin is that noun's own.
    return may
  },
  apart: {
    requestTeamFile: 'asks for a file; what it holds is rendered for whoever it is sent to',
    teamFileLines: 'what a file holds; rendered for whoever it is sent to',
    ownTeamProfile: 'of the person alone',
    mayReadTeam: 'the rule itself, for a renderer',
    teamsAt: 'opened with `ownTeamsAt`, and for a renderer',
    teamShownTo: 'opened with `readTeam`, and for a renderer',
    watchTeam: 'a timer; what it says is rendered from the outbox',
    askTeamQuestion: 'a timer; what it asks is rendered from the outbox',
  },
  renders: ['card:team', 'card:team_question', 'team.line', 'team.file'],
  also: ({ made: { team = [] } }) =>
    team.flatMap(recordId => LINES.map(line => ({ kind: 'team.line', recordId, data: { line } }))),
  onlyTo: { 'card:team_question': 'person', 'team.line': 'person', 'team.file': 'person' },
  opens,
}
