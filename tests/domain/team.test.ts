import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import {
  afterAct,
  type CompositionRules,
  holdsBack,
  isOpenTeam,
  isWaivable,
  mayDo,
  overlap,
  recommendationState,
  standingOf,
  TEAM_ACTS,
  TEAM_LINES,
  TEAM_STATES,
  type TeamAct,
  type TeamParty,
  type TeamState,
} from '../../src/domain/team.ts'

const PARTIES: TeamParty[] = ['proposer', 'approver', 'lead', 'member', 'room', 'chief']

test.each<[TeamState, TeamAct, TeamState | null]>([
  ['proposed', 'take_up', 'composing'],
  ['proposed', 'go', null],
  ['composing', 'go', 'out'],
  ['composing', 'take_up', null],
  ['composing', 'decline', 'declined'],
  ['composing', 'cancel', 'cancelled'],
  ['out', 'cancel', null],
  ['out', 'check_in', 'out'],
  ['out', 'extend', 'out'],
  ['out', 'return', 'back'],
  ['back', 'return', null],
  ['back', 'report', 'reported'],
  ['reported', 'report', 'reported'],
  ['back', 'close', null],
  ['reported', 'close', 'closed'],
  ['closed', 'report', null],
])('%s, %s: %s', (state, act, after) => {
  expect(afterAct(state, act)).toBe(after)
})

describe('whatever is done, and by whomever', () => {
  const acts = fc.array(fc.constantFrom(...TEAM_ACTS), { maxLength: 30 })

  it('a team that has ended stays ended, and none is closed that did not go and report', () => {
    fc.assert(
      fc.property(acts, all => {
        let state: TeamState = 'proposed'
        const seen: TeamState[] = [state]
        for (const act of all) {
          const next = afterAct(state, act)
          if (next === null) continue
          expect(isOpenTeam(state)).toBe(true)
          state = next
          seen.push(state)
        }
        if (state === 'closed')
          for (const step of ['composing', 'out', 'back', 'reported'] as const) expect(seen).toContain(step)
      }),
    )
  })

  it('only whoever decides lets it go, and only its members and the radio room say that it is back', () => {
    for (const state of TEAM_STATES)
      for (const party of PARTIES) {
        expect(mayDo(state, 'go', [party])).toBe(state === 'composing' && party === 'approver')
        expect(mayDo(state, 'return', [party])).toBe(
          state === 'out' && ['lead', 'member', 'room'].includes(party),
        )
      }
  })
})

const rules: CompositionRules = { leastSections: 2, must: ['human_rights'], women: 1, agencies: 'must' }

describe('what holds a team back', () => {
  it('names the lines in order, the sections that are missing and the humanitarian who must choose', () => {
    expect(holdsBack(rules, { confirmed: [], guests: 0, hasLead: false, lines: [], waived: [] })).toEqual([
      'security',
      'transport',
      'casevac',
      'lead',
      'least_sections',
      'must:human_rights',
      'opt_in',
    ])
    expect(
      holdsBack(rules, {
        confirmed: ['human_rights', 'police'],
        guests: 1,
        hasLead: true,
        lines: ['security', 'transport', 'casevac'],
        waived: [],
      }),
    ).toEqual([])
  })

  it('is never a prompting line, and a humanitarian’s own choice is waived by nobody', () => {
    fc.assert(
      fc.property(
        fc.subarray([...TEAM_LINES]),
        fc.subarray([
          'security',
          'transport',
          'casevac',
          'lead',
          'least_sections',
          'must:human_rights',
          'opt_in',
        ]),
        fc.boolean(),
        (lines, waived, hasLead) => {
          const left = holdsBack(rules, { confirmed: [], guests: 0, hasLead, lines, waived })
          for (const what of ['community', 'harm', 'perpetrators', 'due_diligence'])
            expect(left).not.toContain(what)
          expect(left).toContain('opt_in')
          for (const what of waived.filter(isWaivable)) expect(left).not.toContain(what)
        },
      ),
    )
    expect(isWaivable('opt_in')).toBe(false)
  })
})

test.each([
  [{ state: 'composing', heldBack: 1, missed: false, undecided: 0 }, 'composing'],
  [{ state: 'composing', heldBack: 0, missed: false, undecided: 0 }, 'ready'],
  [{ state: 'out', heldBack: 3, missed: false, undecided: 0 }, 'out'],
  [{ state: 'out', heldBack: 0, missed: true, undecided: 0 }, 'overdue'],
  [{ state: 'back', heldBack: 0, missed: true, undecided: 0 }, 'back'],
  [{ state: 'reported', heldBack: 0, missed: false, undecided: 1 }, 'reported'],
  [{ state: 'reported', heldBack: 0, missed: false, undecided: 0 }, 'followed_up'],
] as const)('%j stands as %s', (team, standing) => {
  expect(standingOf(team)).toBe(standing)
})

test.each([
  [false, [], 'undecided'],
  [true, [], 'refused'],
  [false, [{ kind: 'tasking', state: 'offered' }], 'tasked'],
  [false, [{ kind: 'request', state: 'accepted' }], 'requested'],
  [false, [{ kind: 'tasking', state: 'cancelled' }], 'undecided'],
  [false, [{ kind: 'tasking', state: 'not_taken_on' }], 'undecided'],
  [true, [{ kind: 'request', state: 'declined' }], 'refused'],
  [
    false,
    [
      { kind: 'tasking', state: 'cancelled' },
      { kind: 'request', state: 'done' },
    ],
    'done',
  ],
] as const)('a recommendation, refused %s, with %j is %s', (refused, given, state) => {
  expect(recommendationState(refused, given)).toBe(state)
})

it('stretches of time overlap where they share a moment', () => {
  expect(overlap({ from: 1, to: 2 }, { from: 2, to: 3 })).toBe(true)
  expect(overlap({ from: 1, to: 2 }, { from: 3, to: 4 })).toBe(false)
})
