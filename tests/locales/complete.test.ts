import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { refusalGaps } from '../../src/bot/refusal.ts'
import { LANGUAGES } from '../../src/domain/mission.ts'
import { type ErrorCode, errorCodes } from '../../src/errors.ts'
import { LOCALES_DIR, type Resources } from '../../src/locales/resources.ts'

const SRC = join(LOCALES_DIR, '..')
const PLURAL = /_(zero|one|two|few|many|other)$/
const GAP = /\{\{-?\s*(\w+)[^}]*\}\}/g

/** Every key of a language with its text, such as `errors.stale`. */
function flatten(words: Resources, path: string): [string, string][] {
  return Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${path}.${key}`, value]] : flatten(value, `${path}.${key}`),
  )
}

function texts(language: string): Map<string, string> {
  const folder = join(LOCALES_DIR, language)
  const files = readdirSync(folder).filter(file => file.endsWith('.json'))
  return new Map(
    files.flatMap(file =>
      flatten(JSON.parse(readFileSync(join(folder, file), 'utf8')) as Resources, file.replace('.json', '')),
    ),
  )
}

const byLanguage = new Map(LANGUAGES.map(language => [language, texts(language)]))
const english = byLanguage.get('en')!
const stems = (keys: Iterable<string>) => [...new Set([...keys].map(key => key.replace(PLURAL, '')))].sort()
const gaps = (text: string) => [...text.matchAll(GAP)].map(([, name]) => name!)

/** Plural forms that numbers people write ask for. */
function commonForms(language: string): string[] {
  const rules = new Intl.PluralRules(language)
  return [...new Set(Array.from({ length: 200 }, (_, n) => rules.select(n)))]
}

test.each(LANGUAGES)('%s holds the same keys as English', language => {
  expect(stems(byLanguage.get(language)!.keys())).toEqual(stems(english.keys()))
})

test.each(LANGUAGES)('%s has every plural form its numbers ask for', language => {
  const keys = byLanguage.get(language)!
  const plural = stems([...keys.keys()].filter(key => PLURAL.test(key)))
  const missing = plural
    .flatMap(stem => commonForms(language).map(form => `${stem}_${form}`))
    .filter(key => !keys.has(key))
  expect(missing).toEqual([])
})

test.each(LANGUAGES)('%s fills the same gaps as English', language => {
  const gapsOf = (source: Map<string, string>) => {
    const found = new Map<string, Set<string>>()
    for (const [key, text] of source) {
      const stem = key.replace(PLURAL, '')
      found.set(stem, new Set([...(found.get(stem) ?? []), ...gaps(text)]))
    }
    return Object.fromEntries([...found].map(([stem, names]) => [stem, [...names].sort()]))
  }
  expect(gapsOf(byLanguage.get(language)!)).toEqual(gapsOf(english))
})

test.each(LANGUAGES)('%s leaves no sentence empty', language => {
  expect([...byLanguage.get(language)!].filter(([, text]) => text.trim() === '')).toEqual([])
})

test('every refusal has its sentence', () => {
  expect(Object.keys(errorCodes).filter(code => !english.has(`errors.${code}`))).toEqual([])
})

test('a refusal whose sentence names something has one that does not need it', () => {
  expect(Object.keys(refusalGaps).filter(code => !english.has(`errors.${code}_bare`))).toEqual([])
})

test('a refusal names what its sentence has gaps for, and nothing else', () => {
  const named = Object.keys(errorCodes).map(code => [code, gaps(english.get(`errors.${code}`) ?? '').sort()])
  const promised = Object.keys(errorCodes).map(code => [
    code,
    [...(refusalGaps[code as ErrorCode] ?? [])].sort(),
  ])
  expect(named).toEqual(promised)
})

test('every problem of the health page says what is wrong and what to do', () => {
  const source = readFileSync(join(SRC, 'bot/health.ts'), 'utf8')
  const codes = [...source.matchAll(/problem\('([a-z_]+)'/g)].map(([, code]) => code!)
  const known = new Set(stems(english.keys()))
  expect(codes.length).toBeGreaterThan(5)
  expect(
    codes.flatMap(code => [`health.${code}.what`, `health.${code}.remedy`]).filter(key => !known.has(key)),
  ).toEqual([])
})

test('every remedy for a message that cannot be sent has its words', () => {
  const source = readFileSync(join(SRC, 'jobs/remedies.ts'), 'utf8')
  const union = /type Remedy =([^\n]*(?:\n {2}\|[^\n]*)*)/.exec(source)?.[1] ?? ''
  const remedies = [...union.matchAll(/'([a-z_]+)'/g)].map(([, remedy]) => remedy!)
  expect(remedies.length).toBeGreaterThan(3)
  expect(remedies.filter(remedy => !english.has(`health.remedy.${remedy}`))).toEqual([])
})

test('every key written out in the source exists', () => {
  const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.ts'))
  const known = new Set(stems(english.keys()))
  const missing = files.flatMap(file => {
    const source = readFileSync(join(SRC, file), 'utf8')
    return [...source.matchAll(/\bt\(\s*'([^']+)'/g)]
      .map(([, key]) => key!)
      .filter(key => !known.has(key) && !english.has(key))
      .map(key => `${file}: ${key}`)
  })
  expect(missing).toEqual([])
})

test('in French the words for one serve for none too, so they write no number of their own', () => {
  const wrong = [...byLanguage.get('fr')!].filter(([key, text]) => key.endsWith('_one') && /\b1\b/.test(text))
  expect(wrong).toEqual([])
})
