import { TocsinError } from '../errors.ts'
import { resolvePlace } from '../operations/alert/place.ts'
import { type About, previewRecord } from '../operations/preview.ts'
import { respondersOpenTo } from '../operations/response.ts'
import { previewModal } from '../views/alert/preview.ts'
import { toPlace } from './alert/raise.ts'
import type { ActionCall, Family } from './contract.ts'
import { readForm, readMetadata } from './form.ts'
import { viewContext } from './view-context.ts'

interface Metadata {
  channelId: string
  alertId: string
  template: string
  side: string
  responseId: string | null
  taskingId: string
  planId: string
  component: string
  forumId: string
  meetingId: string | null
  origin: { kind: string; id: string | null }
}

/** What each form is about to record, read from the form as it stands: a noun with such a form adds its own. */
const drafts: Readonly<Record<string, (call: ActionCall, metadata: Partial<Metadata>) => About>> = {
  hotspot: call => ({ noun: 'hotspot', sector: sectorIn(call) }),
  incident: call => ({ noun: 'incident', sector: sectorIn(call) }),
  matrix: (_, { channelId = '' }) => ({ noun: 'matrix', channel: channelId }),
  tasking: ({ values }, { origin }) => ({
    noun: 'tasking',
    to: readForm(values).choice('to') ?? '',
    restricted: readForm(values).choices('restricted').includes('yes'),
    alertId: origin?.kind === 'alert' ? origin.id : null,
  }),
  alert: ({ values, ctx }, { alertId = '' }) => {
    const form = readForm(values)
    const place = form.choice('place')
    const moved = place === null ? null : resolvePlace(ctx, toPlace(place)).sector
    const asked = (field: string) => (field in values ? { [field]: form.choice(field) } : {})
    return {
      noun: 'alert',
      alertId,
      change: {
        ...asked('threat'),
        ...asked('perpetrator'),
        ...asked('group'),
        ...('sector' in values ? { sector: form.choice('sector') ?? moved } : {}),
      },
    }
  },
  team: ({ values }) => ({
    noun: 'team',
    kind: readForm(values).choice('kind') ?? '',
    sections: readForm(values).choices('sections'),
  }),
  group: ({ values }) => {
    const form = readForm(values)
    return {
      noun: 'group',
      kind: form.choice('kind') ?? '',
      chair: form.choice('chair') ?? '',
      members: form.choices('members'),
      sector: form.choice('sector'),
      channel: form.channel('channel'),
    }
  },
  entry: ({ values }, { alertId = '' }) => ({
    noun: 'entry',
    alertId,
    kind: readForm(values).choice('kind') ?? '',
  }),
  inquiry: (_, { side = '' }) => ({ noun: 'inquiry', side }),
  notice: ({ values }) => ({ noun: 'notice', district: readForm(values).choice('district') }),
  concern: () => ({ noun: 'concern' }),
  drawdown: () => ({ noun: 'drawdown' }),
  component_report: (_, { component = '' }) => ({ noun: 'component_report', component }),
  telling: (_, { alertId = '' }) => ({ noun: 'telling', alertId }),
  meeting: (_, { forumId = '', meetingId = null }) => ({ noun: 'meeting', forumId, meetingId }),
  response: ({ values, person }, { alertId = '', responseId = null }) => ({
    noun: 'response',
    alertId,
    responseId,
    responder: readForm(values).choice('responder') ?? respondersOpenTo(person)[0] ?? '',
    readers: readForm(values).choice('readers'),
  }),
  tasking_change: (_, { taskingId = '' }) => ({ noun: 'tasking_change', taskingId }),
  plan: (_, { planId = null, forumId = '', meetingId = null }) => ({
    noun: 'plan',
    planId,
    forumId,
    meetingId,
  }),
  gate: (_, { template = '' }) => ({ noun: 'gate', template }),
  release: ({ values }, { alertId = '' }) => ({
    noun: 'release',
    alertId,
    what: readForm(values).choice('what') ?? '',
    constituencies: readForm(values).choices('constituencies'),
    channels: readForm(values).channels('channels'),
  }),
}

/** *Who will see this* on a form, before anything is sent. */
async function previewPressed(call: ActionCall): Promise<void> {
  const draft = drafts[call.value]
  if (!draft || !call.view) throw new TocsinError('unknown_term', { details: { value: call.value } })
  const about = draft(call, readMetadata<Metadata>(call.view.privateMetadata))
  await call.ui.open(previewModal(viewContext(call), await previewRecord(call.ctx, about)))
}

function sectorIn({ ctx, values }: ActionCall): string | null {
  const form = readForm(values)
  const place = form.choice('place')
  return (place ? resolvePlace(ctx, toPlace(place)).sector : null) ?? form.choice('sector')
}

export const previewFamily: Family = { actions: { 'preview.show': previewPressed } }
