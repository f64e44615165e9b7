import { TocsinError } from '../../errors.ts'
import * as operation from '../../operations/team.ts'
import * as forms from '../../views/team/forms.ts'
import { callTreeModal } from '../../views/team/lines.ts'
import type { ActionCall, Family, ViewAnswer, ViewCall } from '../contract.ts'
import { readForm } from '../form.ts'
import { viewContext } from '../view-context.ts'
import { done, opens, teamIn } from './parts.ts'

async function checkInPressed(call: ActionCall): Promise<void> {
  const { team, awaited } = await operation.checkIn(call.ctx, { teamId: call.value })
  const next = awaited
    ? call.words.t(`team.awaited.${awaited.kind}`, { at: call.words.dateTime(awaited.at) })
    : ''
  await call.ui.tell({ text: call.words.t('team.done.heard', { code: team.code, next }) })
}

async function backPressed(call: ActionCall): Promise<void> {
  const { team } = await operation.bringTeamBack(call.ctx, { teamId: call.value })
  await call.ui.tell({ text: call.words.t('team.done.back', { code: team.code }) })
}

async function extendSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const form = readForm(call.values)
  const facts = await operation.extendTeam(call.ctx, {
    teamId: teamIn(call),
    returnAt: form.dateTime('returnAt'),
    reason: form.text('reason'),
  })
  return done(call, facts, 'extended')
}

async function recordSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const form = readForm(call.values)
  const input = {
    teamId: teamIn(call),
    means: form.choice('means') === 'phone' ? ('phone' as const) : ('radio' as const),
    // The form counts in minutes: the one that runs now is no future.
    at: Math.min(form.dateTime('at') ?? call.ctx.clock.now(), call.ctx.clock.now()),
    words: form.text('words'),
  }
  const back = form.choice('what') === 'return'
  const facts = back
    ? await operation.bringTeamBack(call.ctx, input)
    : await operation.checkIn(call.ctx, input)
  return done(call, facts, back ? 'back' : 'recorded')
}

async function treePressed(call: ActionCall): Promise<void> {
  const { facts, shown } = await operation.readTeam(call.ctx, call.value)
  if (!shown.movements) throw new TocsinError('not_allowed')
  await call.ui.open(callTreeModal(viewContext(call), facts))
}

/** While it is out. */
export const goneOut = {
  actions: {
    'team.check_in': checkInPressed,
    'team.back': backPressed,
    'team.extend': opens((view, facts) => forms.extendModal(view, facts)),
    'team.record': opens((view, facts) => forms.heardModal(view, facts)),
    'team.tree': treePressed,
  },
  views: { 'team.extend': extendSubmitted, 'team.record': recordSubmitted },
} satisfies Family
