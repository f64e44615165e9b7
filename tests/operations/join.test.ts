import { describe, expect, it } from 'vitest'
import {
  acknowledge,
  duplicatesOf,
  findAlerts,
  merge,
  readAlert,
  unmerge,
} from '../../src/operations/alert.ts'
import { addReport, reportsOf } from '../../src/operations/report.ts'
import { linkSource, recordSource } from '../../src/operations/source.ts'
import { type Desk, MINUTE, openDesk, refusalCode } from '../support/operations.ts'

const grading = { reliability: 'B', credibility: 2, independent: true }

/** Two alerts about the same thing, twenty minutes apart. */
async function pair(desk: Desk) {
  const first = await desk.raise()
  desk.clock.advance(20 * MINUTE)
  const second = await desk.raise({ what: 'Shots heard near the market' }, await desk.as('joc'))
  return { first, second }
}

describe('joining two alerts', () => {
  it('keeps the earlier one with its clocks, whichever is named first', async () => {
    const desk = await openDesk()
    const { first, second } = await pair(desk)
    const before = (await desk.owner(first, 'uniformed')).state
    const stays = await merge(await desk.as('joc'), { alertId: first.alert.id, intoId: second.alert.id })
    expect(stays.alert.id).toBe(first.alert.id)
    expect((await desk.owner(first, 'uniformed')).state).toEqual(before)
    expect((await desk.facts(second)).alert).toMatchObject({
      lifecycle: 'merged',
      mergedInto: first.alert.id,
    })
  })

  it('awaits nothing more of the owners of the one that goes', async () => {
    const desk = await openDesk()
    const { first, second } = await pair(desk)
    await merge(await desk.as('joc'), { alertId: second.alert.id, intoId: first.alert.id })
    await desk.lines()
    await desk.pass(30 * MINUTE)
    const told = (await desk.said()).filter(({ recordId }) => recordId === second.alert.id)
    expect(told).toEqual([])
    expect(await refusalCode(acknowledge(await desk.as('company'), { alertId: second.alert.id }))).toBe(
      'already_ended',
    )
  })

  it('keeps every report with its author, and three sources of their own show as three', async () => {
    const desk = await openDesk()
    const { first, second } = await pair(desk)
    const liaison = await desk.as('liaison')
    const joc = await desk.as('joc')
    const { source } = await recordSource(liaison, { alertId: first.alert.id, name: 'A', ...grading })
    await recordSource(joc, { alertId: second.alert.id, name: 'B', ...grading })
    await addReport(joc, { alertId: second.alert.id, what: 'Smoke over the market' })
    await recordSource(joc, { alertId: second.alert.id, name: 'C', ...grading })
    // Who stands behind both is one source.
    await linkSource(liaison, { ...grading, sourceId: source.id, alertId: second.alert.id })
    const stays = await merge(joc, { alertId: second.alert.id, intoId: first.alert.id })
    expect(stays.sources).toMatchObject({ independent: 3, repeating: 0 })
    const { reports } = await reportsOf(joc, first.alert.id)
    expect(reports.map(({ what, author }) => [what, author?.person.userId])).toEqual([
      ['Armed men moving towards the market', 'U0CLAKARAMBA'],
      ['Shots heard near the market', 'U0JOCWATCH'],
      ['Smoke over the market', 'U0JOCWATCH'],
    ])
  })

  it('makes the one that stays as urgent as the other was, and asks its owners again', async () => {
    const desk = await openDesk()
    const first = await desk.raise({ urgency: 'within_24h' })
    desk.clock.advance(MINUTE)
    const second = await desk.raise({ urgency: 'happening_now' }, await desk.as('joc'))
    await desk.said()
    const stays = await merge(await desk.as('joc'), { alertId: second.alert.id, intoId: first.alert.id })
    expect(stays.alert.urgency).toBe('happening_now')
    expect(await desk.lines()).toContain('escalated@C0POCNORTH')
    await unmerge(await desk.as('joc'), { alertId: second.alert.id })
    expect((await desk.facts(first)).alert.urgency).toBe('within_24h')
  })

  it('is for whoever keeps the later one or raised it, and may read the earlier one', async () => {
    const desk = await openDesk()
    const { first, second } = await pair(desk)
    const input = { alertId: second.alert.id, intoId: first.alert.id }
    expect(await refusalCode(merge(await desk.as('ngo'), input))).toBe('not_found')
    expect(await refusalCode(merge(await desk.as('companySouth'), input))).toBe('not_allowed')
    expect(
      await refusalCode(merge(await desk.as('joc'), { alertId: first.alert.id, intoId: first.alert.id })),
    ).toBe('same_alert')
  })

  it('finds joined alerts once', async () => {
    const desk = await openDesk()
    const { first, second } = await pair(desk)
    const joc = await desk.as('joc')
    expect(await findAlerts(joc, 'market')).toHaveLength(2)
    await merge(joc, { alertId: second.alert.id, intoId: first.alert.id })
    expect((await findAlerts(joc, 'market')).map(({ alert }) => alert.id)).toEqual([first.alert.id])
  })
})

describe('undoing a joining', () => {
  it('gives back reports, sources, owners and what is awaited, and leaves what came since', async () => {
    const desk = await openDesk()
    const { first, second } = await pair(desk)
    const joc = await desk.as('joc')
    await recordSource(joc, { alertId: second.alert.id, name: 'B', ...grading })
    const of = async (alert: typeof first) => {
      const { owners, sources, reports, alert: row } = await desk.facts(alert)
      const { version: _, ...fields } = row
      return { fields, owners, sources, reports }
    }
    const before = [await of(first), await of(second)]
    await merge(joc, { alertId: second.alert.id, intoId: first.alert.id })
    await addReport(joc, { alertId: first.alert.id, what: 'Meant for the first' })
    await addReport(joc, { alertId: second.alert.id, what: 'Meant for the second' })
    await unmerge(joc, { alertId: second.alert.id })
    const [one, two] = [await of(first), await of(second)]
    expect(one.fields).toEqual(before[0]?.fields)
    expect(two.fields).toEqual(before[1]?.fields)
    expect(two.owners).toEqual(before[1]?.owners)
    expect([one.sources, two.sources]).toEqual([before[0]?.sources, before[1]?.sources])
    const words = async (id: string) => (await reportsOf(joc, id)).reports.map(({ what }) => what)
    expect((await words(first.alert.id)).slice(1)).toEqual(['Meant for the first'])
    expect((await words(second.alert.id)).slice(1)).toEqual(['Meant for the second'])
  })

  it('takes along what had been joined before', async () => {
    const desk = await openDesk()
    const joc = await desk.as('joc')
    const alerts = []
    for (const what of ['First', 'Second', 'Third']) {
      alerts.push(await desk.raise({ what }, joc))
      desk.clock.advance(MINUTE)
    }
    const [first, second, third] = alerts.map(({ alert }) => alert.id) as [string, string, string]
    await merge(joc, { alertId: third, intoId: second })
    await merge(joc, { alertId: second, intoId: first })
    expect((await readAlert(joc, first)).reports).toHaveLength(3)
    await unmerge(joc, { alertId: second })
    expect((await readAlert(joc, first)).reports).toHaveLength(1)
    expect((await readAlert(joc, second)).joined.map(({ alert }) => alert.id)).toEqual([third])
    expect((await readAlert(joc, second)).reports).toHaveLength(2)
  })
})

describe('what could be the same', () => {
  it('is near in place and time and of the same kind, open, and readable to who asks', async () => {
    const desk = await openDesk()
    const far = await desk.raise({ place: { id: 'tashiro' } })
    const old = await desk.raise()
    desk.clock.advance(25 * 60 * MINUTE)
    const near = await desk.raise()
    desk.clock.advance(MINUTE)
    const ngo = await desk.raise({}, await desk.as('ngo'))
    desk.clock.advance(MINUTE)
    const now = await desk.raise()
    const found = async (name: 'joc' | 'ngo', id: string) =>
      (await duplicatesOf(await desk.as(name), id)).map(({ alert }) => alert.id)
    expect(await found('joc', now.alert.id)).toEqual([ngo.alert.id, near.alert.id])
    expect([far.alert.id, old.alert.id]).not.toContain(now.alert.id)
    expect(await found('ngo', ngo.alert.id)).toEqual([])
  })
})
