import { expect, it } from 'vitest'
import { editEntry, readEntries, withdrawEntry, writeEntry } from '../../src/operations/entry.ts'
import { gaveLines } from '../../src/operations/export.ts'
import { openDesk, refusalCode, type Who } from '../support/operations.ts'

const ROLE_LAYERS: readonly (readonly [string, Who, readonly Who[], readonly Who[]])[] = [
  ['human_rights', 'humanRights', ['humanRights'], ['joc', 'battalion', 'head']],
  ['command', 'battalion', ['battalion', 'joc'], ['humanRights', 'duty', 'head']],
  ['dissent', 'duty', ['duty', 'humanRights', 'joc', 'company'], []],
]

it.each(ROLE_LAYERS)(
  'a %s entry is read by those its layer is opened to, and by nobody else',
  async (kind, by, reads, not) => {
    const desk = await openDesk()
    const { alert } = await desk.raise()
    const { code } = await writeEntry(await desk.as(by), { alertId: alert.id, kind, text: 'as I see it' })
    const codes = async (name: Who) =>
      (await readEntries(await desk.as(name), alert.id)).entries.map(({ entry }) => entry.code)
    for (const name of reads) expect(await codes(name)).toEqual([code])
    for (const name of not) expect(await codes(name)).toEqual([])
    for (const name of not)
      expect(
        await refusalCode(writeEntry(await desk.as(name), { alertId: alert.id, kind, text: 'mine too' })),
      ).toBe('not_allowed')
  },
)

it('its author alone changes and withdraws it, and every version stays', async () => {
  const desk = await openDesk()
  const { alert } = await desk.raise()
  const author = await desk.as('humanRights')
  const { id } = await writeEntry(author, { alertId: alert.id, kind: 'dissent', text: 'The road was open' })
  for (const name of ['joc', 'pocAdviser', 'leadership', 'head'] as const) {
    expect(await refusalCode(editEntry(await desk.as(name), { entryId: id, text: 'It was not' }))).toBe(
      'not_found',
    )
    expect(await refusalCode(withdrawEntry(await desk.as(name), { entryId: id }))).toBe('not_found')
  }
  await editEntry(author, { entryId: id, text: 'The road was open until noon' })
  await withdrawEntry(author, { entryId: id })
  expect(await refusalCode(editEntry(author, { entryId: id, text: 'Again' }))).toBe('already_done')
  const versions = await desk.store.read.entries.versionsOf([id])
  expect(versions.map(({ text }) => text)).toEqual(['The road was open', 'The road was open until noon'])
  expect(() => desk.store.database.prepare("update entry_versions set text = 'x'").run()).toThrow(/append/)
  expect(() => desk.store.database.prepare('delete from entry_versions').run()).toThrow(/append/)
})

it('of an alert marked for a specialist nobody reads any but their own, and none is added or changed', async () => {
  const desk = await openDesk()
  const { alert } = await desk.raise()
  const { id } = await writeEntry(await desk.as('duty'), {
    alertId: alert.id,
    kind: 'dissent',
    text: 'There were children',
  })
  const { markForSpecialist } = await import('../../src/operations/alert.ts')
  const { version } = (await desk.store.read.alerts.byId(alert.id))!
  await markForSpecialist(await desk.as('liaison'), {
    alertId: alert.id,
    version,
    layers: ['child_protection'],
  })
  expect((await readEntries(await desk.as('joc'), alert.id)).entries).toEqual([])
  expect((await readEntries(await desk.as('duty'), alert.id)).entries).toHaveLength(1)
  expect(await refusalCode(editEntry(await desk.as('duty'), { entryId: id, text: 'At the well' }))).toBe(
    'with_specialist',
  )
  expect(
    await refusalCode(writeEntry(await desk.as('joc'), { alertId: alert.id, kind: 'dissent', text: 'More' })),
  ).toBe('with_specialist')
})

it('whoever leaves takes their entries along; the trail holds no word of them', async () => {
  const desk = await openDesk()
  const { alert } = await desk.raise()
  const author = await desk.as('humanRights')
  await writeEntry(author, { alertId: alert.id, kind: 'dissent', text: 'Quixotry' })
  expect(JSON.stringify(await gaveLines(desk.system, await desk.id('humanRights')))).toContain('Quixotry')
  expect(JSON.stringify(await desk.store.read.events.ofRecord('alert', alert.id))).not.toContain('Quixotry')
})
