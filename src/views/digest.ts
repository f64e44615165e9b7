import type { AlertFacts } from '../operations/alert/facts.ts'
import type { Digest } from '../operations/digest.ts'
import type { Block, Rendered } from '../ports.ts'
import { baseText, outcome, placeText, stateText, urgencyMark, whatText } from './alert/phrases.ts'
import { actions, brief, button, context, fitting, header, section } from './blocks.ts'
import type { ViewContext } from './context.ts'
import { untoldLine } from './feedback.ts'
import { summaryLine } from './release.ts'
import { digestTaskingBlocks } from './tasking/list.ts'

/** Lines of one section; the rest is counted and found with the command. */
const LINES = 8
/** Characters of a person's words in one line, and of the place. */
const WORDS_MAX = 140
const PLACE_MAX = 80
/** Characters of all lines of a message together as Slack counts them, and of one section. */
const ROOM = 9500
const SECTION_ROOM = 2700
/** Kept free for each section still to come, so that none is crowded out. */
const RESERVED = 900

const KEYS = ['unanswered', 'urgent', 'raised', 'changed', 'ended'] as const
type Key = (typeof KEYS)[number]

/** The morning digest of one audience: what was not answered first (R-032), outcomes at the end (R-059). */
export function digestMessage(view: ViewContext, digest: Digest): Rendered {
  const { t, date, dateTime, duration } = view.words
  const { sections, window } = digest
  const title = t('digest.title', { mission: view.mission.short, date: date(window.to) })
  const tasked = digestTaskingBlocks(view, digest.taskings)
  const parts = [
    ...sectionBlocks(view, digest, ROOM - JSON.stringify(tasked).length),
    ...tasked,
    ...untoldBlocks(view, digest),
    ...summaryBlocks(view, digest),
  ]
  const nothing = parts.length === 0
  const notes = [
    ...(digest.dueAt === null ? [] : [t('digest.late', { at: dateTime(digest.dueAt) })]),
    ...digest.outages.map(({ fromAt, toAt }) =>
      t('digest.away', { from: dateTime(fromAt), to: dateTime(toAt), for: duration(toAt - fromAt) }),
    ),
  ]
  const blocks: Block[] = [
    header(title),
    ...(notes.length > 0 ? [context(...notes.map(text => `⚠️ ${text}`))] : []),
    ...(nothing ? [section(t('digest.nothing'))] : parts),
    // A partner of another workspace can run no command; here they find the way to raise an alert.
    actions('digest', [button(t('help.raiseButton'), 'alert.raise', 'digest')]),
    context(
      [
        ...(sections.quiet > 0 ? [t('digest.quiet', { count: sections.quiet })] : []),
        t('digest.window', { from: dateTime(window.from), to: dateTime(window.to) }),
      ].join(' · '),
    ),
  ]
  const counts = nothing
    ? t('digest.nothing')
    : t('digest.summary', {
        unanswered: sections.unanswered.length,
        urgent: sections.urgent.length,
        raised: sections.raised.length,
        changed: sections.changed.length,
        ended: sections.ended.length,
      })
  return { text: `${title}. ${notes.join(' ')}${notes.length > 0 ? ' ' : ''}${counts}`, blocks }
}

function sectionBlocks(view: ViewContext, { sections }: Digest, most: number): Block[] {
  const filled = KEYS.filter(key => sections[key].length > 0)
  let room = most
  return filled.map((key, index) => {
    const mine = Math.min(SECTION_ROOM, room - RESERVED * (filled.length - index - 1))
    const text = sectionText(view, key, sections[key], mine)
    room -= JSON.stringify(text).length
    return section(text)
  })
}

/** Communities that still wait to be told what was done. */
function untoldBlocks(view: ViewContext, { untold }: Digest): Block[] {
  if (untold.length === 0) return []
  const lines = untold.slice(0, LINES).map(({ facts, askedAt }) => untoldLine(view, facts, askedAt))
  const { shown } = fitting(lines, RESERVED)
  const more = untold.length - shown.length
  const { t } = view.words
  return [
    section(
      [
        `*${t('feedback.digest', { count: untold.length })}*`,
        ...shown,
        ...(more > 0 ? [t('digest.more', { count: more, prefix: view.mission.commandPrefix })] : []),
      ].join('\n'),
    ),
  ]
}

/** What was released to these readers, in its own words. */
function summaryBlocks(view: ViewContext, { summaries }: Digest): Block[] {
  if (summaries.length === 0) return []
  const { t } = view.words
  const { shown } = fitting(
    summaries.slice(0, LINES).map(summary => `• ${summaryLine(view, summary)}`),
    RESERVED * 2,
  )
  const more = summaries.length - shown.length
  return [
    section(
      [
        `*${t('digest.section.released', { count: summaries.length })}*`,
        ...shown,
        ...(more > 0 ? [t('digest.more', { count: more, prefix: view.mission.commandPrefix })] : []),
      ].join('\n'),
    ),
  ]
}

function sectionText(view: ViewContext, key: Key, items: AlertFacts[], room: number): string {
  const { t } = view.words
  const line = key === 'ended' ? endedLine : openLine
  const between = key === 'ended' ? '\n' : '\n\n'
  const { shown } = fitting(
    items.slice(0, LINES).map(facts => line(view, facts)),
    room,
  )
  const more = items.length - shown.length
  const rest = more > 0 ? [t('digest.more', { count: more, prefix: view.mission.commandPrefix })] : []
  return `*${t(`digest.section.${key}`, { count: items.length })}*\n${[...shown, ...rest].join(between)}`
}

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
  return `• ${head(view, facts)} · *${result}*${end?.note ? ` ${brief(end.note, WORDS_MAX)}` : ''}`
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
