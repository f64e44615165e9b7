import type { Timer } from '../../db/timers.ts'
import type { Reader } from '../../domain/sharing.ts'
import { isUniformed } from '../../domain/side.ts'
import type { Locales } from '../../locales/index.ts'
import { type AlertFacts, alertFacts } from '../../operations/alert/facts.ts'
import { asReadBy, reportSeenBy } from '../../operations/alert/reading.ts'
import type { Line } from '../../operations/alert/tell.ts'
import { climb, climbAll, mayReadAlert } from '../../operations/alert.ts'
import type { Ctx, Person } from '../../operations/context.ts'
import { hotspotsNearFor } from '../../operations/hotspot/near.ts'
import { lastPatrol } from '../../operations/patrol.ts'
import { taskingCount } from '../../operations/tasking.ts'
import { alertCard, hiddenCard } from '../../views/alert/card.ts'
import { alertLine } from '../../views/alert/lines.ts'
import { reportLine } from '../../views/report.ts'
import type { Delivery, Renderer, TimerHandler } from '../contract.ts'
import { audience, withheld } from './audience.ts'

async function factsOf(ctx: Ctx, alertId: string): Promise<AlertFacts | null> {
  const alert = await ctx.store.read.alerts.byId(alertId)
  return alert ? alertFacts(ctx.store.read, ctx.mission, ctx.clock.now(), alert) : null
}

/** An alert's card for the least-cleared reader its target could hold; nothing where one of them may not read it. */
export function alertCardRenderer(locales: Locales): Renderer {
  return async (ctx, entry): Promise<Delivery> => {
    const facts = await factsOf(ctx, entry.recordId)
    const to = facts && (await audience(ctx, locales, entry.target))
    if (!facts || !to) return { do: 'drop', code: 'gone' }
    const view = { words: to.words, mission: ctx.mission, now: ctx.clock.now() }
    if (!mayReadAlert(ctx, facts, 'record', to.reader))
      return withheld(ctx, entry, facts.alert.id, hiddenCard(view))
    const attribution = mayReadAlert(ctx, facts, 'attribution', to.reader)
    const seen = asReadBy(ctx, facts, to.reader)
    return {
      do: 'card',
      recordId: facts.alert.id,
      message: alertCard(view, seen, {
        attribution,
        personId: to.personId,
        taskings: await taskingCount(ctx, { kind: 'alert', id: facts.alert.id }, to.reader),
        grid: hasUniform(to.reader),
        patrol: await patrolFor(ctx, facts, to.reader),
        hotspots: await hotspotsNearFor(ctx, seen, to.reader),
      }),
    }
  }
}

/** When a patrol was last near, for those who may read coverage; undefined for everybody else. */
async function patrolFor(ctx: Ctx, facts: AlertFacts, reader: Reader): Promise<number | null | undefined> {
  const { lat, lon } = facts.alert
  if (lat === null || lon === null || !mayReadAlert(ctx, facts, 'command', reader)) return undefined
  return lastPatrol(ctx, { lat, lon })
}

/** Whether somebody in uniform is among those who read it. */
function hasUniform(reader: Reader): boolean {
  const members = reader.kind === 'person' ? [reader] : reader.members
  return members.some(({ constituency }) => isUniformed(constituency))
}

/** A line in the alert's thread, wherever its card stands. */
export function alertLineRenderer(locales: Locales): Renderer {
  return async (ctx, entry): Promise<Delivery> => {
    const facts = await factsOf(ctx, entry.recordId)
    const to = facts && (await audience(ctx, locales, entry.target))
    if (!facts || !to) return { do: 'drop', code: 'gone' }
    if (!mayReadAlert(ctx, facts, 'record', to.reader)) return { do: 'drop', code: 'not_for_this_audience' }
    const line = entry.data as unknown as Line
    const { reader } = to
    if (line.line === 'specialist' && !line.layers.some(layer => mayReadAlert(ctx, facts, layer, reader)))
      return { do: 'drop', code: 'not_for_this_audience' }
    const view = { words: to.words, mission: ctx.mission, now: ctx.clock.now() }
    const seen = asReadBy(ctx, facts, reader)
    if (line.line === 'report') {
      const head = seen.reports.find(({ id }) => id === line.report)
      const report = head && (await ctx.store.read.reports.byId(head.id))
      if (!head || !report) return { do: 'drop', code: 'not_for_this_audience' }
      const message = reportLine(view, seen, head, reportSeenBy(ctx, report, seen, reader))
      return { do: 'line', message, threadOf: facts.alert.id, holds: [facts.alert.id, report.id] }
    }
    const message = alertLine(view, seen, line, await mentionable(ctx, facts))
    return message ? { do: 'line', message, threadOf: facts.alert.id } : { do: 'drop', code: 'overtaken' }
  }
}

/** The people the ladders have told, whom a line may mention. */
async function mentionable(ctx: Ctx, facts: AlertFacts): Promise<Map<string, Person>> {
  const ids = new Set(facts.owners.flatMap(({ told }) => told.flatMap(row => row.people)))
  const people = await Promise.all([...ids].map(id => ctx.store.read.people.byId(id)))
  return new Map(people.filter(person => person !== null).map(person => [person.id, person]))
}

export const alertTimer: TimerHandler = Object.assign((ctx: Ctx, timer: Timer) => climb(ctx, timer), {
  together: climbAll,
})
