/**
 * Everything the bot can show takes part in the proof: messages, cards, forms, lists, lines of files, papers, option
 * lists, the App Home. What is shown is made by a function of `src/views/` that is given a view to show it in; each of them
 * is called by a noun's `opens` or by a renderer of the outbox, directly or through others. And whatever leaves the bot by
 * another way than Slack, a command line or the health page, is named here with what holds it.
 */
import { globSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const read = (file: string) => readFileSync(file, 'utf8')
const DECLARED = /^(export )?(?:async )?(?:function\*? |const )(\w+)/gm

/** Shown without a word of any record, or to somebody about themselves alone. */
const APART: Readonly<Record<string, string>> = {
  ...about('an empty form: what is typed is the person’s own', [
    ...[
      'concernModal',
      'notifyModal',
      'postureModal',
      'proposeTeamModal',
      'newTaskingModal',
      'openRoundModal',
    ],
    ...['newHotspotModal', 'drawdownModal', 'filterModal', 'reassignModal', 'unnamedModal', 'suspendModal'],
    ...['conductModal', 'detailsModal', 'specialInput', 'casevacModal', 'groupsRead'],
  ]),
  ...about('how something is done: words of the mission file alone', [
    ...['helpMessage', 'taskingHelp', 'teamHelp', 'whoUsage', 'tasksMessage', 'closedHome'],
  ]),
  ...about('of the person who reads it alone: where they belong, their number, their settings', [
    ...[
      'askedModal',
      'joinOffer',
      'meMessage',
      'phoneBlocks',
      'phoneModal',
      'settingsKept',
      'unnamedReceipt',
    ],
  ]),
  ...about('a receipt: what the person just gave, whose record is opened by `read…` of its noun', [
    ...['taskingReceipt', 'saidModal', 'offerIncident', 'offerRecord', 'standsModal', 'closedModal'],
  ]),
  ...about('a code and choices of a record whose card is opened beside it', [
    ...['rateModal', 'coverageModal', 'hostModal', 'whichOwnerModal', 'recordedModal', 'waitingGates'],
  ]),
}

function about(reason: string, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map(name => [name, reason]))
}

/** What each function of the views says, by its name, and those that are given a view. */
function views(): { bodies: Map<string, string>; surfaces: string[] } {
  const bodies = new Map<string, string>()
  const surfaces: string[] = []
  for (const file of globSync('src/views/**/*.ts')) {
    const text = read(file)
    const declared = [...text.matchAll(DECLARED)]
    for (const [index, { 1: exported, 2: name = '', index: from }] of declared.entries()) {
      const body = text.slice(from, declared[index + 1]?.index)
      bodies.set(name, `${bodies.get(name) ?? ''}${body}`)
      if (exported && /^[^{]*?\(\s*view: ViewContext/.test(body)) surfaces.push(name)
    }
  }
  return { bodies, surfaces }
}

/** Those that the proof calls, or that what it calls calls. */
function shown(bodies: ReadonlyMap<string, string>): Set<string> {
  const callers = ['tests/sharing/{nouns,opens}/*.ts', 'src/jobs/rendering/**/*.ts', 'src/jobs/aside/*.ts']
  const reached = new Set<string>()
  const texts = callers.flatMap(pattern => globSync(pattern)).map(read)
  for (let text = texts.pop(); text !== undefined; text = texts.pop())
    for (const [word] of text.matchAll(/\b\w+\b/g)) {
      const body = bodies.get(word)
      if (body === undefined || reached.has(word)) continue
      reached.add(word)
      texts.push(body)
    }
  return reached
}

it('whatever shows something is opened or rendered in the proof, or says why it tells of no record', () => {
  const { bodies, surfaces } = views()
  const reached = shown(bodies)
  expect(surfaces.length).toBeGreaterThan(400)
  expect(surfaces.filter(name => !reached.has(name) && !APART[name])).toEqual([])
  expect(Object.keys(APART).filter(name => !surfaces.includes(name) || reached.has(name))).toEqual([])
})

/** Ways out of the bot that pass no view, and where each is held. */
const OTHER_WAYS: Readonly<Record<string, string>> = {
  'src/cli/store.ts': 'counts and codes; an export is `makeExport`, which takes part',
  'src/cli/keep.ts': 'counts, keys and files of the host: tests/cli/keep.test.ts',
  'src/cli/fill.ts': 'an invented mission for measuring',
  'src/cli/filling.ts': 'an invented mission for measuring',
  'src/cli/services.ts': 'opens the store',
  'src/bot/http.ts':
    'health and figures: counts, kinds and states, which tests/story/canary.test.ts searches; doors',
  'src/bot/slack-http.ts': 'takes in what Slack sends, and answers what the router says',
}

it('every command line and every page of the bot’s own server is known, with what holds it', () => {
  const out = [
    ...globSync('src/cli/*.ts'),
    ...globSync('src/bot/*.ts').filter(file => /writeHead|\.end\(|createServer/.test(read(file))),
  ]
  expect(out.filter(file => !OTHER_WAYS[file])).toEqual([])
})
