import { describe, expect, test } from 'vitest'
import { closingFacts } from '../../src/operations/alert/closing.ts'
import {
  answerModal,
  closeModal,
  correctModal,
  detailsModal,
  informationModal,
  placeValue,
  raiseModal,
  recordedModal,
  withdrawModal,
} from '../../src/views/alert/forms.ts'
import { readOutLines, readOutModal } from '../../src/views/alert/read-out.ts'
import { receiptModal, saidModal, whichOwnerModal } from '../../src/views/alert/receipt.ts'
import type { ViewContext } from '../../src/views/context.ts'
import { type Story, tellAlert } from '../support/alert-facts.ts'
import { allDetails, ended, inEveryField, NASTY, stories } from './stories.ts'
import { expectView, LANGUAGES, mentionsIn, mission, textsOf, viewIn } from './surface.ts'

const answers = ['respond', 'watch', 'not_acting', 'cannot_take'] as const
const said = ['acknowledge', 'respond', 'watch', 'not_acting', 'on_site'] as const
const kinds = mission.taxonomy.at_risk.map(({ id }) => id)

/** Every form, receipt and read-out of one alert. */
function everyModal(view: ViewContext, story: Story) {
  const facts = tellAlert(view.mission, story)
  const { alert } = facts
  const hats = facts.owners.flatMap(({ owner, posts }) =>
    posts.map((ref, rung) => ({ slot: owner.slot, rung, ref })),
  )
  const roles = hats.map(({ ref }) => ref)
  const closing = { ...closingFacts(view, facts), met: false }
  const raise = { what: alert.what, channelId: 'C1', partner: false }
  const place = {
    text: alert.placeSaid,
    value: `${placeValue.said}${[...alert.placeSaid].slice(0, 140).join('')}`,
  }
  return {
    'raise, empty': raiseModal(view, { channelId: null, partner: true }),
    'raise, filled in': raiseModal(view, { ...raise, place, askSector: true }),
    correct: correctModal(view, facts),
    'details, none yet': detailsModal(view, facts, []),
    details: detailsModal(view, facts, kinds),
    close: closeModal(view, facts, closing),
    'close, unmet need, several roles': closeModal(view, facts, { ...closing, needsPhysical: true }, roles),
    'close, once more': closeModal(view, facts, closing, roles, {
      outcome: 'averted',
      note: alert.what,
      tiers: {},
    }),
    withdraw: withdrawModal(view, alert),
    'withdraw, several roles': withdrawModal(view, alert, roles),
    information: informationModal(view, alert),
    ...Object.fromEntries(
      answers.flatMap(kind => [
        [kind, answerModal(view, alert, kind, { hats: [] })],
        [`${kind}, several posts`, answerModal(view, alert, kind, { hats, reason: 'other' })],
      ]),
    ),
    ...Object.fromEntries(said.map(answer => [`recorded ${answer}`, recordedModal(view, facts, answer)])),
    receipt: receiptModal(view, facts),
    'which owner': whichOwnerModal(view, facts, 'alert.acknowledge', hats),
    'read-out': readOutModal(view, facts),
    said: saidModal(view, alert.code, 'Recorded.'),
  }
}

describe.each(LANGUAGES)('forms in %s', language => {
  test.each(Object.keys(stories))('%s: Slack takes every form, no title or button cut', name => {
    for (const modal of Object.values(everyModal(viewIn(language), stories[name]!))) expectView(modal)
  })

  test.each(Object.entries(NASTY))('%s: shown, not obeyed', (_name, words) => {
    const story = inEveryField(words)
    for (const shown of [story, ended(story, 'close')]) {
      for (const modal of Object.values(everyModal(viewIn(language), shown)))
        mentionsIn(textsOf(expectView(modal)).mrkdwn)
    }
  })

  test('long names of roles and terms still fit', () => {
    const long = 'Officier de permanence de la coordination civilo-militaire '.repeat(4).slice(0, 200)
    const name = { en: long, fr: long }
    const { taxonomy } = mission
    const wordy = {
      ...mission,
      sectors: mission.sectors.map(sector => ({ ...sector, name })),
      roles: mission.roles.map(role => ({ ...role, name })),
      taxonomy: {
        ...taxonomy,
        at_risk: taxonomy.at_risk.map(term => ({ ...term, name })),
        outcomes: taxonomy.outcomes.map(term => ({ ...term, name })),
        not_acting: taxonomy.not_acting.map(term => ({ ...term, name })),
      },
    }
    for (const modal of Object.values(
      everyModal({ ...viewIn(language), mission: wordy }, { alert: allDetails }),
    ))
      expectView(modal)
  })
})

describe('the read-out', () => {
  const lines = (story: Story) => readOutLines(viewIn('en'), tellAlert(mission, story))

  test('is five lines, the code spelled for a radio', () => {
    const spoken = lines(stories['with every detail']!)
    expect(spoken).toHaveLength(5)
    expect(spoken[0]).toBe('Alert A 7 K 4 Q. Imminent. Raised 21 Nov 02:10.')
    expect(spoken[3]).toBe(
      'At risk: Residents (1,200), Internally displaced people (number unknown), Refugees (40), Returnees (12), Host community (number unknown), and Aid workers (3).',
    )
  })

  test('says what is not known instead of the name of the field', () => {
    const spoken = lines(stories['without a sector']!)
    expect(spoken[1]).toBe('Where: Beyond the hills. Sector not yet known. Distance to a base not known.')
    expect(spoken[2]).toContain('Threat: not yet known.')
    expect(spoken[3]).toBe('At risk: not yet known.')
  })

  test('holds in full what the card had to cut, to the last word', () => {
    const facts = tellAlert(mission, { alert: { what: `${NASTY.long.slice(0, 9_990)}the end` } })
    const { mrkdwn } = textsOf(readOutModal(viewIn('en'), facts))
    expect(mrkdwn.join('')).toContain('the end')
    expect(mrkdwn.join('').length).toBeGreaterThan(9_990)
  })

  test('escapes people’s words once', () => {
    const spoken = lines({
      alert: { what: 'Men & women' },
      acts: [{ kind: 'respond', slot: 'uniformed', who: 'A & B' }],
    }).join('\n')
    expect(spoken).toContain('Men &amp; women.')
    expect(spoken).toContain('Responding: A &amp; B')
    expect(spoken).not.toContain('&amp;amp;')
  })
})

describe('the forms', () => {
  test('a place as said, however long, can be kept when something else is corrected', () => {
    const facts = tellAlert(mission, { alert: { placeId: null, placeSaid: '🔥'.repeat(150) } })
    expectView(correctModal(viewIn('en'), facts))
  })

  test('the first screen says who will read the alert, and under which name', () => {
    const shown = (partner: boolean) =>
      textsOf(raiseModal(viewIn('en'), { channelId: null, partner })).mrkdwn.join('\n')
    expect(shown(false)).toContain('Who will read this')
    expect(shown(false)).toContain('by your role, not by name')
    expect(shown(true)).toContain('What cannot be hidden')
  })

  test('the receipt says the code, who is being told, and that an unknown sector is being looked into', () => {
    const shown = textsOf(receiptModal(viewIn('en'), tellAlert(mission, stories['without a sector']!))).mrkdwn
    expect(shown.join('\n')).toContain('Recorded as A-7K4Q at 02:10')
    expect(shown.join('\n')).toContain('The operations centre has been asked')
  })
})
