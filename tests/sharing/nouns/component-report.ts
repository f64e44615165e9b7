import fc from 'fast-check'
import { mayRead } from '../../../src/domain/sharing.ts'
import {
  currentRound,
  readComponentReports,
  requestSitrep,
  SITREPS,
  sendComponentReport,
} from '../../../src/operations/component-report.ts'
import { personalDigest } from '../../../src/operations/digest.ts'
import { componentDaysModal, componentModal, sitrepMarkdown } from '../../../src/views/component-report.ts'
import { act, type Noun } from '../noun.ts'
import { who } from '../world.ts'

/** A word for each component, in what it reported. */
const planted: Readonly<Record<string, string>> = {
  force: 'springbok',
  police: 'gemsbok',
  civil_affairs: 'nakongo',
  human_rights: 'bushbuck',
}

export const noun: Noun = {
  lives: {
    'a report, and the situation from the record': [
      ['sendComponentReport', { by: 'policeHq', component: 'police', nil: false }],
      ['requestSitrep', { by: 'joc' }],
    ],
  },
  acts: {
    sendComponentReport: act(
      fc.record({ by: who, component: fc.constantFrom(...Object.keys(planted)), nil: fc.boolean() }),
      async (world, { by, component, nil }) => {
        const words = { situation: planted[component] ?? '' }
        const report = await sendComponentReport(await world.as(by), { component, nil, words })
        if (!world.made.component_report?.includes(report.id)) world.add('component_report', report.id)
      },
    ),
    requestSitrep: act(
      fc.record({ by: who, form: fc.constantFrom(...SITREPS) }),
      async (world, { by, form }) => requestSitrep(await world.as(by), form),
    ),
  },
  apart: {
    scheduleComponentReports: 'arms a timer',
    askComponentReports: 'a timer; the cards it puts out are rendered at every step',
    markSilentComponents: 'a timer; the cards it puts out are rendered at every step',
    componentDays: 'what `readComponentReports` and the digest read',
    mayReport: 'asked by the renderer of a card',
  },
  also: ({ desk }) => {
    const day = currentRound(desk.system)?.day
    return Object.keys(planted).map(id => ({
      kind: 'card',
      recordId: `component:${id}:${day}`,
      data: { record: 'component_report' },
    }))
  },
  async words() {
    return Object.values(planted)
  },
  async allowed({ desk, made: { component_report: ids = [] } }, reader) {
    const rules = {
      now: desk.clock.now(),
      staleMembershipMs: desk.mission.staleMembershipMs,
      layers: desk.mission.layers,
    }
    const may = new Set<string>()
    for (const id of ids) {
      const row = await desk.store.read.componentReports.byId(id)
      if (row && mayRead({ ...row, named: [row.by] }, 'record', reader, rules))
        may.add(planted[row.component] ?? '')
      // Whoever reports for it reads what was sent before them.
      const role = desk.mission.componentReports?.components.find(each => each.id === row?.component)?.role
      if (row && reader.kind === 'person' && reader.roles.some(held => held.role === role))
        may.add(planted[row.component] ?? '')
    }
    return may
  },
  renders: ['card:component_report', 'component_report.sitrep'],
  onlyTo: { 'card:component_report': 'person', 'component_report.sitrep': 'person' },
  opens: {
    readComponentReports: (_, { ctx, view, see }) =>
      see(async () => {
        const days = await readComponentReports(ctx)
        if (!days) return null
        const digest = await personalDigest(ctx)
        return [
          componentDaysModal(view, days),
          sitrepMarkdown(view, days, digest),
          ...days.components.filter(({ mine }) => mine).map(day => componentModal(view, day, digest)),
        ]
      }),
  },
}
