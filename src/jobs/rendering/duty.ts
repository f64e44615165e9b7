import type { Locales } from '../../locales/index.ts'
import { mayReadAlert } from '../../operations/alert.ts'
import { personReader } from '../../operations/channel.ts'
import type { Ctx } from '../../operations/context.ts'
import { alertsWaitingFor } from '../../operations/duty/handover.ts'
import { turnsFor } from '../../operations/duty/standing.ts'
import type { DutyLine } from '../../operations/duty/tell.ts'
import { parseRoleKey } from '../../operations/permission.ts'
import type { Rendered } from '../../ports.ts'
import type { ViewContext } from '../../views/context.ts'
import { missedMessage, takenMessage, testCard, vacantMessage, yoursMessage } from '../../views/duty/lines.ts'
import type { Delivery, Renderer } from '../contract.ts'

/** What a person is told about duties, in their language. */
export function dutyLineRenderer(locales: Locales): Renderer {
  return async (ctx, entry): Promise<Delivery> => {
    const view = await viewFor(ctx, locales, entry.target)
    if (!view) return { do: 'drop', code: 'gone' }
    const message = await lineMessage(ctx, view, entry.data as unknown as DutyLine, entry.target)
    return message ? { do: 'line', message } : { do: 'drop', code: 'overtaken' }
  }
}

/** A test message, edited once it is confirmed. */
export function dutyTestRenderer(locales: Locales): Renderer {
  return async (ctx, entry): Promise<Delivery> => {
    const view = await viewFor(ctx, locales, entry.target)
    const test = await ctx.store.read.duties.test(entry.recordId)
    if (!view || !test) return { do: 'drop', code: 'gone' }
    return { do: 'card', recordId: test.id, message: testCard(view, test) }
  }
}

async function viewFor(ctx: Ctx, locales: Locales, target: string): Promise<ViewContext | null> {
  const person = await ctx.store.read.people.byId(target.replace(/^person:/, ''))
  if (!person) return null
  const words = locales.words(person.locale, person.zone)
  return { words, mission: ctx.mission, now: ctx.clock.now() }
}

/** Null where it is no longer so. */
async function lineMessage(
  ctx: Ctx,
  view: ViewContext,
  line: DutyLine,
  target: string,
): Promise<Rendered | null> {
  const { read } = ctx.store
  const now = ctx.clock.now()
  switch (line.line) {
    case 'yours': {
      const ref = parseRoleKey(line.role)
      const [first] = await turnsFor(read, ref, now)
      if (!first || target !== `person:${first.person.id}`) return null
      const previous = line.from ? await read.duties.period(line.from) : null
      const reader = await personReader(read, first.person, now)
      const all = await alertsWaitingFor(read, ctx.mission, now, ref)
      const waiting = all.filter(facts => mayReadAlert(ctx, facts, 'record', reader))
      return yoursMessage(view, { role: line.role, previous, waiting })
    }
    case 'taken': {
      const by = await read.duties.period(line.by)
      return by && takenMessage(view, line.role, by)
    }
    case 'test_missed': {
      const test = await read.duties.test(line.test)
      return test && test.confirmedAt === null ? missedMessage(view, line.role, test) : null
    }
    case 'vacant':
      return vacantMessage(view, line.roles)
  }
}
