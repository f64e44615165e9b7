/** Call backs: the card of whoever must call back, and what opens from it. Number and words stand in modals alone. */
import { clip } from '../../blockkit/index.ts'
import { NOT_WARNING_REASONS } from '../domain/callback.ts'
import type { CallbackFacts } from '../operations/callback/facts.ts'
import type { CallbackLine } from '../operations/callback/tell.ts'
import { roleKey } from '../operations/permission.ts'
import type { Block, Rendered } from '../ports.ts'
import { urgencyMark } from './alert/phrases.ts'
import { actions, button, context, header, modal, section, select } from './blocks.ts'
import { roleNamed, sector, type ViewContext } from './context.ts'

/** Call backs one list shows. */
const SHOWN = 20
/** Those of them that stand among other things that wait. */
const WAITING = 3
const mark = { call: '📞', text: '✉️', form: '📋' } as const

/** The card, for one of those who may call back. `alertCode` is given where they may read the alert it became. */
export function callbackCard(
  view: ViewContext,
  facts: CallbackFacts,
  options: { personId: string; alertCode: string | null },
): Rendered {
  const { t } = view.words
  const { callback } = facts
  const title = t('callback.card.title', { code: callback.code })
  const came = cameText(view, facts)
  const state = stateText(view, facts, options.alertCode)
  return {
    text: `${title}. ${came} ${state}`,
    blocks: [
      header(title),
      section(
        [
          `${mark[callback.kind]} *${came}*`,
          ...(callback.urgency
            ? [
                t('callback.card.says', {
                  urgency: `${urgencyMark[callback.urgency]} ${t(`alert.urgency.${callback.urgency}`)}`,
                }),
              ]
            : []),
          numberText(view, facts, options.personId),
          ...warningTexts(view, facts),
        ].join('\n'),
      ),
      section(state),
      ...(callback.state === 'open' ? [cardActions(view, facts)] : []),
      context(t('callback.card.private')),
    ],
  }
}

/** A card that its reader may no longer read: their duty has ended. */
export function callbackGone(view: ViewContext): Rendered {
  const text = view.words.t('callback.card.gone')
  return { text, blocks: [section(text)] }
}

/** The block's id changes with each rendering, else Slack keeps the menu's last choice, and does not report it again. */
function cardActions(view: ViewContext, facts: CallbackFacts): Block {
  const { t } = view.words
  const { id } = facts.callback
  return actions(`callback:${id}:${view.now}`, [
    showButton(view, facts),
    button(t('callback.act.raise'), 'callback.raise', id, { style: 'danger' }),
    button(t('callback.act.no_answer'), 'callback.no_answer', id),
    select(
      'callback.more',
      t('callback.act.more'),
      ['add', 'whose', 'not_warning'].map(act => ({ text: t(`callback.act.${act}`), value: `${act}:${id}` })),
    ),
  ])
}

/** Opens number and words, or the words alone where no number came. */
function showButton(view: ViewContext, { callback, contact }: CallbackFacts): object {
  const text = view.words.t(contact ? 'callback.act.show' : 'callback.act.open')
  return button(text, 'callback.show', callback.id, { style: 'primary' })
}

/** "A call to Karamba base, 12:04", with how often and when last. */
function cameText(view: ViewContext, { callback }: CallbackFacts): string {
  const { t, dateTime, time } = view.words
  const { kind, count } = callback
  const to =
    view.mission.bases.find(({ id }) => id === callback.base)?.name ??
    (callback.sector === null ? t('callback.card.noBase') : sector(view, callback.sector))
  return [
    t(`callback.came.${kind}`, { to, at: dateTime(callback.receivedAt) }),
    ...(count > 1 ? [t('callback.came.again', { count, at: time(callback.lastAt) })] : []),
  ].join(' ')
}

/** Whose number it is; a source's code for its two keepers alone. */
export function numberText(view: ViewContext, facts: CallbackFacts, personId: string): string {
  const { t } = view.words
  const { source, verdict, contact, callback } = facts
  if (!contact) return t(callback.kind === 'form' ? 'callback.number.none' : 'callback.number.withheld')
  if (verdict === 'source' && source) {
    const keeps = source.recorder === personId || source.deputy === personId
    return keeps ? t('callback.number.source', { code: source.code }) : t('callback.number.colleague')
  }
  return t(`callback.number.${verdict === 'nobody' ? 'nobody' : 'unknown'}`)
}

export function warningTexts(view: ViewContext, { source }: CallbackFacts): string[] {
  const { t, date } = view.words
  return source && source.doNotContact !== null
    ? [`⛔️ *${t('source.doNotContact', { date: date(source.doNotContact) })}*`]
    : []
}

function stateText(
  view: ViewContext,
  { callback, contact }: CallbackFacts,
  alertCode: string | null,
): string {
  const { t, time, dateTime } = view.words
  const at = dateTime(callback.decidedAt ?? callback.lastAt)
  switch (callback.state) {
    case 'raised':
    case 'added':
      return `✅ ${t(`callback.state.${callback.state}`, { alert: alertCode ?? t('callback.state.analert'), at })}`
    case 'not_warning':
      return `☑️ ${t('callback.state.not_warning', { reason: t(`callback.reason.${callback.reason}`), at })}`
    case 'open':
      break
  }
  if (callback.tryAt !== null)
    return `🔁 ${t('callback.state.try', { count: callback.tries, at: dateTime(callback.tryAt) })}`
  // Where no number came with it, nobody can be called back: what is owed is a decision.
  const owed = contact ? 'callback.state' : 'callback.state.unnumbered'
  return callback.dueAt <= view.now
    ? `⏰ ${t(`${owed}.overdue`, { at: time(callback.dueAt) })}`
    : `⏳ ${t(`${owed}.due`, { at: time(callback.dueAt) })}`
}

/** A line under the card that says why now; null where it is overtaken. */
export function callbackLine(view: ViewContext, facts: CallbackFacts, line: CallbackLine): Rendered | null {
  const { t } = view.words
  const { callback, rungs } = facts
  if (callback.state !== 'open') return null
  const ref = rungs[callback.rung]?.ref
  const text = t(`callback.line.${line}`, {
    code: callback.code,
    count: callback.count,
    role: ref ? roleNamed(view, roleKey(ref)) : t('alert.owner.nobody'),
  })
  return { text, blocks: [section(text)] }
}

/** `/poc callbacks`: those the person may decide about; unknown numbers stand apart. */
export function callbacksModal(view: ViewContext, all: readonly CallbackFacts[], personId: string) {
  const { t } = view.words
  const known = all.filter(({ verdict }) => verdict !== 'unknown')
  const unknown = all.filter(({ verdict }) => verdict === 'unknown')
  const list = (title: string, facts: readonly CallbackFacts[]): Block[] =>
    facts.length === 0
      ? []
      : [header(title), ...facts.slice(0, SHOWN).flatMap(each => item(view, each, personId))]
  return modal(
    'callback.list',
    { title: t('callback.list.title'), close: t('alert.modal.close') },
    {},
    all.length === 0
      ? [section(t('callback.list.none'))]
      : [
          ...list(t('callback.list.known', { count: known.length }), known),
          ...list(t('callback.list.unknown', { count: unknown.length }), unknown),
        ],
  )
}

/** What waits to be called back, with what waits beside it; nothing where nobody waits. */
export function waitingCallbacks(
  view: ViewContext,
  all: readonly CallbackFacts[],
  personId: string,
): Block[] {
  if (all.length === 0) return []
  const { t } = view.words
  const rest = all.length - WAITING
  return [
    section(`*${t('callback.list.waits', { count: all.length })}*`),
    ...all.slice(0, WAITING).flatMap(each => item(view, each, personId)),
    ...(rest > 0 ? [context(t('callback.list.rest', { count: rest }))] : []),
  ]
}

function item(view: ViewContext, facts: CallbackFacts, personId: string): Block[] {
  const { callback } = facts
  const lines = [
    `*${callback.code}* · ${cameText(view, facts)}`,
    numberText(view, facts, personId),
    ...warningTexts(view, facts),
    stateText(view, facts, null),
  ]
  return [section(clip(lines.join('\n'), 2900), showButton(view, facts))]
}

export const reasonChoices = (view: ViewContext) =>
  NOT_WARNING_REASONS.map(value => ({ value, text: view.words.t(`callback.reason.${value}`) }))
