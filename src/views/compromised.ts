import type { Base } from '../domain/mission.ts'
import type { Closed } from '../operations/compromised.ts'
import type { Person } from '../operations/context.ts'
import { parseRoleKey } from '../operations/permission.ts'
import type { Block, Rendered } from '../ports.ts'
import { context, divider, input, modal, plain, said, section, textInput } from './blocks.ts'
import { role, type ViewContext } from './context.ts'
import { personName } from './person.ts'

/** Codes one list names; the rest is counted, and stands in the record. */
const CODES = 60
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
        placeholder: plain(t('handover.form.successor'), 150),
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
  const { alert = [], ...layers } = closure.readable
  const roles = closure.roles.map(key => role(view, parseRoleKey(key)))
  const lines = [
    t('compromised.text.head', { name, at: dateTime(closure.at) }),
    roles.length > 0 ? t('compromised.text.roles', { roles: list(roles) }) : t('compromised.text.noRoles'),
    alert.length > 0
      ? t('compromised.text.alert', { count: alert.length, codes: codesText(view, alert) })
      : t('compromised.text.noAlert'),
    ...Object.entries(layers).map(([layer, codes]) =>
      t('compromised.text.layer', { layer, count: codes.length, codes: codesText(view, codes) }),
    ),
    ...(closure.sources > 0 ? [t('compromised.text.sources', { count: closure.sources })] : []),
    closure.channels.length > 0
      ? t('compromised.text.channels', { channels: list(closure.channels.map(id => `<#${id}>`)) })
      : t('compromised.text.noChannels'),
  ]
  return [section(lines.join('\n'))]
}

function codesText(view: ViewContext, codes: readonly string[]): string {
  const shown = codes.slice(-CODES).join(' ')
  const more = codes.length - CODES
  return more > 0 ? view.words.t('compromised.text.more', { codes: shown, count: more }) : shown
}
