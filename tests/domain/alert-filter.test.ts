import { expect, test } from 'vitest'
import { loadMission } from '../../src/config.ts'
import { type AlertFilter, NO_FILTER, notUnderstood, parseFilter } from '../../src/domain/alert-filter.ts'

const mission = await loadMission('missions/ombara.yaml')
const DAY = 86_400_000

test.each<[string, Partial<AlertFilter>]>([
  ['', {}],
  ['north open mine overdue', { sector: 'north', mine: true, overdue: true }],
  ['threat:armed_attack since:7d closed', { threat: 'armed_attack', sinceMs: 7 * DAY, standing: 'closed' }],
  [
    'Nord retard depuis:30j closes',
    { sector: 'north', overdue: true, sinceMs: 30 * DAY, standing: 'closed' },
  ],
  ['sector:south all urgency:imminent', { sector: 'south', standing: 'all', urgency: 'imminent' }],
  ['unverified merged', { verification: 'unverified', standing: 'merged' }],
  ['untriaged unlocated exercise', { untriaged: true, unlocated: true, exercise: true }],
  ['north motorcycles at Karamba', { sector: 'north', words: 'motorcycles at Karamba' }],
  ['threat:dragons since:yesterday', { words: 'threat:dragons since:yesterday' }],
  ['constructor __proto__', { words: 'constructor __proto__' }],
])('“%s” is understood, and what is no filter is looked for', (words, expected) => {
  expect(parseFilter(words, mission)).toEqual({ ...NO_FILTER, ...expected })
})

test('what begins like a filter and names nothing is pointed out', () => {
  expect(notUnderstood(parseFilter('threat:dragons north depuis:hier 12:30 gate', mission))).toEqual([
    'threat:dragons',
    'depuis:hier',
  ])
})
