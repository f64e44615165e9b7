import type { Decider } from '../../domain/authorities.ts'
import { TocsinError } from '../../errors.ts'
import type { Locales } from '../../locales/index.ts'
import { alertFacts } from '../../operations/alert/facts.ts'
import { mayReadAlert } from '../../operations/alert.ts'
import { readAuthorities } from '../../operations/authorities.ts'
import { decisionMessage, tellingLine } from '../../views/authorities.ts'
import type { Renderer } from '../contract.ts'
import { audience } from './audience.ts'
import type { RenderingFamily } from './index.ts'

/** A line in the alert's thread: the authorities were told. */
function lineRenderer(locales: Locales): Renderer {
  return async (ctx, entry) => {
    const { read } = ctx.store
    const alert = await read.alerts.byId(entry.recordId)
    const to = alert && (await audience(ctx, locales, entry.target))
    if (!alert || !to) return { do: 'drop', code: 'gone' }
    const facts = await alertFacts(read, ctx.mission, ctx.clock.now(), alert)
    if (!mayReadAlert(ctx, facts, 'record', to.reader)) return { do: 'drop', code: 'not_for_this_audience' }
    const row = (await read.authorities.tellingsOf([alert.id])).find(({ id }) => id === entry.data.telling)
    if (!row) return { do: 'drop', code: 'gone' }
    const view = { words: to.words, mission: ctx.mission, now: ctx.clock.now() }
    return { do: 'line', message: tellingLine(view, facts, row), threadOf: alert.id }
  }
}

/** To whoever must decide too that somebody else has. */
function decisionRenderer(locales: Locales): Renderer {
  return async (ctx, entry) => {
    const { read } = ctx.store
    const person = await read.people.byId(entry.target.slice('person:'.length))
    if (!person) return { do: 'drop', code: 'gone' }
    const roles = await read.roles.rolesOf(person.id, ctx.clock.now())
    const view = {
      words: locales.words(person.locale, person.zone),
      mission: ctx.mission,
      now: ctx.clock.now(),
    }
    try {
      const facts = await readAuthorities(
        { ...ctx, actor: { kind: 'person', person, roles } },
        entry.recordId,
      )
      const message = decisionMessage(view, facts, entry.data.decider as Decider)
      return { do: 'line', message, holds: [entry.recordId] }
    } catch (error) {
      if (!(error instanceof TocsinError)) throw error
      return { do: 'drop', code: 'not_for_this_audience' }
    }
  }
}

export const authoritiesRendering: RenderingFamily = {
  lines: locales => ({
    'authorities.line': lineRenderer(locales),
    'authorities.decision': decisionRenderer(locales),
  }),
}
