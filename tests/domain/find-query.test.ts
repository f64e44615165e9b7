import { expect, it, test } from 'vitest'
import { loadMission } from '../../src/config.ts'
import { codesNamed, holdsWords, parseFind } from '../../src/domain/find-query.ts'

const mission = await loadMission('missions/ombara.yaml')
const DAY = 86_400_000

test.each([
  ['A-7K4Q', { code: 'A-7K4Q' }],
  ['h7k4q', { code: 'H-7K4Q' }],
  ['t-7k4qx', { code: 'T-7K4QX' }],
  ['mill road', { words: 'mill road', code: null }],
  // A word that only looks like a code is a word.
  ['armes', { words: 'armes', code: null }],
  ['mill north since:30d', { words: 'mill', sector: 'north', sinceMs: 30 * DAY }],
  ['moulin secteur:sud depuis:7j', { words: 'moulin', sector: 'south', sinceMs: 7 * DAY }],
  // What was meant to narrow and is not understood is said, and is no word to look for.
  [
    'mill since:hier sector:zzz depuis:',
    { words: 'mill', sinceMs: null, sector: null, unread: ['since:hier', 'sector:zzz', 'depuis:'] },
  ],
  ['', { words: '', code: null, sector: null, sinceMs: null }],
])('%s is read as what was meant', (typed, query) => {
  expect(parseFind(typed, mission)).toMatchObject(query)
})

it('finds the codes of a message, each once', () => {
  expect(codesNamed('see A-7K4Q and t-9x2b, again a-7k4q; not AB-1234')).toEqual(['A-7K4Q', 'T-9X2B'])
})

it('needs all words, whatever their accents', () => {
  expect(holdsWords({ words: 'Ecole marche' }, 'L’école', 'du Marché')).toBe(true)
  expect(holdsWords({ words: 'ecole pont' }, 'L’école', null)).toBe(false)
})
