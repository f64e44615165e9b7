import type { Drawdown } from '../../db/drawdowns.ts'
import { isTaken, isVacuum, losesCover } from '../../domain/drawdown.ts'
import { type DrawdownEntry, type DrawdownFacts, receiverPart } from '../../operations/drawdown.ts'
import type { Block, Rendered } from '../../ports.ts'
import { actions, brief, button, divider, fitting, header, section } from '../blocks.ts'
import { dayText, pair, sector, type ViewContext } from '../context.ts'
import type { ReminderItem } from '../reminder.ts'

const ROOM = 6_000
const SHOWN = 20

/**
 * A drawdown with its items, for those who manage it: what is open first.
 *
 * @param from the first of its items, in that order, that is shown.
 */
export function drawdownCard(view: ViewContext, facts: DrawdownFacts, from = 0): Rendered {
  const { t, dateTime } = view.words
  const { drawdown, entries, uncovered, vacuum } = facts
  const title = t('drawdown.title', { code: drawdown.code, what: whatText(view, drawdown) })
  const count = t('drawdown.count', { all: entries.length, uncovered: uncovered.length, left: vacuum.length })
  const sorted = [...entries].sort((a, b) => urgency(b.item) - urgency(a.item)).slice(from)
  const texts = sorted.slice(0, SHOWN).map(entry => entryText(view, entry))
  const { shown } = fitting(texts, ROOM)
  const open = drawdown.closedAt === null
  const rest = sorted.length - shown.length
  return {
    text: `${title}. ${count}`,
    blocks: [
      header(title),
      section(
        `*${count}*${open ? '' : `\n${t('drawdown.closed', { at: dateTime(drawdown.closedAt ?? 0) })}`}`,
      ),
      ...(drawdown.note ? [section(`> ${brief(drawdown.note, 500)}`)] : []),
      divider(),
      ...shown.map((text, index) => {
        const entry = sorted[index]!
        return section(text, ...entryButton(view, entry, open))
      }),
      actions(`drawdown:${drawdown.id}`, [
        ...(rest > 0
          ? [
              button(
                t('drawdown.rest', { count: rest }),
                'drawdown.further',
                `${drawdown.id}:${from + shown.length}`,
              ),
            ]
          : []),
        ...(open
          ? [
              button(
                t(drawdown.kind === 'base_closure' ? 'drawdown.closeBase' : 'drawdown.close'),
                'drawdown.close',
                drawdown.id,
              ),
            ]
          : []),
        button(t('drawdown.report.button'), 'drawdown.report', drawdown.id),
      ]),
    ],
  }
}

/** The next step of an item, for those who manage it. */
function entryButton(view: ViewContext, { item, name }: DrawdownEntry, open: boolean): object[] {
  const step =
    item.state === 'handed_over'
      ? 'verify'
      : isTaken(item) && !open && item.state !== 'verified'
        ? 'hand'
        : open && item.state !== 'verified'
          ? 'settle'
          : null
  if (step === null) return []
  const label = view.words.t(`drawdown.${step}.button`)
  return [button(label, `drawdown.${step}`, item.id, { label: `${label} ${name}` })]
}

/** "Closure of Kowa base, 1 Dec". */
export function whatText(view: ViewContext, { kind, base, sector: id, day }: Drawdown): string {
  const where = base
    ? (view.mission.bases.find(each => each.id === base)?.name ?? base)
    : id === null
      ? view.mission.short
      : sector(view, id)
  return view.words.t(`drawdown.what.${kind}`, {
    where,
    day: dayText(view, day),
  })
}

function entryText(view: ViewContext, { item, name, receiver }: DrawdownEntry): string {
  const { t } = view.words
  const mark = losesCover(item) ? '⚠️ ' : ''
  return [
    `${mark}*${t(`drawdown.item.${item.kind}`)}* · ${brief(name, 100)}`,
    `${t(`drawdown.state.${item.state}`)}${receiver ? ` · ${receiverName(view, receiver)}` : ''}`,
    ...(item.conditions ? [brief(item.conditions, 160)] : []),
    ...(item.line ? [pair(view, t(`drawdown.line.${item.line}`), brief(item.lineText ?? '', 160))] : []),
    ...(losesCover(item) ? [t('drawdown.noLine')] : []),
  ].join('\n')
}

/** A component by name; of an agency the organisation. */
export function receiverName(view: ViewContext, receiver: NonNullable<DrawdownEntry['receiver']>): string {
  const { constituency, organisation } = receiverPart(receiver)
  const part = view.words.t(`alert.constituency.${constituency ?? 'mission_civilian'}`)
  return organisation ? brief(organisation, 60) : part
}

/** An item, for whoever is asked to take it. @param alike how many others of its kind wait for the same of them. */
export function drawdownItemCard(
  view: ViewContext,
  drawdown: Drawdown,
  { item, name }: DrawdownEntry,
  { free, alike = 0 }: { free: boolean; alike?: number },
): Rendered {
  const { t } = view.words
  const title = t('drawdown.offer.title')
  const lead = t('drawdown.offer.lead', {
    what: whatText(view, drawdown),
    kind: t(`drawdown.item.${item.kind}`),
    name: brief(name, 120),
  })
  const words = (key: 'needed' | 'available') =>
    item[key] ? [pair(view, `*${t(`drawdown.settle.${key}`)}*`, brief(item[key], 400))] : []
  return {
    text: `${title} ${lead}`,
    blocks: [
      header(title),
      section([lead, ...words('needed'), ...words('available')].join('\n')),
      ...(item.state === 'offered'
        ? [
            section(t(free ? 'drawdown.offer.free' : 'drawdown.offer.why')),
            actions(`drawdown_item:${item.id}`, [
              button(t('drawdown.offer.accept'), 'drawdown.accept', item.id, { style: 'primary' }),
              ...(alike > 0 ? [button(t('drawdown.offer.acceptAll'), 'drawdown.accept:all', item.id)] : []),
              button(t('drawdown.offer.conditions'), 'drawdown.answer:with_conditions', item.id),
              button(t('drawdown.offer.decline'), 'drawdown.answer:declined', item.id),
            ]),
          ]
        : [
            section(`*${t(`drawdown.state.${item.state}`)}*`),
            ...(item.state === 'accepted' || item.state === 'with_conditions'
              ? [
                  actions(`drawdown_item:${item.id}:hand`, [
                    button(t('drawdown.hand.mine'), 'drawdown.hand', item.id),
                    ...(alike > 0 ? [button(t('drawdown.hand.mineAll'), 'drawdown.hand:all', item.id)] : []),
                  ]),
                ]
              : []),
          ]),
    ],
  }
}

/** An item nobody has answered, in a reminder: to whoever was asked (`own`), or to whoever asked. */
export function drawdownReminder(
  view: ViewContext,
  drawdown: Drawdown,
  { item, name, receiver }: DrawdownEntry,
  own: boolean,
): ReminderItem {
  const { t } = view.words
  const kind = t(`drawdown.item.${item.kind}`)
  const called = brief(name, 120)
  const step = own ? t('help.show') : t('drawdown.settle.button')
  const lead = t('drawdown.offer.lead', { what: whatText(view, drawdown), kind, name: called })
  const who = receiver ? receiverName(view, receiver) : ''
  return {
    recordId: item.id,
    text: own
      ? `*${t('drawdown.offer.title')}* ${lead}`
      : t('drawdown.offer.silent', { code: drawdown.code, who, kind, name: called }),
    button: button(step, own ? 'drawdown.item' : 'drawdown.settle', item.id, { label: `${step} ${called}` }),
  }
}

/** What waits for an answer, for `/poc` and *What waits for me*. */
export function drawdownWaits(
  view: ViewContext,
  offered: readonly { entry: DrawdownEntry; drawdown: Drawdown }[],
  free: boolean,
): Block[] {
  if (offered.length === 0) return []
  return [
    section(`*${view.words.t('drawdown.offer.waits', { count: offered.length })}*`),
    ...offered
      .slice(0, 5)
      .flatMap(({ entry, drawdown }) =>
        (drawdownItemCard(view, drawdown, entry, { free }).blocks ?? []).slice(1),
      ),
  ]
}

/** `/poc drawdown`: each with its count. */
export function drawdownsMessage(view: ViewContext, all: readonly DrawdownFacts[]): Rendered {
  const { t } = view.words
  const title = t('drawdown.list')
  const show = t('help.show')
  return {
    text: pair(view, title, view.words.number(all.length)),
    blocks: [
      header(title),
      ...(all.length === 0 ? [section(t('drawdown.none'))] : []),
      ...all
        .slice(0, 15)
        .map(({ drawdown, entries, uncovered, vacuum }) =>
          section(
            `*${drawdown.code}* · ${whatText(view, drawdown)}\n${t('drawdown.count', { all: entries.length, uncovered: uncovered.length, left: vacuum.length })}`,
            button(show, 'drawdown.show', drawdown.id, { label: `${show} ${drawdown.code}` }),
          ),
        ),
      actions('drawdown', [button(t('drawdown.new'), 'drawdown.new', 'drawdown', { style: 'primary' })]),
    ],
  }
}

/** Somebody declined, to those who manage it: neutral, with the reason where one was given. */
export function declinedMessage(
  view: ViewContext,
  drawdown: Drawdown,
  entry: DrawdownEntry,
  others = 0,
): Rendered {
  const text = view.words.t('drawdown.declined', {
    code: drawdown.code,
    kind: view.words.t(`drawdown.item.${entry.item.kind}`),
    name: brief(entry.name, 120),
    who: entry.receiver ? receiverName(view, entry.receiver) : '',
  })
  const more = others > 0 ? ` ${view.words.t('drawdown.declinedAll', { count: others })}` : ''
  const reason = `${more}${entry.item.conditions ? ` ${brief(entry.item.conditions, 400)}` : ''}`
  return { text: `${text}${reason}`, blocks: [section(`${text}${reason}`)] }
}

/** Places that keep a base from closing come first, then what is left to nobody. */
const urgency = (item: DrawdownEntry['item']): number =>
  2 * (Number(losesCover(item)) + Number(isVacuum(item))) + Number(item.state === 'handed_over')
