import { expect, it } from 'vitest'
import { codeTyped } from '../../src/domain/code.ts'
import { createIds } from '../../src/ids.ts'
import { findAlerts } from '../../src/operations/alert.ts'
import { freeCode } from '../../src/operations/code.ts'
import { openDesk } from '../support/operations.ts'

it('codes get a letter more once the short ones are taken, and none is given twice', async () => {
  const ids = createIds()
  const given = new Set<string>()
  const taken = async (code: string) => code.length < 'W-7K4QM'.length || given.has(code)
  for (let n = 0; n < 500; n++) given.add(await freeCode(ids, 'W', taken))
  expect(given.size).toBe(500)
  for (const code of given) expect(codeTyped('W', code)).toBe(code)
})

it('while short codes are free every code is short', async () => {
  const code = await freeCode(createIds(), 'W', async () => false)
  expect(code).toHaveLength('W-7K4Q'.length)
})

it('an alert with a longer code is found by it, as one with a short code is', async () => {
  const desk = await openDesk()
  const { alert } = await desk.raise()
  const { ids } = desk
  const short = ids.code
  ids.code = (prefix, longer = 0) => (longer === 0 ? alert.code : short(prefix, longer))
  const { alert: next } = await desk.raise()
  expect(next.code).toHaveLength('A-7K4QM'.length)
  const ctx = await desk.as('liaison')
  const found = async (words: string) => (await findAlerts(ctx, words)).map(facts => facts.alert.code)
  expect(await found(next.code.toLowerCase().replace('-', ''))).toEqual([next.code])
  expect(await found(alert.code)).toEqual([alert.code])
})

it('the beginning of a code finds what begins so while it is typed into a menu, and nothing elsewhere', async () => {
  const desk = await openDesk()
  const { alert } = await desk.raise()
  const ctx = await desk.as('liaison')
  const begun = alert.code.slice(0, 4).toLowerCase()
  const found = async (typing: boolean) =>
    (await findAlerts(ctx, begun, 10, typing)).map(facts => facts.alert.code)
  expect(await found(true)).toEqual([alert.code])
  expect(await found(false)).toEqual([])
})
