import type { HandoverItem } from '../db/handovers.ts'
import type { Person } from '../operations/context.ts'
import { type Holdings, type ItemFacts, itemKey } from '../operations/handover.ts'
import { parseRoleKey, roleKey } from '../operations/permission.ts'
import type { Block, Rendered } from '../ports.ts'
import { actions, brief, button, context, fitting, header, input, modal, plain, section } from './blocks.ts'
import { role, type ViewContext } from './context.ts'
import { personName } from './person.ts'
import type { ReminderItem } from './reminder.ts'

/** Lines of a form: Slack shows 100 blocks, and nobody names more successors at once. */
const LINES = 40
/** Characters of the lines of one message together. */
const ROOM = 8000

/** What a person holds, with a place for a successor beside each. */
export function leavingModal(view: ViewContext, holdings: Holdings, of: string | null) {
  const { t, dateTime } = view.words
  const lines = linesOf(view, holdings, of === null)
  const open = lines.filter(({ item }) => item?.state !== 'accepted')
  return modal(
    'handover.leaving',
    {
      title: t('handover.form.title'),
      ...(open.length > 0 ? { submit: t('handover.form.submit') } : {}),
      close: t('alert.modal.cancel'),
    },
    { of },
    [
      section(
        of === null
          ? t('handover.form.self')
          : t('handover.form.why', { name: personName(view.words, holdings.person) }),
      ),
      ...(lines.length === 0 ? [section(t('errors.nothing_held'))] : []),
      ...open
        .slice(0, LINES)
        .map(({ key, label, hint, item }) => successorInput(view, key, label, hint, item)),
      ...(open.length > LINES ? [context(t('handover.form.rest'))] : []),
      context(t('handover.form.until', { at: dateTime(view.now + view.mission.people.handoverWithinMs) })),
    ],
  )
}

interface Line {
  key: string
  label: string
  hint: string | null
  item: HandoverItem | undefined
}

function linesOf(view: ViewContext, holdings: Holdings, self: boolean): Line[] {
  const { t, list } = view.words
  const itemFor = (key: string) => holdings.items.find(item => itemKey(item) === key)
  return [
    ...holdings.roles.map(ref => {
      const key = itemKey({ kind: 'role', ref: roleKey(ref) })
      const waiting = holdings.waiting.find(each => each.role === roleKey(ref))?.alerts ?? []
      const codes = list(waiting.slice(0, 10).map(({ alert }) => alert.code))
      return {
        key,
        label: role(view, ref),
        hint: waiting.length > 0 ? t('handover.form.waiting', { count: waiting.length, codes }) : null,
        item: itemFor(key),
      }
    }),
    ...holdings.raised.map(({ alert }) => {
      const key = itemKey({ kind: 'alert', ref: alert.id })
      const label = t(self ? 'handover.form.ownAlert' : 'handover.form.alert', { code: alert.code })
      return { key, label, hint: t('handover.form.alertHint'), item: itemFor(key) }
    }),
    ...holdings.taskings.map(({ id, code }) => {
      const key = itemKey({ kind: 'tasking', ref: id })
      const label = t('handover.form.tasking', { code })
      return { key, label, hint: t('handover.form.taskingHint'), item: itemFor(key) }
    }),
    ...(holdings.subscriptions > 0
      ? [
          {
            key: 'subscriptions:all',
            label: t('handover.form.subscriptions', { count: holdings.subscriptions }),
            hint: null,
            item: itemFor('subscriptions:all'),
          },
        ]
      : []),
    ...(holdings.sources > 0 ? [sourcesLine(view, holdings.sources, itemFor)] : []),
  ]
}

function sourcesLine(
  view: ViewContext,
  count: number,
  itemFor: (key: string) => HandoverItem | undefined,
): Line {
  const { t } = view.words
  const key = itemKey({ kind: 'sources', ref: 'all' })
  return {
    key,
    label: t('handover.form.sources', { count }),
    hint: t('handover.form.sourcesHint'),
    item: itemFor(key),
  }
}

function successorInput(
  view: ViewContext,
  key: string,
  label: string,
  hint: string | null,
  item: HandoverItem | undefined,
): Block {
  const element = {
    type: 'users_select',
    action_id: 'successor',
    placeholder: plain(view.words.t('handover.form.successor'), 150),
  }
  const stands = item?.state === 'declined' ? view.words.t('handover.form.declined') : null
  const hints = [hint, stands].filter(text => text !== null).join(' ')
  return input(key, label, element, { optional: true, ...(hints ? { hint: hints } : {}) })
}

/** Where a handover stands after successors were asked. */
export function askedModal(view: ViewContext, holdings: Holdings, successors: Map<string, Person>) {
  const { t } = view.words
  const codes = new Map(
    [...holdings.raised.map(({ alert }) => alert), ...holdings.taskings].map(({ id, code }) => [id, code]),
  )
  const lines = holdings.items.map(item => itemLine(view, item, codes.get(item.ref) ?? '', successors))
  const asked = holdings.items.some(({ state }) => state !== 'unnamed')
  const said = asked
    ? `✅ ${t('handover.asked.text')}`
    : t('handover.asked.nobody', { at: view.words.dateTime(view.now + view.mission.people.handoverWithinMs) })
  const title = t(asked ? 'handover.asked.title' : 'handover.form.title')
  return modal('handover.asked', { title, close: t('alert.modal.done') }, {}, [
    section(said),
    ...chunked(view, lines),
  ])
}

/** Something to take over, for the successor it is offered to. */
export function handoverCard(view: ViewContext, facts: ItemFacts, personId: string): Rendered {
  const { t } = view.words
  const { item, leaver } = facts
  const name = personName(view.words, leaver)
  const what = whatText(view, item, codeOf(facts))
  if (item.successor !== personId || item.state === 'unnamed') {
    return { text: t('handover.card.gone'), blocks: [context(t('handover.card.gone'))] }
  }
  if (item.state !== 'offered') {
    const text = t(`handover.card.${item.state}`, { what })
    return { text, blocks: [section(text)] }
  }
  return {
    text: t('handover.card.spoken', { name, what }),
    blocks: [
      header(t('handover.card.title')),
      section(`${t('handover.card.text', { name, what })}\n${t(`handover.card.${item.kind}`)}`),
      actions('handover', [
        button(t('handover.card.accept'), 'handover.accept', item.id, { style: 'primary' }),
        button(t('handover.card.decline'), 'handover.decline', item.id),
      ]),
    ],
  }
}

/** Something to take over that waits for an answer, in a reminder. */
export function handoverReminder(view: ViewContext, facts: ItemFacts): ReminderItem {
  const { t } = view.words
  const { item, leaver } = facts
  const what = whatText(view, item, codeOf(facts))
  const show = t('help.show')
  return {
    recordId: item.id,
    text: t('handover.card.text', { name: personName(view.words, leaver), what }),
    button: button(show, 'handover.show', item.id, { label: `${show} ${what}` }),
  }
}

export interface HandoverTable {
  handover: { state: 'open' | 'done' | 'reported' }
  leaver: Person
  items: ItemFacts[]
  successors: Map<string, Person>
}

/** What became of a handover, item by item; for an administrator with what is left to do. */
export function tableMessage(view: ViewContext, table: HandoverTable, administrator: boolean): Rendered {
  const { t } = view.words
  const { handover, leaver, successors } = table
  const name = personName(view.words, leaver)
  const lead = t(`handover.table.${handover.state}`, { name })
  const shown = table.items.filter(({ item }) => handover.state === 'open' || item.state !== 'accepted')
  const lines = shown.map(each => itemLine(view, each.item, codeOf(each), successors))
  return {
    text: lead,
    blocks: [
      section(lead),
      ...chunked(view, lines),
      ...(handover.state === 'done'
        ? []
        : [context(t('handover.table.again', { prefix: view.mission.commandPrefix }))]),
      ...(administrator && handover.state !== 'open' && leaver.constituency !== null
        ? [actions('handover', [endButton(view, leaver)])]
        : []),
    ],
  }
}

function endButton(view: ViewContext, leaver: Person): object {
  const { t } = view.words
  return button(t('handover.table.end'), 'handover.end', leaver.id, {
    style: 'danger',
    confirm: {
      text: t('handover.table.endConfirm', { name: `@${leaver.name ?? leaver.userId}` }),
      deny: t('alert.modal.cancel'),
    },
  })
}

function itemLine(
  view: ViewContext,
  item: HandoverItem,
  code: string,
  successors: Map<string, Person>,
): string {
  const person = item.successor === null ? undefined : successors.get(item.successor)
  const state = view.words.t(`handover.state.${person ? item.state : 'unnamed'}`, {
    name: person ? personName(view.words, person) : '–',
  })
  return `• ${view.words.t('alert.labelled', { label: whatText(view, item, code), text: state })}`
}

const codeOf = ({ alert, tasking }: ItemFacts): string => alert?.alert.code ?? tasking?.code ?? ''

function whatText(view: ViewContext, item: Pick<HandoverItem, 'kind' | 'ref'>, code: string): string {
  const { t } = view.words
  if (item.kind === 'role') return t('handover.what.role', { role: role(view, parseRoleKey(item.ref)) })
  return t(`handover.what.${item.kind}`, { code: brief(code, 20) })
}

/** Lines in as many sections as Slack's limit of characters asks for; what finds no room is counted. */
function chunked(view: ViewContext, lines: readonly string[]): Block[] {
  const { shown, rest } = fitting(lines, ROOM)
  const size = 10
  return [
    ...Array.from({ length: Math.ceil(shown.length / size) }, (_, index) =>
      section(shown.slice(index * size, (index + 1) * size).join('\n')),
    ),
    ...(rest > 0 ? [context(view.words.t('reach.gaps.more', { count: rest }))] : []),
  ]
}
