import type { RoleRef } from '../domain/mission.ts'
import { TocsinError } from '../errors.ts'
import { rolesNamed } from '../operations/duty/who.ts'
import {
  askTest,
  confirmTest,
  editRota,
  leaveDuty,
  ownDuties,
  readRota,
  requestCallSheet,
  takeable,
  takeDuty,
  vacantPosts,
  whoAnswers,
} from '../operations/duty.ts'
import { parseRoleKey, sameRole } from '../operations/permission.ts'
import { offModal, offReceipt, onModal, onReceipt, rotaModal, rotaPick } from '../views/duty/forms.ts'
import { tasksMessage, vacanciesMessage, whoMessage, whoUsage } from '../views/duty/who.ts'
import type { ActionCall, Call, CommandCall, ViewAnswer, ViewCall } from './contract.ts'
import { readForm, readMetadata } from './form.ts'
import { viewContext } from './view-context.ts'

/** `/poc on [role]`: takes a duty, of the role named or of one to choose. */
export const onCommand = (call: CommandCall): Promise<void> => take(call, call.text)
/** *Take duty*, in the App Home. */
export const takePressed = (call: ActionCall): Promise<void> => take(call, '')

async function take(call: CommandCall | ActionCall, words: string): Promise<void> {
  await call.ui.open(onModal(viewContext(call), await choices(call, words)))
}

/** `/poc off [note]`: hands a duty over, with the note written behind it. */
export const offCommand = (call: CommandCall): Promise<void> => leave(call, call.text)
/** *Hand duty over*, in the App Home. */
export const leavePressed = (call: ActionCall): Promise<void> => leave(call, '')

async function leave(call: CommandCall | ActionCall, note: string): Promise<void> {
  const duties = await ownDuties(call.ctx)
  if (duties.length === 0) throw new TocsinError('not_on_duty')
  await call.ui.open(offModal(viewContext(call), duties, note))
}

/** `/poc rota [role]`: the coming shifts; whoever appoints may change them. */
export async function rotaCommand(call: CommandCall): Promise<void> {
  const refs = await choices(call, call.text)
  const [only] = refs
  const view = viewContext(call)
  await call.ui.open(
    only && refs.length === 1 ? rotaModal(view, await readRota(call.ctx, only)) : rotaPick(view, refs),
  )
}

/** `/poc who [role | sector | place | alert code | tasks]`. */
export async function whoCommand(call: CommandCall): Promise<void> {
  const view = viewContext(call)
  const words = call.text.trim()
  if (!words) return call.ui.tell(whoUsage(view))
  if (/^(tasks?|t[aâ]ches?)$/i.test(words)) return call.ui.tell(tasksMessage(view))
  await call.ui.tell(whoMessage(view, words, await whoAnswers(call.ctx, words)))
}

/** `/poc callsheet`: the call sheet, by direct message to this person. */
export async function callSheetCommand(call: CommandCall): Promise<void> {
  await requestCallSheet(call.ctx)
  await call.ui.tell({ text: call.words.t('duty.sheet.coming') })
}

/** `/poc vacancies`, or its button in the App Home: posts nobody holds. */
export async function vacanciesCommand(call: CommandCall | ActionCall): Promise<void> {
  await call.ui.tell(vacanciesMessage(viewContext(call), await vacantPosts(call.ctx)))
}

export async function onSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const handover = await takeDuty(call.ctx, chosen(call))
  return { update: onReceipt(viewContext(call), handover, await call.ui.doNotDisturb()) }
}

export async function offSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const note = readForm(call.values).text('note')
  return { update: offReceipt(viewContext(call), await leaveDuty(call.ctx, { ref: chosen(call), note })) }
}

export async function rotaPicked(call: ViewCall): Promise<ViewAnswer> {
  return { update: rotaModal(viewContext(call), await readRota(call.ctx, chosen(call))) }
}

export async function rotaSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const form = readForm(call.values)
  const { role = '' } = readMetadata<{ role: string }>(call.privateMetadata)
  const ref = parseRoleKey(role)
  const user = form.user('person')
  const firstDay = form.date('firstDay')
  if (user && !firstDay) return { errors: { firstDay: call.words.t('errors.shift_invalid') } }
  if (!user && firstDay) return { errors: { person: call.words.t('duty.rota.personNeeded') } }
  const rota = await editRota(call.ctx, {
    ref,
    remove: form.choices('remove'),
    add:
      user && firstDay
        ? {
            person: { teamId: call.slack.teamId, userId: user },
            firstDay,
            lastDay: form.date('lastDay') ?? firstDay,
            from: form.time('from') ?? '',
            to: form.time('to') ?? '',
          }
        : null,
  })
  return { update: rotaModal(viewContext(call), rota) }
}

/** *Send me a test*, in a receipt or a message. */
export async function testPressed(call: ActionCall): Promise<void> {
  await askTest(call.ctx, parseRoleKey(call.value))
  await call.ui.tell({ text: call.words.t('duty.test.sent') })
}

/** The press on a test message; the message itself then says so. */
export async function confirmPressed(call: ActionCall): Promise<void> {
  await confirmTest(call.ctx, call.value)
}

/** The person's roles the words name; all of them where they name none of theirs, own ones first. */
async function choices(call: Call, words: string): Promise<RoleRef[]> {
  const { own, appointed } = await takeable(call.ctx)
  const named = words.trim() ? rolesNamed(call.ctx.mission, words) : []
  const meant = (refs: readonly RoleRef[]) => refs.filter(ref => named.some(role => sameRole(role, ref)))
  const nearest = [meant(own), meant(appointed), words.trim() ? [] : own.length === 1 ? own : []]
  const refs = nearest.find(list => list.length > 0) ?? [...own, ...appointed]
  if (refs.length === 0) throw new TocsinError('not_named')
  return refs
}

function chosen(call: ViewCall): RoleRef {
  const key = readForm(call.values).choice('role')
  if (!key) throw new TocsinError('which_role', { field: 'role' })
  return parseRoleKey(key)
}
