import { DateTime } from 'luxon'
import { csvText } from '../../domain/csv.ts'
import type { Reader } from '../../domain/sharing.ts'
import type { TaskingFilter } from '../../domain/tasking-filter.ts'
import type { Locales } from '../../locales/index.ts'
import { alertFacts } from '../../operations/alert/facts.ts'
import { mayReadAlert } from '../../operations/alert.ts'
import type { Ctx } from '../../operations/context.ts'
import { filtered } from '../../operations/tasking/list.ts'
import {
  mayReadTasking,
  type TaskingFacts,
  taskingCardReader,
  taskingFacts,
} from '../../operations/tasking.ts'
import type { ViewContext } from '../../views/context.ts'
import { hiddenTasking, taskingCard } from '../../views/tasking/card.ts'
import { taskingCalendar, taskingColumns } from '../../views/tasking/files.ts'
import { taskingActLine } from '../../views/tasking/lines.ts'
import type { Delivery, Renderer } from '../contract.ts'
import { audience, withheld } from './audience.ts'
import type { RenderingFamily } from './index.ts'

async function factsOf(ctx: Ctx, id: string): Promise<TaskingFacts | null> {
  const tasking = await ctx.store.read.taskings.byId(id)
  return tasking ? taskingFacts(ctx.store.read, ctx.mission, ctx.clock.now(), tasking) : null
}

/** A tasking for everybody its target could hold; nothing where one of them may not read it. */
function forAudience(
  locales: Locales,
  render: (
    ctx: Ctx,
    view: ViewContext,
    facts: TaskingFacts,
    to: { reader: Reader; personId?: string },
    entry: Parameters<Renderer>[1],
  ) => Promise<Delivery>,
): Renderer {
  return async (ctx, entry) => {
    const facts = await factsOf(ctx, entry.recordId)
    const to = facts && (await audience(ctx, locales, entry.target))
    if (!facts || !to) return { do: 'drop', code: 'gone' }
    const view = { words: to.words, mission: ctx.mission, now: ctx.clock.now() }
    if (mayReadTasking(ctx, facts, to.reader)) return render(ctx, view, facts, to, entry)
    return withheld(ctx, entry, facts.tasking.id, hiddenTasking(view))
  }
}

const card = (locales: Locales) =>
  forAudience(locales, async (ctx, view, facts, { reader }) => ({
    do: 'card',
    recordId: facts.tasking.id,
    message: taskingCard(view, facts, await taskingCardReader(ctx, facts, reader)),
  }))

const line = (locales: Locales) =>
  forAudience(locales, async (_ctx, view, facts, _to, entry) => {
    const message = taskingActLine(view, facts, String(entry.data.act))
    return message ? { do: 'line', message, threadOf: facts.tasking.id } : { do: 'drop', code: 'overtaken' }
  })

/** In the thread of the alert it comes from, for those who may read both. */
const originLine = (locales: Locales) =>
  forAudience(locales, async (ctx, view, facts, { reader }, entry) => {
    const origin = String(entry.data.origin)
    const alert = await ctx.store.read.alerts.byId(origin)
    const read = alert && (await alertFacts(ctx.store.read, ctx.mission, ctx.clock.now(), alert))
    if (!read || !mayReadAlert(ctx, read, 'record', reader))
      return { do: 'drop', code: 'not_for_this_audience' }
    const message = taskingActLine(view, facts, String(entry.data.act))
    return message
      ? { do: 'line', message, threadOf: origin, holds: [facts.tasking.id, origin] }
      : { do: 'drop', code: 'overtaken' }
  })

/** A list as a file, for the one person who asked, from what they may read at this moment. */
function fileRenderer(locales: Locales): Renderer {
  return async (ctx, { target, data, recordId }): Promise<Delivery> => {
    const person = await ctx.store.read.people.byId(target.slice('person:'.length))
    if (!person || person.closedAt !== null) return { do: 'drop', code: 'gone' }
    const now = ctx.clock.now()
    const roles = await ctx.store.read.roles.rolesOf(person.id, now)
    const view = { words: locales.words(person.locale, person.zone), mission: ctx.mission, now }
    const items = await filtered(
      { ...ctx, actor: { kind: 'person', person, roles } },
      data.filter as TaskingFilter,
    )
    const kind = data.file === 'ics' ? 'ics' : 'csv'
    const pieces: string[] = []
    if (kind === 'ics') pieces.push(taskingCalendar(view, items))
    else for await (const piece of csvText(taskingColumns(view), items)) pieces.push(piece)
    // A calendar holds what is still to come.
    const held = kind === 'ics' ? items.filter(({ open }) => open) : items
    const title = view.words.t('tasking.fileTitle', { count: held.length })
    const day = DateTime.fromMillis(now, { zone: view.words.zone }).toISODate()
    return {
      do: 'file',
      recordId,
      file: {
        name: `tocsin-${view.words.t('tasking.fileName')}-${day}.${kind}`,
        title,
        bytes: Buffer.from(pieces.join(''), 'utf8'),
        altText: title,
        text: title,
      },
    }
  }
}

export const taskingRendering: RenderingFamily = {
  cards: locales => ({ tasking: card(locales) }),
  lines: locales => ({
    'tasking.line': line(locales),
    'tasking.origin': originLine(locales),
    'tasking.file': fileRenderer(locales),
  }),
}
