import { expect, it } from 'vitest'
import { answerProfile, changeProfile, readProfile } from '../../src/operations/profile.ts'
import { openDesk, refusalCode } from '../support/operations.ts'

it('sharing less takes one side and holds at once, for what is raised from then on', async () => {
  const desk = await openDesk()
  const before = await desk.raise()
  expect(await changeProfile(await desk.as('ocha'), { to: 'two_feet_out' })).toEqual({
    done: true,
    to: 'two_feet_out',
  })
  const { alert } = await desk.raise({ naming: null }, await desk.as('ngo'))
  expect(alert.naming).toBe('none')
  expect((await desk.facts(before)).alert.audience).toEqual(before.alert.audience)
  const told = (await desk.said()).filter(({ kind }) => kind === 'profile.changed')
  expect(told.map(({ target }) => target)).toContain('U0JOCWATCH')
})

it('sharing more waits until the other side agrees, and not the one that proposed it', async () => {
  const desk = await openDesk()
  const joc = await desk.as('joc')
  const ocha = await desk.as('ocha')
  expect(await changeProfile(joc, { to: 'two_feet_in' })).toMatchObject({ done: false })
  expect((await desk.raise()).alert.audience).not.toContain('un_agency')
  expect(await refusalCode(answerProfile(joc, { agree: true }))).toBe('not_allowed')
  expect(await refusalCode(changeProfile(joc, { to: 'two_feet_in' }))).toBe('already_done')
  await answerProfile(ocha, { agree: true })
  expect((await desk.raise()).alert.audience).toContain('un_agency')
  expect(await readProfile(joc)).toMatchObject({ profile: 'two_feet_in', proposal: null })
})

it('what the other side does not agree to changes nothing', async () => {
  const desk = await openDesk()
  await changeProfile(await desk.as('joc'), { to: 'two_feet_in' })
  await answerProfile(await desk.as('ocha'), { agree: false })
  expect(await readProfile(await desk.as('duty'))).toMatchObject({
    profile: 'one_in_one_out',
    proposal: null,
  })
  expect((await desk.said()).some(({ kind }) => kind === 'profile.refused')).toBe(true)
})

it('nobody but an administrator of a side changes it', async () => {
  const desk = await openDesk()
  for (const name of ['duty', 'ngo', 'humanRights', 'leadership'] as const)
    expect(await refusalCode(changeProfile(await desk.as(name), { to: 'two_feet_out' }))).toBe('not_allowed')
})
