import { EARLY_DECISIONS, type EarlyDecision } from '../domain/early-warning.ts'
import type { EarlyWarning } from '../operations/early-warning.ts'
import type { Block, Rendered } from '../ports.ts'
import { exactly, spanSelect } from './alert/forms/fields.ts'
import { placeText, urgencyMark, whatText } from './alert/phrases.ts'
import { actions, brief, button, context, header, input, modal, said, section, textInput } from './blocks.ts'
import { role, roleNamed, sector, term, type ViewContext } from './context.ts'
import { laterSelect } from './reminder.ts'

/** Warnings one card shows, the newest. */
const SHOWN = 8

/** Several low warnings of one kind in one area, for whoever may read all of them. */
export function earlyWarningCard(view: ViewContext, item: EarlyWarning): Rendered {
  const { t } = view.words
  const { row, alerts } = item
  const title = [
    ...(row.exercise ? [t('alert.exercise')] : []),
    t('early-warning.title', titleValues(view, item)),
  ].join(' · ')
  const { days, km } = view.mission.finding.earlyWarning
  const summary = t('early-warning.summary', { count: alerts.length, days, km })
  const shown = alerts.slice(-SHOWN)
  return {
    text: `${said(title)}. ${summary} ${stateText(view, item)}`,
    blocks: [
      header(title),
      section(summary),
      ...shown.map(facts => section(lineOf(view, facts))),
      ...(shown.length < alerts.length
        ? [context(t('early-warning.more', { count: alerts.length - shown.length }))]
        : []),
      section(stateText(view, item)),
      ...buttons(view, item),
      context(t('early-warning.about')),
    ],
  }
}

const titleValues = (view: ViewContext, { row }: EarlyWarning) => ({
  code: row.code,
  threat: term(view, 'threats', row.threat),
})

function lineOf(view: ViewContext, facts: EarlyWarning['alerts'][number]): string {
  const { alert } = facts
  const where = `${brief(placeText(view, facts), 80)}, ${sector(view, alert.sector)}`
  return `${urgencyMark[alert.urgency]} *${alert.code}* · ${where} · ${view.words.dateTime(alert.raisedAt)}\n${brief(whatText(view, facts), 200)}`
}

function stateText(view: ViewContext, { row }: EarlyWarning): string {
  const { t, dateTime } = view.words
  if (row.state === 'open') return t('early-warning.state.open', { at: dateTime(row.askedAt) })
  const values = {
    role: row.decidedRole ? roleNamed(view, row.decidedRole) : '',
    at: dateTime(row.decidedAt ?? row.askedAt),
    until: dateTime(row.until ?? row.askedAt),
  }
  const decided = t(`early-warning.state.${row.state}`, values)
  return row.reason ? `${decided}\n${brief(row.reason, 1200)}` : decided
}

function buttons(view: ViewContext, { row }: EarlyWarning): Block[] {
  if (row.state === 'act' || row.state === 'no_action') return []
  const choices = EARLY_DECISIONS.map(decision => {
    const text = view.words.t(`early-warning.button.${decision}`)
    return button(text, `early_warning.decide:${decision}`, row.id, {
      label: `${text} ${row.code}`,
      ...(decision === 'act' ? { style: 'primary' as const } : {}),
    })
  })
  return [actions(`early_warning:${row.id}:${view.now}`, choices)]
}

/** To who owes the decision and may not read every warning of it: that there is one, and nothing of what. */
export function coarseCard(view: ViewContext, { row }: Pick<EarlyWarning, 'row'>): Rendered {
  const { t } = view.words
  const posts = [view.mission.operationsCentre, ...(view.mission.pocAdviser ? [view.mission.pocAdviser] : [])]
  const text = t('early-warning.coarse', {
    code: row.code,
    posts: view.words.list(posts.map(ref => role(view, ref))),
  })
  return { text, blocks: [section(text)] }
}

/** An item in a list: what it is, the warnings it rests on, and how it stands where that is theirs to know. */
export function earlyWarningFound(view: ViewContext, item: EarlyWarning, decides: boolean): string {
  const codes = item.alerts.map(({ alert }) => alert.code)
  return [
    `*${view.words.t('early-warning.title', titleValues(view, item))}* · ${view.words.dateTime(item.row.createdAt)}`,
    brief(view.words.list(codes), 120),
    ...(decides ? [stateText(view, item)] : []),
  ].join('\n')
}

/** A line under the card: a new item, one that grew, or a reminder. */
export function earlyWarningLine(
  view: ViewContext,
  item: EarlyWarning,
  kind: 'asked' | 'grown' | 'reminder',
): Rendered {
  const text = view.words.t(`early-warning.line.${kind}`, {
    ...titleValues(view, item),
    count: item.alerts.length,
  })
  if (kind !== 'reminder') return { text }
  const { id, code } = item.row
  const label = view.words.t('help.show')
  const show = button(label, 'early_warning.show', id, { label: `${label} ${code}` })
  const later = laterSelect(view, 'early_warning', id)
  return { text, blocks: [section(text), actions(`early_warning.reminder:${view.now}`, [show, later])] }
}

/** The short form behind each decision. */
export function decisionModal(view: ViewContext, item: EarlyWarning, decision: EarlyDecision) {
  const { t } = view.words
  const texts = {
    title: t(`early-warning.button.${decision}`),
    submit: t('alert.modal.record'),
    close: t('alert.modal.cancel'),
  }
  return modal('early_warning.decide', texts, { warningId: item.row.id, decision }, [
    context(t('early-warning.title', titleValues(view, item))),
    ...(decision === 'monitor'
      ? [input('span', t('alert.warning.button.watch'), spanSelect(view, 'watch')), exactly(view)]
      : [
          input(
            'reason',
            t(`early-warning.form.${decision}`),
            textInput('reason', { multiline: true, max: 3000 }),
          ),
        ]),
  ])
}

/** Items that wait for this person, for the list of what waits. */
export function waitingEarlyWarnings(view: ViewContext, items: readonly EarlyWarning[]): Block[] {
  const { t } = view.words
  return items.map(item => {
    const show = t('help.show')
    return section(
      t('early-warning.line.asked', { ...titleValues(view, item), count: item.alerts.length }),
      button(show, 'early_warning.show', item.row.id, { label: `${show} ${item.row.code}` }),
    )
  })
}
