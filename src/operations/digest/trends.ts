import type { Indicator } from '../../domain/indicators.ts'
import { indicatorsFor } from '../indicators.ts'
import { giver } from './scope.ts'

export const trendGivers = {
  /** On the day of the week: how it went beside the four weeks before, for those who answer for the whole. */
  trends: giver(
    async ({ ctx, reader, sector, kind }): Promise<Indicator[]> => {
      if (kind !== 'weekly' || sector !== null) return []
      const { rows } = (await indicatorsFor(ctx, reader)) ?? { rows: [] }
      return rows.filter(({ span }) => span.of > 0)
    },
    () => [],
  ),
}
