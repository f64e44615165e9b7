import { expect, test } from 'vitest'
import { dayText } from '../../src/views/context.ts'
import { LANGUAGES, viewIn } from './surface.ts'

test.each(LANGUAGES)(
  'a day is written as people write it in %s, and is that day wherever it is read',
  language => {
    const text = dayText(viewIn(language), '2026-12-20')
    expect(text).toMatch(language === 'fr' ? /^20 déc\. 2026$/ : /^20 Dec 2026$/)
  },
)

test('what is no day stands as it was written', () => {
  expect(dayText(viewIn('en'), 'before the rains')).toBe('before the rains')
})
