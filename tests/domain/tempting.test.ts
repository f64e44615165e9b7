import fc from 'fast-check'
import { expect, it } from 'vitest'
import { temptations } from '../../src/domain/tempting.ts'

it.each([
  ['Call +243 812 345 678 at once', ['phone']],
  ['Call 00243812345678', ['phone']],
  ['son numéro : 0812 345 678', ['phone']],
  ['At -7.10452, -9.21811', ['coordinate']],
  ['7.10452 S 9.21811 W', ['coordinate']],
  ['at 7° 6\' 16.3" S', ['coordinate']],
  ['Mr Okello saw them', ['person']],
  ['Mme. Adjoa l’a vu', ['person']],
  ['Dr Nkunda +243812345678', ['phone', 'person']],
])('%s holds %j', (text, found) => {
  expect(temptations(text)).toEqual(found)
})

it.each([
  '120 men with 14 motorbikes, seen at 05:30 on 2026-11-22',
  'About 10,000 displaced, 1 500 of them children',
  'Near -7.10, -9.22, 3 km from the bridge',
  'A-7K4Q, grid 35M KS 12 34',
  'The mayor’s brother and a doctor from M23 country',
  '22/11/2026 08:15 to 23/11/2026 09:00',
  'Route 0123, km 45, house 12-14',
])('%s holds nothing to warn of', text => {
  expect(temptations(text)).toEqual([])
})

it('is quick and never fails, whatever is written', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 3000 }), text => {
      expect(Array.isArray(temptations(text))).toBe(true)
    }),
  )
})
