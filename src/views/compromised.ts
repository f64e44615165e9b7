import type { Base } from '../domain/mission.ts'
import { LAYERS } from '../domain/sharing.ts'
import { READABLE_KINDS } from '../operations/compromised/readable.ts'
import type { Closed } from '../operations/compromised.ts'
import type { Person } from '../operations/context.ts'
import { parseRoleKey } from '../operations/permission.ts'
import type { Block, Rendered } from '../ports.ts'
import { context, divider, input, modal, plain, said, section, textInput } from './blocks.ts'
import { role, type ViewContext } from './context.ts'
import { personName } from './person.ts'

/** Codes one list names; the rest is counted, and stands in the record. */
const CODES = 60
/** The same for kinds beside alerts, of which one text holds all. */
const MORE = 15
/** Layers and other restricted parts that have words of their own. */
const LAYER_WORDS: readonly string[] = [...LAYERS.filter(layer => layer !== 'record'), 'release']
/** People whose lists one modal shows. */
const PEOPLE = 20

/** Whose access is closed, chosen already where it is known, and what happened. */
export function closeModal(view: ViewContext, people: readonly Person[], base: Base | null) {
  const { t } = view.words
  return modal(
    'compromised.close',
    {
      title: t('compromised.form.title'),
      submit: t('compromised.form.submit'),
      close: t('alert.modal.cancel'),
    },
    { base: base?.id ?? null },
    [
      section(`⚠️ ${t('compromised.form.why')}`),
      ...(base ? [section(t('compromised.form.base', { base: said(base.name) }))] : []),
      input('people', t('compromised.form.people'), {
        type: 'multi_users_select',
        action_id: 'people',
        placeholder: plain(t('duty.choose'), 150),
        ...(people.length > 0 ? { initial_users: people.map(({ userId }) => userId) } : {}),
      }),
      input('note', t('compromised.form.note'), textInput('note', { multiline: true, max: 3000 }), {
        optional: true,
        hint: t('compromised.form.noteHint'),
      }),
    ],
  )
}

/** What was closed, what these people could read, and where they still are. */
export function closedModal(view: ViewContext, closed: readonly Closed[]) {
  const { t } = view.words
  return modal('compromised.done', { title: t('compromised.done.title'), close: t('alert.modal.done') }, {}, [
    section(`*${t('compromised.done.lead', { count: closed.length })}*`),
    ...closed.slice(0, PEOPLE).flatMap(each => [divider(), ...closedBlocks(view, each)]),
    context(t('compromised.text.next')),
  ])
}

/** The same of one person, for another administrator of the side. */
export function closedMessage(view: ViewContext, closed: Closed): Rendered {
  const { t, dateTime } = view.words
  const name = personName(view.words, { ...closed.person, constituency: closed.closure.constituency })
  return {
    text: t('compromised.spoken', { name, at: dateTime(closed.closure.at) }),
    blocks: [...closedBlocks(view, closed), context(t('compromised.text.next'))],
  }
}

function closedBlocks(view: ViewContext, { person, closure }: Closed): Block[] {
  const { t, dateTime, list } = view.words
  const name = personName(view.words, { ...person, constituency: closure.constituency })
  const { alert = [], ...more } = closure.readable
  const roles = closure.roles.map(key => role(view, parseRoleKey(key)))
  const lines = [
    t('compromised.text.head', { name, at: dateTime(closure.at) }),
    roles.length > 0 ? t('compromised.text.roles', { roles: list(roles) }) : t('compromised.text.noRoles'),
    alert.length > 0
      ? t('compromised.text.alert', { count: alert.length, codes: codesText(view, alert) })
      : t('compromised.text.noAlert'),
    ...(closure.sources > 0 ? [t('compromised.text.sources', { count: closure.sources })] : []),
    closure.channels.length > 0
      ? t('compromised.text.channels', { channels: list(closure.channels.map(id => `<#${id}>`)) })
      : t('compromised.text.noChannels'),
  ]
  const others = Object.entries(more).map(([kind, codes]) => moreText(view, kind, codes))
  return [section(lines.join('\n')), ...(others.length > 0 ? [section(others.join('\n'))] : [])]
}

/** Records of one kind that could be read, or alerts of which a restricted part was shown. */
function moreText(view: ViewContext, kind: string, all: readonly string[]): string {
  const { t } = view.words
  const values = { count: all.length, codes: codesText(view, all, MORE) }
  if (READABLE_KINDS.includes(kind)) return t(`compromised.text.${kind}`, values)
  const layer = t(`compromised.layer.${LAYER_WORDS.includes(kind) ? kind : 'other'}`)
  return t('compromised.text.layer', { ...values, layer })
}

function codesText(view: ViewContext, codes: readonly string[], most = CODES): string {
  const shown = codes.slice(-most).join(' ')
  const more = codes.length - most
  return more > 0 ? view.words.t('compromised.text.more', { codes: shown, count: more }) : shown
}
