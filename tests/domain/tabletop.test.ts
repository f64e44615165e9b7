import { expect, it } from 'vitest'
import { afterExerciseMove, answeredIn, EXERCISE_STATES, parseScript } from '../../src/domain/tabletop.ts'

const MINUTE = 60_000

it('a script is read line by line, in the order of its times', () => {
  expect(
    parseScript('+15 A crowd is at the gate\n\n+0 Karamba: shots\n+1h30 Water runs out\n+2h Dusk'),
  ).toEqual({
    lines: [
      { afterMs: 0, text: 'Karamba: shots' },
      { afterMs: 15 * MINUTE, text: 'A crowd is at the gate' },
      { afterMs: 90 * MINUTE, text: 'Water runs out' },
      { afterMs: 120 * MINUTE, text: 'Dusk' },
    ],
  })
})

it.each(['A crowd is at the gate', '+ A crowd', '15 A crowd', '+15'])(
  '“%s” has no time in front or no event',
  line => {
    expect(parseScript(`+0 Shots\n${line}`)).toEqual({ wrong: line })
  },
)

it('an exercise is started, ended and reviewed in this order, closes by its review alone (R-102), and is cancelled before it starts', () => {
  const moves = (['start', 'cancel', 'end', 'review'] as const).map(move =>
    EXERCISE_STATES.map(state => afterExerciseMove(state, move)),
  )
  expect(moves).toEqual([
    ['running', null, null, null, null],
    ['cancelled', null, null, null, null],
    [null, 'ended', null, null, null],
    [null, null, 'closed', null, null],
  ])
})

it('answers are counted with those that never came, and timed without them', () => {
  expect(answeredIn([3, null, 1, 2, null])).toEqual({ asked: 5, answered: 3, median: 2 })
  expect(answeredIn([null])).toEqual({ asked: 1, answered: 0, median: null })
})
