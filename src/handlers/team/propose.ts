import { daysSince } from '../../domain/hotspot.ts'
import { TocsinError } from '../../errors.ts'
import { readAlert } from '../../operations/alert.ts'
import { ownHotspotsNear } from '../../operations/hotspot/near.ts'
import { listHotspots, readHotspot } from '../../operations/hotspot.ts'
import { registeredPerson } from '../../operations/permission.ts'
import * as operation from '../../operations/team.ts'
import * as forms from '../../views/team/forms.ts'
import type {
  ActionCall,
  Call,
  CommandCall,
  Family,
  Option,
  OptionsCall,
  ViewAnswer,
  ViewCall,
} from '../contract.ts'
import { readForm, readMetadata } from '../form.ts'
import { viewContext } from '../view-context.ts'
import { done, opens, teamIn } from './parts.ts'

/** `/poc-jpt new [place]`. */
export async function newCommand(call: CommandCall): Promise<void> {
  registeredPerson(call.ctx)
  const words = call.text.trim()
  const [hotspot = null] = words ? await listHotspots(call.ctx, { words, exercise: 'too' }) : []
  await openProposal(call, {
    hotspotId: hotspot?.hotspot.id ?? null,
    alertId: null,
    ...(words && !hotspot ? { unknown: words } : {}),
  })
}

/** The form for a new team, filled in from where it was opened. */
export async function openProposal(
  call: Call,
  from: { hotspotId: string | null; alertId: string | null; why?: string; unknown?: string },
): Promise<void> {
  const hotspot = from.hotspotId ? (await readHotspot(call.ctx, from.hotspotId)).hotspot : null
  await call.ui.open(
    forms.proposeTeamModal(viewContext(call), {
      kind: null,
      hotspot,
      alertId: from.alertId,
      ...(from.why ? { why: from.why } : {}),
      ...(from.unknown ? { unknown: from.unknown } : {}),
    }),
  )
}

/** From an alert: the hotspot it belongs to, or the nearest the person may read. */
export async function openTeamFromAlert(call: Call, alertId: string): Promise<void> {
  const facts = await readAlert(call.ctx, alertId)
  const [near] = await ownHotspotsNear(call.ctx, facts)
  const { id, code, raisedAt } = facts.alert
  const why = call.words.t('team.alertWhy', { code, at: call.words.dateTime(raisedAt) })
  await openProposal(call, { hotspotId: near?.hotspot.id ?? null, alertId: id, why })
}

/** From a hotspot or a gap. */
async function fromHotspotPressed(call: ActionCall): Promise<void> {
  const { civiliansAt } = await readHotspot(call.ctx, call.value)
  const days = daysSince(civiliansAt, call.ctx.clock.now())
  const why = days === null ? call.words.t('team.gap.never') : call.words.t('team.gap.since', { count: days })
  await openProposal(call, { hotspotId: call.value, alertId: null, why })
}

async function newPressed(call: ActionCall): Promise<void> {
  registeredPerson(call.ctx)
  await openProposal(call, { hotspotId: null, alertId: null })
}

/** Another kind or place was chosen: its questions and the sections its threats call for. */
async function kindChosen(call: ActionCall): Promise<void> {
  const form = readForm(call.values)
  const { alertId = null } = readMetadata<{ alertId: string | null }>(call.view?.privateMetadata ?? '')
  const hotspotId = form.choice('hotspot')
  const hotspot = hotspotId ? (await readHotspot(call.ctx, hotspotId)).hotspot : null
  await call.ui.replace(
    forms.proposeTeamModal(viewContext(call), {
      kind: form.choice('kind'),
      hotspot,
      alertId,
      sections: form.choices('sections'),
    }),
  )
}

async function hotspotOptions(call: OptionsCall): Promise<Option[]> {
  const found = await listHotspots(call.ctx, { words: call.query, exercise: 'too' })
  return found.slice(0, 90).map(({ hotspot }) => ({
    text: `${hotspot.code} ${hotspot.name}`,
    value: hotspot.id,
  }))
}

async function proposeSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const form = readForm(call.values)
  const { alertId = null } = readMetadata<{ alertId: string | null }>(call.privateMetadata)
  const kind = call.ctx.mission.teams.kinds.find(({ id }) => id === form.choice('kind'))
  const hotspotId = form.choice('hotspot')
  if (!hotspotId) throw new TocsinError('text_missing', { field: 'hotspot' })
  const facts = await operation.proposeTeam(call.ctx, {
    kind: form.choice('kind') ?? '',
    hotspotId,
    alertId,
    why: form.text('why'),
    questions: form.text('questions'),
    answers: Object.fromEntries((kind?.fields ?? []).map(({ id }) => [id, form.text(`answer_${id}`)])),
    from: form.date('from'),
    to: form.date('to'),
    sections: form.choices('sections'),
    skills: form.choices('skills'),
    languages: form.choices('languages'),
    requestKey: call.viewId,
  })
  return done(call, facts, facts.team.state === 'proposed' ? 'proposed' : 'asked')
}

async function takeUpPressed(call: ActionCall): Promise<void> {
  const { team } = await operation.takeUpTeam(call.ctx, { teamId: call.value })
  await call.ui.tell({ text: call.words.t('team.done.asked', { code: team.code, kind: '' }) })
}

async function reasonSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const input = { teamId: teamIn(call), reason: readForm(call.values).text('reason') }
  const facts =
    call.callbackId === 'team.decline'
      ? await operation.declineTeam(call.ctx, input)
      : await operation.cancelTeam(call.ctx, input)
  return done(call, facts, facts.team.state)
}

/** How a team is proposed, taken up, declined or called off. */
export const proposing = {
  actions: {
    'team.new': newPressed,
    'team.from_hotspot': fromHotspotPressed,
    'team.kind': kindChosen,
    'team.hotspot': kindChosen,
    'team.take_up': takeUpPressed,
    'team.decline': opens((view, facts) => forms.reasonModal(view, facts, 'decline')),
  },
  views: {
    'team.propose': proposeSubmitted,
    'team.decline': reasonSubmitted,
    'team.cancel': reasonSubmitted,
  },
  options: { 'team.hotspot': hotspotOptions },
} satisfies Family
