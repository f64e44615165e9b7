import { describe, expect, it, test } from 'vitest'
import type { Act, Alert } from '../../src/domain/alert.ts'
import { ownerState } from '../../src/domain/awaited.ts'
import {
  type DigestItem,
  type DigestSections,
  digestDay,
  digestSections,
  digestWindow,
  isAcknowledgedOnly,
  nextDigestAt,
} from '../../src/domain/digest.ts'
import { anAct, anAlert } from '../support/records.ts'

const at = (iso: string) => Date.parse(iso)
const HOUR = 3_600_000

describe('the next digest', () => {
  const table: [string, string, string, string, string][] = [
    ['is today before its hour', '2026-11-21T04:29:59Z', '06:30', 'Africa/Lusaka', '2026-11-21T04:30:00Z'],
    ['is tomorrow at its hour', '2026-11-21T04:30:00Z', '06:30', 'Africa/Lusaka', '2026-11-22T04:30:00Z'],
    [
      'keeps the local hour in spring',
      '2026-03-28T06:00:00Z',
      '06:30',
      'Europe/Paris',
      '2026-03-29T04:30:00Z',
    ],
    [
      'keeps the local hour in autumn',
      '2026-10-24T06:00:00Z',
      '06:30',
      'Europe/Paris',
      '2026-10-25T05:30:00Z',
    ],
    [
      'comes after an hour the clocks leave out',
      '2026-03-28T06:00:00Z',
      '02:30',
      'Europe/Paris',
      '2026-03-29T01:30:00Z',
    ],
  ]
  test.each(table)('%s', (_, now, hour, zone, expected) => {
    expect(nextDigestAt(at(now), hour, zone)).toBe(at(expected))
  })

  it('belongs to the local day', () => {
    expect(digestDay(at('2026-11-20T22:30:00Z'), 'Africa/Lusaka')).toBe('2026-11-21')
  })

  it('looks back a day, or to the last one where that is longer ago', () => {
    expect(digestWindow(100 * HOUR, null)).toEqual({ from: 76 * HOUR, to: 100 * HOUR })
    expect(digestWindow(100 * HOUR, 90 * HOUR).from).toBe(76 * HOUR)
    expect(digestWindow(100 * HOUR, 20 * HOUR).from).toBe(20 * HOUR)
  })
})

describe('a digest', () => {
  const due = { acknowledge: HOUR, decide: 2 * HOUR, on_site: 30 * HOUR, close: 90 * HOUR, climb: HOUR }
  const window = { from: 24 * HOUR, to: 48 * HOUR }
  const by = (kind: Act['kind'], hour: number, change: Partial<Act> = {}) =>
    anAct({ kind, slot: 'uniformed', at: hour * HOUR, recordedAt: hour * HOUR, ...change })

  const item = (acts: Act[], change: Partial<Alert> = {}, km: number | null = null) => {
    const alert = anAlert({ raisedAt: 0, urgency: 'within_24h', ...change })
    const state = ownerState(alert, 'uniformed', acts, due)
    return { alert, acts, owners: [{ state }], nearest: km === null ? null : { km } } satisfies DigestItem
  }
  const section = (each: DigestItem): string => {
    const sections: DigestSections<DigestItem> = digestSections([each], window)
    const { quiet, ...lists } = sections
    const [found] = Object.entries(lists).find(([, items]) => items.includes(each)) ?? []
    return found ?? (quiet === 1 ? 'quiet' : 'left out')
  }
  const going = [by('respond', 20)]

  const table: [string, DigestItem, string][] = [
    ['what nobody answered', item([]), 'unanswered'],
    ['what was acknowledged and not decided', item([by('acknowledge', 1)]), 'unanswered'],
    ['urgent things nobody answered', item([], { urgency: 'happening_now' }), 'unanswered'],
    ['a watch that has ended', item([by('watch', 20, { until: 47 * HOUR })]), 'unanswered'],
    ['a patrol that has not arrived', item(going, { raisedAt: 5 * HOUR }), 'unanswered'],
    ['a watch that goes on', item([by('watch', 20, { until: 60 * HOUR })]), 'quiet'],
    [
      'urgent things somebody answers for',
      item([by('respond', 20), by('on_site', 22)], { urgency: 'imminent' }),
      'urgent',
    ],
    ['what is new and answered', item([by('respond', 40)], { raisedAt: 30 * HOUR }), 'raised'],
    ['what changed', item([by('respond', 40), by('on_site', 41)]), 'changed'],
    ['what only waits', item([by('respond', 20), by('on_site', 22)]), 'quiet'],
    ['what was closed', item([by('close', 30, { slot: null })], { lifecycle: 'closed' }), 'ended'],
    ['what was withdrawn', item([by('withdraw', 30, { slot: null })], { lifecycle: 'withdrawn' }), 'ended'],
    ['what was closed before', item([by('close', 20, { slot: null })], { lifecycle: 'closed' }), 'left out'],
  ]
  test.each(table)('puts %s where it belongs', (_, each, expected) => {
    expect(section(each)).toBe(expected)
  })

  it('counts each moment in one digest only', () => {
    const closed = item([by('close', 24, { slot: null })], { lifecycle: 'closed' })
    expect(section(closed)).toBe('left out')
    expect(digestSections([closed], { from: 0, to: 24 * HOUR }).ended).toEqual([closed])
  })

  it('leads with what was acknowledged and not decided, then what lies near a base with nobody going', () => {
    const silent = item([], { urgency: 'happening_now' })
    const near = item([], { urgency: 'tension' }, 0.8)
    const nodded = item([by('acknowledge', 1)], { urgency: 'tension' })
    const far = item([], { urgency: 'imminent' }, 60)
    expect(digestSections([far, silent, near, nodded], window).unanswered).toEqual([
      nodded,
      near,
      silent,
      far,
    ])
  })

  it('calls an owner that watches neither undecided nor silent', () => {
    expect(isAcknowledgedOnly(item([by('acknowledge', 1)]))).toBe(true)
    expect(isAcknowledgedOnly(item([by('acknowledge', 1), by('watch', 2, { until: 60 * HOUR })]))).toBe(false)
  })
})
