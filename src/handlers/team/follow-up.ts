import * as operation from '../../operations/team.ts'
import * as forms from '../../views/team/forms.ts'
import { questionModal } from '../../views/team/lines.ts'
import { notesMessage } from '../../views/team/list.ts'
import type { ActionCall, Family, ViewAnswer, ViewCall } from '../contract.ts'
import { readForm, readMetadata } from '../form.ts'
import { openTasking } from '../tasking/new.ts'
import { viewContext } from '../view-context.ts'
import { done, teamIn } from './parts.ts'

/** What becomes of a recommendation: a tasking or a request from it, or a refusal with its reason. */
async function decidePicked(call: ActionCall): Promise<void> {
  const [what = '', id = ''] = call.value.split(':')
  const { facts, recommendation } = await operation.readRecommendation(call.ctx, id)
  if (what === 'task') return openTasking(call, { kind: 'jpt', id }, { text: recommendation.row.words })
  await call.ui.open(forms.refuseModal(viewContext(call), facts, recommendation))
}

async function refuseSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const { recommendationId = '' } = readMetadata<{ recommendationId: string }>(call.privateMetadata)
  const reason = readForm(call.values).text('reason')
  return done(call, await operation.refuseRecommendation(call.ctx, { recommendationId, reason }), 'refused')
}

async function closePressed(call: ActionCall): Promise<void> {
  const { team } = await operation.closeTeam(call.ctx, { teamId: call.value })
  await call.ui.tell({ text: call.words.t('team.done.closed', { code: team.code }) })
}

async function noteSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const words = readForm(call.values).text('note')
  const facts = await operation.leaveTeamNote(call.ctx, { teamId: teamIn(call), words })
  return done(call, facts, 'noted')
}

async function notesPressed(call: ActionCall): Promise<void> {
  await call.ui.tell(notesMessage(viewContext(call), await operation.readTeamNotes(call.ctx, call.value)))
}

/** Notes about a place, beside its hotspot. */
async function placeNotesPressed(call: ActionCall): Promise<void> {
  const { notes } = await operation.ownTeamsAt(call.ctx, call.value)
  await call.ui.tell(notesMessage(viewContext(call), notes))
}

async function questionPressed(call: ActionCall): Promise<void> {
  const asked = await operation.readTeamQuestion(call.ctx, call.value)
  await call.ui.open(questionModal(viewContext(call), asked))
}

async function questionSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const form = readForm(call.values)
  const { questionId = '' } = readMetadata<{ questionId: string }>(call.privateMetadata)
  const { facts } = await operation.answerTeamQuestion(call.ctx, {
    questionId,
    answer: form.choice('answer') ?? '',
    words: form.text('words'),
  })
  return done(call, facts, 'answered')
}

/** What becomes of what it found. */
export const followingUp = {
  actions: {
    'team.decide': decidePicked,
    'team.close': closePressed,
    'team.notes': notesPressed,
    'team.place_notes': placeNotesPressed,
    'team.question': questionPressed,
  },
  views: { 'team.refuse': refuseSubmitted, 'team.note': noteSubmitted, 'team.question': questionSubmitted },
} satisfies Family
