import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CONSTITUENCIES } from '../../src/domain/mission.ts'
import {
  afterEvent,
  asksConsent,
  plainWords,
  type QuoteEvent,
  type QuoteState,
} from '../../src/domain/quote.ts'

it('only the mission’s own uniformed and civilian parts are put on record without being asked', () => {
  const unasked = CONSTITUENCIES.filter(constituency => !asksConsent(constituency))
  expect(unasked.sort()).toEqual(['military', 'mission_civilian', 'police'])
  expect(asksConsent(null)).toBe(true)
})

const event = fc.constantFrom<QuoteEvent>('put', 'agreed', 'refused', 'deleted', 'unput')

describe('whatever happens to a message, in whatever order', () => {
  it('words that need a yes stand only after one, and never again after a no or a deletion', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 20 }), events => {
        let state: QuoteState | null = null
        let agreed = false
        for (const each of events) {
          const next = afterEvent(state, each, true)
          if (each === 'agreed' && next === 'stands') agreed = true
          if (next === 'asked') agreed = false
          if (state === 'declined' || state === 'withdrawn') expect(next).toBeNull()
          state = next ?? state
          if (state === 'stands') expect(agreed).toBe(true)
        }
      }),
    )
  })

  it('the mission’s own words are never asked about', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 20 }), events => {
        let state: QuoteState | null = null
        for (const each of events) {
          state = afterEvent(state, each, false) ?? state
          expect(['asked', 'declined']).not.toContain(state)
        }
      }),
    )
  })
})

it.each([
  ['&lt;now&gt; &amp; here', '<now> & here'],
  ['ask <@U0ABC> or <@U0ABC|ana>', 'ask @… or @…'],
  ['in <#C0ABC|poc-north> and <#C0ABC>', 'in #poc-north and #…'],
  ['<!here> <!subteam^S1|@duty>', '@… @duty'],
  ['<https://unmob.example/a?b=1&amp;c=2>', 'https://unmob.example/a?b=1&c=2'],
  ['<https://unmob.example|the page>', 'the page (https://unmob.example)'],
  ['<mailto:a@unmob.example|a@unmob.example>', 'a@unmob.example'],
  ['&amp;lt;', '&lt;'],
])('%s is put on record as %s', (markup, words) => {
  expect(plainWords(markup)).toBe(words)
})

it('no more than 3,000 characters are kept, and no character is cut in two', () => {
  expect([...plainWords('🦬'.repeat(3_001))]).toHaveLength(3_000)
})
