import * as operation from '../../operations/team.ts'
import * as forms from '../../views/team/forms.ts'
import type { ActionCall, Family, ViewAnswer, ViewCall } from '../contract.ts'
import { readForm, readMetadata } from '../form.ts'
import { viewContext } from '../view-context.ts'
import { done, opens, teamIn, withField } from './parts.ts'

async function sectionPressed(call: ActionCall): Promise<void> {
  const section = call.actionId.split(':')[1] ?? ''
  const { facts, shown, ...people } = await operation.suggestPeople(call.ctx, call.value, section)
  await call.ui.open(forms.sectionModal(viewContext(call), facts, shown, section, people))
}

async function sectionSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const form = readForm(call.values)
  const { section = '' } = readMetadata<{ section: string }>(call.privateMetadata)
  const people = form.users('people').map(userId => ({ userId }))
  const facts = await withField('noneReason', () =>
    operation.answerSection(call.ctx, {
      teamId: teamIn(call),
      section,
      people,
      reason: form.text('noneReason'),
    }),
  )
  return done(call, facts, people.length > 0 ? 'named' : 'none')
}

async function sectionsSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const sections = readForm(call.values).choices('sections')
  return done(call, await operation.askSections(call.ctx, { teamId: teamIn(call), sections }), 'asked')
}

async function joinSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const guest = readForm(call.values).text('guest')
  return done(
    call,
    await operation.joinTeam(call.ctx, { teamId: teamIn(call), joins: true, guest }),
    'joined',
  )
}

async function stayPressed(call: ActionCall): Promise<void> {
  await operation.joinTeam(call.ctx, { teamId: call.value, joins: false })
  await call.ui.tell({ text: call.words.t('team.done.stays') })
}

/** Who goes: sections answer, humanitarians choose for themselves. */
export const composing = {
  actions: {
    'team.section': sectionPressed,
    'team.join': opens((view, facts, { person }) =>
      forms.joinTeamModal(view, facts, person.reference === null ? person.organisation : null),
    ),
    'team.stay': stayPressed,
  },
  views: {
    'team.section': sectionSubmitted,
    'team.sections': sectionsSubmitted,
    'team.join': joinSubmitted,
  },
} satisfies Family
