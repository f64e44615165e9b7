/** What is said in a team's thread, and what a change of the mission's posture asks of those who go with it. */
import { expect, it } from 'vitest'
import { answerPosture, declarePosture, postureAsks } from '../../src/operations/posture.ts'
import { agreeToQuote, askedQuotes, putOnRecord, refuseQuote } from '../../src/operations/quote.ts'
import * as teams from '../../src/operations/team.ts'
import { type Desk, openDesk, refusalCode, type Who, who } from '../support/operations.ts'
import { cleared, gone } from '../support/teams.ts'

/** A team that lacks nothing: human rights goes, and OCHA where the kind takes humanitarians. */
const ready = (desk: Desk, kind: string) =>
  cleared(desk, kind, {
    security: { words: 'SC-114' },
    transport: { words: 'Two cars' },
    casevac: { words: 'Helicopter from Karamba' },
  })

async function out(desk: Desk, kind: string) {
  const made = await ready(desk, kind)
  await gone(desk, made.teamId, 'Short of people')
  return made
}

const message = (author: Who, ts: string, text: string) => ({
  channel: 'C0POCNORTH',
  ts,
  threadTs: '1700000000.000100',
  teamId: author === 'ngo' ? 'T0NGO' : 'T0MISSION',
  userId: who[author],
  text,
  fromApp: false,
  editedTs: null,
  reactions: [],
  permalink: 'https://unmob.slack.com/archives/C0POCNORTH/p1',
})

it('words of the mission’s own stand on a team’s record at once; those of human rights and humanitarians only when they agree', async () => {
  const desk = await openDesk()
  const { teamId } = await out(desk, 'humanitarian_visit')
  const about = { kind: 'team', id: teamId } as const
  const put = async (author: Who, ts: string, text: string) =>
    (
      await putOnRecord(await desk.as('joc'), {
        about,
        message: message(author, ts, text),
        how: 'emoji',
      })
    ).quote
  expect(await put('duty', '1.1', 'The ford is passable')).toMatchObject({ state: 'stands', teamId })
  const asked = await put('humanRights', '1.2', 'They ask for a patrol that stops')
  expect(asked).toMatchObject({ state: 'asked', text: null })
  expect(await put('ocha', '1.3', 'The clinic is empty')).toMatchObject({ state: 'asked', text: null })

  const said = async () => {
    const { shown } = await teams.readTeam(await desk.as('humanRights'), teamId)
    return shown.said.map(({ text }) => text)
  }
  expect(await said()).toEqual(['The ford is passable'])
  const rights = await desk.as('humanRights')
  expect(await askedQuotes(rights)).toMatchObject([{ about: { kind: 'team' } }])
  await agreeToQuote(rights, {
    quoteId: asked.id,
    message: message('humanRights', '1.2', 'They ask for a patrol that stops'),
  })
  expect(await said()).toEqual(['The ford is passable', 'They ask for a patrol that stops'])
  await refuseQuote(rights, asked.id)
  expect(await said()).toEqual(['The ford is passable'])
})

it('what stands on a team’s record is read with what it finds, and while it is out by those who see its movements', async () => {
  const desk = await openDesk()
  const { teamId } = await out(desk, 'investigation')
  await putOnRecord(await desk.as('joc'), {
    about: { kind: 'team', id: teamId },
    message: message('duty', '1.1', 'They sleep at the school'),
    how: 'shortcut',
  })
  const said = async (name: Who) => (await teams.readTeam(await desk.as(name), teamId)).shown.said.length
  expect(await said('humanRights')).toBe(1)
  expect(await said('head')).toBe(0)
  expect(await said('company')).toBe(0)
})

it('a team that has ended takes no more words', async () => {
  const desk = await openDesk()
  const { teamId } = await ready(desk, 'protection_team')
  await teams.cancelTeam(await desk.as('head'), { teamId, reason: 'The road is mined' })
  const put = putOnRecord(await desk.as('joc'), {
    about: { kind: 'team', id: teamId },
    message: message('duty', '1.1', 'Too late'),
    how: 'emoji',
  })
  expect(await refusalCode(put)).toBe('team_over')
})

it('a change of posture holds back a team that humanitarians joined, until they confirm; nobody waives it for them', async () => {
  const desk = await openDesk()
  const { teamId } = await ready(desk, 'humanitarian_visit')
  const head = await desk.as('head')
  expect((await teams.readTeam(head, teamId)).facts.heldBack).toEqual([])
  await declarePosture(await desk.as('joc'), { ground: 'clashes', sector: 'north' })
  expect((await teams.heldBackFor(head, teamId)).waivable).toEqual([])
  const go = teams.letTeamGo(head, { teamId, waive: ['posture'], reason: 'We must go' })
  expect(await refusalCode(go)).toBe('team_held_back')
  const ocha = await desk.as('ocha')
  const [asked] = await postureAsks(ocha)
  expect(asked).toMatchObject({ item: { recordKind: 'team', recordId: teamId } })
  await answerPosture(ocha, { itemId: asked!.item.id, answer: 'confirmed' })
  expect((await teams.letTeamGo(head, { teamId })).team.state).toBe('out')
})

it('a humanitarian who does not confirm is on the team no more; of one that is out those who can bring them back are told', async () => {
  const desk = await openDesk()
  const first = await ready(desk, 'humanitarian_visit')
  await declarePosture(await desk.as('joc'), { ground: 'clashes', sector: 'north' })
  const ocha = await desk.as('ocha')
  const [asked] = await postureAsks(ocha)
  await answerPosture(ocha, { itemId: asked!.item.id, answer: 'ended' })
  const { facts } = await teams.readTeam(await desk.as('head'), first.teamId)
  expect(facts.members.map(({ row }) => row.section)).toEqual(['human_rights'])
  expect(facts.heldBack).toEqual(['opt_in'])
})

it('a humanitarian of a team that is out, asked after a change of posture, stays on the list of who is there', async () => {
  const desk = await openDesk()
  const { teamId } = await out(desk, 'humanitarian_visit')
  await declarePosture(await desk.as('joc'), { ground: 'clashes', sector: 'north' })
  const head = await desk.as('head')
  expect((await teams.readTeam(head, teamId)).facts.paused).toBe(1)
  await desk.said()
  const ocha = await desk.as('ocha')
  const [asked] = await postureAsks(ocha)
  await answerPosture(ocha, { itemId: asked!.item.id, answer: 'ended' })
  const told = (await desk.said()).filter(({ data }) => data.line === 'left_out').map(({ target }) => target)
  expect(told).toEqual(expect.arrayContaining([who.humanRights, who.joc, who.head]))
  expect((await teams.readTeam(head, teamId)).facts.members).toHaveLength(2)
})
