import { expect, it } from 'vitest'
import { URGENCIES } from '../../src/domain/mission.ts'
import { segmentsOf } from '../../src/domain/sms.ts'
import { renderers } from '../../src/jobs/rendering/index.ts'
import { createLocales } from '../../src/locales/index.ts'
import { closeAccess } from '../../src/operations/compromised.ts'
import { setPhone } from '../../src/operations/sms.ts'
import { ownerText } from '../../src/views/sms.ts'
import { type Desk, MINUTE, openDesk, refusalCode } from '../support/operations.ts'

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
