import { expect, it } from 'vitest'
import { codeBegun, codeTyped, isCodeWritten } from '../../src/domain/code.ts'

it.each([
  ['A-7K4Q', 'A-7K4Q'],
  [' a7k4q ', 'A-7K4Q'],
  ['a-7k4qm', 'A-7K4QM'],
  ['a7k4qm', 'A-7K4QM'],
  ['A-7K40', 'A-7K40'],
  ['W-7K4Q', null],
  ['A-7K4', null],
  ['A-7K4QM7K4QM', null],
  ['attack', null],
  ['A-7K4Q now', null],
])('“%s” is read as %s', (typed, code) => {
  expect(codeTyped('A', typed)).toBe(code)
})

it('a word with a hyphen is no code unless its first part is one letter', () => {
  expect(['A-7K4Q', 't-7k4qm', 'mid-7k4q', 'a7k4q'].map(isCodeWritten)).toEqual([true, true, false, false])
})

it('the beginning of a code is known by its hyphen', () => {
  expect(['a-7k', 'A-', 'A-7K4Q', 'a7k', 'W-7k'].map(typed => codeBegun('A', typed))).toEqual([
    'A-7K',
    'A-',
    null,
    null,
    null,
  ])
})
