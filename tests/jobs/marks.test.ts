import { expect, it } from 'vitest'
import { NO_RECORD, renderers } from '../../src/jobs/rendering/index.ts'
import { createLocales } from '../../src/locales/index.ts'
import { oneOfEach } from '../support/one-of-each.ts'
import { openDesk } from '../support/operations.ts'

it('every card of a record says how far it may be passed on and how sensitive it is (R-061)', async () => {
  const desk = await openDesk()
  await desk.raise()
  await oneOfEach(desk)
  const table = renderers(createLocales('UTC', ['en', 'fr']))
  const users = new Map((await desk.store.read.people.all()).map(({ id, userId }) => [userId, id]))
  const kinds = new Set<string>()
  for (const entry of await desk.said()) {
    const kind = String(entry.data.record)
    if (entry.kind !== 'card' || NO_RECORD.includes(kind)) continue
    const id = users.get(entry.target)
    const target = id ? `person:${id}` : entry.target
    const delivery = await table.card!(desk.system, { ...entry, target } as never, 0)
    if (delivery.do !== 'card' || delivery.withheld) continue
    expect(JSON.stringify(delivery.message.blocks), kind).toMatch(
      /TLP:[A-Z]+ · (sensitivity: |sensibilité : )/,
    )
    kinds.add(kind)
  }
  expect([...kinds]).toEqual(
    expect.arrayContaining(['alert', 'tasking', 'matrix', 'team', 'forum', 'meeting', 'plan', 'inquiry']),
  )
})
