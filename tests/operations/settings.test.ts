import { expect, it } from 'vitest'
import { changeSettings, readSettings } from '../../src/operations/settings.ts'
import { setPhone } from '../../src/operations/sms.ts'
import { mySubscriptions, subscribe } from '../../src/operations/subscription.ts'
import { openDesk, refusalCode } from '../support/operations.ts'

it('the means one chooses hold for what one subscribed to before and for what comes next', async () => {
  const desk = await openDesk()
  const joc = () => desk.as('joc')
  await subscribe(await joc(), { sector: 'north', means: 'direct' })
  await subscribe(await joc(), { sector: 'south', means: 'digest' })
  await changeSettings(await joc(), { means: 'digest' })
  const { own, usual } = await mySubscriptions(await joc())
  expect(own.map(({ sector, means }) => [sector, means]).sort()).toEqual([
    ['north', 'digest'],
    ['south', 'digest'],
  ])
  expect(usual).toBe('digest')
})

it('settings kept without another means leave single subscriptions as they are', async () => {
  const desk = await openDesk()
  await subscribe(await desk.as('joc'), { sector: 'south', means: 'digest' })
  await changeSettings(await desk.as('joc'), { means: 'direct', digestAt: '06:00' })
  expect((await mySubscriptions(await desk.as('joc'))).own.map(({ means }) => means)).toEqual(['digest'])
})

it('texts are chosen by whoever has a telephone kept, and by nobody else', async () => {
  const desk = await openDesk()
  expect(await refusalCode(changeSettings(await desk.as('joc'), { means: 'sms' }))).toBe('no_phone')
  expect(await refusalCode(changeSettings(await desk.as('joc'), { means: 'pigeon' }))).toBe('unknown_term')
  await setPhone(await desk.as('joc'), { number: '+260 955 123 456' })
  await changeSettings(await desk.as('joc'), { means: 'sms' })
  expect(await readSettings(await desk.as('joc'))).toMatchObject({
    settings: { means: 'sms' },
    canText: true,
  })
})
