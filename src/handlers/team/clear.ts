import { TEAM_LINES, type TeamLine } from '../../domain/team.ts'
import { TocsinError } from '../../errors.ts'
import * as operation from '../../operations/team.ts'
import * as forms from '../../views/team/forms.ts'
import type { ActionCall, Family, ViewAnswer, ViewCall } from '../contract.ts'
import { readForm } from '../form.ts'
import { viewContext } from '../view-context.ts'
import { done, teamIn, withField } from './parts.ts'

/** *Clear* is for those who see movements: nobody else is shown what stands in it. */
async function clearPressed(call: ActionCall): Promise<void> {
  const { facts, shown } = await operation.readTeam(call.ctx, call.value)
  if (!shown.movements) throw new TocsinError('not_allowed')
  await call.ui.open(forms.clearModal(viewContext(call), facts))
}

async function clearSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const form = readForm(call.values)
  const lines = Object.fromEntries(
    TEAM_LINES.map((line: TeamLine) => {
      const chosen = line === 'community' || line === 'perpetrators' || line === 'due_diligence'
      const given = chosen
        ? { choice: form.choice(line), words: form.text(`${line}_words`) }
        : { words: form.text(line) }
      return [line, given]
    }),
  )
  const facts = await operation.clearTeam(call.ctx, {
    teamId: teamIn(call),
    lines,
    ...(form.choice('lead') ? { lead: form.choice('lead') } : {}),
    departAt: form.dateTime('departAt'),
    returnAt: form.dateTime('returnAt'),
    hours: form.text('hours'),
  })
  return done(call, facts, facts.heldBack.length === 0 ? 'ready' : 'cleared')
}

async function goPressed(call: ActionCall): Promise<void> {
  const { facts, waivable } = await operation.heldBackFor(call.ctx, call.value)
  if (!facts.movers.includes(call.person.id)) throw new TocsinError('not_allowed')
  await call.ui.open(forms.goModal(viewContext(call), facts, waivable))
}

async function goSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const form = readForm(call.values)
  const facts = await withField('waiveReason', () =>
    operation.letTeamGo(call.ctx, {
      teamId: teamIn(call),
      waive: form.choices('waive'),
      reason: form.text('waiveReason'),
    }),
  )
  return done(call, facts, 'gone')
}

/** What clears it, and *Go*. */
export const clearing = {
  actions: { 'team.clear': clearPressed, 'team.go': goPressed },
  views: { 'team.clear': clearSubmitted, 'team.go': goSubmitted },
} satisfies Family
