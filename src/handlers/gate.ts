import { codeTyped } from '../domain/code.ts'
import { districtsLike, districtsOf } from '../domain/district.ts'
import { fold } from '../domain/text-fold.ts'
import { TocsinError } from '../errors.ts'
import * as operation from '../operations/gate.ts'
import { saidModal } from '../views/alert/receipt.ts'
import { dayText } from '../views/context.ts'
import * as views from '../views/gate.ts'
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
import { viewContext } from './view-context.ts'

const DISTRICTS = 50

/** `/poc gate`: what waits; with a code, that one; `support`, `suspended`, `escorts`: the register and the lists. */
async function gateCommand(call: CommandCall): Promise<void> {
  const view = viewContext(call)
  const word = call.text.toLowerCase()
  const [first = '', second = ''] = word.split(/\s+/)
  const gate = codeTyped('G', first)
  const tasking = codeTyped('T', second)
  if (gate && tasking) {
    await operation.changeEntry(call.ctx, { gate, tasking })
    return call.ui.tell({ text: call.words.t('gate.onTasking.changed', { code: tasking }) })
  }
  if (gate && second === '')
    return call.ui.tell(views.gateCard(view, await operation.findGate(call.ctx, gate)))
  switch (word) {
    case 'support':
    case 'appui':
      return call.ui.tell(views.registerMessage(view, await operation.registerEntries(call.ctx)))
    case 'suspended':
    case 'suspendu':
      return call.ui.tell(views.suspendedMessage(view, await operation.suspended(call.ctx)))
    case 'escorts':
    case 'escortes':
      return call.ui.tell(views.figuresMessage(view, await operation.escortFigures(call.ctx)))
  }
  const all = await operation.listGates(call.ctx)
  const waiting = await operation.gatesWaiting(call.ctx)
  const others = all.filter(({ waits }) => !waits)
  await call.ui.tell(
    views.gatesMessage(view, { waiting, others, opens: await operation.gatesToAsk(call.ctx) }),
  )
}

/** `/poc escort`: the form, for a humanitarian; nobody else opens it. */
function escortCommand(call: CommandCall): Promise<void> {
  return openForm(call, ({ kind }) => kind === 'escort')
}

/** *Ask for an escort* on a card for partners, and every *Open* of the list. */
async function askPressed(call: ActionCall): Promise<void> {
  await openForm(call, ({ id, kind }) =>
    call.value === 'escort-of-partner' ? kind === 'escort' : id === call.value,
  )
}

async function openForm(
  call: Call,
  fits: (template: Parameters<typeof views.askModal>[1]) => boolean,
): Promise<void> {
  const mine = await operation.gatesToAsk(call.ctx)
  const template = mine.find(fits)
  if (!template) {
    const kept = call.ctx.mission.gates.find(fits)
    throw new TocsinError(kept ? (kept.kind === 'escort' ? 'only_humanitarian' : 'not_allowed') : 'no_gate')
  }
  await call.ui.open(views.askModal(viewContext(call), template))
}

function inputOf(call: ViewCall): operation.AskGateInput {
  const form = readForm(call.values)
  const { template = '' } = readMetadata<{ template: string }>(call.privateMetadata)
  return {
    template,
    fields: Object.fromEntries(Object.keys(call.values).map(field => [field, form.text(field)])),
    about: form.choice('about'),
    district: form.choice('district'),
    days: Number(form.text('days')) || null,
    fromDay: form.date('fromDay'),
    toDay: form.date('toDay'),
    priority: form.choice('priority'),
    tried: form.choices('tried'),
    exercise: form.choices('exercise').length > 0,
    requestKey: call.viewId,
  }
}

async function askSubmitted(call: ViewCall): Promise<ViewAnswer> {
  return receipt(call, await operation.askGate(call.ctx, inputOf(call)))
}

async function againSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const { gateId = '' } = readMetadata<{ gateId: string }>(call.privateMetadata)
  return receipt(call, await operation.askGateAgain(call.ctx, { ...inputOf(call), gateId }))
}

function receipt(call: ViewCall, { gate }: operation.GateFacts): ViewAnswer {
  const key = gate.state === 'returned' ? 'gate.receipt.returned' : 'gate.receipt.sent'
  return { update: saidModal(viewContext(call), gate.code, `✅ ${call.words.t(key, { code: gate.code })}`) }
}

async function decidePressed(call: ActionCall): Promise<void> {
  let seen = await operation.readGate(call.ctx, call.value)
  if (seen.facts.gate.kind === 'due_diligence' && seen.reads.closed)
    seen = await operation.readAssessment(call.ctx, call.value)
  if (seen.decisions.length === 0) throw new TocsinError('gate_decided')
  await call.ui.open(views.decideModal(viewContext(call), seen))
}

async function decideSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const form = readForm(call.values)
  const { gateId = '' } = readMetadata<{ gateId: string }>(call.privateMetadata)
  const { gate } = await operation.decideGate(call.ctx, {
    gateId,
    decision: form.choice('decision') ?? '',
    reason: form.text('reason'),
    expiresDay: form.date('expiresDay'),
  })
  return decided(call, gate)
}

async function withdrawPressed(call: ActionCall): Promise<void> {
  const { gate } = await operation.decideGate(call.ctx, { gateId: call.value, decision: 'withdrawn' })
  await call.ui.tell({
    text: call.words.t('gate.receipt.decided', {
      code: gate.code,
      state: call.words.t('gate.state.withdrawn'),
    }),
  })
}

async function againPressed(call: ActionCall): Promise<void> {
  const seen = await operation.readGate(call.ctx, call.value)
  const { template } = seen.facts
  if (!template || seen.facts.gate.state !== 'returned') throw new TocsinError('gate_decided')
  await call.ui.open(views.askModal(viewContext(call), template, seen))
}

async function proceedPressed(call: ActionCall): Promise<void> {
  await call.ui.open(views.proceedModal(viewContext(call), await operation.readGate(call.ctx, call.value)))
}

async function proceedSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const { gateId = '' } = readMetadata<{ gateId: string }>(call.privateMetadata)
  const { gate } = await operation.proceedGate(call.ctx, {
    gateId,
    reason: readForm(call.values).text('reason'),
  })
  return decided(call, gate)
}

function decided(call: ViewCall, gate: operation.GateFacts['gate']): ViewAnswer {
  const { t } = call.words
  const text = t('gate.receipt.decided', { code: gate.code, state: t(`gate.state.${gate.state}`) })
  return { update: saidModal(viewContext(call), gate.code, `✅ ${text}`) }
}

async function showPressed(call: ActionCall): Promise<void> {
  await call.ui.tell(views.gateCard(viewContext(call), await operation.readGate(call.ctx, call.value)))
}

/** *Read the assessment*: shown to the reader alone, and logged. */
async function assessmentPressed(call: ActionCall): Promise<void> {
  const seen = await operation.readAssessment(call.ctx, call.value)
  await call.ui.open(views.assessmentModal(viewContext(call), seen))
}

async function suspendPressed(call: ActionCall): Promise<void> {
  await call.ui.open(views.suspendModal(viewContext(call), call.value))
}

async function suspendSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const form = readForm(call.values)
  const { gateId = '' } = readMetadata<{ gateId: string }>(call.privateMetadata)
  const row = await operation.suspend(call.ctx, {
    gateId,
    what: form.text('what'),
    restartDay: form.date('restartDay'),
    requestKey: call.viewId,
  })
  const text = call.words.t('gate.suspension.kept', {
    code: row.code,
    day: dayText(viewContext(call), row.restartDay),
  })
  return { update: saidModal(viewContext(call), row.code, `✅ ${text}`) }
}

async function restartPressed(call: ActionCall): Promise<void> {
  const row = await operation.restartSuspended(call.ctx, { suspensionId: call.value })
  await call.ui.tell({ text: call.words.t('gate.suspension.thanks', { code: row.code }) })
}

/** Districts of the gazetteer that fit what was typed. */
export async function districtOptions(call: OptionsCall): Promise<Option[]> {
  const fitting = districtsLike(districtsOf(call.ctx.mission.gazetteer), call.query)
  return fitting.slice(0, DISTRICTS).map(({ name }) => ({ text: name, value: name }))
}

/** Entries of the register for a tasking's form, and that there is none yet; an exercise goes by entries of exercises. */
async function supportOptions(call: OptionsCall): Promise<Option[]> {
  const view = viewContext(call)
  const wanted = fold(call.query)
  const { exercise = false } = readMetadata<{ exercise: boolean }>(call.privateMetadata)
  const played = exercise || readForm(call.values).choices('exercise').length > 0
  const entries = (await operation.registerEntries(call.ctx, { exercise: played }))
    .map(entry => ({ ...views.entryChoice(view, entry), value: entry.gate.id }))
    .filter(({ text, description }) => fold(`${text} ${description}`).includes(wanted))
  return [
    { text: call.words.t('gate.onTasking.missing'), value: operation.NO_ENTRY },
    ...entries.slice(0, DISTRICTS),
  ]
}

export const gateFamily: Family = {
  subcommands: { gate: gateCommand, escort: escortCommand },
  actions: {
    'gate.ask': askPressed,
    'gate.decide': decidePressed,
    'gate.assessment': assessmentPressed,
    'gate.withdraw': withdrawPressed,
    'gate.again': againPressed,
    'gate.proceed': proceedPressed,
    'gate.show': showPressed,
    'suspension.add': suspendPressed,
    'suspension.restart': restartPressed,
  },
  views: {
    'gate.ask': askSubmitted,
    'gate.again': againSubmitted,
    'gate.decide': decideSubmitted,
    'gate.proceed': proceedSubmitted,
    'suspension.add': suspendSubmitted,
  },
  options: { 'gate.district': districtOptions, 'gate.support': supportOptions },
}
