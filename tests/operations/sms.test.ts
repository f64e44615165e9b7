import { expect, it } from 'vitest'
import { URGENCIES } from '../../src/domain/mission.ts'
import { segmentsOf, wellText } from '../../src/domain/sms.ts'
import { renderers } from '../../src/jobs/rendering/index.ts'
import { createLocales } from '../../src/locales/index.ts'
import { closeAccess } from '../../src/operations/compromised.ts'
import { createHotspot } from '../../src/operations/hotspot.ts'
import { receive } from '../../src/operations/intake.ts'
import { setPhone } from '../../src/operations/sms.ts'
import * as teams from '../../src/operations/team.ts'
import { ownerText } from '../../src/views/sms.ts'
import { DAY, type Desk, MINUTE, openDesk, refusalCode, who } from '../support/operations.ts'

const NUMBER = '+999660000001'

const texts = async (desk: Desk) => (await desk.said()).filter(({ kind }) => kind === 'alert.sms')

it('an owner with a telephone is texted, and whoever is above when it climbs; who has none is not', async () => {
  const desk = await openDesk()
  await setPhone(await desk.as('company'), { number: NUMBER })
  await setPhone(await desk.as('battalion'), { number: NUMBER })
  await desk.raise()
  expect((await texts(desk)).map(({ target }) => target)).toEqual([`phone:${await desk.id('company')}`])
  await desk.pass(11 * MINUTE)
  expect((await texts(desk)).map(({ target }) => target)).toEqual([`phone:${await desk.id('battalion')}`])
})

it('an exercise never goes to a telephone: nothing is queued, and what was queued is dropped', async () => {
  const desk = await openDesk()
  await setPhone(await desk.as('company'), { number: NUMBER })
  await setPhone(await desk.as('battalion'), { number: NUMBER })
  const { alert } = await desk.raise()
  const [entry] = await texts(desk)
  const { database } = desk.store as unknown as { database: import('better-sqlite3').Database }
  database.prepare('update alerts set exercise = 1 where id = ?').run(alert.id)
  await desk.pass(11 * MINUTE)
  expect(await texts(desk)).toEqual([])
  const render = renderers(createLocales('UTC', ['en', 'fr']))['alert.sms']!
  expect(await render(desk.system, { ...entry, target: entry!.target } as never, 0)).toEqual({
    do: 'drop',
    code: 'overtaken',
  })
})

it('a text stays one segment in every language, however urgent and whatever the base is called', async () => {
  const desk = await openDesk()
  const locales = createLocales('UTC', ['en', 'fr'])
  const facts = await desk.facts(await desk.raise())
  for (const language of ['en', 'fr'])
    for (const urgency of URGENCIES)
      for (const name of ['Karamba base', 'Poste avancé de la forêt d’Ômbara-Ouest '.repeat(6), '基地']) {
        const view = { words: locales.words(language), mission: desk.mission, now: desk.clock.now() }
        const nearest = facts.nearest && { ...facts.nearest, base: { ...facts.nearest.base, name } }
        const text = ownerText(view, { ...facts, nearest, alert: { ...facts.alert, urgency } }, '7Q4MX')
        expect([text, segmentsOf(text)]).toEqual([
          text,
          expect.objectContaining({ encoding: 'GSM-7', count: 1 }),
        ])
        expect(text).toContain('7Q4MX')
      }
})

it('a telephone in other hands is texted no more: closing access forgets it', async () => {
  const desk = await openDesk()
  await setPhone(await desk.as('company'), { number: NUMBER })
  await closeAccess(await desk.as('joc'), { people: [{ userId: 'U0COMPANYKARAMBA' }] })
  expect(await desk.store.read.contacts.phones()).toEqual([])
})

it.each(['0990000001', 'my phone', '123', '+0990000001'])(
  '%j is refused as a number to text to',
  async number => {
    const desk = await openDesk()
    expect(await refusalCode(setPhone(await desk.as('company'), { number }))).toBe('phone_invalid')
  },
)

it.each([
  ['J-7K4Q OK', { code: 'J-7K4Q' }],
  ['j7k4q ok.', { code: 'J-7K4Q' }],
  ['Ok', { code: null }],
  ['bien', { code: null }],
  ['J-7K4Q', null],
  ['J-7K4Q attacked', null],
  ['J-7K4Q OK help', null],
  ['pas ok', null],
  ['ok?', null],
  ['', null],
])('%j says of a team that it is well: %j', (text, expected) => {
  expect(wellText(text)).toEqual(expected)
})

/** A team of one person that is out. */
async function teamOut(desk: Desk, place: string) {
  const { hotspot } = await createHotspot(await desk.as('pocAdviser'), {
    name: place,
    place: { id: 'karamba-market' },
    kind: 'market',
    threats: ['armed_attack'],
  })
  const head = await desk.as('head')
  const { team } = await teams.proposeTeam(head, {
    kind: 'assessment',
    hotspotId: hotspot.id,
    why: 'Who is there',
    from: new Date(desk.clock.now()).toISOString().slice(0, 10),
    to: new Date(desk.clock.now() + DAY).toISOString().slice(0, 10),
    sections: ['human_rights'],
  })
  await teams.answerSection(await desk.as('humanRights'), {
    teamId: team.id,
    section: 'human_rights',
    people: [{ userId: who.humanRights }],
  })
  await teams.clearTeam(head, {
    teamId: team.id,
    departAt: desk.clock.now() + MINUTE,
    returnAt: desk.clock.now() + 2 * DAY,
    lines: {},
  })
  const { waivable } = await teams.heldBackFor(head, team.id)
  await teams.letTeamGo(head, { teamId: team.id, waive: waivable, reason: 'Urgent' })
  await desk.pass(2 * MINUTE)
  return team
}

it('a member of a team that is out checks in by text from their own telephone; any other text is called back', async () => {
  const desk = await openDesk()
  await setPhone(await desk.as('humanRights'), { number: NUMBER })
  const send = async (text: string, from = NUMBER) => {
    desk.clock.advance(3 * MINUTE)
    await receive(desk.system, { gateway: 'sms', id: null, kind: 'text', from, to: null, text, sentAt: null })
  }
  const heard = async (id: string) =>
    (await desk.store.read.teams.actsOf([id])).filter(({ kind }) => kind === 'check_in')
  const refused = async () =>
    (await desk.said()).filter(({ kind }) => kind === 'sms.refused').map(({ data }) => data.why)
  const waiting = async () =>
    (await desk.store.read.callbacks.open()).reduce((sum, { count }) => sum + count, 0)

  await send('OK')
  expect(await waiting()).toBe(1)
  const first = await teamOut(desk, 'Karamba market')
  await send(`${first.code} OK`)
  await send('ok')
  expect(await heard(first.id)).toMatchObject([
    { means: 'sms', by: await desk.id('humanRights') },
    { means: 'sms' },
  ])
  expect(await waiting()).toBe(1)

  await send(`${first.code} OK`, '+999660000077')
  await send(`${first.code} they shoot`)
  await send('They shoot')
  expect(await waiting()).toBe(4)
  await refused()
  await send('J-3333 OK')
  expect(await refused()).toEqual(['no_team'])

  const second = await teamOut(desk, 'Second market')
  await send('OK')
  expect(await refused()).toEqual(['which_team'])
  await send(`${second.code} OK`)
  expect([(await heard(first.id)).length, (await heard(second.id)).length]).toEqual([2, 1])
})
