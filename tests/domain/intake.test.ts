import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { loadMission } from '../../src/config.ts'
import { createGazetteer } from '../../src/domain/gazetteer.ts'
import { isSkewed, parseForm, parsePoint, parseText } from '../../src/domain/intake.ts'
import { numbersIn, phoneNumber, readSender } from '../../src/domain/phone.ts'
import { codeFrom, codesIn, isAnswer, segmentsOf, toGsm } from '../../src/domain/sms.ts'

const mission = await loadMission('missions/ombara.yaml')
const gazetteer = createGazetteer(mission.gazetteer)
const parse = (text: string) => parseText(text, mission.intake, gazetteer, 'north')

it('a form’s answers are read by the mission’s words and by its codes', () => {
  const read = (urgency: string, threat: string) =>
    parseForm({ urgency, threat }, mission.intake, gazetteer, 'north', mission.taxonomy.threats)
  const meant = { urgency: 'within_24h', threat: 'armed_attack' }
  expect(read('b', 'attack')).toMatchObject(meant)
  expect(read('within_24h', 'armed_attack')).toMatchObject(meant)
  expect(read('Within 24h', 'Armed attack')).toMatchObject(meant)
  expect(read('soon', 'trouble')).toMatchObject({ urgency: null, threat: null })
})

describe('a short text', () => {
  it.each([
    ['A KARAMBA 50 ARMED', { urgency: 'imminent', placeId: 'karamba', count: 50, threat: 'armed_movement' }],
    ['a 50 armés Karamba', { urgency: 'imminent', placeId: 'karamba', count: 50, threat: 'armed_movement' }],
    [
      'now attaque marché de karamba',
      { urgency: 'happening_now', placeId: 'karamba-market', threat: 'armed_attack' },
    ],
    [
      'C, Duvali: fleeing 120!',
      { urgency: 'within_72h', placeId: 'duvali', threat: 'forced_displacement', count: 120 },
    ],
    ['A behind the hill 10', { urgency: 'imminent', placeId: null, placeSaid: 'behind the hill', count: 10 }],
  ])('%s is read', (text, parsed) => {
    expect(parse(text)).toMatchObject(parsed)
  })

  it.each(['help', 'they are coming from Karamba', 'A', '', '50 ARMED KARAMBA'])(
    '%j is left to people',
    text => {
      expect(parse(text)).toBeNull()
    },
  )

  it('never fails, whatever is sent', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), text => {
        parse(text)
        parse(`A ${text}`)
      }),
    )
  })
})

it.each([
  ['-7.1 -9.2 310.5 4', { lat: -7.1, lon: -9.2 }],
  ['-7.1 -9.2', { lat: -7.1, lon: -9.2 }],
  ['0 0 0 0', null],
  ['91 0 0 0', null],
  ['north of the river', null],
  ['', null],
])('the point %j is %j', (text, point) => {
  expect(parsePoint(text)).toEqual(point)
})

describe('a sender', () => {
  it.each([
    ['+243 990 000 001', null, { kind: 'number', number: '+243990000001' }],
    ['tel:+243990000001', null, { kind: 'number', number: '+243990000001' }],
    ['00243990000001', null, { kind: 'number', number: '+243990000001' }],
    ['0990000001', 'CD', { kind: 'number', number: '+243990000001' }],
    ['+999770000001', null, { kind: 'number', number: '+999770000001' }],
    ['0990000001', null, { kind: 'number', number: '0990000001' }],
    ['4040', 'CD', { kind: 'short', said: '4040' }],
    ['ORANGE', 'CD', { kind: 'name', said: 'ORANGE' }],
    ['anonymous', null, { kind: 'hidden' }],
    ['', null, { kind: 'hidden' }],
    [null, null, { kind: 'hidden' }],
  ])('%j in %j is %j', (raw, country, sender) => {
    expect(readSender(raw, country)).toEqual(sender)
  })

  it('is found in what a recorder wrote of how to reach them', () => {
    expect(numbersIn('rings from +243 990-000-001, or his brother 0812 345 678', 'CD')).toEqual([
      '+243990000001',
      '+243812345678',
    ])
    expect(phoneNumber('a friend', null)).toBeNull()
  })
})

describe('segments', () => {
  it.each([
    ['a'.repeat(160), { encoding: 'GSM-7', units: 160, count: 1 }],
    ['a'.repeat(161), { encoding: 'GSM-7', units: 161, count: 2 }],
    [`${'a'.repeat(159)}€`, { encoding: 'GSM-7', units: 161, count: 2 }],
    [`é${'a'.repeat(159)}`, { encoding: 'GSM-7', units: 160, count: 1 }],
    [`ê${'a'.repeat(69)}`, { encoding: 'UCS-2', units: 70, count: 1 }],
    [`ê${'a'.repeat(70)}`, { encoding: 'UCS-2', units: 71, count: 2 }],
    ['🔴', { encoding: 'UCS-2', units: 2, count: 1 }],
  ])('%j', (text, segments) => {
    expect(segmentsOf(text)).toEqual(segments)
  })

  it('whatever a base is called, its letters travel in GSM-7', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), text => segmentsOf(toGsm(text)).encoding === 'GSM-7'),
    )
    expect(toGsm('Forêt d’Ômbara — « Nord »')).toBe(`Foret d'Ombara - " Nord "`)
  })
})

it('a one-time code is found in an answer, and an answer is told from a warning', () => {
  const code = codeFrom('0123456789abcdef0123456789abcdef')
  expect(code).toMatch(/^[34679CDFHJKMNPQRTVWXY]{5}$/)
  expect(codesIn(`ok ${code.toLowerCase()}.`)).toEqual([code])
  expect(isAnswer(code)).toBe(true)
  expect(isAnswer(`ok ${code}`)).toBe(true)
  expect(isAnswer('we are under fire, they burn the market')).toBe(false)
})

it.each([
  ['text', 0, false],
  ['text', 11 * 60_000, true],
  ['text', -11 * 60_000, true],
  ['form', 3 * 86_400_000, false],
  ['form', -11 * 60_000, true],
] as const)('a %s that is %i ms late: skewed %s', (kind, late, skewed) => {
  expect(isSkewed(kind, 1_000_000_000_000 - late, 1_000_000_000_000)).toBe(skewed)
})
