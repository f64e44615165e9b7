import { describe, expect, it } from 'vitest'
import type { AuthorityTelling } from '../../src/db/authorities.ts'
import type { CommunityFeedback, ReprisalCheck } from '../../src/db/feedback.ts'
import { DECIDERS } from '../../src/domain/authorities.ts'
import { FEEDBACK_ANSWERS, REPRISAL_ANSWERS } from '../../src/domain/feedback.ts'
import { type Incident, SUB_TYPES } from '../../src/domain/incident.ts'
import { LANGUAGES } from '../../src/domain/mission.ts'
import { type AlertResponse, RESPONDERS, TIERS } from '../../src/domain/response.ts'
import type { AuthorityFacts } from '../../src/operations/authorities.ts'
import { decisionMessage, tellingLine, tellModal, withheldModal } from '../../src/views/authorities.ts'
import * as feedback from '../../src/views/feedback.ts'
import * as cards from '../../src/views/incident.ts'
import * as forms from '../../src/views/incident-form.ts'
import { responseLine, responseModal, responsesModal } from '../../src/views/response.ts'
import { RAISED_AT, tellAlert } from '../support/alert-facts.ts'
import { NASTY } from './stories.ts'
import { expectMessage, expectView, mentionsIn, mission, obeyed, textsOf, viewIn } from './surface.ts'

const words = (text: string, max: number) => [...text].slice(0, max).join('')

function response(text: string, change: Partial<AlertResponse> = {}): AlertResponse {
  return {
    ...{
      id: 'response-1',
      alertId: 'alert-1',
      version: 1,
      responder: 'mission_military',
      holder: 'military',
    },
    ...{ audience: ['military'], naming: 'partner', organisation: null, tier: 2, who: words(text, 200) },
    ...{ startedAt: RAISED_AT, arrivedAt: RAISED_AT + 60_000, endedAt: RAISED_AT + 120_000 },
    ...{ did: words(text, 3000), result: 'averted', resultNote: words(text, 1000), actId: null },
    ...{ recordedBy: 'person-1', recordedAt: RAISED_AT, role: null, means: 'slack' },
    ...change,
  } as AlertResponse
}
const check = (text: string, answer: ReprisalCheck['answer']): ReprisalCheck => ({
  ...{ id: 'check-1', alertId: 'alert-1', afterMs: 7 * 86_400_000, askedAt: RAISED_AT, answer },
  ...{
    answeredBy: answer && 'person-1',
    answeredAt: answer && RAISED_AT,
    words: answer && words(text, 2000),
  },
})
const owed = (text: string, state: CommunityFeedback['state']): CommunityFeedback => ({
  ...{ id: 'feedback-1', alertId: 'alert-1', askedAt: RAISED_AT, reminders: 0, state },
  ...{
    answeredBy: 'person-1',
    answeredAt: RAISED_AT,
    role: 'liaison_assistant@north',
    words: words(text, 2000),
  },
})
const incident = (text: string, change: Partial<Incident> = {}): Incident => ({
  ...{ id: 'incident-1', code: 'N-7K4Q', version: 1, exercise: true, holder: 'ngo', audience: ['military'] },
  ...{ subType: 'attack', at: RAISED_AT, precision: 'hour', placeId: null, placeSaid: words(text, 150) },
  ...{ lat: null, lon: null, sector: 'north', what: words(text, 5000), perpetrator: 'armed_group' },
  harm: { killed: 31, injured: 1200, abducted: null, displaced: 4 },
  groups: [
    { harm: 'killed', group: 'women', count: 12 },
    { harm: 'killed', group: 'girls', count: 2 },
  ],
  ...{ recordedBy: 'person-1', recordedAt: RAISED_AT, role: null },
  ...change,
})

describe.each(LANGUAGES)('what follows an alert, in %s', language => {
  const view = viewIn(language, 30)
  const facts = tellAlert(mission, { alert: { lifecycle: 'closed', outcome: 'attack_occurred' } })

  describe.each(Object.entries(NASTY))('%s', (_, text) => {
    it('responses: Slack takes them, and obeys no word of them', () => {
      const rows = RESPONDERS.flatMap(responder =>
        TIERS.map(tier =>
          response(text, { responder, tier, naming: 'organisation', organisation: words(text, 75) }),
        ),
      )
      const responses = [...rows, ...rows].map((row, at) => ({ ...row, id: `response-${at}` }))
      const told = { ...facts, responses }
      const list = expectView(responsesModal(view, told, { record: true, change: () => true }))
      expect(mentionsIn(textsOf(list).mrkdwn)).toEqual([])
      for (const row of rows) expect(mentionsIn([responseLine(view, told, row, 'amended').text])).toEqual([])
      for (const row of [null, rows[0]!, rows.at(-1)!]) {
        const responder = row?.responder ?? 'humanitarian_partner'
        const form = { row, responders: RESPONDERS, responder, startedAt: null, arrivedAt: null }
        expectView(
          responseModal(view, told, {
            ...form,
            who: words(text, 200),
            actId: null,
            organisation: 'ACME',
            roles: [],
          }),
        )
      }
      const message = expectMessage(feedback.authorMessage(view, told))
      expect(mentionsIn(obeyed(message))).toEqual([])
    })

    it('what is owed to a community, and what is asked about reprisals', () => {
      for (const state of ['open', ...FEEDBACK_ANSWERS] as const) {
        const read = { facts, feedback: owed(text, state) }
        expect(mentionsIn(obeyed(expectMessage(feedback.feedbackCard(view, read))))).toEqual([])
        expectMessage(feedback.feedbackReminder(view, read))
        expectMessage(feedback.feedbackLine(view, read))
      }
      for (const answer of FEEDBACK_ANSWERS)
        expectView(feedback.feedbackModal(view, { facts, feedback: owed(text, 'open') }, answer))
      expectMessage(feedback.joinedMessage(view, 'A-7K4Q', facts))
      for (const answer of [null, ...REPRISAL_ANSWERS]) {
        expectMessage(feedback.reprisalCard(view, facts, check(text, answer)))
        const rights = expectMessage(feedback.reprisalForRights(view, facts, check(text, answer), true))
        const elsewhere = expectMessage(feedback.reprisalForRights(view, facts, check(text, answer), false))
        expect(JSON.stringify(elsewhere)).not.toContain(facts.alert.code)
        expect(mentionsIn(obeyed(rights))).toEqual([])
      }
      expectView(feedback.reprisalModal(view, facts, check(text, null)))
    })

    it('what the authorities were told', () => {
      const telling: AuthorityTelling = {
        ...{
          id: 'telling-1',
          alertId: 'alert-1',
          at: RAISED_AT,
          recordedAt: RAISED_AT,
          recordedBy: 'person-1',
        },
        ...{
          role: 'head_of_office@north',
          told: 'mayor',
          words: words(text, 3000),
          means: 'phone',
          requestKey: null,
        },
      }
      const post = { role: 'head_of_office', sector: 'north' }
      const read: AuthorityFacts = {
        ...{ facts, tellings: Array.from({ length: 12 }, () => telling), needed: [...DECIDERS], may: false },
        decisions: [],
        posts: { head_of_office: post, human_rights: post, humanitarian: post },
        ...{ liaison: [post], decides: ['head_of_office'] },
      }
      for (const modal of [
        tellModal(view, read),
        withheldModal(view, read),
        withheldModal(view, { ...read, decides: [] }),
      ])
        expect(mentionsIn(textsOf(expectView(modal)).mrkdwn)).toEqual([])
      expect(mentionsIn([tellingLine(view, facts, telling).text])).toEqual([])
      expectMessage(decisionMessage(view, read, 'human_rights'))
    })

    it('an incident', () => {
      const warned = { alerts: [facts], record: 'warned_unanswered', by: [] } as const
      const whole = { alerts: [facts], attribution: null, namesState: false, recorder: null }
      const reader = { attribution: true, warned: { ...warned, alerts: [facts], by: [] }, changes: true }
      for (const change of [
        {},
        { placeSaid: '', precision: 'week' as const },
        { subType: 'sexual_violence' as const },
      ]) {
        const read = { ...whole, incident: incident(text, change) }
        expect(mentionsIn(obeyed(expectMessage(cards.incidentCard(view, read, reader))))).toEqual([])
        expectView(forms.incidentModal(view, { incident: read.incident, alleged: 'armed_group' }))
        expectView(forms.linkModal(view, read, [facts], true))
        const list = { rows: Array.from({ length: 10 }, () => read), page: 1, more: true }
        expectMessage(cards.incidentsMessage(view, list, () => reader.warned))
      }
    })
  })

  it('numbers by sex and age are read as they are written, and refused where they are not understood', () => {
    const { groups } = incident('')
    expect(forms.groupsRead(view, forms.groupsTyped(view, { groups }))).toEqual(groups)
    for (const wrong of ['women 2', 'Killed women 2', ':', 'x: women 2', 'Killed: horses 2'])
      expect(forms.groupsRead(view, wrong)).toBeNull()
  })

  it('every sub-type can be chosen', () => {
    const form = JSON.stringify(expectView(forms.incidentModal(view, {})))
    expect(SUB_TYPES.filter(each => !form.includes(`"${each}"`))).toEqual([])
  })
})
