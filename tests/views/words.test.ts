import { globSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DIGEST_SECTIONS, digestSections } from '../../src/domain/digest.ts'
import { type Resources, readResources } from '../../src/locales/resources.ts'
import { alertCard } from '../../src/views/alert/card.ts'
import { alertLine } from '../../src/views/alert/lines.ts'
import { readOutModal } from '../../src/views/alert/read-out.ts'
import { receiptModal } from '../../src/views/alert/receipt.ts'
import { digestMessage } from '../../src/views/digest.ts'
import { foundMessage } from '../../src/views/help.ts'
import { mentionsOf, tellAlert } from '../support/alert-facts.ts'
import { ended as endedAs, inEveryField, NASTY } from './stories.ts'
import {
  expectMessage,
  expectView,
  LANGUAGES,
  mentionsIn,
  mission,
  obeyed,
  textsOf,
  viewIn,
} from './surface.ts'

/** What people paste, mistype and try. */
const words = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 30 }),
      fc.constantFrom(...Object.values(NASTY).map(text => text.slice(0, 80))),
      fc.constantFrom(
        '<',
        '>',
        '&',
        '*',
        '_',
        '`',
        '<@',
        '<!',
        '|',
        '@here',
        '\n',
        ' ',
        '&lt;',
        '\u202e',
        '😀',
      ),
    ),
    { minLength: 1, maxLength: 60 },
  )
  .map(parts => parts.join(''))
  .filter(text => text.trim() !== '')

test.each(LANGUAGES)('no words of a person are obeyed by Slack, in %s, whatever they write', language => {
  const view = viewIn(language)
  fc.assert(
    fc.property(words, text => {
      const story = inEveryField(text)
      const facts = tellAlert(mission, story)
      const closed = tellAlert(mission, endedAs(story, 'close'))
      const window = { from: 0, to: view.now }
      const { ended, quiet, ...open } = digestSections([facts, closed], window)
      const messages = [
        alertCard(view, facts, { attribution: true, personId: 'person-1' }),
        alertCard(view, closed, { attribution: false }),
        ...facts.acts.map(({ id }) => alertLine(view, facts, { line: 'act', act: id }, mentionsOf(facts))),
        digestMessage(view, {
          kind: 'daily',
          order: DIGEST_SECTIONS,
          given: { ...open, outcomes: ended },
          quiet,
          window,
          outages: [],
          dueAt: null,
        }),
        foundMessage(view, text, [facts, closed]),
      ]
      const people = new Set([...mentionsOf(facts).values()].map(person => `<@${person.userId}>`))
      const texts = [
        ...messages.flatMap(message => obeyed(expectMessage(message))),
        ...[readOutModal(view, closed), receiptModal(view, facts)].flatMap(
          modal => textsOf(expectView(modal)).mrkdwn,
        ),
      ]
      for (const mention of mentionsIn(texts)) expect(people).toContain(mention)
    }),
    { numRuns: 100 },
  )
})

test('a mark that turns the direction of writing does not turn what stands around it', () => {
  const facts = tellAlert(mission, inEveryField('سوق \u202e evil \u2066x'))
  const message = alertCard(viewIn('en'), facts, { attribution: true })
  expect(JSON.stringify(message)).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/)
  expect(JSON.stringify(message)).toContain('سوق')
})

function flatten(resources: Resources, path: string): [string, string][] {
  return Object.entries(resources).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${path}.${key}`, value]] : flatten(value, `${path}.${key}`),
  )
}

describe.each(LANGUAGES)('the words of the views in %s', language => {
  const resources = readResources(language)
  const texts = ['alert', 'digest', 'help'].flatMap(name => flatten(resources[name] as Resources, name))
  const under = (pattern: RegExp) => texts.filter(([key]) => pattern.test(key))
  const filled = (text: string) => text.replaceAll('{{code}}', 'A-7K4Q')
  const tooLong = (pattern: RegExp, max: number) =>
    under(pattern).filter(([, text]) => [...filled(text)].length > max)

  test('no title or button of a form is longer than Slack shows', () => {
    expect(tooLong(/^alert\.modal\.|^alert\..+\.(title|submit)$|^alert\.form\.title\./, 24)).toEqual([])
  })

  test('buttons stay short enough for a phone', () => {
    expect(tooLong(/^alert\.button\.|^help\.(show|raiseButton)$/, 20)).toEqual([])
    expect(tooLong(/^alert\.more\./, 75)).toEqual([])
  })

  test('placeholders fit', () => {
    expect(tooLong(/Hint$|\.choose|\.chooseTime$/, 150)).toEqual([])
  })

  test('no line of a phone begins with a mark that French sets apart', () => {
    const loose = language === 'fr' ? / [:;!?»]|« / : /\u00a0/
    const all = Object.entries(resources).flatMap(([name, of]) => flatten(of as Resources, name))
    expect(all.filter(([, text]) => loose.test(text))).toEqual([])
  })

  test('one sign is the apostrophe everywhere', () => {
    const all = Object.entries(resources).flatMap(([name, of]) => flatten(of as Resources, name))
    expect(all.filter(([, text]) => text.includes("'"))).toEqual([])
  })
})

test('between a name and what is said of it each language sets its own colon, and no view one by hand', () => {
  const views = globSync('src/views/**/*.ts').filter(file => !file.endsWith('incident-form.ts'))
  expect(views.filter(file => /\}: \$\{/.test(readFileSync(file, 'utf8')))).toEqual([])
})
