import { daysSince } from '../domain/hotspot.ts'
import { TEAM_LINES, type TeamLine } from '../domain/team.ts'
import { TocsinError } from '../errors.ts'
import { readAlert } from '../operations/alert.ts'
import { ownHotspotsNear } from '../operations/hotspot/near.ts'
import { listHotspots, readHotspot } from '../operations/hotspot.ts'
import { registeredPerson } from '../operations/permission.ts'
import { draftOf } from '../operations/team/report.ts'
import * as operation from '../operations/team.ts'
import { saidModal } from '../views/alert/receipt.ts'
import { teamCard } from '../views/team/card.ts'
import * as forms from '../views/team/forms.ts'
import { callTreeModal, questionModal } from '../views/team/lines.ts'
import { figuresMessage, notesMessage, teamList } from '../views/team/list.ts'
import { kindName } from '../views/team/phrases.ts'
import type {
  ActionCall,
  Call,
  CommandCall,
  Family,
  Option,
  OptionsCall,
  ViewAnswer,
  ViewCall,
} from './contract.ts'
import { readForm, readMetadata } from './form.ts'
import { openTasking } from './tasking/new.ts'
import { viewContext } from './view-context.ts'

const lists = { list: 'open', all: 'all', out: 'out', calendar: 'calendar' } as const

/** `/poc-jpt`: the open teams; `new`, `all`, `out`, `calendar`, `figures`, `me`, `csv`, `ics`, or a code. */
async function teamCommand(call: CommandCall): Promise<void> {
  const view = viewContext(call)
  const [first = '', ...rest] = call.text.split(/\s+/)
  const word = first.toLowerCase()
  if (word === 'new') return newCommand({ ...call, text: rest.join(' ') })
  if (word === 'me') {
    registeredPerson(call.ctx)
    return void (await call.ui.open(forms.profileModal(view, await operation.ownTeamProfile(call.ctx))))
  }
  if (word === 'figures') return call.ui.tell(figuresMessage(view, await operation.teamFigures(call.ctx)))
  if (word === 'csv' || word === 'ics' || word === 'presence') return sendFile(call, word)
  const found = await operation.teamByCode(call.ctx, call.text)
  if (found) return call.ui.tell(teamCard(view, found.facts, found.shown))
  const which = Object.hasOwn(lists, word) ? lists[word as keyof typeof lists] : 'open'
  const named = (which === 'open' && word !== 'list' ? call.text : rest.join(' ')).toLowerCase()
  const sector = call.ctx.mission.sectors.find(
    ({ id, name }) => id === named || Object.values(name).some(each => each?.toLowerCase() === named),
  )
  await call.ui.tell(teamList(view, which, await operation.listTeams(call.ctx, which, sector?.id ?? null)))
}

async function newCommand(call: CommandCall): Promise<void> {
  registeredPerson(call.ctx)
  const words = call.text.trim()
  const [hotspot = null] = words ? await listHotspots(call.ctx, { words }) : []
  await openProposal(call, { hotspotId: hotspot?.hotspot.id ?? null, alertId: null })
}

/** The form for a new team, filled in from where it was opened. */
export async function openProposal(
  call: Call,
  from: { hotspotId: string | null; alertId: string | null; why?: string },
): Promise<void> {
  const hotspot = from.hotspotId ? (await readHotspot(call.ctx, from.hotspotId)).hotspot : null
  await call.ui.open(
    forms.proposeTeamModal(viewContext(call), {
      kind: null,
      hotspot,
      alertId: from.alertId,
      ...(from.why ? { why: from.why } : {}),
    }),
  )
}

/** From an alert: the hotspot it belongs to, or the nearest the person may read. */
export async function openTeamFromAlert(call: Call, alertId: string): Promise<void> {
  const facts = await readAlert(call.ctx, alertId)
  const [near] = await ownHotspotsNear(call.ctx, facts)
  await openProposal(call, { hotspotId: near?.hotspot.id ?? null, alertId: facts.alert.id })
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
    forms.proposeTeamModal(viewContext(call), { kind: form.choice('kind'), hotspot, alertId }),
  )
}

async function hotspotOptions(call: OptionsCall): Promise<Option[]> {
  const found = await listHotspots(call.ctx, { words: call.query })
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

function done(call: ViewCall, facts: operation.TeamFacts, key: string): ViewAnswer {
  const view = viewContext(call)
  const { code } = facts.team
  const text = call.words.t(`team.done.${key}`, { code, kind: kindName(view, facts) })
  return { update: saidModal(view, code, `✅ ${text}`) }
}

const teamIn = (call: ViewCall): string => readMetadata<{ teamId: string }>(call.privateMetadata).teamId ?? ''

async function showPressed(call: ActionCall): Promise<void> {
  const { facts, shown } = await operation.readTeam(call.ctx, call.value)
  await call.ui.tell(teamCard(viewContext(call), facts, shown))
}

async function takeUpPressed(call: ActionCall): Promise<void> {
  const { team } = await operation.takeUpTeam(call.ctx, { teamId: call.value })
  await call.ui.tell({ text: call.words.t('team.done.asked', { code: team.code, kind: '' }) })
}

/** Opens a form about a team for whoever may read it. */
function opens(
  show: (view: ReturnType<typeof viewContext>, facts: operation.TeamFacts, call: ActionCall) => unknown,
) {
  return async (call: ActionCall): Promise<void> => {
    const { facts } = await operation.readTeam(call.ctx, call.value)
    await call.ui.open((await show(viewContext(call), facts, call)) as never)
  }
}

async function reasonSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const input = { teamId: teamIn(call), reason: readForm(call.values).text('reason') }
  const facts =
    call.callbackId === 'team.decline'
      ? await operation.declineTeam(call.ctx, input)
      : await operation.cancelTeam(call.ctx, input)
  return done(call, facts, facts.team.state)
}

async function sectionPressed(call: ActionCall): Promise<void> {
  const section = call.actionId.split(':')[1] ?? ''
  const { facts, suggested } = await operation.suggestPeople(call.ctx, call.value, section)
  await call.ui.open(forms.sectionModal(viewContext(call), facts, section, suggested))
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

/** A form that calls the reason by another name shows a refusal of it there. */
async function withField<T>(field: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (error) {
    if (error instanceof TocsinError && error.field === 'reason')
      throw new TocsinError(error.code, { field, details: error.details })
    throw error
  }
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

async function reportPressed(call: ActionCall): Promise<void> {
  const { facts, shown } = await operation.readTeam(call.ctx, call.value)
  if (!shown.findings || !shown.parties.includes('lead')) throw new TocsinError('not_allowed')
  const draft = draftOf(call.ctx, facts, kind => call.words.t(`team.act.${kind}`))
  await call.ui.open(forms.reportModal(viewContext(call), facts, draft))
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

/** What becomes of a recommendation: a tasking or a request from it, or a refusal with its reason. */
async function decidePicked(call: ActionCall): Promise<void> {
  const [what = '', id = ''] = call.value.split(':')
  const { facts, recommendation } = await operation.readRecommendation(call.ctx, id)
  if (what === 'task') return openTasking(call, { kind: 'jpt', id }, recommendation.row.words)
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

async function morePicked(call: ActionCall): Promise<void> {
  const [kind = '', teamId = ''] = call.value.split(':')
  const { facts } = await operation.readTeam(call.ctx, teamId)
  const view = viewContext(call)
  const shown =
    kind === 'sections'
      ? forms.moreSectionsModal(view, facts)
      : kind === 'note'
        ? forms.noteModal(view, facts)
        : forms.reasonModal(view, facts, kind === 'decline' ? 'decline' : 'cancel')
  await call.ui.open(shown)
}

async function noteSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const words = readForm(call.values).text('note')
  const facts = await operation.leaveTeamNote(call.ctx, { teamId: teamIn(call), words })
  return done(call, facts, 'noted')
}

async function notesPressed(call: ActionCall): Promise<void> {
  await call.ui.tell(notesMessage(viewContext(call), await operation.readTeamNotes(call.ctx, call.value)))
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
  await operation.requestTeamFile(call.ctx, { file })
  await call.ui.tell({ text: call.words.t('team.done.file') })
}

/** Every callback of joint protection teams and their kin. */
export const teamFamily: Family = {
  commands: { jpt: teamCommand },
  actions: {
    'team.new': newPressed,
    'team.from_hotspot': fromHotspotPressed,
    'team.kind': kindChosen,
    'team.hotspot': kindChosen,
    'team.show': showPressed,
    'team.take_up': takeUpPressed,
    'team.decline': opens((view, facts) => forms.reasonModal(view, facts, 'decline')),
    'team.section': sectionPressed,
    'team.join': opens((view, facts, { person }) =>
      forms.joinTeamModal(view, facts, person.reference === null ? person.organisation : null),
    ),
    'team.stay': stayPressed,
    'team.clear': clearPressed,
    'team.go': goPressed,
    'team.check_in': checkInPressed,
    'team.back': backPressed,
    'team.extend': opens((view, facts) => forms.extendModal(view, facts)),
    'team.record': opens((view, facts) => forms.heardModal(view, facts)),
    'team.tree': treePressed,
    'team.report': reportPressed,
    'team.agree': agreePressed,
    'team.dissent': opens((view, facts) => forms.dissentModal(view, facts)),
    'team.decide': decidePicked,
    'team.close': closePressed,
    'team.more': morePicked,
    'team.notes': notesPressed,
    'team.question': questionPressed,
    'team.file': call => sendFile(call, call.actionId.split(':')[1] ?? ''),
  },
  views: {
    'team.propose': proposeSubmitted,
    'team.decline': reasonSubmitted,
    'team.cancel': reasonSubmitted,
    'team.section': sectionSubmitted,
    'team.sections': sectionsSubmitted,
    'team.join': joinSubmitted,
    'team.clear': clearSubmitted,
    'team.go': goSubmitted,
    'team.extend': extendSubmitted,
    'team.record': recordSubmitted,
    'team.report': reportSubmitted,
    'team.dissent': dissentSubmitted,
    'team.refuse': refuseSubmitted,
    'team.note': noteSubmitted,
    'team.question': questionSubmitted,
    'team.profile': profileSubmitted,
  },
  options: { 'team.hotspot': hotspotOptions },
}
