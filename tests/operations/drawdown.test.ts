import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ITEM_STATES, isVacuum, LINE_KINDS, losesCover, mayClose } from '../../src/domain/drawdown.ts'
import { createLocales } from '../../src/locales/index.ts'
import {
  answerItem,
  closeDrawdown,
  type DrawdownFacts,
  drawDown,
  drawdowns,
  handOverItem,
  itemsOffered,
  readDrawdown,
  readItem,
  reportDrawdown,
  settleItem,
  verifyItem,
} from '../../src/operations/drawdown.ts'
import { createHotspot, hotspotGaps } from '../../src/operations/hotspot.ts'
import { drawdownCard } from '../../src/views/drawdown.ts'
import { DAY, type Desk, openDesk, refusal, refusalCode, type Who, who } from '../support/operations.ts'

const day = (desk: Desk, days: number) => new Date(desk.clock.now() + days * DAY).toISOString().slice(0, 10)
const functions = 'Camp security\nEarly warning network\nCommunity liaison'
const closure = (desk: Desk) => ({ kind: 'base_closure', base: 'kowa', day: day(desk, 60), functions })

async function closing(desk: Desk): Promise<DrawdownFacts> {
  return drawDown(await desk.as('leadership'), closure(desk))
}
const covers = ({ item }: DrawdownFacts['entries'][number]) =>
  item.kind === 'place' || item.kind === 'hotspot'

const item = fc.record({
  kind: fc.constantFrom('place', 'hotspot', 'tasking', 'function'),
  state: fc.constantFrom(...ITEM_STATES),
  line: fc.option(fc.constantFrom(...LINE_KINDS)),
})

it('whatever the items, a base is closed exactly when no place is without a line, and what nobody took is reported', () => {
  fc.assert(
    fc.property(fc.array(item), items => {
      expect(mayClose(items)).toBe(!items.some(losesCover))
      for (const each of items) {
        if (losesCover(each)) expect(isVacuum(each)).toBe(true)
        if (each.state === 'accepted' || each.state === 'with_conditions') expect(isVacuum(each)).toBe(false)
      }
    }),
  )
})

it('every item of a long list can be reached from its card', async () => {
  const desk = await openDesk()
  const lead = await desk.as('leadership')
  const facts = await drawDown(lead, { kind: 'transition', sector: 'south', day: day(desk, 60), functions })
  const view = {
    words: createLocales('UTC', ['en']).words('en'),
    mission: desk.mission,
    now: desk.clock.now(),
  }
  const names = new Set<string>()
  for (let from: number | null = 0; from !== null; ) {
    const card = JSON.stringify(drawdownCard(view, facts, from))
    for (const { name } of facts.entries) if (card.includes(name)) names.add(name)
    const next = /drawdown\.further","value":"[^":]+:(\d+)"/.exec(card)
    from = next ? Number(next[1]) : null
  }
  expect(names.size).toBe(new Set(facts.entries.map(({ name }) => name)).size)
  expect(facts.entries.length).toBeGreaterThan(20)
})

it('whoever takes many of a kind over says once that they accept, and that they have them', async () => {
  const desk = await openDesk()
  const lead = await desk.as('leadership')
  const { entries } = await drawDown(lead, closure(desk))
  const places = entries.filter(({ item }) => item.kind === 'place')
  const receiver = { userId: who.dutyAlternate }
  const itemId = places[0]!.item.id
  await settleItem(lead, { itemId, receiver, alike: true })
  const taker = await desk.as('dutyAlternate')
  expect((await readItem(taker, itemId)).alike).toBe(places.length - 1)
  await desk.said()
  const { others } = await answerItem(taker, { itemId, answer: 'accepted', alike: true })
  expect(others).toBe(places.length - 1)
  const states = async () =>
    new Set(
      (await readDrawdown(lead, entries[0]!.item.drawdownId)).entries
        .filter(({ item }) => item.kind === 'place')
        .map(({ item }) => item.state),
    )
  expect(await states()).toEqual(new Set(['accepted']))
  await handOverItem(taker, { itemId, alike: true })
  expect(await states()).toEqual(new Set(['handed_over']))
})

it('what is declined for all of a kind is told once', async () => {
  const desk = await openDesk()
  const lead = await desk.as('leadership')
  const { entries } = await drawDown(lead, closure(desk))
  const itemId = entries.find(({ item }) => item.kind === 'place')!.item.id
  await settleItem(lead, { itemId, receiver: { userId: who.dutyAlternate }, alike: true })
  await desk.said()
  const taker = await desk.as('dutyAlternate')
  await answerItem(taker, { itemId, answer: 'declined', words: 'No car', alike: true })
  const told = (await desk.said()).filter(({ kind }) => kind === 'drawdown.declined')
  expect(new Set(told.map(({ target }) => target)).size).toBe(told.length)
})

it('those who lead declare it; what the base leaves behind is listed', async () => {
  const desk = await openDesk()
  for (const name of ['company', 'duty', 'ngo', 'ocha'] as const)
    expect([name, await refusalCode(drawDown(await desk.as(name), closure(desk)))]).toEqual([
      name,
      'not_allowed',
    ])
  expect(await refusalCode(drawDown(await desk.as('joc'), { ...closure(desk), base: null }))).toBe(
    'text_missing',
  )
  expect(await refusalCode(drawDown(await desk.as('joc'), { ...closure(desk), day: day(desk, -1) }))).toBe(
    'day_past',
  )
  const facts = await closing(desk)
  expect(
    facts.entries
      .filter(({ item }) => item.kind === 'function')
      .map(({ name }) => name)
      .sort(),
  ).toEqual(functions.split('\n').sort())
  expect(facts.uncovered.length).toBeGreaterThan(0)
  expect(facts.uncovered.every(covers)).toBe(true)
  expect(await refusalCode(drawdowns(await desk.as('ngo')))).toBe('not_allowed')
})

it('agencies are asked and may say no without a reason; the mission’s own say why', async () => {
  const desk = await openDesk()
  const facts = await closing(desk)
  const [first, second, third] = facts.entries.filter(({ item }) => item.kind === 'function')
  const offer = async (entry: typeof first, to: Who) =>
    settleItem(await desk.as('joc'), {
      itemId: entry!.item.id,
      receiver: { userId: who[to] },
      needed: 'Two staff',
    })
  await offer(first, 'unhcr')
  await offer(second, 'ngo')
  await offer(third, 'head')
  expect((await itemsOffered(await desk.as('unhcr'))).map(({ entry }) => entry.name)).toEqual([first!.name])
  expect(
    await refusalCode(answerItem(await desk.as('ngo'), { itemId: first!.item.id, answer: 'accepted' })),
  ).toBe('not_found')
  await answerItem(await desk.as('unhcr'), {
    itemId: first!.item.id,
    answer: 'with_conditions',
    words: 'From March',
  })
  await answerItem(await desk.as('ngo'), { itemId: second!.item.id, answer: 'declined' })
  const head = { itemId: third!.item.id, answer: 'declined' }
  expect(await refusalCode(answerItem(await desk.as('head'), head))).toBe('text_missing')
  await answerItem(await desk.as('head'), { ...head, words: 'No staff there' })
  expect(await refusalCode(answerItem(await desk.as('head'), { ...head, words: 'Again' }))).toBe(
    'already_done',
  )
  const after = await readDrawdown(await desk.as('joc'), facts.drawdown.code)
  expect(
    after.vacuum
      .filter(entry => !covers(entry))
      .map(({ name }) => name)
      .sort(),
  ).toEqual([second!.name, third!.name].sort())
})

it('X-05: a base is not closed while places lose their cover; then what is left to nobody is one report', async () => {
  const desk = await openDesk()
  const facts = await closing(desk)
  const leadership = await desk.as('leadership')
  const close = { drawdownId: facts.drawdown.id }
  const error = await refusal(closeDrawdown(leadership, close))
  expect(error.code).toBe('places_open')
  expect(error.details.places).toContain(facts.uncovered[0]!.name)
  for (const [index, { item }] of facts.uncovered.entries()) {
    const line = index === 0 ? 'nobody' : index === 1 ? 'unarmed' : 'base'
    if (index === 0)
      expect(await refusalCode(settleItem(leadership, { itemId: item.id, line }))).toBe('text_missing')
    await settleItem(leadership, {
      itemId: item.id,
      line,
      lineText: index === 0 ? 'No road in the rains' : 'Weekly patrol',
    })
  }
  await desk.said()
  const closed = await closeDrawdown(leadership, close)
  expect(closed.vacuum.filter(covers).map(({ name }) => name)).toEqual([facts.uncovered[0]!.name])
  expect(closed.vacuum.filter(entry => !covers(entry))).toHaveLength(3)
  const reports = (await desk.said()).filter(({ kind }) => kind === 'drawdown.report')
  expect(new Set(reports.map(({ target }) => target))).toEqual(
    new Set(['U0LEADERSHIP', 'U0JOCWATCH', 'U0POCADVISER']),
  )
  expect(new Set(reports.map(({ data }) => data.format))).toEqual(new Set(['pdf', 'csv']))
  expect(await refusalCode(closeDrawdown(leadership, close))).toBe('already_done')
  expect(await refusalCode(settleItem(leadership, { itemId: facts.entries[0]!.item.id }))).toBe(
    'already_ended',
  )
  expect(await refusalCode(reportDrawdown(await desk.as('unhcr'), close))).toBe('not_allowed')
})

it('what was accepted is handed over, and verified by somebody else, also after the closing', async () => {
  const desk = await openDesk()
  const facts = await closing(desk)
  const { id: itemId } = facts.entries.find(({ item }) => item.kind === 'function')!.item
  const joc = await desk.as('joc')
  await settleItem(joc, { itemId, receiver: { userId: who.unhcr } })
  expect(await refusalCode(handOverItem(joc, { itemId }))).toBe('already_done')
  const unhcr = await desk.as('unhcr')
  await answerItem(unhcr, { itemId, answer: 'accepted' })
  expect(await refusalCode(verifyItem(joc, { itemId }))).toBe('already_done')
  expect(await refusalCode(handOverItem(await desk.as('ngo'), { itemId }))).toBe('not_found')
  for (const { item } of facts.uncovered)
    await settleItem(joc, { itemId: item.id, line: 'unarmed', lineText: 'Weekly visits' })
  await closeDrawdown(joc, { drawdownId: facts.drawdown.id })
  await handOverItem(joc, { itemId })
  expect(await refusalCode(verifyItem(joc, { itemId }))).toBe('not_allowed')
  expect(await refusalCode(verifyItem(unhcr, { itemId }))).toBe('not_allowed')
  desk.clock.advance(DAY)
  const { item } = await verifyItem(await desk.as('leadership'), { itemId })
  expect(item).toMatchObject({ state: 'verified', verifiedAt: desk.clock.now() })
  expect(item.handedAt).toBe(desk.clock.now() - DAY)
})

it('what is the same for all of a kind is said once, and leaves alone those of which something was said', async () => {
  const desk = await openDesk()
  const joc = await desk.as('joc')
  const { entries } = await closing(desk)
  const [first, second] = entries.filter(({ item }) => item.kind === 'function')
  await settleItem(joc, { itemId: second!.item.id, receiver: { userId: who.head } })
  const after = await settleItem(joc, {
    itemId: first!.item.id,
    receiver: { userId: who.duty },
    needed: 'Two vehicles',
    alike: true,
  })
  const receivers = after.entries.map(({ item, receiver }) => [item.kind, receiver?.userId ?? null])
  expect(receivers.filter(([kind]) => kind === 'function')).toEqual([
    ['function', who.duty],
    ['function', who.head],
    ['function', who.duty],
  ])
  expect(receivers.filter(([kind]) => kind !== 'function').every(([, user]) => user === null)).toBe(true)
})

it('a place whose base leaves is a gap for those who read drawdowns, until something stands in its stead', async () => {
  const desk = await openDesk()
  const { hotspot } = await createHotspot(await desk.as('pocAdviser'), {
    name: 'Kowa market',
    place: { id: 'kowa-market' },
    kind: 'market',
    threats: ['armed_attack'],
  })
  const gapsFor = async (name: Who) => {
    const found = await hotspotGaps(await desk.as(name))
    return found.find(({ place }) => place.hotspot.id === hotspot.id)?.gaps
  }
  expect(await gapsFor('leadership')).not.toContain('base_leaves')
  const { entries } = await closing(desk)
  expect(await gapsFor('leadership')).toContain('base_leaves')
  expect(await gapsFor('company'), 'who reads no drawdown').not.toContain('base_leaves')
  const own = entries.find(({ item }) => item.ref === hotspot.id)
  const line = { line: 'base', lineText: 'Patrols from Tashiro' }
  await settleItem(await desk.as('leadership'), { itemId: own?.item.id ?? '', ...line })
  expect(await gapsFor('leadership')).not.toContain('base_leaves')
})
