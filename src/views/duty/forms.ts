import type { RoleRef } from '../../domain/mission.ts'
import type { Rota } from '../../operations/duty/rota.ts'
import type { Handover } from '../../operations/duty/take.ts'
import { roleKey } from '../../operations/permission.ts'
import type { Block } from '../../ports.ts'
import { context, input, modal, multiSelect, plain, section, select, textInput } from '../blocks.ts'
import { role, type ViewContext } from '../context.ts'
import { personName } from '../person.ts'
import { takenBlocks } from './lines.ts'

/** Shifts one list shows. */
const SHIFTS_SHOWN = 20

/** What Slack says of a person's Do Not Disturb. */
export type Quiet = { is: 'off' } | { is: 'on' | 'later'; from: number; to: number } | { is: 'unknown' }

const roleChoices = (view: ViewContext, refs: readonly RoleRef[]) =>
  refs.map(ref => ({ text: role(view, ref), value: roleKey(ref) }))

function roleInput(view: ViewContext, refs: readonly RoleRef[]): Block {
  const { t } = view.words
  const [first] = refs
  const only = refs.length === 1 && first ? roleKey(first) : null
  return input('role', t('duty.role'), select('role', t('duty.choose'), roleChoices(view, refs), only))
}

/** `/poc on`: for which of their roles. */
export function onModal(view: ViewContext, refs: readonly RoleRef[]) {
  const { t } = view.words
  return modal(
    'duty.on',
    { title: t('duty.on.title'), submit: t('duty.on.submit'), close: t('alert.modal.cancel') },
    {},
    [roleInput(view, refs), context(t('duty.on.explain'))],
  )
}

/** `/poc off`: from which duty, and what the next one should know. */
export function offModal(view: ViewContext, refs: readonly RoleRef[], note: string) {
  const { t } = view.words
  return modal(
    'duty.off',
    { title: t('duty.off.title'), submit: t('duty.off.submit'), close: t('alert.modal.cancel') },
    {},
    [
      roleInput(view, refs),
      input('note', t('duty.off.note'), textInput('note', { multiline: true, initial: note, max: 3000 }), {
        optional: true,
        hint: t('duty.off.hint'),
      }),
    ],
  )
}

/** The duty is theirs: what was left to know, what waits, and whether Slack holds their notifications back. */
export function onReceipt(view: ViewContext, { ref, previous, waiting }: Handover, quiet: Quiet) {
  const { t } = view.words
  const key = roleKey(ref)
  return modal('duty.receipt', { title: t('duty.on.done'), close: t('alert.modal.done') }, {}, [
    section(`✅ *${t('duty.yours', { role: role(view, ref) })}*`),
    section(quietText(view, quiet)),
    ...takenBlocks(view, { role: key, previous, waiting }),
  ])
}

function quietText(view: ViewContext, quiet: Quiet): string {
  const { t, dateTime } = view.words
  if (quiet.is === 'off') return `🔔 ${t('duty.quiet.off')}`
  if (quiet.is === 'unknown') return `❔ ${t('duty.quiet.unknown')}`
  const hours = { from: dateTime(quiet.from), to: dateTime(quiet.to) }
  return `⚠️ *${t(`duty.quiet.${quiet.is}`, hours)}*\n${t('duty.quiet.do')}`
}

/** The duty is handed over: who has it now, that it came back for want of anybody else, or that nobody has it. */
export function offReceipt(view: ViewContext, { ref, now, previous, waiting }: Handover) {
  const { t } = view.words
  const values = { role: role(view, ref), person: now ? personName(view.words, now) : '' }
  const next = now === null ? 'nobody' : now.id === previous?.personId ? 'still' : 'next'
  return modal('duty.receipt', { title: t('duty.off.done'), close: t('alert.modal.done') }, {}, [
    section(`${next === 'next' ? '✅' : '⚠️'} *${t(`duty.off.${next}`, values)}*`),
    ...(next === 'next' && waiting.length > 0
      ? [section(t('duty.off.passed', { count: waiting.length }))]
      : []),
  ])
}

/** `/poc rota` for somebody with several roles. */
export function rotaPick(view: ViewContext, refs: readonly RoleRef[]) {
  const { t } = view.words
  return modal(
    'duty.rota_pick',
    { title: t('duty.rota.title'), submit: t('duty.rota.show'), close: t('alert.modal.cancel') },
    {},
    [roleInput(view, refs)],
  )
}

/** The coming shifts; whoever appoints to the role can take some out and add others. */
export function rotaModal(view: ViewContext, rota: Rota) {
  const { t } = view.words
  const texts = { title: t('duty.rota.title'), close: t('alert.modal.done') }
  return modal(
    'duty.rota',
    rota.mayEdit ? { ...texts, submit: t('alert.modal.save') } : texts,
    { role: roleKey(rota.ref) },
    [
      section(`*${role(view, rota.ref)}*`),
      ...shiftBlocks(view, rota),
      ...(rota.mayEdit ? edit(view, rota) : []),
    ],
  )
}

function shiftBlocks(view: ViewContext, { shifts, gaps }: Rota): Block[] {
  const { t } = view.words
  if (shifts.length === 0) return [section(t('duty.rota.none'))]
  const lines = shifts
    .slice(0, SHIFTS_SHOWN)
    .map(shift => `• ${span(view, shift)} ${personName(view.words, shift.person)}`)
  const more = shifts.length - lines.length
  return [
    section(lines.join('\n')),
    ...(more > 0 ? [context(t('duty.rota.more', { count: more }))] : []),
    ...(gaps.length > 0
      ? [
          section(
            `⚠️ ${t('duty.rota.gaps', { hours: view.words.list(gaps.slice(0, 5).map(gap => span(view, gap))) })}`,
          ),
        ]
      : []),
  ]
}

function edit(view: ViewContext, { shifts }: Rota): Block[] {
  const { t } = view.words
  const choices = shifts.slice(0, 100).map(shift => ({ text: span(view, shift), value: shift.id }))
  const optional = { optional: true }
  const day = (field: string) =>
    input(field, t(`duty.rota.${field}`), { type: 'datepicker', action_id: field }, optional)
  const hour = (field: string, initial: string) =>
    input(
      field,
      t(`duty.rota.${field}`),
      { type: 'timepicker', action_id: field, initial_time: initial },
      optional,
    )
  return [
    ...(choices.length > 0
      ? [input('remove', t('duty.rota.remove'), multiSelect('remove', t('duty.choose'), choices), optional)]
      : []),
    section(`*${t('duty.rota.add')}*`),
    input(
      'person',
      t('duty.rota.person'),
      { type: 'users_select', action_id: 'person', placeholder: plain(t('duty.choose'), 150) },
      optional,
    ),
    day('firstDay'),
    day('lastDay'),
    hour('from', '06:00'),
    hour('to', '18:00'),
    context(t('duty.rota.hours', { zone: view.mission.zone })),
  ]
}

/** "23 Nov 06:00 – 23 Nov 18:00". */
function span(view: ViewContext, { fromAt, toAt }: { fromAt: number; toAt: number }): string {
  const { dateTime, date, time } = view.words
  return `${dateTime(fromAt)} – ${date(fromAt) === date(toAt) ? time(toAt) : dateTime(toAt)}`
}
