import { describe, expect, it } from 'vitest'
import type { Inquiry } from '../../src/db/inquiries.ts'
import type { Release } from '../../src/db/releases.ts'
import { LANGUAGES } from '../../src/domain/mission.ts'
import { answeredMessage, answerModal, askModal, inquiryCard } from '../../src/views/inquiry.ts'
import {
  decidedMessage,
  proposalCard,
  proposeModal,
  refuseModal,
  summaryCard,
} from '../../src/views/release.ts'
import { tellAlert } from '../support/alert-facts.ts'
import { expectMessage, expectView, mission, viewIn } from './surface.ts'

const long = '<!channel> & "quoted" <@U0ANYONE> '.repeat(75).slice(0, 2500)
const release: Release = {
  id: 'release-1',
  code: 'R-7K4Q',
  alertId: 'alert-1',
  holder: 'mission_civilian',
  what: 'summary',
  summary: long,
  constituencies: ['un_agency', 'ngo'],
  channels: ['C0PROTECTION'],
  people: [],
  why: long.slice(0, 1000),
  sensitivity: 'high',
  tlp: 'amber_strict',
  proposedBy: 'person-1',
  proposedAt: 0,
  state: 'waiting',
  decidedBy: null,
  decidedAt: null,
  reason: null,
  narrowedBy: null,
  narrowedAt: null,
  requestKey: null,
}
const inquiry: Inquiry = {
  id: 'inquiry-1',
  code: 'Q-7K4Q',
  holder: 'ngo',
  side: 'mission',
  askedBy: 'person-1',
  askedAt: 0,
  what: long.slice(0, 1500),
  why: long.slice(0, 1000),
  wantedBy: '2026-12-01',
  state: 'open',
  answeredBy: null,
  answeredAt: null,
  reason: null,
  releaseId: null,
  requestKey: null,
}

describe.each(LANGUAGES)('releases and requests in %s', language => {
  const view = viewIn(language, 0)
  const alert = tellAlert(mission, { alert: { what: long } })
  const facts = (change: Partial<Release>) => ({
    release: { ...release, ...change },
    alert,
    decides: { role: 'poc_adviser', sector: null },
    recipients: { people: [], channels: [] },
  })

  it('keep within Slack’s limits, and do what nobody’s words say', () => {
    for (const state of ['waiting', 'released', 'refused', 'narrowed'] as const) {
      const card = proposalCard(view, facts({ state }), 'person-2')
      expectMessage(card)
      expect(JSON.stringify(card)).not.toContain('<!channel>')
    }
    expectMessage(summaryCard(view, { release, exercise: true }))
    expectMessage(decidedMessage(view, facts({ state: 'refused', reason: long.slice(0, 1000) })))
    expectView(proposeModal(view, { alert, standing: [{ ...release, state: 'released' }], channels: [] }))
    expectView(refuseModal(view, facts({}), true))
    expectView(askModal(view, 'humanitarian'))
    expectMessage(inquiryCard(view, inquiry, 'person-2'))
    expectView(answerModal(view, inquiry))
    expectMessage(answeredMessage(view, { ...inquiry, state: 'declined', reason: long.slice(0, 1000) }, null))
  })

  it('offer the decision to those who did not propose it, and only while it waits', () => {
    const buttons = (change: Partial<Release>, personId: string) =>
      JSON.stringify(proposalCard(view, facts(change), personId)).match(
        /release\.(release|refuse|narrow)"/g,
      ) ?? []
    expect(buttons({}, 'person-2')).toHaveLength(2)
    expect(buttons({}, 'person-1')).toEqual([])
    expect(buttons({ state: 'released' }, 'person-2')).toEqual(['release.narrow"'])
    expect(buttons({ state: 'refused' }, 'person-2')).toEqual([])
  })

  it('show in a summary’s card its words and no more of the alert', () => {
    const card = JSON.stringify(
      summaryCard(view, { release: { ...release, summary: 'Keep off' }, exercise: false }),
    )
    expect(card).toContain('Keep off')
    for (const word of [alert.alert.code, alert.alert.placeSaid, release.why])
      expect([word, card.includes(word)]).toEqual([word, false])
  })
})
