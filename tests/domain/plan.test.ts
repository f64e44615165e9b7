import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  afterPlanMove,
  isAgreed,
  isInOrder,
  missingPosts,
  PLAN_MOVES,
  type PlanState,
  standingOf,
  unknownBefore,
  VOICE_ANSWERS,
  waitingFor,
} from '../../src/domain/plan.ts'

describe('a joint plan', () => {
  it('is executed only after it was consulted and agreed as it then stands, and what is closed stays closed', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...PLAN_MOVES)), moves => {
        let state: PlanState = 'draft'
        let [consulted, agreed] = [false, false]
        for (const move of moves) {
          const after = afterPlanMove(state, move)
          if (state === 'closed') expect(after).toBeNull()
          if (after === null) continue
          if (move === 'change') [consulted, agreed] = [false, false]
          if (move === 'consult') consulted = true
          if (move === 'agree') {
            expect(consulted).toBe(true)
            agreed = true
          }
          if (move === 'start') expect(agreed).toBe(true)
          state = after
        }
      }),
    )
  })

  it('takes no change once it is under way', () => {
    expect(afterPlanMove('executing', 'change')).toBeNull()
    expect(afterPlanMove('agreed', 'change')).toBe('draft')
  })

  it('counts the last word of each post to this revision, and no comment as an answer', () => {
    const post = fc.constantFrom('a', 'b')
    const voice = fc.record({
      post,
      answer: fc.constantFrom(...VOICE_ANSWERS),
      revision: fc.integer({ min: 1, max: 2 }),
    })
    fc.assert(
      fc.property(fc.array(voice), voices => {
        const standing = standingOf(['a', 'b'], voices, 2)
        for (const { post: of, answer } of standing) {
          const own = voices.filter(
            each => each.post === of && each.revision === 2 && each.answer !== 'comment',
          )
          expect(answer).toBe(own.at(-1)?.answer ?? null)
        }
        expect(isAgreed(standing)).toBe(standing.every(({ answer }) => answer === 'agree'))
      }),
    )
    expect(isAgreed([])).toBe(false)
  })

  it('knows what a step may wait for, what waits for it, and which posts have none', () => {
    const steps = [
      { position: 1, what: 'gate', after: [] },
      { position: 3, what: 'water', after: [1] },
    ]
    expect(unknownBefore(steps, [1, 2])).toEqual([2])
    expect(waitingFor(steps, 1)).toEqual([3])
    expect(isInOrder(steps)).toBe(true)
    expect(isInOrder([{ position: 1, what: 'gate', after: [1] }])).toBe(false)
    expect(missingPosts(['a', 'b'], ['b', 'ngo'])).toEqual(['a'])
  })
})
