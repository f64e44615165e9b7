import type { Origin } from '../../domain/tasking.ts'
import { fold } from '../../domain/text-fold.ts'
import { TocsinError } from '../../errors.ts'
import { isPocUnit } from '../../operations/tasking/facts.ts'
import { originFacts } from '../../operations/tasking/origin.ts'
import { askingRoles, rolesFor } from '../../operations/tasking/parties.ts'
import { targetStanding, targetsFor } from '../../operations/tasking/targets.ts'
import { task, taskingLimits } from '../../operations/tasking.ts'
import { role } from '../../views/context.ts'
import { type NewTaskingForm, newTaskingModal, taskingReceipt } from '../../views/tasking/new-form.ts'
import { accountableName } from '../../views/tasking/phrases.ts'
import { toPlace } from '../alert/raise.ts'
import type { ActionCall, Call, Option, OptionsCall, ViewAnswer, ViewCall } from '../contract.ts'
import { filledAgain, readForm, readMetadata } from '../form.ts'
import { planFor } from '../hotspot/plan-form.ts'
import { viewContext } from '../view-context.ts'

const OPTIONS_MAX = 90

interface Metadata {
  origin: Origin
  originCode: string | null
  exercise: boolean
  planView: string | null
}

/**
 * The form for a tasking or a request. Every noun that carries the button *Task somebody* opens it with its record as
 * the origin; its kind reads and tells as `operations/tasking/origin.ts` says.
 *
 * @param known.text what is already known of the result.
 * @param known.tier which tier it begins with.
 * @param known.planView the protection plan it is opened from.
 * @throws TocsinError `not_allowed` for somebody who may ask nobody, `not_found` for the origin.
 */
export async function openTasking(
  call: Call,
  origin: Origin,
  { text = '', tier, planView }: { text?: string; tier?: number; planView?: string | null } = {},
): Promise<void> {
  if (askingRoles(call.ctx).length === 0) throw new TocsinError('not_allowed')
  const from = await originFacts(call.ctx, origin)
  await call.ui.open(
    newTaskingModal(viewContext(call), {
      origin,
      originCode: from?.code ?? null,
      exercise: from?.exercise ?? false,
      roles: [],
      result: [...text].slice(0, taskingLimits.result).join(''),
      ...(tier ? { tier } : {}),
      planView: planView ?? null,
    }),
  )
}

/** Whom the person may task or ask, in any of their roles. */
export async function targetOptions(call: OptionsCall): Promise<Option[]> {
  const query = fold(call.query.trim())
  const roles = askingRoles(call.ctx)
  const view = viewContext(call)
  return targetsFor(call.ctx, roles)
    .map(({ value, kind, ref, constituency }) => ({
      text: ref ? role(view, ref) : call.words.t(`tasking.constituency.${constituency}`),
      value,
      description: call.words.t(`tasking.kind.${kind}`),
    }))
    .filter(({ text }) => fold(text).includes(query))
    .slice(0, OPTIONS_MAX)
}

/** Whom was chosen: the form shows who stands the post, or asks which organisation. */
export async function targetChosen(call: ActionCall): Promise<void> {
  if (call.view?.callbackId !== 'tasking.new') return
  await call.ui.replace(newTaskingModal(viewContext(call), await formOf(call, call.view.privateMetadata)))
}

async function formOf(call: ActionCall | ViewCall, privateMetadata: string): Promise<NewTaskingForm> {
  const form = readForm(call.values)
  const {
    origin = { kind: 'none', id: null },
    originCode = null,
    exercise = false,
    planView = null,
  } = readMetadata<Metadata>(privateMetadata)
  const to = form.option('to')
  return {
    origin,
    originCode,
    exercise,
    planView,
    roles: to ? rolesFor(call.ctx, to.value) : [],
    role: form.choice('role'),
    to,
    target: to ? await targetStanding(call.ctx, to.value) : null,
    result: form.text('result'),
    ...(form.choice('tier') ? { tier: Number(form.choice('tier')) } : {}),
  }
}

export async function newSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const form = readForm(call.values)
  const { origin = { kind: 'none', id: null }, planView } = readMetadata<Metadata>(call.privateMetadata)
  const to = form.choice('to') ?? ''
  const view = viewContext(call)
  if (isPocUnit(call.ctx.mission, to) && form.choices('unit').length === 0) {
    const shown = newTaskingModal(view, { ...(await formOf(call, call.privateMetadata)), warnUnit: true })
    return { update: filledAgain(shown, call) }
  }
  const user = form.user('person')
  const facts = await task(call.ctx, {
    origin,
    role: form.choice('role'),
    to,
    person: user ? { userId: user } : null,
    organisation: form.text('organisation'),
    result: form.text('result'),
    tier: Number(form.choice('tier') ?? 0),
    mode: form.choice('mode'),
    dueAt: form.dateTime('dueAt'),
    activity: form.choice('activity'),
    place: toPlace(form.choice('place')),
    steps: form.text('steps'),
    support: form.choice('support'),
    exemption: form.choice('exemption'),
    restricted: form.choices('restricted').length > 0,
    exercise: form.choices('exercise').length > 0,
    requestKey: call.viewId,
  })
  if (!planView || origin.id === null)
    return { update: taskingReceipt(view, facts, accountableName(view, facts)) }
  // The plan below is the receipt: the new line stands in it.
  await call.ui.replace(await planFor(call, origin.id), planView)
  return undefined
}
