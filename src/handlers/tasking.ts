import { codeTyped } from '../domain/code.ts'
import { actsOpenTo, type Origin, TASKING_ACTS, type TaskingActKind, wordsNeeded } from '../domain/tasking.ts'
import { EVERY_TASKING, parseTaskingFilter, type TaskingFilter } from '../domain/tasking-filter.ts'
import { TocsinError } from '../errors.ts'
import { remindables } from '../operations/remindables.ts'
import { snooze } from '../operations/reminder.ts'
import { TASKING_FILES, TASKINGS_PER_PAGE } from '../operations/tasking/list.ts'
import { askingRoles, keepsCentre, partiesOf } from '../operations/tasking/parties.ts'
import { renewTaskingCard } from '../operations/tasking/tell.ts'
import {
  amend,
  answerTasking,
  findTasking,
  handOn,
  listTaskings,
  readScorecards,
  readTasking,
  reassign,
  recordTasking,
  requestTaskingFile,
  stepDone,
  type TaskingFacts,
  waitingTaskings,
} from '../operations/tasking.ts'
import { saidModal } from '../views/alert/receipt.ts'
import {
  actModal,
  aheadModal,
  amendModal,
  handOnModal,
  reassignModal,
  recordedTaskingModal,
  snoozeModal,
} from '../views/tasking/forms.ts'
import { scorecardMessage, taskingHelp, taskingListModal } from '../views/tasking/list.ts'
import { stateText } from '../views/tasking/phrases.ts'
import type { ActionCall, Call, CommandCall, Family, ViewAnswer, ViewCall } from './contract.ts'
import { readForm, readMetadata } from './form.ts'
import { aheadSubmitted } from './tasking/ahead.ts'
import { newSubmitted, openTasking, targetChosen, targetOptions } from './tasking/new.ts'
import { showTasking } from './tasking/show.ts'
import { viewContext } from './view-context.ts'

export { openTasking } from './tasking/new.ts'

const NONE: Origin = { kind: 'none', id: null }

/** What may follow `/poc-task`; anything else is a code, or a list. */
const subcommands: Record<string, (call: CommandCall) => Promise<void>> = {
  new: call => openTasking(call, NONE, { text: call.text }),
  list: listCommand,
  csv: call => fileCommand(call, 'csv'),
  ics: call => fileCommand(call, 'ics'),
  scorecard: async call => call.ui.tell(scorecardMessage(viewContext(call), await readScorecards(call.ctx))),
  reassign: async call => void (await call.ui.open(reassignModal(viewContext(call)))),
}

/** `/poc-task`: what waits for this person; `/poc-task T-7K4Q`: that one; `/poc-task list mine overdue` and so on. */
async function taskCommand(call: CommandCall): Promise<void> {
  const [word = '', ...rest] = call.text.split(/\s+/)
  const run = Object.hasOwn(subcommands, word.toLowerCase()) ? subcommands[word.toLowerCase()] : undefined
  if (run) return run({ ...call, text: rest.join(' ') })
  if (call.text) {
    const found = await findTasking(call.ctx, call.text)
    if (found) return showTasking(call, found)
    // A code of a tasking that shows none is mistyped, or not theirs to read: no list answers that.
    if (codeTyped('T', call.text)) throw new TocsinError('not_found')
    return listCommand(call)
  }
  const may = { give: askingRoles(call.ctx).length > 0, score: true }
  await call.ui.tell(taskingHelp(viewContext(call), await waitingTaskings(call.ctx), may))
}

async function listCommand(call: CommandCall): Promise<void> {
  await openList(call, parseTaskingFilter([...call.text].slice(0, 200).join(''), call.ctx.mission))
}

async function openList(call: Call, filter: TaskingFilter, page = 0): Promise<void> {
  const found = await listTaskings(call.ctx, filter, page)
  await call.ui.open(taskingListModal(viewContext(call), found, TASKINGS_PER_PAGE))
}

async function fileCommand(call: CommandCall, file: 'csv' | 'ics'): Promise<void> {
  await requestTaskingFile(call.ctx, { file, filter: parseTaskingFilter(call.text, call.ctx.mission) })
  await call.ui.tell({ text: call.words.t('tasking.fileComing') })
}

async function pagePressed(call: ActionCall): Promise<void> {
  const { page = 0 } = readMetadata<{ page: number }>(call.value)
  const found = await listTaskings(call.ctx, filterOf(call), page)
  await call.ui.replace(taskingListModal(viewContext(call), found, TASKINGS_PER_PAGE))
}

async function filePressed(call: ActionCall): Promise<void> {
  const file = TASKING_FILES.find(each => each === call.value)
  if (!file) throw new TocsinError('unknown_term', { details: { value: call.value } })
  await requestTaskingFile(call.ctx, { file, filter: filterOf(call) })
  await call.ui.tell({ text: call.words.t('tasking.fileComing') })
}

/** The filter the modal carries; whatever is missing narrows nothing. */
function filterOf({ view }: ActionCall): TaskingFilter {
  const { filter } = readMetadata<{ filter: Partial<TaskingFilter> }>(view?.privateMetadata ?? '')
  return { ...EVERY_TASKING, ...filter }
}

async function showPressed(call: ActionCall): Promise<void> {
  await showTasking(call, await readTasking(call.ctx, call.value))
}

/** A button of the card: done at once where no words belong to it, else the form for them. */
async function actPressed(call: ActionCall): Promise<void> {
  await openAct(call, call.actionId.slice(call.actionId.indexOf(':') + 1), call.value)
}

async function openAct(call: ActionCall, value: string, taskingId: string): Promise<void> {
  const act = knownAct(value)
  const facts = await readTasking(call.ctx, taskingId)
  if (act === 'hand_on') return void (await call.ui.open(handOnModal(viewContext(call), facts)))
  const { kind, toConstituency } = facts.tasking
  const asks =
    wordsNeeded(kind, act, toConstituency) || act === 'decline' || act === 'return' || act === 'cancel'
  if (asks) return void (await call.ui.open(actModal(viewContext(call), facts, act)))
  await answerTasking(call.ctx, { taskingId, act })
}

/** *More…* on the card. */
async function morePicked(call: ActionCall): Promise<void> {
  const at = call.value.indexOf(':')
  const [choice = '', taskingId = ''] = [call.value.slice(0, at), call.value.slice(at + 1)]
  const [kind, detail = ''] = choice.split('.')
  const view = viewContext(call)
  if (kind === 'act') await openAct(call, detail, taskingId)
  else if (kind === 'step') await stepDone(call.ctx, { taskingId, position: Number(detail) })
  else {
    const facts = await readTasking(call.ctx, taskingId)
    if (kind === 'amend') {
      if (!partiesOf(call.ctx, facts).some(({ party }) => party === 'asker'))
        throw new TocsinError('not_allowed')
      await call.ui.open(amendModal(view, facts))
    } else if (kind === 'ahead') await call.ui.open(aheadModal(view, facts))
    else if (kind === 'snooze') await call.ui.open(snoozeModal(view, facts))
    else if (kind === 'recorded') {
      if (!keepsCentre(call.ctx)) throw new TocsinError('not_allowed')
      await call.ui.open(recordedTaskingModal(view, facts, heardActs(facts)))
    } else throw new TocsinError('unknown_term', { details: { value: choice } })
  }
  if (call.message) await renewTaskingCard(call.ctx, call.message)
}

/** What those it was given to may say over radio or phone. */
function heardActs({ tasking }: TaskingFacts): TaskingActKind[] {
  return actsOpenTo(tasking.kind, tasking.state, ['asked'])
}

async function actSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const { taskingId = '', act = '' } = readMetadata<{ taskingId: string; act: string }>(call.privateMetadata)
  return answered(
    call,
    await answerTasking(call.ctx, { taskingId, act, words: readForm(call.values).text('words') }),
    true,
  )
}

async function recordedSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const { taskingId = '' } = readMetadata<{ taskingId: string }>(call.privateMetadata)
  const form = readForm(call.values)
  const now = call.ctx.clock.now()
  const picked = form.dateTime('at') ?? now
  return answered(
    call,
    await recordTasking(call.ctx, {
      taskingId,
      act: form.choice('act') ?? '',
      words: form.text('words'),
      means: form.choice('means') === 'phone' ? 'phone' : 'radio',
      // The picker knows whole minutes: an answer of this very minute is not in the future.
      at: picked > now && picked - now < 60_000 ? now : picked,
    }),
  )
}

async function handOnSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const { taskingId = '' } = readMetadata<{ taskingId: string }>(call.privateMetadata)
  const userId = readForm(call.values).user('to') ?? ''
  return answered(call, await handOn(call.ctx, { taskingId, to: { userId } }))
}

async function amendSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const {
    taskingId = '',
    version = 0,
    dueAt,
  } = readMetadata<{
    taskingId: string
    version: number
    dueAt: number
  }>(call.privateMetadata)
  const form = readForm(call.values)
  const picked = form.dateTime('dueAt')
  const same =
    picked !== null && dueAt !== undefined && Math.floor(dueAt / 60_000) === Math.floor(picked / 60_000)
  return answered(
    call,
    await amend(call.ctx, {
      taskingId,
      version,
      result: form.text('result'),
      dueAt: same ? dueAt : picked,
      steps: form.text('steps'),
      tlp: form.choice('tlp'),
      sensitivity: form.choice('sensitivity'),
    }),
  )
}

async function snoozeSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const { taskingId = '' } = readMetadata<{ taskingId: string }>(call.privateMetadata)
  const choice = readForm(call.values).choice('until') ?? ''
  const record = { kind: 'tasking', id: taskingId }
  const { until } = await snooze(call.ctx, { record, choice }, remindables)
  const { code } = (await readTasking(call.ctx, taskingId)).tasking
  const text = call.words.t('tasking.snoozedUntil', { at: call.words.dateTime(until) })
  return { update: saidModal(viewContext(call), code, `💤 ${text}`) }
}

async function reassignSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const form = readForm(call.values)
  const named = (field: string) => ({ userId: form.user(field) ?? '' })
  const { handed, left } = await reassign(call.ctx, { from: named('from'), to: named('to') })
  const { t, list } = call.words
  const said = t('tasking.reassign.done', {
    count: handed.length,
    codes: list(handed.map(({ tasking }) => tasking.code)),
  })
  const rest = left > 0 ? ` ${t('tasking.reassign.left', { count: left })}` : ''
  return { update: saidModal(viewContext(call), t('tasking.reassign.title'), `✅ ${said}${rest}`) }
}

/** @param own the acting person answered for themselves, and is spoken to. */
function answered(call: Call, facts: TaskingFacts, own = false) {
  const view = viewContext(call)
  const { kind, state } = facts.tasking
  const declined = own && kind === 'request' && state === 'declined'
  const text = call.words.t(`tasking.receipt.${declined ? 'declined' : 'answered'}`, {
    code: facts.tasking.code,
    state: stateText(view, facts),
  })
  return { update: saidModal(view, facts.tasking.code, `✅ ${text}`) }
}

function knownAct(value: string): TaskingActKind {
  const act = TASKING_ACTS.find(each => each === value)
  if (!act) throw new TocsinError('unknown_term', { details: { value } })
  return act
}

export const taskingFamily: Family = {
  commands: { task: taskCommand },
  actions: {
    'tasking.new': call => openTasking(call, NONE),
    'tasking.to': targetChosen,
    'tasking.list': call => openList(call, EVERY_TASKING),
    'tasking.page': pagePressed,
    'tasking.file': filePressed,
    'tasking.show': showPressed,
    'tasking.act': actPressed,
    'tasking.more': morePicked,
  },
  views: {
    'tasking.new': newSubmitted,
    'tasking.act': actSubmitted,
    'tasking.ahead': aheadSubmitted,
    'tasking.recorded': recordedSubmitted,
    'tasking.hand_on': handOnSubmitted,
    'tasking.amend': amendSubmitted,
    'tasking.snooze': snoozeSubmitted,
    'tasking.reassign': reassignSubmitted,
  },
  options: { 'tasking.to': targetOptions },
  shortcuts: {
    // The words of a message as the result, to be put right before anything is recorded.
    'tasking.from_message': call => openTasking(call, NONE, { text: call.message?.text ?? '' }),
  },
}
