import { expect, it } from 'vitest'
import { codeAlphabet } from '../src/domain/code.ts'
import { createIds } from '../src/ids.ts'

it('writes codes without what is confused or could be a word, of four characters', () => {
  const ids = createIds()
  for (const confused of '0O1IL2Z5S8BGUAE') expect(codeAlphabet).not.toContain(confused)
  expect(new Set(codeAlphabet).size).toBe(codeAlphabet.length)
  for (let n = 0; n < 200; n++) expect(ids.code('A')).toMatch(new RegExp(`^A-[${codeAlphabet}]{4}$`))
})

it('gives ids and salts that differ', () => {
  const ids = createIds()
  expect(new Set(Array.from({ length: 1000 }, ids.id)).size).toBe(1000)
  expect(ids.salt()).toMatch(/^[0-9a-f]{32}$/)
  expect(ids.salt(4)).toMatch(/^[0-9a-f]{8}$/)
  expect(ids.salt()).not.toBe(ids.salt())
})

it('gives ids that sort by the millisecond they were made in', () => {
  let now = 1_790_000_000_000
  const ids = createIds(() => now++)
  const made = Array.from({ length: 100 }, ids.id)
  expect([...made].sort()).toEqual(made)
  expect(made.every(id => id.length === 21)).toBe(true)
})
