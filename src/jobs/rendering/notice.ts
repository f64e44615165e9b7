import { expireNotice, readsNotice } from '../../operations/notice.ts'
import { noticeCard } from '../../views/notice.ts'
import { toPerson } from './gate.ts'
import type { RenderingFamily } from './index.ts'

export const noticeRendering: RenderingFamily = {
  cards: locales => ({
    notice: toPerson(locales, async (ctx, view, entry, person) => {
      const notice = await ctx.store.read.notices.byId(entry.recordId)
      if (!notice) return { do: 'drop', code: 'gone' }
      const reads = await readsNotice(ctx, notice, person)
      if (reads === null) return { do: 'drop', code: 'not_for_this_audience' }
      return { do: 'card', recordId: notice.id, message: noticeCard(view, { notice, full: reads === 'all' }) }
    }),
  }),
  timers: { 'notice.expiry': expireNotice },
}
