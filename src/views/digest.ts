import { isAcknowledgedOnly } from '../domain/digest.ts'
import type { AlertFacts } from '../operations/alert/facts.ts'
import type { Digest } from '../operations/digest.ts'
import type { Block, Rendered } from '../ports.ts'
import { baseText, decisionText, outcome, urgencyMark } from './alert/card.ts'
import { context, header, said, section } from './blocks.ts'
import type { ViewContext } from './context.ts'

/** Lines of one section; the rest is counted and found with the command. */
const LINES = 8
/** Characters one line may take. */
const LINE_MAX = 280

/** The morning digest of one audience: what was not answered first (R-032), outcomes at the end (R-059). */
export function digestMessage(view: ViewContext, digest: Digest): Rendered {
  const { t, date, dateTime, duration } = view.words
  const { sections, window } = digest
  const title = t('digest.title', { mission: view.mission.short, date: date(window.to) })
  const parts = (['unanswered', 'urgent', 'raised', 'changed', 'ended'] as const)
    .filter(key => sections[key].length > 0)
    .map(key => sectionBlock(view, key, sections[key]))
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
        ended: sections.ended.length,
      })
  return { text: `${title}. ${notes.join(' ')}${notes.length > 0 ? ' ' : ''}${counts}`, blocks }
}

type Key = 'unanswered' | 'urgent' | 'raised' | 'changed' | 'ended'

function sectionBlock(view: ViewContext, key: Key, items: AlertFacts[]): Block {
  const { t } = view.words
  const lines = items
    .slice(0, LINES)
    .map(facts => `• ${key === 'ended' ? endedLine(view, facts) : openLine(view, facts)}`)
  const more = items.length - lines.length
  return section(
    [
      `*${t(`digest.section.${key}`, { count: items.length })}*`,
      ...lines,
      ...(more > 0 ? [t('digest.more', { count: more })] : []),
    ].join('\n'),
  )
}

function openLine(view: ViewContext, facts: AlertFacts): string {
  const { t, duration } = view.words
  const { alert } = facts
  const idle = isAcknowledgedOnly(facts) ? ` *${t('digest.acknowledgedOnly')}*` : ''
  const base = baseText(view, facts)
  return [
    `${head(view, facts)} — ${short(alert.what)}`,
    `   ${t('digest.age', { age: duration(Math.max(60_000, view.now - alert.raisedAt)) })}${base ? ` · ${base}` : ''} · ${owners(view, facts)}${idle}`,
  ].join('\n')
}

function endedLine(view: ViewContext, facts: AlertFacts): string {
  const { t } = view.words
  const end = facts.acts.findLast(act => act.kind === 'close' || act.kind === 'withdraw')
  const result =
    facts.alert.lifecycle === 'closed' ? `*${outcome(view, facts)}*` : t('alert.lifecycle.withdrawn')
  return `${head(view, facts)} — ${result}${end?.note ? `: ${short(end.note)}` : ''}`
}

function head(view: ViewContext, { alert }: AlertFacts): string {
  return `${urgencyMark[alert.urgency]} *${alert.code}* ${view.words.t(`alert.urgency.${alert.urgency}`)}, ${said(alert.placeSaid)}`
}

function owners(view: ViewContext, facts: AlertFacts): string {
  const { t } = view.words
  return facts.owners
    .map(({ owner, state }) =>
      t('digest.owner', {
        slot: t(`alert.slot.${owner.slot}`),
        state: state.decision
          ? decisionText(view, state.decision)
          : t(state.acknowledged ? 'alert.status.acknowledged' : 'alert.status.silent'),
      }),
    )
    .join('; ')
}

function short(text: string): string {
  const flat = text.replace(/\s+/g, ' ')
  const points = [...flat]
  return said(points.length > LINE_MAX / 2 ? `${points.slice(0, LINE_MAX / 2).join('')}…` : flat)
}
