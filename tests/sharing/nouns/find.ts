import { find, findCodes } from '../../../src/operations/find.ts'
import { foundBlocks, foundModal } from '../../../src/views/find.ts'
import type { Noun } from '../noun.ts'

/** Holds no words of its own: everything that can be found, asked for without a word, page by page, and by a sector. */
export const noun: Noun = {
  opens: {
    async find(_, { ctx, view, see }) {
      const query = { words: '', code: null, sinceMs: null, unread: [] }
      let pages = 1
      for (let page = 0; page < pages; page++)
        await see(async () => {
          const found = await find(ctx, { ...query, sector: null }, page)
          pages = found.pages
          return foundModal(view, found, '')
        })
      const [sector] = ctx.mission.sectors
      await see(async () => foundModal(view, await find(ctx, { ...query, sector: sector?.id ?? null }), ''))
    },
    async findCodes(world, { ctx, view, see }) {
      const rows = await world.desk.store.read.alerts.byIds(world.made.alert ?? [])
      await see(async () =>
        foundBlocks(
          view,
          await findCodes(
            ctx,
            rows.map(({ code }) => code),
          ),
        ),
      )
    },
  },
}
