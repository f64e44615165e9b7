import { find, findCodes } from '../../../src/operations/find.ts'
import { foundBlocks, foundModal } from '../../../src/views/find.ts'
import type { Noun } from '../noun.ts'

/** Holds no words of its own: everything that can be found, asked for without a word and by a sector. */
export const noun: Noun = {
  opens: {
    async find(_, { ctx, view, see }) {
      for (const sector of [null, ...ctx.mission.sectors.map(({ id }) => id)])
        for (const page of [0, 1, 2])
          await see(async () =>
            foundModal(view, await find(ctx, { words: '', code: null, sector, sinceMs: null }, page), ''),
          )
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
