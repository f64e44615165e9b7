import type { ReportingComponent } from '../../domain/mission/component-report-section.ts'
import { componentDays, currentRound } from '../component-report.ts'
import { giver } from './scope.ts'

/** Who owes a report: the silent are named, for silence is no report. */
export const reportGivers = {
  reports: giver(
    async ({ ctx, reader, sector }) => {
      const round = currentRound(ctx)
      if (!round || sector !== null || ctx.clock.now() < round.dueAt) return []
      const { components } = await componentDays(ctx, reader, round)
      return components
        .filter(({ report }) => report === null)
        .map(({ component }) => ({ component, dueAt: round.dueAt }))
    },
    (_: { component: ReportingComponent; dueAt: number }) => [],
  ),
}
