import type { ReminderPlan, ReminderRule } from '../../domain/reminder.ts'
import type { Open } from '../context.ts'
import { type Remindable, remindOf } from '../reminder.ts'
import { type TeamFacts, teamFacts } from './facts.ts'
import { again, showTeam, teamRef } from './tell.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** Of a report: the day before, on its date, and some days after. */
const rules: readonly ReminderRule[] = [
  { when: 'before', byMs: DAY_MS, everyMs: null, most: 1 },
  { when: 'on_due', byMs: 0, everyMs: null, most: 1 },
  { when: 'after', byMs: DAY_MS, everyMs: DAY_MS, most: 5 },
]

/** The lead is reminded of the report until it is filed. */
export async function syncReportReminders(open: Open, facts: TeamFacts): Promise<void> {
  await remindOf(open, teamRef(facts.team), facts.leading, planOf(facts))
}

function planOf({ team }: TeamFacts): ReminderPlan | null {
  const { state, reportDueAt, backAt } = team
  if (state !== 'back' || reportDueAt === null) return null
  return { rules, dueAt: reportDueAt, since: backAt ?? reportDueAt, imminent: false }
}

/** Reports of teams as a noun of reminders. */
export const teamReminders: Remindable = {
  async plan(ctx, repos, recordId, personId) {
    const team = await repos.teams.byId(recordId)
    const facts = team && (await teamFacts(repos, ctx.mission, ctx.clock.now(), team))
    return facts?.leading.some(({ id }) => id === personId) ? planOf(facts) : null
  },
  async snoozed(open, recordId) {
    const team = await open.tx.teams.byId(recordId)
    if (team) await showTeam(open, await again(open, team))
  },
}
