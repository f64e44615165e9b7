import type { DigestSection } from '../../domain/digest.ts'
import { type Language, textIn } from '../../domain/mission.ts'
import type { AlertFacts } from '../../operations/alert/facts.ts'
import type { Given } from '../../operations/digest.ts'
import { baseText, outcome, placeText, stateText, urgencyMark, whatText } from '../alert/phrases.ts'
import { brief, said, sentence } from '../blocks.ts'
import { pair, sector, term, type ViewContext } from '../context.ts'
import { untoldLine } from '../feedback.ts'
import { forumLine } from '../forum/phrases.ts'
import { gateName, standingText } from '../gate/card.ts'
import { hotspotName } from '../hotspot/phrases.ts'
import { harmText, incidentTitle, warnedText } from '../incident.ts'
import { trendLine } from '../indicators.ts'
import { summaryLine } from '../release.ts'
import { responseText } from '../response.ts'
import { digestTaskingLine } from '../tasking/list.ts'
import { teamName } from '../team/phrases.ts'

/** Characters of a person's words in one line, and of the place. */
const WORDS_MAX = 140
const PLACE_MAX = 80

/** One line, or paragraph, of each section; mrkdwn. */
export const lines: { [K in DigestSection]: (view: ViewContext, item: Given[K][number]) => string } = {
  outcomes: endedLine,
  unanswered: openLine,
  urgent: openLine,
  raised: openLine,
  changed: openLine,
  warnings: warningLine,
  musts: hotspotLine,
  hotspots: hotspotLine,
  late: (view, facts) => `• ${digestTaskingLine(view, facts)}`,
  blocked: (view, facts) => `• ${digestTaskingLine(view, facts)}`,
  waiting: (view, facts) => `• ${digestTaskingLine(view, facts)}`,
  not_taken_on: (view, facts) => `• ${digestTaskingLine(view, facts)}`,
  done: (view, facts) => `• ${digestTaskingLine(view, facts, true)}`,
  untold: (view, { facts, askedAt }) => untoldLine(view, facts, askedAt),
  reports: (view, { component, dueAt }) =>
    `• *${said(textIn(component.name, view.words.language as Language) || component.id)}* · ${view.words.t('digest.reportDue', { at: view.words.dateTime(dueAt) })}`,
  team_reports: (view, facts) => `• ${teamName(view, facts)}${teamDue(view, facts)}`,
  recommendations: (view, facts) =>
    `• ${teamName(view, facts)} · ${view.words.t('digest.undecided', { count: facts.undecided })}`,
  decisions: (view, { forum, entry }) =>
    `• ${forumLine(view, forum)} · ${brief(entry.text ?? '', WORDS_MAX)} · ${view.words.t('digest.age', { age: view.words.duration(Math.max(60_000, view.now - entry.at)) })}`,
  meetings: (view, { forum, meeting }) => `• ${forumLine(view, forum)} · ${view.words.dateTime(meeting.at)}`,
  trends: trendLine,
  incidents: (view, { facts, warned }) =>
    [
      `• *${brief(incidentTitle(view, facts), PLACE_MAX * 2)}*`,
      ...[harmText(view, facts.incident) ?? view.words.t('incident.noHarm'), warnedText(view, warned)],
    ].join(' · '),
  partners: (view, { facts, row }) =>
    `• *${facts.alert.code}* · ${brief(placeText(view, facts), PLACE_MAX)} · ${responseText(view, facts, row)}`,
  gates: (view, facts) =>
    `• *${facts.gate.code}* · ${gateName(view, facts)} · ${standingText(view, { facts })}`,
  released: (view, summary) => `• ${summaryLine(view, summary)}`,
  my_alerts: openLine,
  my_due: (view, facts) => `• ${digestTaskingLine(view, facts)}`,
  my_taskings: (view, facts) => `• ${digestTaskingLine(view, facts)}`,
  my_decisions: (view, facts) =>
    `• *${facts.gate.code}* · ${gateName(view, facts)} · ${standingText(view, { facts })}`,
  my_warnings: warningLine,
  my_places: (view, { facts, place }) => pair(view, hotspotName(view, place), openLine(view, facts)),
  subscribed: openLine,
}

/** Beside the words of a heading, never in their place. */
export const marks: Readonly<Record<DigestSection, string>> = {
  outcomes: '✅',
  unanswered: '⏰',
  urgent: '🔴',
  warnings: '🌡️',
  musts: '🛡️',
  late: '⌛',
  blocked: '⛔',
  waiting: '⏳',
  not_taken_on: '↩️',
  done: '☑️',
  untold: '📣',
  reports: '📭',
  team_reports: '🧭',
  recommendations: '💡',
  decisions: '🗳️',
  raised: '🆕',
  changed: '✏️',
  incidents: '📕',
  partners: '🤲',
  hotspots: '📍',
  gates: '🚧',
  released: '🤝',
  meetings: '🗓️',
  trends: '📈',
  my_alerts: '⏰',
  my_due: '📅',
  my_taskings: '🗒️',
  my_decisions: '🚧',
  my_warnings: '🌡️',
  my_places: '📍',
  subscribed: '🔔',
}

/** Sections whose lines are paragraphs of their own. */
export const spaced: ReadonlySet<DigestSection> = new Set([
  'unanswered',
  'urgent',
  'raised',
  'changed',
  'my_alerts',
  'my_places',
  'subscribed',
])

function openLine(view: ViewContext, facts: AlertFacts): string {
  const { t, duration } = view.words
  const base = baseText(view, facts)
  const age = t('digest.age', { age: duration(Math.max(60_000, view.now - facts.alert.raisedAt)) })
  return [
    `${urgencyMark[facts.alert.urgency]} ${head(view, facts)} · ${t(`alert.urgency.${facts.alert.urgency}`)} · ${age}`,
    brief(whatText(view, facts), WORDS_MAX),
    [owners(view, facts), ...(base ? [base] : [])].join(' · '),
  ].join('\n')
}

function endedLine(view: ViewContext, facts: AlertFacts): string {
  const { t } = view.words
  const end = facts.acts.findLast(act => act.kind === 'close' || act.kind === 'withdraw')
  const result = facts.alert.lifecycle === 'closed' ? outcome(view, facts) : t('alert.status.withdrawn')
  const note = end?.note ? ` ${brief(end.note, WORDS_MAX)}` : ''
  return `• ${head(view, facts)} · *${note === '' ? result : sentence(result)}*${note}`
}

function warningLine(view: ViewContext, { row, alerts }: Given['warnings'][number]): string {
  const told = view.words.t('digest.warned', {
    count: alerts.length,
    codes: view.words.list(alerts.slice(0, 5).map(({ alert }) => alert.code)),
    since: view.words.dateTime(row.askedAt),
  })
  return `• *${row.code}* · ${term(view, 'threats', row.threat)} · ${told}`
}

function teamDue(view: ViewContext, { team }: Given['team_reports'][number]): string {
  const { t, dateTime } = view.words
  return team.reportDueAt === null ? '' : ` · ${t('digest.reportDue', { at: dateTime(team.reportDueAt) })}`
}

function hotspotLine(view: ViewContext, facts: Given['musts'][number]): string {
  return `• ${hotspotName(view, facts)} · ${sector(view, facts.hotspot.sector)}`
}

const head = (view: ViewContext, { alert }: AlertFacts): string =>
  `*${alert.code}* · ${brief(placeText(view, { alert }), PLACE_MAX)}`

/** Acknowledged and nothing decided stands out: the silence that looks like an answer. */
function owners(view: ViewContext, { alert, owners }: AlertFacts): string {
  const { t } = view.words
  return owners
    .map(({ owner, state }) => {
      const text = stateText(view, alert, state)
      return t('digest.owner', {
        slot: t(`alert.slot.${owner.slot}`),
        state: state.acknowledged && !state.decision ? `*${text}*` : text,
      })
    })
    .join(' · ')
}
