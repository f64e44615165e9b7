import { expect, it } from 'vitest'
import { addDetails } from '../../src/operations/alert.ts'
import { decideAuthorities, readAuthorities, tellAuthorities } from '../../src/operations/authorities.ts'
import { readTimeline } from '../../src/operations/timeline.ts'
import { type Desk, openDesk, refusalCode } from '../support/operations.ts'

async function alerted(desk: Desk, perpetrator: string | null, group?: string): Promise<string> {
  const { alert } = await desk.raise()
  await addDetails(await desk.as('joc'), {
    alertId: alert.id,
    version: alert.version,
    perpetrator,
    ...(group ? { group } : {}),
  })
  return alert.id
}
const words = (desk: Desk, alertId: string, change = {}) => ({
  ...{ alertId, role: 'head_of_office@north', told: 'district_administrator' },
  ...{ words: 'Armed men are near the market', at: desk.clock.now(), ...change },
})
const allow = (alertId: string, decider: string, allows = true) => ({
  alertId,
  decider,
  allows,
  why: 'Considered',
})

it('who told whom, when and in which words stands on record, and in the thread', async () => {
  const desk = await openDesk()
  const alertId = await alerted(desk, 'armed_group')
  await desk.said()
  const { tellings } = await tellAuthorities(await desk.as('head'), words(desk, alertId))
  expect(tellings).toMatchObject([
    { role: 'head_of_office@north', told: 'district_administrator', words: 'Armed men are near the market' },
  ])
  const said = await desk.said()
  expect(said.filter(({ kind }) => kind === 'authorities.line').map(({ target }) => target)).toEqual([
    'C0POCNORTH',
  ])
  const timeline = async (who: 'duty' | 'policeHq') =>
    (await readTimeline(await desk.as(who), alertId)).tellings
  expect(await timeline('duty')).toMatchObject([{ words: 'Armed men are near the market' }])
  expect(await timeline('policeHq')).toEqual([])
})

it('nobody is told by name, by no post that may not, and not in the future', async () => {
  const desk = await openDesk()
  const alertId = await alerted(desk, 'armed_group')
  const ctx = await desk.as('duty')
  const refused = (change: object) => refusalCode(tellAuthorities(ctx, words(desk, alertId, change)))
  expect(await refused({ told: 'Colonel Somebody' })).toBe('unknown_term')
  expect(await refused({ role: 'liaison_assistant@north' })).toBe('unknown_term')
  expect(await refused({ at: desk.clock.now() + 1 })).toBe('time_future')
  expect(await refused({ words: '' })).toBe('text_missing')
  expect(await refusalCode(tellAuthorities(await desk.as('companySouth'), words(desk, alertId)))).toBe(
    'not_allowed',
  )
})

it.each([
  ['State forces alleged', 'state_forces', undefined],
  ['forces of another State alleged', 'foreign_forces', undefined],
  ['a group of the State alleged by name', 'armed_group', 'ombara_defence_force'],
  ['a group aligned with the State alleged by name', 'armed_group', 'river_guard'],
  ['nobody said who', null, undefined],
  ['nobody knows who', 'unknown', undefined],
] as const)(
  '%s: withheld until head of office and human rights have both allowed it',
  async (_, alleged, group) => {
    const desk = await openDesk()
    const alertId = await alerted(desk, alleged, group)
    const tell = async () => refusalCode(tellAuthorities(await desk.as('duty'), words(desk, alertId)))
    expect(await tell()).toBe('authorities_withheld')
    await decideAuthorities(await desk.as('head'), allow(alertId, 'head_of_office'))
    expect(await tell()).toBe('authorities_withheld')
    await decideAuthorities(await desk.as('humanRights'), allow(alertId, 'human_rights', false))
    expect(await tell()).toBe('authorities_withheld')
    await decideAuthorities(await desk.as('humanRights'), allow(alertId, 'human_rights'))
    const { tellings, decisions } = await tellAuthorities(await desk.as('duty'), words(desk, alertId))
    expect(tellings).toHaveLength(1)
    expect(decisions.map(({ decider, byPerson }) => [decider, byPerson])).toEqual(
      expect.arrayContaining([
        ['head_of_office', await desk.id('head')],
        ['human_rights', await desk.id('humanRights')],
      ]),
    )
  },
)

it('nobody decides for both, nor for a post that is not theirs', async () => {
  const desk = await openDesk()
  const alertId = await alerted(desk, 'state_forces')
  await desk.appoint('head', 'human_rights_officer', null)
  const head = await desk.as('head')
  await decideAuthorities(head, allow(alertId, 'head_of_office'))
  expect(await refusalCode(decideAuthorities(head, allow(alertId, 'human_rights')))).toBe('same_decider')
  for (const name of ['duty', 'company', 'joc', 'leadership'] as const)
    expect([
      name,
      await refusalCode(decideAuthorities(await desk.as(name), allow(alertId, 'head_of_office'))),
    ]).toEqual([name, 'not_allowed'])
})

it('a partner’s alert is told to the authorities only when the partner has allowed it', async () => {
  const desk = await openDesk()
  const { alert } = await desk.raise({}, await desk.as('ngo'))
  await addDetails(await desk.as('joc'), {
    alertId: alert.id,
    version: alert.version,
    perpetrator: 'criminals',
  })
  const tell = async () => tellAuthorities(await desk.as('duty'), words(desk, alert.id))
  expect(await refusalCode(tell())).toBe('authorities_withheld')
  await decideAuthorities(await desk.as('ngo'), allow(alert.id, 'humanitarian'))
  expect((await tell()).tellings).toHaveLength(1)
})

it('the bot itself tells nobody: whatever falls due, no telling is ever recorded', async () => {
  const desk = await openDesk()
  const alertId = await alerted(desk, 'armed_group')
  await desk.pass(40 * 86_400_000)
  expect((await readAuthorities(await desk.as('duty'), alertId)).tellings).toEqual([])
  expect(await refusalCode(tellAuthorities(desk.system, words(desk, alertId)))).toBe('not_allowed')
})
