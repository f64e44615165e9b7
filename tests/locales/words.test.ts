import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { createLocales } from '../../src/locales/index.ts'

const ZONE = 'Africa/Lusaka'
const AT = Date.UTC(2026, 10, 21, 0, 10)
const locales = createLocales(ZONE, ['en', 'fr'])

test('a person is answered in the mission language nearest to their Slack locale', () => {
  expect(locales.words('fr-CA').language).toBe('fr')
  expect(locales.words('en-GB').language).toBe('en')
  expect(locales.words('sw-KE').language).toBe('en')
  expect(locales.words(null).language).toBe('en')
})

test('a mission that does not speak a language never answers in it', () => {
  expect(createLocales(ZONE, ['fr']).words('en-GB').language).toBe('fr')
})

test('a time in another offset than the mission says its zone', () => {
  expect(locales.words('en').dateTime(AT)).toBe('21 Nov 02:10')
  expect(locales.words('en', 'Africa/Maputo').dateTime(AT)).toBe('21 Nov 02:10')
  expect(locales.words('en', 'Africa/Nairobi').dateTime(AT)).toMatch(/^21 Nov 03:10 \S+/)
  expect(locales.words('fr').dateTime(AT)).toBe('21 nov. 02:10')
})

test('an unknown zone falls back to the mission’s', () => {
  expect(locales.words('en', 'Mars/Olympus').zone).toBe(ZONE)
})

test.each([
  [0, '0 s'],
  [45_000, '45 s'],
  [12 * 60_000, '12 min'],
  [125 * 60_000, '2 h 5 min'],
  [120 * 60_000, '2 h'],
  [59.6 * 60_000, '1 h'],
  [76 * 3_600_000, '3 d 4 h'],
])('%d ms is said as %s', (ms, said) => {
  expect(locales.words('en').duration(ms)).toBe(said)
})

test('a list and a number follow the language', () => {
  expect(locales.words('fr').list(['a', 'b', 'c'])).toBe('a, b et c')
  expect(locales.words('en').number(1200)).toBe('1,200')
})

test('words typed by a person are shown, never read as a template', () => {
  const said = locales.words('en').t('errors.unknown_term', { value: '{{max}} $t(errors.stale_bare) <b>' })
  expect(said).toContain('{{max}} $t(errors.stale_bare) <b>')
})

test('a missing key and a missing value stop the caller', () => {
  expect(() => locales.words('en').t('errors.no_such_sentence')).toThrow('errors.no_such_sentence')
  expect(() => locales.words('en').t('errors.unknown_term')).toThrow('{{value}}')
})

test('a running bot shows something and reports the missing key', () => {
  const missing: string[] = []
  const lenient = createLocales(ZONE, ['en'], { onMissing: (_language, key) => missing.push(key) })
  expect(lenient.words('en').t('errors.no_such_sentence')).toBe('errors.no_such_sentence')
  expect(missing).toEqual(['errors.no_such_sentence'])
})

test.each(['en', 'fr'])('no refusal in %s has marks of code, which it would say as they stand', language => {
  expect(readFileSync(`src/locales/${language}/errors.json`, 'utf8')).not.toContain('`')
})
