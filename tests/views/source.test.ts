import { describe, expect, test } from 'vitest'
import type { KeptSource } from '../../src/operations/source.ts'
import type { Look, RecordTrail } from '../../src/operations/trail.ts'
import {
  confirmSourceModal,
  deputyModal,
  gradeSourceModal,
  identityModal,
  linkSourceModal,
  readSourceModal,
  recordSourceModal,
  sourcesModal,
  sourcesText,
} from '../../src/views/source.ts'
import { looksModal, trailModal } from '../../src/views/trail.ts'
import { RAISED_AT } from '../support/alert-facts.ts'
import { NASTY } from './stories.ts'
import { expectView, LANGUAGES, mentionsIn, textsOf, viewIn } from './surface.ts'

const CODE = 'A-7K4Q'
const alert = { id: 'alert-1', code: CODE }

function kept(change: Partial<KeptSource['source']> = {}, mine: KeptSource['mine'] = 'recorder'): KeptSource {
  const link = {
    alertId: alert.id,
    sourceId: 'source-1',
    reliability: 'B',
    credibility: 2,
    independent: true,
    recordedAt: RAISED_AT,
    reportId: null,
  } as const
  return {
    mine,
    source: {
      id: 'source-1',
      code: 'S-9XCF',
      sealed: 'x.y.z',
      wrappedKey: 'x.y.z',
      keyId: '01234567',
      recorder: 'person-1',
      deputy: null,
      doNotContact: null,
      replyAgreed: null,
      createdAt: RAISED_AT,
      erasedAt: null,
      ...change,
    },
    links: Array.from({ length: 9 }, () => ({ ...link, alert })),
  }
}

const cut = (text: string, max: number) => [...text].slice(0, max).join('')
const identities = Object.values(NASTY).map(text => ({
  name: cut(text, 200),
  reach: cut(text, 300),
  language: cut(text, 100),
  safeTimes: cut(text, 200),
  note: cut(text, 1000),
}))
const states = [
  kept(),
  kept({ doNotContact: RAISED_AT }, 'deputy'),
  kept({ erasedAt: RAISED_AT, sealed: null, wrappedKey: null, keyId: null }),
]

const trail: RecordTrail = {
  code: CODE,
  entries: Array.from({ length: 1500 }, (_, n) => ({
    seq: n + 1,
    at: RAISED_AT,
    recordedAt: RAISED_AT + 3_600_000,
    reportId: null,
    kind: 'alert.acknowledge',
    by: {
      kind: 'person',
      roles: [{ role: 'battalion_operations', sector: 'north' }],
      constituency: 'military',
      location: null,
    },
    codes: [
      ['slot', 'uniformed'],
      ['role', 'battalion_operations@north'],
      ['fields', 'threat,atRisk,perpetrator,askedFor,cameBy,group'],
    ],
  })),
}
const looks: Look[] = ['source', 'attribution', 'export', 'trail', 'something_new'].map(layer => ({
  at: RAISED_AT,
  by: { kind: 'person', roles: [], constituency: null, location: NASTY.broadcast },
  layer,
  code: layer === 'source' ? null : CODE,
  reason: layer === 'source' ? 'warn' : null,
}))

describe.each(LANGUAGES)('in %s', language => {
  const view = viewIn(language)
  const opened = identities.map((identity, n) => identityModal(view, states[n % 2]!, identity))
  const modals = {
    ...Object.fromEntries(opened.map((modal, n) => [`identity ${n}`, modal])),
    record: recordSourceModal(view, alert),
    'an empty list': sourcesModal(view, []),
    'a list longer than a modal': sourcesModal(
      view,
      Array.from({ length: 130 }, (_, n) => states[n % 3]!),
    ),
    ...Object.fromEntries(
      states.flatMap((each, n) => [
        [`read ${n}`, readSourceModal(view, each)],
        [`link ${n}`, linkSourceModal(view, each)],
        [`grade ${n}`, gradeSourceModal(view, { ...each, links: each.links.slice(0, 1) })],
        [`deputy ${n}`, deputyModal(view, each)],
      ]),
    ),
    ...Object.fromEntries(
      (['do_not_contact', 'may_contact', 'erase'] as const).map(kind => [
        kind,
        confirmSourceModal(view, states[0]!, kind),
      ]),
    ),
    'a trail longer than a modal': trailModal(view, trail, 'sound'),
    'a short trail': trailModal(view, { code: CODE, entries: trail.entries.slice(0, 1) }, 'broken'),
    looks: looksModal(view, looks, null),
    'no looks': looksModal(view, [], CODE),
  }

  test.each(Object.entries(modals))('%s: Slack takes it, no title or button cut', (_name, modal) => {
    expectView(modal)
  })

  test('nothing a person wrote mentions anybody or calls a channel', () => {
    const texts = [...opened, looksModal(view, looks, null)].flatMap(modal => textsOf(modal).mrkdwn)
    expect(mentionsIn(texts)).toEqual([])
  })

  test('a card counts independent sources and says which only repeat, without a code', () => {
    const said = sourcesText(view, { sources: { independent: 2, repeating: 1, grades: ['A1', 'B2', 'F6'] } })
    expect(said).toMatch(/^2 .*A1.*B2.*F6\n.*1 /)
    expect(said).not.toMatch(/S-/)
    expect(sourcesText(view, { sources: { independent: 0, repeating: 0, grades: [] } })).toBeNull()
  })
})

test.each(LANGUAGES)(
  'a source behind no alert is not said to be behind something, nor graded, in %s',
  language => {
    const view = viewIn(language)
    const said = JSON.stringify(sourcesModal(view, [{ ...kept(), links: [] }]))
    expect(said).toContain(view.words.t('source.list.noAlerts'))
    expect(said).not.toContain('grade:')
  },
)
