import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import type { GazetteerRow } from '../../src/domain/gazetteer.ts'
import { MissionError, parseMission } from '../../src/domain/mission.ts'

const place: GazetteerRow = {
  id: 'karamba',
  name: 'Karamba',
  aliases: [],
  kind: 'town',
  sector: 'north',
  district: 'Karamba',
  lat: -7,
  lon: -9,
}

/** The path of each problem of the fictional mission with its section `intake` changed. */
function problems(change: object): string[] {
  const raw = parse(readFileSync('missions/ombara.yaml', 'utf8'))
  Object.assign(raw.intake, change)
  try {
    parseMission(raw, [place])
    return []
  } catch (error) {
    if (!(error instanceof MissionError)) throw error
    return error.problems.map(problem => problem.path)
  }
}

it.each([
  ['nothing changed', {}, []],
  [
    'a base nobody knows',
    { numbers: [{ number: '+999205550901', base: 'nowhere' }] },
    ['intake.numbers[0].base'],
  ],
  [
    'a number without its country',
    { numbers: [{ number: '0990000001', base: 'karamba' }] },
    ['intake.numbers[0].number'],
  ],
  [
    'a number of two bases',
    {
      numbers: [
        { number: '+999 20 555 0901', base: 'karamba' },
        { number: '+999205550901', base: 'mbessa' },
      ],
    },
    ['intake.numbers[1].number'],
  ],
  ['a role nobody knows', { ladder: ['nobody'] }, ['intake.ladder[0]']],
  ['a way of coming nobody knows', { came_by: { call: 'pigeon' } }, ['intake.came_by.call']],
  ['a threat nobody knows', { keywords: { threat: { ARMED: 'nothing' } } }, ['intake.keywords.threat.ARMED']],
  ['a sentence as the one word', { reply: { word: 'We are coming' } }, ['intake.reply.word']],
])('%s', (_, change, paths) => {
  expect(problems(change)).toEqual(paths)
})
