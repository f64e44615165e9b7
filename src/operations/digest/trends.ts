import type { Indicator } from '../../domain/indicators.ts'
import { indicatorsFor } from '../indicators.ts'
import { giver } from './scope.ts'

export const trendGivers = {
  /** In the week's, and on its day in one's own: how it went beside the four weeks before, for those who answer for the whole. */
  trends: giver(
    async ({ ctx, reader, sector, kind }): Promise<Indicator[]> => {
      if (kind === 'daily' || sector !== null) return []
      const { rows } = (await indicatorsFor(ctx, reader)) ?? { rows: [] }
      return rows.filter(({ span }) => span.of > 0)
    },
    () => [],
  ),
}
