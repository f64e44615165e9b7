import { describe, expect, test } from 'vitest'
import { actKinds } from '../../src/domain/alert.ts'
import { STEPS } from '../../src/domain/mission.ts'
import { alertLine, type SaidLine } from '../../src/views/alert/lines.ts'
import {
  aPersonRead,
  holderOf,
  mentionsOf,
  type Story,
  type Told,
  tellAlert,
} from '../support/alert-facts.ts'
import { NASTY, stories } from './stories.ts'
import { expectMessage, LANGUAGES, mentionsIn, mission, viewIn } from './surface.ts'

/** One act of each kind, as it comes from Slack. */
const acts: Record<(typeof actKinds)[number], Told> = {
  acknowledge: { kind: 'acknowledge', slot: 'uniformed' },
  respond: { kind: 'respond', slot: 'uniformed', who: 'Patrol 3', untilAfter: 40 },
  watch: { kind: 'watch', slot: 'civilian', untilAfter: 120, note: 'Calling the chief' },
  not_acting: { kind: 'not_acting', slot: 'civilian', reason: 'out_of_range' },
  cannot_take: { kind: 'cannot_take', slot: 'uniformed', reason: 'off_duty' },
  moved: { kind: 'moved', slot: 'uniformed' },
  on_site: { kind: 'on_site', slot: 'uniformed' },
  command: { kind: 'command', reason: 'no_asset', note: 'No patrol before dawn' },
  close: { kind: 'close', reason: 'averted', note: 'Calm' },
  withdraw: { kind: 'withdraw', note: 'Raised twice' },
  information: { kind: 'information', note: 'Twenty men, two vehicles' },
  correct: { kind: 'correct', reason: 'place,how,threat,atRisk,askedFor,cameBy,group,perpetrator' },
  urgency: { kind: 'urgency', reason: 'happening_now', who: 'imminent' },
  triage: { kind: 'triage', reason: 'sector,place' },
  verify: { kind: 'verify', reason: 'corroborated', who: 'independent_sources' },
  report: { kind: 'report', reason: 'report-2' },
  reopen: { kind: 'reopen', note: 'Closed the wrong one' },
  merge: { kind: 'merge', reason: 'alert-2', who: 'here' },
  unmerge: { kind: 'unmerge', reason: 'alert-2' },
}

function lineOf(language: string, story: Story, line: SaidLine, minutes = 10) {
  const facts = tellAlert(mission, story)
  return alertLine(viewIn(language, minutes), facts, line, mentionsOf(facts))
}
const actLine = (language: string, told: Told, alert: Story['alert'] = {}) =>
  lineOf(language, { acts: [told], alert }, { line: 'act', act: 'act-1' })
const escalated = (story: Story, step = 'acknowledge', rungs = [1], language = 'en') =>
  lineOf(language, story, { line: 'escalated', slot: 'uniformed', step, round: 0, rungs })

describe.each(LANGUAGES)('a line of the thread in %s', language => {
  test.each(actKinds)('%s: says in a sentence by which post, and of which alert', kind => {
    for (const means of ['slack', 'phone', 'radio'] as const) {
      const message = expectMessage(actLine(language, { ...acts[kind], means }))
      expect(message.text).toMatch(/^\*A-7K4Q\* · \*.+\*/)
      expect(mentionsIn([message.text]), 'nobody is mentioned for their own act').toEqual([])
    }
  })

  test.each(Object.entries(NASTY))('%s: shown, not obeyed', (_name, words) => {
    const note = [...words].slice(0, 3000).join('')
    const who = [...words].slice(0, 200).join('')
    for (const kind of actKinds) {
      const told = { ...acts[kind], note, ...(kind === 'respond' ? { who } : {}) }
      mentionsIn([expectMessage(actLine(language, told)).text])
    }
  })

  test.each(STEPS)('%s: each rung that was told or skipped is named', step => {
    const told = [
      { slot: 'uniformed', step, rung: 1, outcome: 'vacant' },
      { slot: 'uniformed', step, rung: 2, outcome: 'unreachable' },
      { slot: 'uniformed', step, rung: 3, late: true },
    ] as const
    const message = expectMessage(escalated({ told: [...told] }, step, [1, 2, 3], language))
    expect(message.text).toContain('A-7K4Q')
    expect(message.text.split('\n')).toHaveLength(5)
    expect(mentionsIn([message.text])).toEqual(['<@UFORCEHQ>'])
  })

  test('nobody left to tell: the telephone of every post stands in the line', () => {
    const message = expectMessage(
      lineOf(language, {}, { line: 'exhausted', slot: 'uniformed', step: 'acknowledge' }),
    )
    for (const phone of ['0110', '0120', '0130', '0140']) expect(message.text).toContain(`555 ${phone}`)
  })

  test('raised: both owners and those informed', () => {
    const message = expectMessage(lineOf(language, {}, { line: 'raised' }))
    expect(message.text.split('\n')).toHaveLength(4)
    expect(mentionsIn([message.text])).toHaveLength(2)
  })
})

describe('who is mentioned', () => {
  test('the author is not, for their own alert', () => {
    const duty = holderOf({ role: 'company_duty_officer', sector: 'north' })
    const message = expectMessage(lineOf('en', { alert: { raisedBy: duty.id } }, { line: 'raised' }))
    expect(message.text).toContain('Company duty officer')
    expect(message.text).not.toContain(duty.userId)
    expect(message.text).not.toContain('Company duty officer (mentioned here')
  })

  test('whoever passed the alert on is not, where they hold the next post too', () => {
    const battalion = holderOf({ role: 'battalion_operations', sector: 'north' })
    const story = (byPerson: string, dueAfter: number): Story => ({
      acts: [{ ...acts.cannot_take, byPerson }],
      told: [
        {
          slot: 'uniformed',
          rung: 1,
          round: 1,
          dueAt: tellAlert(mission).alert.raisedAt + dueAfter * 60_000,
        },
      ],
    })
    const line: SaidLine = { line: 'escalated', slot: 'uniformed', step: 'acknowledge', round: 1, rungs: [1] }
    const passedOn = (byPerson: string, dueAfter = 1) =>
      mentionsIn([expectMessage(lineOf('en', story(byPerson, dueAfter), line)).text])
    expect(passedOn(battalion.id)).toEqual([])
    expect(passedOn('another')).toEqual([`<@${battalion.userId}>`])
    expect(passedOn(battalion.id, 11)).toEqual([`<@${battalion.userId}>`])
  })

  test('people’s words mention nobody, whatever they write', () => {
    const message = actLine('en', { kind: 'information', note: 'Ask <@U0JOCWATCH> and @channel' })
    expect(mentionsIn([message!.text])).toEqual([])
  })
})

describe('what a line leaves out', () => {
  test('that the perpetrators are known, since the card of the same channel may not show them', () => {
    expect(actLine('en', { kind: 'correct', reason: 'perpetrator,group' })).toBeNull()
    expect(actLine('en', acts.correct)?.text).toContain(
      'changed: place, how to find it, threat, who is at risk, what is asked for, and how it came in',
    )
  })

  test('an act that is no longer there', () => {
    expect(lineOf('en', {}, { line: 'act', act: 'gone' })).toBeNull()
  })

  test('the name of whoever acted without a role: the author is called the author', () => {
    const person = aPersonRead({ constituency: 'ngo' })
    const told = { kind: 'information', role: null, byPerson: person.id, note: 'They left' } as const
    const text = lineOf(
      'en',
      { acts: [told], author: { person, role: null } },
      { line: 'act', act: 'act-1' },
    )!.text
    expect(text).toContain('*Whoever raised it* adds: They left')
  })
})

test('an answer by radio that was written down later says when it was given', () => {
  const at = tellAlert(mission).alert.raisedAt + 5 * 60_000
  const recordedAt = at + 20 * 60_000
  const text = actLine('en', { ...acts.acknowledge, means: 'radio', at, recordedAt })!.text
  expect(text).toContain('acknowledged. (by radio, 02:15, written down here)')
})

test.each(Object.keys(stories))('every act of the story “%s” has its line', name => {
  const facts = tellAlert(mission, stories[name])
  for (const { id } of facts.acts) {
    for (const language of LANGUAGES)
      expectMessage(alertLine(viewIn(language), facts, { line: 'act', act: id }, mentionsOf(facts)))
  }
})
