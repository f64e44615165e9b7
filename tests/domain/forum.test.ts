import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  afterMove,
  FORUM_MOVES,
  type ForumMove,
  type ForumState,
  isAlike,
  leftOut,
} from '../../src/domain/forum.ts'
import {
  afterMeetingMove,
  agesOf,
  entersAs,
  MEETING_MOVES,
  type MeetingMove,
  type MeetingState,
  mayClose,
  nextMeetingAt,
  shareWithOutcomes,
} from '../../src/domain/meeting.ts'
import { FORUM_CLASSES } from '../../src/domain/mission.ts'

/** Every state passed through; a move that cannot be made changes nothing. */
function pathOf<S, M>(first: S, moves: readonly M[], after: (state: S, move: M) => S | null): S[] {
  const path = [first]
  for (const move of moves) path.push(after(path.at(-1) as S, move) ?? (path.at(-1) as S))
  return path
}

const walk = (forumClass: (typeof FORUM_CLASSES)[number], moves: readonly ForumMove[]) =>
  pathOf<ForumState, ForumMove>('active', moves, (state, move) => afterMove(forumClass, state, move))

describe('a group', () => {
  it('of a crisis is closed by standing down and then by its review, whatever is tried', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...FORUM_MOVES)), moves => {
        const path = walk('crisis', moves)
        expect(path).not.toContain('hosted')
        const closed = path.indexOf('closed')
        if (closed > 0) expect(path[closed - 1]).toBe('stood_down')
      }),
    )
  })

  it('of any other class never owes a review, and one that is hosted comes back before it closes', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...FORUM_CLASSES.filter(each => each !== 'crisis')),
        fc.array(fc.constantFrom(...FORUM_MOVES)),
        (forumClass, moves) => {
          const path = walk(forumClass, moves)
          expect(path).not.toContain('stood_down')
          const closed = path.indexOf('closed')
          if (closed > 0) expect(path[closed - 1]).toBe('active')
        },
      ),
    )
  })

  it('closed stays closed', () => {
    for (const forumClass of FORUM_CLASSES)
      for (const move of FORUM_MOVES) expect(afterMove(forumClass, 'closed', move)).toBeNull()
  })

  it.each([
    ['the same class in the same place', {}, true],
    ['another sector', { sector: 'south' }, false],
    ['nearly the same name', { class: 'effects', name: 'Protection working groop' }, true],
    ['another name and class', { class: 'effects', name: 'Joint effects' }, false],
    ['another alert', { class: 'crisis', name: 'Crisis', alertId: 'other' }, false],
    ['the same alert', { class: 'crisis', name: 'Crisis', alertId: 'alert' }, true],
  ] as const)('is likely the same as one of %s: %s', (_, change, expected) => {
    const one = {
      class: 'working',
      name: 'Protection working group',
      sector: 'north',
      alertId: 'alert',
    } as const
    expect(isAlike(one, { ...one, alertId: null, ...change })).toBe(expected)
  })

  it('names those it leaves out', () => {
    expect(leftOut(['un_agency', 'ngo'], ['un_agency'])).toEqual(['ngo'])
    expect(leftOut(['un_agency'], ['un_agency', 'ngo'])).toEqual([])
  })
})

describe('a meeting', () => {
  it('is never reopened, and one that was held is never cancelled', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...MEETING_MOVES)), moves => {
        const path = pathOf<MeetingState, MeetingMove>('planned', moves, afterMeetingMove)
        const order = ['planned', 'open', 'closed']
        const held = path.includes('open')
        expect(held && path.includes('cancelled')).toBe(false)
        if (held)
          expect(path.map(state => order.indexOf(state))).toEqual(
            path.map(state => order.indexOf(state)).toSorted(),
          )
      }),
    )
  })

  it.each([
    [0, 0, null, false],
    [1, 0, null, true],
    [0, 1, null, true],
    [0, 0, 'All of it is under way', true],
  ])('with %i decisions, %i tasks and the reason %j may close: %s', (decisions, tasks, because, expected) => {
    expect(mayClose({ decisions, tasks, because })).toBe(expected)
  })

  it.each([
    ['mission_civilian', false, 'stands'],
    ['military', false, 'stands'],
    ['un_agency', false, 'asked'],
    ['ngo', false, 'asked'],
    ['human_rights', false, 'asked'],
    [null, false, 'asked'],
    ['ngo', true, 'stands'],
  ] as const)('takes words of %s, put there by themselves %s, as %s', (constituency, own, state) => {
    expect(entersAs(constituency, own)).toBe(state)
  })

  it('counts only those that were held', () => {
    expect(shareWithOutcomes([])).toEqual({ held: 0, withOutcomes: 0, share: null })
    expect(
      shareWithOutcomes([
        { state: 'closed', outcomes: 2 },
        { state: 'closed', outcomes: 0 },
        { state: 'cancelled', outcomes: 0 },
        { state: 'open', outcomes: 1 },
      ]),
    ).toEqual({ held: 2, withOutcomes: 1, share: 0.5 })
  })

  it('says how old open decisions are, and nothing where none is open', () => {
    expect(agesOf([{ at: 0, doneAt: 5 }], 10)).toBeNull()
    expect(
      agesOf(
        [
          { at: 0, doneAt: null },
          { at: 4, doneAt: null },
          { at: 8, doneAt: null },
        ],
        10,
      ),
    ).toEqual({
      open: 3,
      median: 6,
      oldest: 10,
    })
  })

  it('comes after now, on its cadence', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1e6 }),
        fc.integer({ min: 1, max: 1e5 }),
        fc.integer({ min: 0, max: 2e6 }),
        (last, every, now) => {
          const next = nextMeetingAt(last, every, now)
          expect(next).toBeGreaterThan(Math.max(last, now) === last ? last : now)
          expect((next - last) % every).toBe(0)
        },
      ),
    )
  })
})
