import { restsWith } from '../../operations/posture/items.ts'
import { codeOfItem, mayCountItems, mayReadPosture } from '../../operations/posture.ts'
import { section } from '../../views/blocks.ts'
import { postureCard, postureItemCard, postureItemLine } from '../../views/posture.ts'
import type { Delivery } from '../contract.ts'
import { toPerson } from './gate.ts'
import type { RenderingFamily } from './index.ts'

const gone: Delivery = { do: 'drop', code: 'gone' }
const notTheirs: Delivery = { do: 'drop', code: 'not_for_this_audience' }

export const postureRendering: RenderingFamily = {
  cards: locales => ({
    posture: toPerson(locales, async (ctx, view, entry, person) => {
      const posture = await ctx.store.read.postures.byId(entry.recordId)
      if (!posture) return gone
      if (!(await mayReadPosture(ctx, posture, person))) return notTheirs
      const counts = await mayCountItems(ctx, person)
      const items = counts ? await ctx.store.read.postures.items(posture.id) : null
      return { do: 'card', recordId: posture.id, message: postureCard(view, posture, items, !counts) }
    }),
    posture_item: toPerson(locales, async (ctx, view, entry, person) => {
      const { read } = ctx.store
      const item = await read.postures.item(entry.recordId)
      const posture = item && (await read.postures.byId(item.postureId))
      if (!item || !posture) return gone
      if (item.asked !== person.id) return notTheirs
      const code = await codeOfItem(read, item)
      return { do: 'card', recordId: item.id, message: postureItemCard(view, posture, item, code) }
    }),
  }),
  lines: locales => ({
    'posture.item': toPerson(locales, async (ctx, view, entry, person) => {
      const { read } = ctx.store
      const item = await read.postures.item(entry.recordId)
      const posture = item && (await read.postures.byId(item.postureId))
      if (!item || !posture) return gone
      const line = String(entry.data.line)
      if ((item.state === 'paused') !== (line === 'paused')) return { do: 'drop', code: 'overtaken' }
      if (!(await restsWith(ctx, read, item)).includes(person.id)) return notTheirs
      return { do: 'line', message: postureItemLine(view, posture, await codeOfItem(read, item), line) }
    }),
    'posture.ended': toPerson(locales, async (ctx, view, entry, person) => {
      const item = await ctx.store.read.postures.item(entry.recordId)
      const tasking = item && (await ctx.store.read.taskings.byId(item.recordId))
      if (!item || !tasking) return gone
      if (tasking.askedBy !== person.id) return notTheirs
      const text = view.words.t('posture.gone', { code: tasking.code })
      return { do: 'line', message: { text, blocks: [section(text)] } }
    }),
  }),
}
