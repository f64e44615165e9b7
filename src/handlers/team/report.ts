import { TocsinError } from '../../errors.ts'
import * as operation from '../../operations/team.ts'
import * as forms from '../../views/team/forms.ts'
import { reportDraft } from '../../views/team/timeline.ts'
import type { ActionCall, Family, ViewAnswer, ViewCall } from '../contract.ts'
import { readForm } from '../form.ts'
import { viewContext } from '../view-context.ts'
import { done, opens, teamIn } from './parts.ts'

async function reportPressed(call: ActionCall): Promise<void> {
  const { facts, shown } = await operation.readTeam(call.ctx, call.value)
  if (!shown.findings || !shown.parties.includes('lead')) throw new TocsinError('not_allowed')
  const view = viewContext(call)
  await call.ui.open(forms.reportModal(view, facts, reportDraft(view, facts, shown)))
}

async function reportSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const form = readForm(call.values)
  const facts = await operation.reportTeam(call.ctx, {
    teamId: teamIn(call),
    situation: form.text('situation'),
    needs: form.text('needs'),
    threats: form.text('threats'),
    actors: form.text('actors'),
    capacity: form.text('capacity'),
    summary: form.text('summary'),
    links: form.text('links'),
    recommendations: form.text('recommendations'),
  })
  return done(call, facts, 'reported')
}

async function agreePressed(call: ActionCall): Promise<void> {
  const { team } = await operation.reviewReport(call.ctx, { teamId: call.value, verdict: 'agrees' })
  await call.ui.tell({ text: call.words.t('team.done.reviewed', { code: team.code }) })
}

async function dissentSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const words = readForm(call.values).text('words')
  const facts = await operation.reviewReport(call.ctx, { teamId: teamIn(call), verdict: 'dissents', words })
  return done(call, facts, 'reviewed')
}

/** What it found, and what its members say of that. */
export const reporting = {
  actions: {
    'team.report': reportPressed,
    'team.agree': agreePressed,
    'team.dissent': opens((view, facts) => forms.dissentModal(view, facts)),
  },
  views: { 'team.report': reportSubmitted, 'team.dissent': dissentSubmitted },
} satisfies Family
