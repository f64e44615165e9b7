import type { Locales } from '../../locales/index.ts'
import type { Ctx } from '../../operations/context.ts'
import { context } from '../../views/blocks.ts'
import type { Renderer } from '../contract.ts'
import { audience } from './audience.ts'

/** Blocks of one message, as Slack takes them. */
const BLOCKS = 50
/** Where a line that says it by itself says it. */
const HEAD = 60

/**
 * A line in the thread of an exercise's record says that it is one, whichever noun said it: on a telephone it stands alone,
 * and must be taken for no alarm.
 */
export function played(locales: Locales, render: Renderer): Renderer {
  return async (ctx, entry, late) => {
    const delivery = await render(ctx, entry, late)
    if (delivery.do !== 'line' || !delivery.threadOf || !(await isPlayed(ctx, delivery.threadOf)))
      return delivery
    const to = await audience(ctx, locales, entry.target)
    const mark = to?.words.t('alert.exercise')
    const { text, blocks } = delivery.message
    if (!mark || text.slice(0, HEAD).includes(mark)) return delivery
    const marked = blocks && blocks.length < BLOCKS ? { blocks: [context(`*${mark}*`), ...blocks] } : {}
    return { ...delivery, message: { ...delivery.message, ...marked, text: `${mark} · ${text}` } }
  }
}

/** Whether the record of this id belongs to an exercise, of whatever kind it is. */
async function isPlayed({ store: { read } }: Ctx, id: string): Promise<boolean> {
  const kinds = [read.alerts, read.taskings, read.teams, read.gates, read.hotspots, read.forums, read.plans]
  for (const kind of kinds) {
    const row = await kind.byId(id)
    if (row) return row.exercise
  }
  return false
}
