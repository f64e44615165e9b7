import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createVault, keyIdOf, VaultError } from '../../src/db/vault.ts'
import type { SourceIdentity } from '../../src/domain/source.ts'

const key = fc.uint8Array({ minLength: 32, maxLength: 32 })
const words = fc.string({ unit: 'binary', maxLength: 300 })
const identity: fc.Arbitrary<SourceIdentity> = fc.record({
  name: words,
  reach: fc.option(words),
  language: fc.option(words),
  safeTimes: fc.option(words),
  note: fc.option(words),
})

const codeOf = (act: () => unknown): string | null => {
  try {
    act()
    return null
  } catch (error) {
    return error instanceof VaultError ? error.code : 'another error'
  }
}

it('opens what it sealed, and what stands in the row holds no part of it', () => {
  fc.assert(
    fc.property(key, identity, fc.string(), (current, said, id) => {
      const vault = createVault({ current, old: [] })
      const row = vault.seal(id, said)
      expect(vault.open(id, row)).toEqual(said)
      const stored = Object.values(row).join(' ')
      const bytes = Buffer.concat(row.sealed.split('.').map(part => Buffer.from(part, 'base64url')))
      for (const part of Object.values(said).filter(value => value !== null && value.length > 4)) {
        expect(stored.includes(part as string)).toBe(false)
        expect(bytes.includes(Buffer.from(part as string, 'utf8'))).toBe(false)
      }
    }),
  )
})

it('seals the same words differently each time, and a short name as long as a longer one', () => {
  const vault = createVault({ current: new Uint8Array(32), old: [] })
  const of = (name: string) =>
    vault.seal('s', { name, reach: null, language: null, safeTimes: null, note: null })
  expect(of('Amo').sealed).not.toBe(of('Amo').sealed)
  expect(of('Amo').sealed).toHaveLength(of('Amo, the teacher of the upper village').sealed.length)
})

it('does not open a row moved to another source, nor one of which any part was changed', () => {
  fc.assert(
    fc.property(
      key,
      identity,
      fc.nat(),
      fc.constantFrom('sealed', 'wrappedKey'),
      (current, said, at, part) => {
        const vault = createVault({ current, old: [] })
        const row = vault.seal('one', said)
        expect(codeOf(() => vault.open('other', row))).toBe('damaged')
        const bytes = Buffer.from(row[part].split('.').at(-1)!, 'base64url')
        bytes[at % bytes.length]! ^= 1
        const parts = [...row[part].split('.').slice(0, -1), bytes.toString('base64url')]
        expect(codeOf(() => vault.open('one', { ...row, [part]: parts.join('.') }))).toBe('damaged')
      },
    ),
  )
})

it('opens through any number of changed keys what was sealed under any of them, and moves it to the newest', () => {
  const keys = fc.uniqueArray(key, { minLength: 2, maxLength: 6, selector: keyIdOf })
  fc.assert(
    fc.property(keys, identity, (all, said) => {
      const sealed = all.map((current, i) => {
        const vault = createVault({ current, old: all.slice(0, i) })
        return vault.seal(`source-${i}`, said)
      })
      const [current, ...old] = all.toReversed() as [Uint8Array, ...Uint8Array[]]
      const newest = createVault({ current, old })
      const alone = createVault({ current, old: [] })
      for (const [i, row] of sealed.entries()) {
        expect(newest.open(`source-${i}`, row)).toEqual(said)
        const moved = newest.rewrap(`source-${i}`, row)
        if (i === all.length - 1) {
          expect(moved).toBeNull()
          continue
        }
        expect(codeOf(() => alone.open(`source-${i}`, row))).toBe('key_missing')
        expect(moved!.sealed).toBe(row.sealed)
        expect(alone.open(`source-${i}`, moved!)).toEqual(said)
      }
    }),
    { numRuns: 30 },
  )
})

it('says of a wrong key only which one is missing', () => {
  const row = createVault({ current: new Uint8Array(32).fill(1), old: [] }).seal('s', {
    name: 'Amo',
    reach: null,
    language: null,
    safeTimes: null,
    note: null,
  })
  const other = createVault({ current: new Uint8Array(32).fill(2), old: [] })
  expect(() => other.open('s', row)).toThrow('key_missing')
})
