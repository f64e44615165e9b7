import fc from 'fast-check'
import { mayRead } from '../../../src/domain/sharing.ts'
import { actorAsReader } from '../../../src/operations/alert/reading.ts'
import { sharingRules } from '../../../src/operations/channel.ts'
import { alleged, incidentFacts, mayReadIncident, warnedAs } from '../../../src/operations/incident/facts.ts'
import {
  allIncidents,
  amendIncident,
  findIncidents,
  incidentCandidates,
  linkIncident,
  listIncidents,
  readIncident,
  recordIncident,
} from '../../../src/operations/incident.ts'
import { foundIncidents, incidentCard, incidentsMessage } from '../../../src/views/incident.ts'
import { incidentColumns } from '../../../src/views/incident-csv.ts'
import { incidentModal, linkModal } from '../../../src/views/incident-form.ts'
import { act, type Noun, type Opener } from '../noun.ts'
import { nth, type World, who } from '../world.ts'

const words = 'tamandua'
const group = 'River Guard'

const said = ({ desk }: World) => ({
  subType: 'attack',
  at: desk.clock.now(),
  precision: 'hour',
  place: { id: 'karamba-market' },
  what: words,
  perpetrator: 'armed_group',
  group: 'river_guard',
  harm: { killed: 3 },
})
const made = async ({ desk, made: { incident = [] } }: World) => {
  const rows = await desk.store.read.incidents.byIds(incident)
  return Promise.all(rows.map(row => incidentFacts(desk.system, row)))
}
const eachIncident =
  (show: (opener: Opener, id: string) => Promise<unknown>) =>
  async ({ made: { incident = [] } }: World, opener: Opener): Promise<void> => {
    for (const id of incident) await opener.see(() => show(opener, id))
  }

export const noun: Noun = {
  acts: {
    recordIncident: act(fc.record({ by: who, nth, from: fc.boolean() }), async (world, { by, nth, from }) => {
      const { incident } = await recordIncident(await world.as(by), {
        ...said(world),
        alertId: from ? world.pick('alert', nth) : null,
      })
      world.add('incident', incident.id)
    }),
    amendIncident: act(fc.record({ by: who, nth }), async (world, { by, nth }) => {
      const incidentId = world.pick('incident', nth)
      const row = await world.desk.store.read.incidents.byId(incidentId)
      return amendIncident(await world.as(by), { ...said(world), incidentId, version: row?.version ?? 0 })
    }),
    linkIncident: act(fc.record({ by: who, nth, alert: nth }), async (world, { by, nth, alert }) =>
      linkIncident(await world.as(by), {
        incidentId: world.pick('incident', nth),
        alertIds: [world.pick('alert', alert)],
      }),
    ),
  },
  apart: {
    actorAsReader: 'the acting person as a reader',
    incidentFacts: 'what surrounds a row, for whoever asks the rule',
    incidentSeenBy: 'the place of an incident as closely as a reader may know it, for renderers',
    mayReadIncident: 'the rule itself, for renderers',
    warnedAs: 'what a reader may know of the alerts before an incident; shown on its card',
    alleged: 'a field of a form, shown as the card is',
    requestIncidentCsv: 'asks for the file, whose rows are opened here',
  },
  words: async world => [...(await made(world)).map(({ incident }) => incident.code), words, group],
  async allowed(world, reader) {
    const may: string[] = []
    for (const { incident, namesState } of await made(world)) {
      const record = { ...incident, named: [incident.recordedBy], namesState }
      const rules = sharingRules(world.desk.system)
      if (mayRead(record, 'record', reader, rules)) may.push(incident.code, words)
      if (mayRead(record, 'attribution', reader, rules)) may.push(group)
    }
    return may
  },
  renders: ['card:incident'],
  silent: { 'incident.csv': 'a file for one person; its rows are opened by `allIncidents`' },
  opens: {
    readIncident: eachIncident(async ({ ctx, view }, id) => {
      const facts = await readIncident(ctx, id)
      const reader = actorAsReader(ctx)!
      const attribution = mayReadIncident(ctx, facts, 'attribution', reader)
      return [
        incidentCard(view, facts, { attribution, warned: warnedAs(ctx, facts, reader), changes: true }),
        incidentModal(
          { ...view, mission: { ...view.mission, groups: [] } },
          {
            incident: facts.incident,
            alleged: alleged(ctx, facts),
          },
        ),
      ]
    }),
    incidentCandidates: eachIncident(async ({ ctx, view }, id) =>
      linkModal(view, await readIncident(ctx, id), await incidentCandidates(ctx, id), false),
    ),
    listIncidents: (_, { ctx, view, see }) =>
      see(async () => {
        const reader = actorAsReader(ctx)!
        return incidentsMessage(view, await listIncidents(ctx), facts => warnedAs(ctx, facts, reader))
      }),
    async findIncidents(world, { ctx, view, see }) {
      const codes = (await made(world)).map(({ incident }) => incident.code)
      const reader = actorAsReader(ctx)!
      for (const word of [words, 'karamba', ...codes])
        await see(async () =>
          foundIncidents(view, await findIncidents(ctx, word), facts => warnedAs(ctx, facts, reader)),
        )
    },
    allIncidents: (_, { ctx, view, see }) =>
      see(async () => {
        const reader = actorAsReader(ctx)!
        const rows: unknown[] = []
        for await (const facts of await allIncidents(ctx)) {
          const attribution = mayReadIncident(ctx, facts, 'attribution', reader)
          const row = {
            ...facts,
            warned: warnedAs(ctx, facts, reader),
            alleged: alleged(ctx, facts),
            group: attribution ? (facts.attribution?.group ?? null) : null,
          }
          rows.push(incidentColumns(view, ctx.gazetteer).map(column => column.of(row)))
        }
        return rows
      }),
  },
}
