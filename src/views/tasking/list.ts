import { TASKABLE } from '../../domain/mission.ts'
import type { Scorecards, TaskingFacts, TaskingPage } from '../../operations/tasking.ts'
import type { Block, Rendered } from '../../ports.ts'
import { actions, brief, button, context, fields, fitting, header, section } from '../blocks.ts'
import { pair, sector, type ViewContext } from '../context.ts'
import { accountableName, resultText, taskingLine } from './phrases.ts'

const SHOWN = 8
const ROOM = 6_000

/** Taskings with a button each; those that find no room are counted. */
export function taskingList(view: ViewContext, items: readonly TaskingFacts[]): Block[] {
  const { t } = view.words
  const { shown } = fitting(
    items.slice(0, SHOWN).map(facts => taskingLine(view, facts)),
    ROOM,
  )
  const more = items.length - shown.length
  return [
    ...shown.map((text, index) => {
      const { tasking } = items[index] as TaskingFacts
      const show = t('help.show')
      return section(text, button(show, 'tasking.show', tasking.id, { label: `${show} ${tasking.code}` }))
    }),
    ...(more > 0
      ? [context(t('tasking.list.more', { count: more, prefix: view.mission.commandPrefix }))]
      : []),
  ]
}

/** What waits for a person among taskings and requests, under a heading of its own; nothing where nothing waits. */
export function waitingTaskingBlocks(view: ViewContext, items: readonly TaskingFacts[]): Block[] {
  if (items.length === 0) return []
  return [
    section(`*${view.words.t('tasking.list.waits', { count: items.length })}*`),
    ...taskingList(view, items),
  ]
}

/** Requests the person made and nobody has answered, under a heading of their own. */
export function askedRequestBlocks(view: ViewContext, items: readonly TaskingFacts[]): Block[] {
  if (items.length === 0) return []
  return [section(`*${view.words.t('tasking.list.asked')}*`), ...taskingList(view, items)]
}

/** `/poc-task`: what waits, and what can be done. */
export function taskingHelp(
  view: ViewContext,
  items: readonly TaskingFacts[],
  may: { give: boolean; score: boolean },
): Rendered {
  const { t } = view.words
  const prefix = view.mission.commandPrefix
  const title =
    items.length > 0 ? t('tasking.list.waits', { count: items.length }) : t('tasking.list.nothingWaits')
  return {
    text: title,
    blocks: [
      ...(items.length > 0 ? waitingTaskingBlocks(view, items) : [section(`*${title}*`)]),
      actions('tasking.help', [
        ...(may.give ? [button(t('tasking.form.title'), 'tasking.new', 'none', { style: 'primary' })] : []),
        button(t('tasking.list.all'), 'tasking.list', JSON.stringify({})),
      ]),
      context(t('tasking.list.commands', { prefix })),
    ],
  }
}

/** A page of a list, in a modal. */
export function taskingListModal(view: ViewContext, page: TaskingPage, perPage: number) {
  const { t } = view.words
  const { items, total, filter } = page
  const pages = Math.max(1, Math.ceil(total / perPage))
  const at = (to: number) => JSON.stringify({ page: to })
  const named = [
    ...(filter.whose === 'all' ? [] : [t(`tasking.list.whose.${filter.whose}`)]),
    ...(filter.kind ? [t(`tasking.list.kind.${filter.kind}`)] : []),
    ...(filter.sector ? [sector(view, filter.sector)] : []),
    ...(filter.overdue ? [t('tasking.list.overdue')] : []),
    ...(filter.waiting ? [t('tasking.list.waiting')] : []),
    ...(filter.ended ? [t('tasking.list.ended')] : []),
    ...(filter.origin ? [filter.origin] : []),
    ...(filter.words ? [t('tasking.quoted', { words: brief(filter.words, 80) })] : []),
  ]
  const blocks: Block[] = [
    section(
      `*${t('tasking.list.found', { count: total })}*${named.length > 0 ? ` · ${named.join(' · ')}` : ''}`,
    ),
    ...taskingList(view, items),
    ...(pages > 1 ? [context(t('tasking.list.page', { page: page.page + 1, pages }))] : []),
    actions('tasking.pages', [
      ...(page.page > 0 ? [button(t('tasking.list.back'), 'tasking.page:back', at(page.page - 1))] : []),
      ...(page.page + 1 < pages
        ? [button(t('tasking.list.next'), 'tasking.page:next', at(page.page + 1))]
        : []),
      button(t('tasking.list.csv'), 'tasking.file:csv', 'csv'),
      button(t('tasking.list.ics'), 'tasking.file:ics', 'ics'),
    ]),
  ]
  return {
    type: 'modal' as const,
    callback_id: 'tasking.list',
    title: { type: 'plain_text', text: t('tasking.list.title'), emoji: true },
    close: { type: 'plain_text', text: t('alert.modal.done'), emoji: true },
    private_metadata: JSON.stringify({ filter }),
    blocks: blocks as unknown[],
  }
}

/** One tasking in a digest: who, by when, what, and where it is not done, why (R-032). */
export function digestTaskingLine(view: ViewContext, facts: TaskingFacts, done = false): string {
  const { tasking } = facts
  const { t, dateTime } = view.words
  const words = (done ? tasking.outcome : null) ?? resultText(view, facts)
  const why = !done && tasking.reason ? ` ${t('tasking.quoted', { words: brief(tasking.reason, 100) })}` : ''
  return `*${tasking.code}* · ${accountableName(view, facts)} · ${t('tasking.due', { at: dateTime(tasking.dueAt) })} · ${brief(words, 120)}${why}`
}

/** Each component's card, for whoever leads it and the senior forum (R-018, R-022). */
export function scorecardMessage(view: ViewContext, { cards, unit, window }: Scorecards): Rendered {
  const { t, date, number } = view.words
  const title = t('tasking.score.title', { from: date(window.from), to: date(window.to) })
  const share =
    unit && unit.all > 0
      ? t('tasking.score.unit', {
          unit: unit.unit,
          all: unit.all,
          percent: Math.round((100 * unit.unit) / unit.all),
        })
      : null
  const rows = ['offered', 'accepted', 'done', 'late', 'blocked', 'declined', 'notTakenOn'] as const
  return {
    text: [
      title,
      ...cards.map(card =>
        pair(
          view,
          t(`tasking.constituency.${card.constituency}`),
          `${rows.map(key => `${t(`tasking.score.${key}`)} ${number(card[key])}`).join(', ')}.`,
        ),
      ),
    ].join(' '),
    blocks: [
      header(title),
      ...cards.flatMap(card => [
        section(`*${t(`tasking.constituency.${card.constituency}`)}*`),
        rows.every(key => card[key] === 0)
          ? context(t('tasking.score.nothing'))
          : fields(rows.map(key => pair(view, t(`tasking.score.${key}`), `*${number(card[key])}*`))),
        ...(card.reasons.length > 0
          ? [
              context(
                `${t('tasking.score.reasons')} ${card.reasons
                  .slice(-5)
                  .map(words => t('tasking.quoted', { words: brief(words, 120) }))
                  .join(' · ')}`,
              ),
            ]
          : []),
      ]),
      ...(share ? [section(share)] : []),
      context(t('tasking.score.note', { components: TASKABLE.length })),
    ],
  }
}
