import { csvFile } from '../../domain/csv.ts'
import type { Locales } from '../../locales/index.ts'
import { actorAsReader } from '../../operations/alert/reading.ts'
import {
  alleged,
  incidentFacts,
  incidentSeenBy,
  mayReadIncident,
  warnedAs,
} from '../../operations/incident/facts.ts'
import { allIncidents, INCIDENT_CSV } from '../../operations/incident.ts'
import { incidentCard } from '../../views/incident.ts'
import { type IncidentRow, incidentColumns } from '../../views/incident-csv.ts'
import type { Renderer } from '../contract.ts'
import { audience } from './audience.ts'
import type { RenderingFamily } from './index.ts'

/** An incident's card for the least-cleared reader its target could hold; the group alleged on no channel's. */
function cardRenderer(locales: Locales): Renderer {
  return async (ctx, entry) => {
    const row = await ctx.store.read.incidents.byId(entry.recordId)
    const to = row && (await audience(ctx, locales, entry.target))
    if (!row || !to) return { do: 'drop', code: 'gone' }
    const facts = await incidentFacts(ctx, row)
    if (!mayReadIncident(ctx, facts, 'record', to.reader))
      return { do: 'drop', code: 'not_for_this_audience' }
    const view = { words: to.words, mission: ctx.mission, now: ctx.clock.now() }
    const attribution = mayReadIncident(ctx, facts, 'attribution', to.reader)
    const seen = incidentSeenBy(ctx, facts, to.reader)
    const message = incidentCard(view, to.reader.kind === 'channel' ? { ...seen, attribution: null } : seen, {
      attribution,
      warned: warnedAs(ctx, facts, to.reader),
      changes: true,
    })
    return { do: 'card', recordId: row.id, message }
  }
}

/** The incidents one person may read, in the mission's own template. Exercises are left out. */
function csvRenderer(locales: Locales): Renderer {
  return async (ctx, { target }) => {
    const { read } = ctx.store
    const person = await read.people.byId(target.slice('person:'.length))
    if (!person || person.constituency === null || person.closedAt !== null)
      return { do: 'drop', code: 'not_for_this_audience' }
    const roles = await read.roles.rolesOf(person.id, ctx.clock.now())
    const own = { ...ctx, actor: { kind: 'person', person, roles } } as const
    const words = locales.words(person.locale, person.zone)
    const view = { words, mission: ctx.mission, now: ctx.clock.now() }
    const reader = actorAsReader(own)
    if (!reader) return { do: 'drop', code: 'gone' }
    let count = 0
    const rows = async function* (): AsyncGenerator<IncidentRow> {
      for await (const facts of await allIncidents(own)) {
        if (facts.incident.exercise) continue
        count++
        const attribution = mayReadIncident(own, facts, 'attribution', reader)
        yield {
          ...facts,
          warned: warnedAs(own, facts, reader),
          alleged: alleged(own, facts),
          group: attribution ? (facts.attribution?.group ?? null) : null,
        }
      }
    }
    const bytes = await csvFile(incidentColumns(view, ctx.gazetteer), rows())
    const name = `incidents-${new Date(view.now).toISOString().slice(0, 16).replace(':', '')}Z.csv`
    return {
      do: 'file',
      recordId: INCIDENT_CSV,
      file: {
        name,
        title: name,
        bytes,
        altText: words.t('incident.csvAlt', { count }),
        text: words.t('incident.csvText', { count, at: words.dateTime(view.now) }),
      },
    }
  }
}

export const incidentRendering: RenderingFamily = {
  cards: locales => ({ incident: cardRenderer(locales) }),
  lines: locales => ({ 'incident.csv': csvRenderer(locales) }),
}
