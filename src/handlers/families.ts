import { listFamily } from './alert/list.ts'
import { standingFamily } from './alert/standing.ts'
import { authoritiesFamily } from './authorities.ts'
import { callbackFamily } from './callback.ts'
import { componentReportFamily } from './component-report.ts'
import { concernFamily } from './concern.ts'
import type { Family, Handlers } from './contract.ts'
import { crisisFamily } from './crisis.ts'
import { drawdownFamily } from './drawdown.ts'
import { earlyWarningFamily } from './early-warning.ts'
import { entryFamily } from './entry.ts'
import { feedbackFamily } from './feedback.ts'
import { findFamily } from './find.ts'
import { forumFamily } from './forum.ts'
import { gateFamily } from './gate.ts'
import { homeFamily } from './home.ts'
import { hotspotFamily } from './hotspot/index.ts'
import { incidentFamily } from './incident.ts'
import { indicatorsFamily } from './indicators.ts'
import { matrixFamily } from './matrix.ts'
import { meetingFamily } from './meeting.ts'
import { noticeFamily } from './notice.ts'
import { partnerFamily } from './partner.ts'
import { planFamily } from './plan.ts'
import { postureFamily } from './posture.ts'
import { previewFamily } from './preview.ts'
import { profileFamily } from './profile.ts'
import { quoteFamily } from './quote.ts'
import { reminderFamily } from './reminder.ts'
import { reportFamily } from './report.ts'
import { responseFamily } from './response.ts'
import { settingsFamily } from './settings.ts'
import { smsFamily } from './sms.ts'
import { subscriptionFamily } from './subscription.ts'
import { exerciseFamily } from './tabletop.ts'
import { taskingFamily } from './tasking.ts'
import { teamFamily } from './team.ts'

/** One family per noun; its own file says which callbacks it has. */
export const families: readonly Family[] = [
  previewFamily,
  profileFamily,
  entryFamily,
  partnerFamily,
  // One line each.
  earlyWarningFamily,
  reportFamily,
  standingFamily,
  concernFamily,
  drawdownFamily,
  gateFamily,
  forumFamily,
  meetingFamily,
  crisisFamily,
  planFamily,
  exerciseFamily,
  authoritiesFamily,
  feedbackFamily,
  noticeFamily,
  postureFamily,
  incidentFamily,
  indicatorsFamily,
  hotspotFamily,
  callbackFamily,
  matrixFamily,
  listFamily,
  responseFamily,
  taskingFamily,
  reminderFamily,
  teamFamily,
  smsFamily,
  quoteFamily,
  subscriptionFamily,
  settingsFamily,
  homeFamily,
  componentReportFamily,
  findFamily,
]

const KINDS = ['commands', 'actions', 'views', 'closed', 'options', 'shortcuts'] as const

/**
 * All callbacks in one table per kind.
 *
 * @throws Error where two families claim the same id: Slack would reach only one of them.
 */
export function joined(all: readonly Family[]): Handlers {
  const tables = KINDS.map(kind => [
    kind,
    table<unknown>(
      kind,
      all.map(family => family[kind] ?? {}),
    ),
  ])
  return { ...Object.fromEntries(tables), events: eventsOf(all) } as Handlers
}

/** An event of Slack may concern several nouns: each is asked, in the order of the families. */
function eventsOf(all: readonly Family[]): Handlers['events'] {
  const chained: Handlers['events'] = {}
  for (const { events = {} } of all)
    for (const [type, handler] of Object.entries(events)) {
      const earlier = chained[type]
      chained[type] = earlier
        ? async call => {
            await earlier(call)
            await handler(call)
          }
        : handler
    }
  return chained
}

/** What the first words after `/poc` ask for, of every family. */
export function subcommandsOf(all: readonly Family[]): NonNullable<Family['subcommands']> {
  return table(
    'subcommands',
    all.map(family => family.subcommands ?? {}),
  )
}

function table<T>(kind: string, parts: readonly Record<string, T>[]): Record<string, T> {
  const entries = parts.flatMap(part => Object.entries(part))
  const seen = new Set<string>()
  for (const [id] of entries) {
    if (seen.has(id)) throw new Error(`two families claim ${kind} ${id}`)
    seen.add(id)
  }
  return Object.fromEntries(entries)
}
