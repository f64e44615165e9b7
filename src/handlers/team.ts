import { codeTyped } from '../domain/code.ts'
import { TocsinError } from '../errors.ts'
import { registeredPerson } from '../operations/permission.ts'
import * as operation from '../operations/team.ts'
import { saidModal } from '../views/alert/receipt.ts'
import { teamCard } from '../views/team/card.ts'
import * as forms from '../views/team/forms.ts'
import { figuresMessage, teamHelp, teamList } from '../views/team/list.ts'
import { teamTimelineModal } from '../views/team/timeline.ts'
import type { ActionCall, Call, CommandCall, Family, ViewAnswer, ViewCall } from './contract.ts'
import { readForm } from './form.ts'
import { clearing } from './team/clear.ts'
import { composing } from './team/compose.ts'
import { followingUp } from './team/follow-up.ts'
import { goneOut } from './team/out.ts'
import { newCommand, proposing } from './team/propose.ts'
import { reporting } from './team/report.ts'
import { viewContext } from './view-context.ts'

const lists = { list: 'open', all: 'all', out: 'out', calendar: 'calendar' } as const

/** `/poc-jpt`: the open teams; `new`, `all`, `out`, `calendar`, `figures`, `me`, `csv`, `ics`, `help`, or a code. */
async function teamCommand(call: CommandCall): Promise<void> {
  const view = viewContext(call)
  const [first = '', ...rest] = call.text.split(/\s+/)
  const word = first.toLowerCase()
  if (word === 'new') return newCommand({ ...call, text: rest.join(' ') })
  if (word === 'help') return call.ui.tell(teamHelp(view))
  if (word === 'me') {
    registeredPerson(call.ctx)
    return void (await call.ui.open(forms.profileModal(view, await operation.ownTeamProfile(call.ctx))))
  }
  if (word === 'figures') return call.ui.tell(figuresMessage(view, await operation.teamFigures(call.ctx)))
  if (word === 'csv' || word === 'ics' || word === 'presence') return sendFile(call, word)
  const found = await operation.teamByCode(call.ctx, call.text)
  if (found) return call.ui.tell(teamCard(view, found.facts, found.shown))
  // A code that shows none is mistyped, or not theirs to read: no list answers that.
  if (codeTyped('J', call.text)) throw new TocsinError('not_found')
  const which = Object.hasOwn(lists, word) ? lists[word as keyof typeof lists] : 'open'
  const named = (which === 'open' && word !== 'list' ? call.text : rest.join(' ')).toLowerCase()
  const sector = call.ctx.mission.sectors.find(
    ({ id, name }) => id === named || Object.values(name).some(each => each?.toLowerCase() === named),
  )
  if (named !== '' && !sector) return call.ui.tell(teamHelp(view, call.text))
  await call.ui.tell(teamList(view, which, await operation.listTeams(call.ctx, which, sector?.id ?? null)))
}

async function showPressed(call: ActionCall): Promise<void> {
  const { facts, shown } = await operation.readTeam(call.ctx, call.value)
  await call.ui.tell(teamCard(viewContext(call), facts, shown))
}

async function morePicked(call: ActionCall): Promise<void> {
  const [kind = '', teamId = ''] = call.value.split(':')
  const { facts, shown } = await operation.readTeam(call.ctx, teamId)
  const view = viewContext(call)
  const modals: Record<string, () => ReturnType<typeof forms.reasonModal>> = {
    sections: () => forms.moreSectionsModal(view, facts),
    note: () => forms.noteModal(view, facts),
    timeline: () => teamTimelineModal(view, facts, shown),
    decline: () => forms.reasonModal(view, facts, 'decline'),
    cancel: () => forms.reasonModal(view, facts, 'cancel'),
  }
  const modal = Object.hasOwn(modals, kind) ? modals[kind] : undefined
  if (!modal) throw new TocsinError('unknown_term', { details: { value: kind } })
  await call.ui.open(modal())
}

async function profileSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const form = readForm(call.values)
  await operation.setTeamProfile(call.ctx, {
    gender: form.choice('gender'),
    languages: form.choices('languages'),
    skills: form.choices('skills'),
  })
  const title = call.words.t('team.form.profile')
  return { update: saidModal(viewContext(call), title, `✅ ${call.words.t('team.done.profile')}`) }
}

async function sendFile(call: Call, file: string): Promise<void> {
  const sent = await operation.requestTeamFile(call.ctx, { file })
  await call.ui.tell({ text: call.words.t(sent ? 'team.done.file' : `team.done.noFile.${file}`) })
}

/** Every callback of joint protection teams and their kin. */
export const teamFamily: Family = {
  commands: { jpt: teamCommand },
  actions: {
    ...proposing.actions,
    ...composing.actions,
    ...clearing.actions,
    ...goneOut.actions,
    ...reporting.actions,
    ...followingUp.actions,
    'team.show': showPressed,
    'team.more': morePicked,
    'team.file': call => sendFile(call, call.actionId.split(':')[1] ?? ''),
  },
  views: {
    ...proposing.views,
    ...composing.views,
    ...clearing.views,
    ...goneOut.views,
    ...reporting.views,
    ...followingUp.views,
    'team.profile': profileSubmitted,
  },
  options: proposing.options,
}
