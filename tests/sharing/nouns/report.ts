import fc from 'fast-check'
import { duplicatesOf, merge, reopen, unmerge, verify } from '../../../src/operations/alert.ts'
import { addReport, reportsOf } from '../../../src/operations/report.ts'
import { findReports } from '../../../src/operations/report-search.ts'
import { verifyModal } from '../../../src/views/alert/forms/standing.ts'
import { foundReports, joinModal, offerBlocks, reportsModal } from '../../../src/views/report.ts'
import { act, type Noun } from '../noun.ts'
import { readsAlert } from '../reads.ts'
import { note, nth, who } from '../world.ts'

const one = fc.record({ by: who, nth })
const two = fc.record({ by: who, nth, other: nth })

/** What has a reader of its own: each report's code, and the alerts' own words with it. */
export const noun: Noun = {
  begins: ['raise', 'addReport'],
  lives: {
    'an alert whose owner is on site, taken back and opened again': [
      ['respond', { by: 'duty', nth: 0 }],
      ['onSite', { by: 'duty', nth: 0 }],
      ['withdraw', { by: 'joc', nth: 0 }],
      ['reopen', { by: 'joc', nth: 0 }],
    ],
  },
  acts: {
    addReport: act(one, async (world, { by, nth: n }) =>
      addReport(await world.as(by), { alertId: world.pick('alert', n), what: note, place: { said: note } }),
    ),
    merge: act(two, async (world, { by, nth: n, other }) =>
      merge(await world.as(by), { alertId: world.pick('alert', n), intoId: world.pick('alert', other) }),
    ),
    unmerge: act(one, async (world, { by, nth: n }) =>
      unmerge(await world.as(by), { alertId: world.pick('alert', n) }),
    ),
    reopen: act(one, async (world, { by, nth: n }) =>
      reopen(await world.as(by), { alertId: world.pick('alert', n), note }),
    ),
    verify: act(one, async (world, { by, nth: n }) =>
      verify(await world.as(by), {
        alertId: world.pick('alert', n),
        state: 'corroborated',
        ground: 'other',
        note,
      }),
    ),
  },
  apart: { reportSeenBy: 'the place of a report as closely as a reader may know it, for renderers' },
  words: async world =>
    (await world.desk.store.read.reports.ofAlerts(world.made.alert ?? [])).map(({ code }) => code),
  async allowed(world, reader) {
    const may = new Set<string>()
    const facts = await world.alerts()
    for (const report of await world.desk.store.read.reports.ofAlerts(world.made.alert ?? [])) {
      const first = facts.find(({ alert }) => alert.id === report.firstAlertId)
      const recorder = reader.kind === 'person' && reader.personId === report.recordedBy
      if (recorder || (first && readsAlert(world, first, 'record', reader))) may.add(report.code)
    }
    return may
  },
  opens: {
    async reportsOf(world, { ctx, view, see }) {
      for (const id of world.made.alert ?? [])
        await see(async () => {
          const read = await reportsOf(ctx, id)
          return [reportsModal(view, read, { add: true, join: true }), verifyModal(view, read.facts, [])]
        })
    },
    async findReports(world, { ctx, view, see }) {
      const reports = await world.desk.store.read.reports.ofAlerts(world.made.alert ?? [])
      for (const word of [note, ...reports.map(({ code }) => code)])
        await see(async () => foundReports(view, await findReports(ctx, word)))
    },
    async duplicatesOf(world, { ctx, view, see }) {
      for (const id of world.made.alert ?? [])
        await see(async () => {
          const { facts } = await reportsOf(ctx, id)
          const near = await duplicatesOf(ctx, id)
          return [joinModal(view, facts.alert, near), offerBlocks(view, facts.alert, near)]
        })
    },
  },
}
