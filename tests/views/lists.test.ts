import { describe, expect, test } from 'vitest'
import { DIGEST_SECTIONS, digestSections } from '../../src/domain/digest.ts'
import type { AlertFacts } from '../../src/operations/alert/facts.ts'
import type { Digest } from '../../src/operations/digest.ts'
import { digestMessage } from '../../src/views/digest.ts'
import { foundMessage, helpMessage } from '../../src/views/help.ts'
import { homeView } from '../../src/views/home.ts'
import { MINUTE, RAISED_AT, type Story, tellAlert } from '../support/alert-facts.ts'
import { ended, inEveryField, NASTY, stories } from './stories.ts'
import { expectMessage, expectView, LANGUAGES, mentionsIn, mission, obeyed, viewIn } from './surface.ts'

const DAY = 24 * 60 * MINUTE
const MORNING = RAISED_AT + 4 * 60 * MINUTE

function digestOf(alerts: readonly Story[], more: Partial<Digest> = {}): Digest {
  const window = { from: MORNING - DAY, to: MORNING }
  const facts = alerts.map((story, index) => {
    const told = tellAlert(mission, story)
    return { ...told, alert: { ...told.alert, id: `alert-${index}`, code: `A-7K${10 + index}` } }
  })
  const { ended, quiet, ...open } = digestSections(facts, window)
  return {
    kind: 'daily',
    order: DIGEST_SECTIONS,
    given: { ...open, outcomes: ended },
    quiet,
    window,
    outages: [],
    dueAt: null,
    ...more,
  }
}
const shown = (digest: Digest, language = 'en') =>
  obeyed(expectMessage(digestMessage(viewIn(language, 240), digest))).join('\n')

const many = (count: number, story: (n: number) => Story) => Array.from({ length: count }, (_, n) => story(n))
const found = (count: number, story: Story = {}): AlertFacts[] =>
  many(count, () => story).map(told => tellAlert(mission, told))

describe.each(LANGUAGES)('the digest in %s', language => {
  const view = viewIn(language, 240)

  test('nothing, one and many alerts: Slack takes it, and it ends as a sentence', () => {
    for (const alerts of [[], [{}], Object.values(stories), many(60, n => Object.values(stories)[n % 20]!)]) {
      const message = expectMessage(digestMessage(view, digestOf(alerts)))
      expect(message.text).toMatch(/\.$/)
      expect(message.text).toContain(mission.short)
    }
  })

  test('late, and after outages', () => {
    const outages = [
      { fromAt: MORNING - 300 * MINUTE, toAt: MORNING - 200 * MINUTE },
      { fromAt: MORNING - 30 * MINUTE, toAt: MORNING },
    ]
    const message = expectMessage(
      digestMessage(view, digestOf([{}], { outages, dueAt: MORNING - 30 * MINUTE })),
    )
    expect(message.blocks?.[1]).toMatchObject({ type: 'context' })
  })

  test.each(Object.entries(NASTY))(
    '%s in every alert: shown, not obeyed, and short enough',
    (_name, words) => {
      const open = inEveryField(words)
      const answered = open.acts!.slice(0, 3)
      const urgent = { ...open, acts: answered }
      const alerts = [
        ...many(10, () => open),
        ...many(10, () => urgent),
        ...many(10, () => ({ ...urgent, alert: { ...open.alert, urgency: 'tension' as const } })),
        ...many(10, () => ended(open, 'close')),
        ...many(10, () => ended(open, 'withdraw')),
      ]
      mentionsIn(obeyed(expectMessage(digestMessage(view, digestOf(alerts)))))
    },
  )

  test('help, home and what was found, with nothing, one and many, in the nastiest words', () => {
    for (const words of ['market', ...Object.values(NASTY)]) {
      for (const count of [0, 1, 30]) {
        const alerts = found(count, inEveryField(words))
        const messages = [foundMessage(view, words, alerts), helpMessage(view, alerts)]
        for (const message of messages) mentionsIn(obeyed(expectMessage(message)))
        expectView(homeView(view, { waiting: alerts, joining: [], also: [], home: null }))
      }
    }
  })

  test('help and what was found speak in sentences', () => {
    for (const count of [0, 1, 2]) {
      expect(helpMessage(view, found(count)).text).toMatch(/\.$/)
      expect(foundMessage(view, 'market', found(count)).text).toMatch(/\.$/)
    }
  })
})

describe('what the digest says', () => {
  test('nothing to report is said', () => {
    expect(shown(digestOf([]))).toContain('Nothing to report')
    expect(shown(digestOf([]), 'fr')).toContain('Rien à signaler')
  })

  test('what became of civilians stands first, then what nobody answered, before what is happening', () => {
    const text = shown(
      digestOf([stories.closed!, stories['responding and watching']!, stories.overdue!, stories.withdrawn!]),
    )
    const places = [
      'What became of civilians: alerts closed or withdrawn (2)',
      'Unanswered, undecided or overdue (2)',
    ].map(title => text.indexOf(title))
    expect(places).toEqual(places.toSorted((a, b) => a - b))
    expect(places[0]).toBeGreaterThan(-1)
    expect(text).toContain('*Threat averted.* Market calm')
    expect(text).toContain('*Withdrawn.* Raised twice')
  })

  test('an acknowledgement without a decision stands out', () => {
    expect(shown(digestOf([stories['acknowledged, nothing decided']!]))).toContain(
      'Civilian owner: *acknowledged, nothing decided*',
    )
  })

  test('what finds no room is counted, with the mission’s own command to find it', () => {
    const own = { ...viewIn('en', 240), mission: { ...mission, commandPrefix: 'ombara' } }
    const text = obeyed(digestMessage(own, digestOf(many(20, () => ({}))))).join('\n')
    expect(text).toMatch(/… and 1\d more: `\/ombara`/)
    expect(text).not.toContain('/poc')
  })

  test('every alert of a section is shown or counted', () => {
    const text = shown(digestOf(many(30, () => inEveryField('"'.repeat(3000)))))
    const lines = text.split('\n').filter(line => /^\S+ \*A-/u.test(line)).length
    const rest = Number(/… and (\d+) more/.exec(text)?.[1])
    expect(lines + rest).toBe(30)
  })

  test('when the bot was away is said, from when to when', () => {
    const outages = [{ fromAt: MORNING - 90 * MINUTE, toAt: MORNING - 30 * MINUTE }]
    const text = shown(digestOf([], { outages, dueAt: MORNING - 5 * MINUTE }))
    expect(text).toContain('The bot was away from 21 Nov 04:40 to 21 Nov 05:40 (1 h)')
    expect(text).toContain('Late: this was due 21 Nov 06:05.')
  })
})

describe('what was found', () => {
  test('nothing: what else to try, with the words as they were typed', () => {
    expect(foundMessage(viewIn('en'), '<!channel> *x*', []).text).toContain('“&lt;!channel&gt; ＊x＊”')
  })

  test('what finds no room is counted', () => {
    const message = foundMessage(viewIn('en'), 'market', found(30))
    expect(obeyed(message).join('\n')).toContain('… and 22 more.')
  })
})
