import type { Inquiry } from '../../db/inquiries.ts'
import type { FindQuery } from '../../domain/find-query.ts'
import type { AlertFacts } from '../alert/facts.ts'
import type { Ctx } from '../context.ts'
import type { EarlyWarning } from '../early-warning.ts'
import type { ForumFacts } from '../forum/facts.ts'
import type { SeenGate } from '../gate.ts'
import type { HotspotFacts } from '../hotspot.ts'
import type { IncidentFacts } from '../incident.ts'
import type { PlanFacts } from '../plan/facts.ts'
import type { Summary } from '../release.ts'
import type { ReportRead } from '../report.ts'
import type { TaskingFacts } from '../tasking.ts'
import type { TeamFacts } from '../team/facts.ts'

/** Something a person may read, of any kind, as they may read it. */
export type Found = { at: number } & (
  | { kind: 'alert'; facts: AlertFacts }
  | { kind: 'report'; facts: AlertFacts; report: ReportRead }
  | { kind: 'summary'; summary: Summary }
  | { kind: 'incident'; facts: IncidentFacts }
  | { kind: 'hotspot'; facts: HotspotFacts }
  | { kind: 'tasking'; facts: TaskingFacts }
  | { kind: 'gate'; seen: SeenGate }
  | { kind: 'inquiry'; inquiry: Inquiry }
  | { kind: 'team'; facts: TeamFacts }
  | { kind: 'forum'; facts: ForumFacts }
  | { kind: 'plan'; facts: PlanFacts }
  | { kind: 'warning'; item: EarlyWarning; decides: boolean }
)

/**
 * Finds one kind of record for the acting person, through the sharing rule: what it refuses is neither shown nor
 * counted. One per noun, in `find/finders.ts`.
 */
export interface Finder {
  /** The letter its codes begin with. */
  letter: string
  /** @param query.code of this letter, or null. @param most more are not looked for. */
  find(ctx: Ctx, query: FindQuery, most: number): Promise<Found[]>
}
