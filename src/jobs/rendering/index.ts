import type { Locales } from '../../locales/index.ts'
import { removeCards } from '../../operations/channel/removal.ts'
import { issueCallSheet, reviewDue, rotaTurns, testMissed } from '../../operations/duty.ts'
import { reportHandover } from '../../operations/handover.ts'
import { remindInquiry } from '../../operations/inquiry.ts'
import { askReach, reportReach } from '../../operations/reach.ts'
import { runRetention } from '../../operations/retention.ts'
import { withUsualMarks } from '../../views/marks.ts'
import type { Renderer, TimerHandler } from '../contract.ts'
import { alertCardRenderer, alertLineRenderer, alertTimer } from './alert.ts'
import { audience } from './audience.ts'
import { authoritiesRendering } from './authorities.ts'
import { callSheetRenderer } from './call-sheet.ts'
import { callbackRendering } from './callback.ts'
import { channelExposedRenderer, partnerCardRenderer, tendRenderer } from './channel.ts'
import { componentReportRendering } from './component-report.ts'
import { concernRendering } from './concern.ts'
import { crisisRendering } from './crisis.ts'
import { digestRendering } from './digest.ts'
import { drawdownRendering } from './drawdown.ts'
import { dutyLineRenderer, dutyTestRenderer } from './duty.ts'
import { earlyWarningRendering } from './early-warning.ts'
import { feedbackRendering } from './feedback.ts'
import { figuresRendering } from './figures.ts'
import { forumRendering } from './forum.ts'
import { gateRendering } from './gate.ts'
import { hotspotRendering } from './hotspot.ts'
import { incidentRendering } from './incident.ts'
import { inquiryAnsweredRenderer, inquiryCardRenderer, inquiryReminderRenderer } from './inquiry.ts'
import { matrixRendering } from './matrix.ts'
import { meetingRendering } from './meeting.ts'
import { noticeRendering } from './notice.ts'
import { partnerRendering } from './partner.ts'
import * as people from './people.ts'
import { planRendering } from './plan.ts'
import { played } from './played.ts'
import { postureRendering } from './posture.ts'
import { profileRendering } from './profile.ts'
import { quoteRendering } from './quote.ts'
import { releaseCardRenderer, releaseDecidedRenderer } from './release.ts'
import { reminderRendering } from './reminder.ts'
import { responseRendering } from './response.ts'
import { smsRendering } from './sms.ts'
import { subscriptionRendering } from './subscription.ts'
import { exerciseRendering } from './tabletop.ts'
import { taskingRendering } from './tasking.ts'
import { teamRendering } from './team.ts'

/** What one noun renders and what its timers do, beside those below. */
export interface RenderingFamily {
  /** Cards, by the kind of record. */
  cards?(locales: Locales): Record<string, Renderer>
  /** Other entries, by kind. */
  lines?(locales: Locales): Record<string, Renderer>
  timers?: Record<string, TimerHandler>
}

/** One family per noun; its own file in this folder says what it renders. */
const families: readonly RenderingFamily[] = [
  profileRendering,
  earlyWarningRendering,
  partnerRendering,
  // One line each.
  authoritiesRendering,
  feedbackRendering,
  incidentRendering,
  figuresRendering,
  callbackRendering,
  concernRendering,
  digestRendering,
  componentReportRendering,
  drawdownRendering,
  gateRendering,
  forumRendering,
  meetingRendering,
  crisisRendering,
  planRendering,
  exerciseRendering,
  noticeRendering,
  postureRendering,
  hotspotRendering,
  matrixRendering,
  responseRendering,
  smsRendering,
  quoteRendering,
  reminderRendering,
  taskingRendering,
  teamRendering,
  subscriptionRendering,
]

/** How each kind of outbox entry is rendered. A `card` says in its data of which kind of record. */
export function renderers(locales: Locales): Record<string, Renderer> {
  const lines = families.map(family => family.lines?.(locales) ?? {})
  const table: Record<string, Renderer> = {
    card: marked(locales, byRecord(cardRenderers(locales))),
    'alert.line': alertLineRenderer(locales),
    'inquiry.answered': inquiryAnsweredRenderer(locales),
    'inquiry.reminder': inquiryReminderRenderer(locales),
    'release.decided': releaseDecidedRenderer(locales),
    'registration.decided': people.registrationDecidedRenderer(locales),
    'handover.table': people.handoverTableRenderer(locales),
    'compromised.closed': people.accessClosedRenderer(locales),
    'reach.gaps': people.reachGapsRenderer(locales),
    'channel.exposed': channelExposedRenderer(locales),
    remove: tendRenderer('remove'),
    pin: tendRenderer('pin'),
    'duty.line': dutyLineRenderer(locales),
    'duty.test': dutyTestRenderer(locales),
    call_sheet: callSheetRenderer(locales),
    ...Object.assign({}, ...lines),
  }
  return Object.fromEntries(Object.entries(table).map(([kind, render]) => [kind, played(locales, render)]))
}

/** How each kind of record's card is rendered. */
export function cardRenderers(locales: Locales): Record<string, Renderer> {
  return {
    alert: alertCardRenderer(locales),
    partner: partnerCardRenderer(locales),
    release: releaseCardRenderer(locales),
    inquiry: inquiryCardRenderer(locales),
    registration: people.registrationCardRenderer(locales),
    handover: people.handoverCardRenderer(locales),
    reach: people.reachCardRenderer(locales),
    ...Object.assign({}, ...families.map(family => family.cards?.(locales) ?? {})),
  }
}

/** The renderer for the kind of record an entry says it is of. */
function byRecord(table: Record<string, Renderer>): Renderer {
  return async (ctx, entry, late) => {
    const renderer = table[String(entry.data.record)]
    return renderer ? renderer(ctx, entry, late) : { do: 'drop', code: 'gone' }
  }
}

/** Cards that say by themselves how they are marked: those of records with marks of their own. */
const OWN_MARKS: readonly string[] = ['alert', 'tasking', 'release']
/** Cards that tell of no record: of a person's own standing, and of what the bot offers. */
export const NO_RECORD: readonly string[] = ['partner', 'registration', 'handover', 'reach', 'profile']

/** Every other card says how far it may be passed on and how sensitive it is, as the mission marks records. */
function marked(locales: Locales, render: Renderer): Renderer {
  return async (ctx, entry, late) => {
    const delivery = await render(ctx, entry, late)
    const kind = String(entry.data.record)
    if (delivery.do !== 'card' || delivery.withheld) return delivery
    if (OWN_MARKS.includes(kind) || NO_RECORD.includes(kind)) return delivery
    const to = await audience(ctx, locales, entry.target)
    const { blocks = [] } = delivery.message
    if (!to || blocks.length === 0) return delivery
    const view = { words: to.words, mission: ctx.mission, now: ctx.clock.now() }
    const message = { ...delivery.message, blocks: withUsualMarks(view, blocks) }
    return { ...delivery, message }
  }
}

/** What each kind of timer does when it is due. */
export const timerHandlers: Record<string, TimerHandler> = {
  'alert.step': alertTimer,
  'alert.cards': removeCards,
  'handover.due': reportHandover,
  reach: askReach,
  'inquiry.due': remindInquiry,
  'reach.due': reportReach,
  'duty.test': testMissed,
  'duty.rota': rotaTurns,
  'duty.review': reviewDue,
  call_sheet: issueCallSheet,
  retention: runRetention,
  ...Object.assign({}, ...families.map(({ timers }) => timers)),
}
