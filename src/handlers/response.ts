import type { AlertResponse } from '../domain/response.ts'
import { decidingRoles, mayKeepRecord } from '../operations/alert/chain.ts'
import type { AlertFacts } from '../operations/alert/facts.ts'
import { readAlert } from '../operations/alert.ts'
import {
  amendResponse,
  likelyResponder,
  readResponse,
  recordResponse,
  respondersOpenTo,
  withdrawResponse,
} from '../operations/response.ts'
import { saidModal } from '../views/alert/receipt.ts'
import { type ResponseForm, responseModal, responsesModal } from '../views/response.ts'
import type { ActionCall, Call, Family, View, ViewAnswer, ViewCall } from './contract.ts'
import { readForm, readMetadata } from './form.ts'
import { viewContext } from './view-context.ts'

const MINUTE = 60_000

/** *Responses* under *More…*: those on record; the form at once where there is none. */
export async function openResponses(call: ActionCall, alertId: string): Promise<void> {
  const facts = await readAlert(call.ctx, alertId)
  const first = facts.responses.length === 0 && mayRecord(call, facts)
  await call.ui.open(first ? newResponse(call, facts, null) : list(call, facts))
}

/** *Write down a response*, from the list or from the receipt of *Responding*: then the act goes with it. */
async function openPressed(call: ActionCall): Promise<void> {
  const [alertId = '', actId = null] = call.value.split(':')
  const facts = await readAlert(call.ctx, alertId)
  await call.ui.open(newResponse(call, facts, actId))
}

async function amendPressed(call: ActionCall): Promise<void> {
  const { response: row, facts } = await readResponse(call.ctx, call.value)
  const { responder, startedAt, arrivedAt, who, actId } = row
  await call.ui.open(
    responseModal(viewContext(call), facts, {
      ...formFor(call, facts),
      row,
      responder,
      startedAt,
      arrivedAt,
      who,
      actId,
    }),
  )
}

async function withdrawPressed(call: ActionCall): Promise<void> {
  const [version, responseId = ''] = call.value.split(':')
  const facts = await withdrawResponse(call.ctx, { responseId, version: Number(version) })
  await call.ui.replace(list(call, facts))
}

async function submitted(call: ViewCall): Promise<ViewAnswer> {
  const form = readForm(call.values)
  const metadata = readMetadata<{ alertId: string; actId: string; responseId: string; version: number }>(
    call.privateMetadata,
  )
  const { alertId = '', actId = null, responseId, version = 0 } = metadata
  const said = {
    responder: form.choice('responder') ?? respondersOpenTo(call.person)[0] ?? '',
    tier: form.choice('tier') ?? '',
    did: form.text('did'),
    who: form.text('who'),
    startedAt: pastMinute(call, form.dateTime('startedAt')) ?? call.ctx.clock.now(),
    arrivedAt: pastMinute(call, form.dateTime('arrivedAt')),
    endedAt: pastMinute(call, form.dateTime('endedAt')),
    result: form.choice('result'),
    resultNote: form.text('resultNote'),
    means: (form.choice('means') ?? 'slack') as AlertResponse['means'],
    naming: form.choice('naming'),
    readers: form.choice('readers'),
  }
  const { facts } = responseId
    ? await amendResponse(call.ctx, { ...said, responseId, version })
    : await recordResponse(call.ctx, {
        ...said,
        alertId,
        actId,
        role: form.choice('role'),
        requestKey: call.viewId,
      })
  const { code } = facts.alert
  const text = call.words.t('response.done', { code })
  return { update: saidModal(viewContext(call), code, `✅ ${text}`) }
}

/** The picker knows whole minutes: this very minute is not in the future. */
function pastMinute({ ctx }: Call, at: number | null): number | null {
  const now = ctx.clock.now()
  return at !== null && at > now && at - now < MINUTE ? now : at
}

function newResponse(call: Call, facts: AlertFacts, actId: string | null): View {
  const act = facts.acts.find(({ id, kind }) => id === actId && kind === 'respond')
  const owner = facts.owners.find(({ state }) => state.decision?.id === act?.id)
  return responseModal(viewContext(call), facts, {
    ...formFor(call, facts),
    startedAt: act?.at ?? null,
    arrivedAt: act ? (owner?.state.onSite?.at ?? null) : null,
    who: act?.who ?? null,
    actId: act?.id ?? null,
  })
}

function formFor(call: Call, facts: AlertFacts): ResponseForm {
  return {
    row: null,
    responders: respondersOpenTo(call.person),
    responder: likelyResponder(call.person),
    startedAt: null,
    arrivedAt: null,
    who: null,
    actId: null,
    organisation: call.person.organisation,
    roles: decidingRoles(call.ctx, facts),
  }
}

function list(call: Call, facts: AlertFacts): View {
  const keeper = mayKeepRecord(call.ctx, facts)
  const change = (row: AlertResponse) =>
    row.responder === 'humanitarian_partner' ? row.recordedBy === call.person.id : keeper
  return responsesModal(viewContext(call), facts, { record: mayRecord(call, facts), change })
}

function mayRecord(call: Call, facts: AlertFacts): boolean {
  return mayKeepRecord(call.ctx, facts) || respondersOpenTo(call.person).includes('humanitarian_partner')
}

export const responseFamily: Family = {
  actions: {
    'response.open': openPressed,
    'response.amend': amendPressed,
    'response.withdraw': withdrawPressed,
  },
  views: { 'response.record': submitted },
}
