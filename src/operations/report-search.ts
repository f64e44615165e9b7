import { codeTyped } from '../domain/code.ts'
import type { Report } from '../domain/report.ts'
import type { Reader } from '../domain/sharing.ts'
import { holdsWords } from '../domain/text-fold.ts'
import type { AlertFacts } from './alert/facts.ts'
import { mightRead, openedToThem, readable } from './alert/find.ts'
import { actorAsReader, reportSeenBy } from './alert/reading.ts'
import type { Ctx } from './context.ts'
import { actingPerson } from './permission.ts'
import type { ReportRead } from './report.ts'

/** Reports looked at for one search; more words find what is further back. */
const LOOKED_AT = 2_000

/** A report with the alert under which the acting person may read it. */
export interface FoundReport {
  facts: AlertFacts
  report: ReportRead
}

/**
 * Reports the acting person may read, by code (`W-7K4Q`) or by words of what was said and where, newest first. A place
 * they are shown no closer is not found by its name.
 *
 * @throws TocsinError `access_closed`.
 */
export async function findReports(ctx: Ctx, words: string, limit = 5): Promise<FoundReport[]> {
  actingPerson(ctx)
  const reader = actorAsReader(ctx) as Reader
  const { read } = ctx.store
  const opened = await openedToThem(ctx)
  const code = codeTyped('W', words)
  const named = code ? await read.reports.byCode(code) : null
  const pages = named ? [[named]] : read.reports.search(words)
  const found: FoundReport[] = []
  let looked = 0
  for await (const page of pages) {
    const ids = new Set(page.flatMap(({ alertId, firstAlertId }) => [alertId, firstAlertId]))
    const alerts = (await read.alerts.byIds([...ids])).filter(alert => mightRead(ctx, alert, opened))
    const under = await readable(ctx, alerts)
    for (const report of page) {
      const hit = underAlert(under, report)
      if (!hit) continue
      const { what, placeSaid } = reportSeenBy(ctx, report, hit.facts, reader)
      if (!named && placeSaid !== report.placeSaid && !holdsWords(`${what} ${placeSaid ?? ''}`, words))
        continue
      found.push({ facts: hit.facts, report: { ...hit.head, what, placeSaid } })
      if (found.length >= limit) return found
    }
    looked += page.length
    if (looked >= LOOKED_AT) break
  }
  return found
}

/** The alert a report belongs to, else the one it came to, and the report as it may be read there. */
function underAlert(readable: readonly AlertFacts[], { id, alertId, firstAlertId }: Report) {
  for (const wanted of [alertId, firstAlertId]) {
    const facts = readable.find(({ alert }) => alert.id === wanted)
    const head = facts?.reports.find(each => each.id === id)
    if (facts && head) return { facts, head }
  }
  return null
}
