import type { DigestSections } from '../../domain/digest.ts'
import type { AlertResponse } from '../../domain/response.ts'
import { type AlertFacts, factsOfAll } from '../alert/facts.ts'
import { mayReadAlert } from '../alert/reading.ts'
import { type EarlyWarning, earlyWarningFacts, mayReadEarlyWarning } from '../early-warning.ts'
import { type Summary, summariesFor } from '../release.ts'
import { belongs, giver, within } from './scope.ts'

const sorted = (key: Exclude<keyof DigestSections<AlertFacts>, 'quiet'>) =>
  giver(
    async scope => (await scope.alerts())[key],
    ({ alert }: AlertFacts) => [alert.id],
  )

/** Sections that tell of alerts, of what was done about them and of what follows from several. */
export const alertGivers = {
  /** How alerts ended, for civilians. */
  outcomes: sorted('ended'),
  unanswered: sorted('unanswered'),
  urgent: sorted('urgent'),
  raised: sorted('raised'),
  changed: sorted('changed'),
  /** Several low warnings of one kind about which nobody has decided. */
  warnings: giver(
    async ({ ctx, reader, sector, common }) => {
      const items = await common('warnings', async () =>
        Promise.all((await ctx.store.read.earlyWarnings.open()).map(({ id }) => earlyWarningFacts(ctx, id))),
      )
      return items.filter(
        item =>
          item !== null &&
          !item.row.exercise &&
          (sector === null || item.alerts.some(({ alert }) => alert.sector === sector)) &&
          mayReadEarlyWarning(ctx, item, reader),
      ) as EarlyWarning[]
    },
    ({ alerts }) => alerts.map(({ alert }) => alert.id),
  ),
  /** Communities that have not been told yet what was done, for those who decide. */
  untold: giver(
    async scope => {
      const { ctx, reader } = scope
      const repos = ctx.store.read
      const now = ctx.clock.now()
      const owed = new Map((await repos.feedback.open()).map(row => [row.alertId, row.askedAt]))
      const closed = (await repos.alerts.byIds([...owed.keys()])).filter(alert => belongs(scope, alert))
      return (await factsOfAll(repos, ctx.mission, now, closed))
        .filter(facts => mayReadAlert(ctx, facts, 'record', reader) && scope.decides(facts))
        .map(facts => ({ facts, askedAt: owed.get(facts.alert.id) ?? now }))
    },
    ({ facts }) => [facts.alert.id],
  ),
  /** What agencies and NGOs did, where they chose to be named in some way; else not at all. */
  partners: giver(
    async scope => {
      const named = (row: AlertResponse) => row.responder === 'humanitarian_partner' && row.naming !== 'none'
      return (await scope.readable()).flatMap(facts =>
        facts.responses
          .filter(row => named(row) && within(scope, row.recordedAt))
          .map(row => ({ facts, row })),
      )
    },
    ({ facts }) => [facts.alert.id],
  ),
  /** Summaries released in the window to readers who may not read the alert itself. */
  released: giver(
    async scope => {
      const released = await summariesFor(scope.ctx, scope.reader, ({ decidedAt }) =>
        within(scope, decidedAt),
      )
      return released.filter(({ exercise }) => !exercise)
    },
    ({ release }: Summary) => [release.id],
  ),
}
