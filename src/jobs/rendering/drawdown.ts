import { TASKABLE } from '../../domain/mission.ts'
import type { Ctx, Person } from '../../operations/context.ts'
import { entryOf, factsOf, managesDrawdowns, othersLike } from '../../operations/drawdown.ts'
import type { ViewContext } from '../../views/context.ts'
import {
  declinedMessage,
  drawdownCard,
  drawdownCsv,
  drawdownItemCard,
  drawdownPdf,
  drawdownReminder,
  reportName,
  reportText,
} from '../../views/drawdown.ts'
import type { ReminderItem } from '../../views/reminder.ts'
import type { Delivery } from '../contract.ts'
import { toPerson } from './gate.ts'
import type { RenderingFamily } from './index.ts'

const gone: Delivery = { do: 'drop', code: 'gone' }
const notTheirs: Delivery = { do: 'drop', code: 'not_for_this_audience' }
const ALT_MAX = 1_000

/** An item nobody has answered: for whoever of the mission was asked, or whoever asked an agency or an NGO. */
export async function drawdownReminded(
  ctx: Ctx,
  view: ViewContext,
  id: string,
  person: Person,
): Promise<ReminderItem | null> {
  const { read } = ctx.store
  const item = await read.drawdowns.item(id)
  const drawdown = item && (await read.drawdowns.byId(item.drawdownId))
  if (item?.state !== 'offered' || drawdown?.closedAt !== null) return null
  const own = item.receiver === person.id
  if (!own && !(await managesDrawdowns(ctx, person))) return null
  return drawdownReminder(view, drawdown, await entryOf(ctx, read, item), own)
}

export const drawdownRendering: RenderingFamily = {
  cards: locales => ({
    drawdown: toPerson(locales, async (ctx, view, entry, person) => {
      const { read } = ctx.store
      const drawdown = await read.drawdowns.byId(entry.recordId)
      if (!drawdown) return gone
      if (!(await managesDrawdowns(ctx, person))) return notTheirs
      return {
        do: 'card',
        recordId: drawdown.id,
        message: drawdownCard(view, await factsOf(ctx, read, drawdown)),
      }
    }),
    drawdown_item: toPerson(locales, async (ctx, view, entry, person) => {
      const { read } = ctx.store
      const item = await read.drawdowns.item(entry.recordId)
      const drawdown = item && (await read.drawdowns.byId(item.drawdownId))
      if (!item || !drawdown) return gone
      if (item.receiver !== person.id) return notTheirs
      const free = person.constituency === null || !TASKABLE.includes(person.constituency)
      const alike = (await othersLike(read, item)).length
      const message = drawdownItemCard(view, drawdown, await entryOf(ctx, read, item), { free, alike })
      return { do: 'card', recordId: item.id, message }
    }),
  }),
  lines: locales => ({
    'drawdown.declined': toPerson(locales, async (ctx, view, entry, person) => {
      const { read } = ctx.store
      const item = await read.drawdowns.item(entry.recordId)
      const drawdown = item && (await read.drawdowns.byId(item.drawdownId))
      if (!item || !drawdown) return gone
      if (!(await managesDrawdowns(ctx, person))) return notTheirs
      if (item.state !== 'declined') return { do: 'drop', code: 'overtaken' }
      const others = Number(entry.data.others ?? 0)
      return { do: 'line', message: declinedMessage(view, drawdown, await entryOf(ctx, read, item), others) }
    }),
    'drawdown.report': toPerson(locales, async (ctx, view, entry, person) => {
      const { read } = ctx.store
      const drawdown = await read.drawdowns.byId(entry.recordId)
      if (!drawdown) return gone
      if (!(await managesDrawdowns(ctx, person))) return notTheirs
      const facts = await factsOf(ctx, read, drawdown)
      const format = entry.data.format === 'csv' ? 'csv' : 'pdf'
      const name = reportName(view, facts, format)
      const text = reportText(view, facts)
      return {
        do: 'file',
        recordId: `${drawdown.id}:${format}`,
        file: {
          name,
          title: name,
          bytes: format === 'csv' ? await drawdownCsv(view, facts) : await drawdownPdf(view, facts),
          altText: text.slice(0, ALT_MAX),
          text,
        },
      }
    }),
  }),
}
