import { REPORT_FIELDS } from '../domain/component-report.ts'
import { TocsinError } from '../errors.ts'
import {
  type ComponentDay,
  type ComponentDays,
  readComponentReports,
  requestSitrep,
  SITREPS,
  sendComponentReport,
} from '../operations/component-report.ts'
import { personalDigest } from '../operations/digest.ts'
import { componentDaysModal, componentModal, componentName } from '../views/component-report.ts'
import type { ActionCall, Call, CommandCall, Family, ViewAnswer, ViewCall } from './contract.ts'
import { readForm, readMetadata } from './form.ts'
import { viewContext } from './view-context.ts'

/** `/poc report`: the daily reports of the components, and the situation report made from them. */
async function open(call: CommandCall): Promise<void> {
  await call.ui.open(componentDaysModal(viewContext(call), await days(call)))
}

async function days(call: Call): Promise<ComponentDays> {
  const found = await readComponentReports(call.ctx)
  if (!found || found.components.length === 0) throw new TocsinError('no_component_reports')
  return found
}

async function dayOf(call: Call, component: string): Promise<ComponentDay> {
  const day = (await days(call)).components.find(each => each.component.id === component && each.mine)
  if (!day) throw new TocsinError('not_allowed')
  return day
}

async function writePressed(call: ActionCall): Promise<void> {
  const day = await dayOf(call, call.value)
  const form = componentModal(viewContext(call), day, await personalDigest(call.ctx))
  // In the list's own window, so that what is sent stands in the list that follows.
  await (call.view?.type === 'modal' ? call.ui.replace(form) : call.ui.open(form))
}

async function writeSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const { component = '' } = readMetadata<{ component: string }>(call.privateMetadata)
  const form = readForm(call.values)
  const words = Object.fromEntries(REPORT_FIELDS.map(field => [field, form.text(field)]))
  await sendComponentReport(call.ctx, { component, nil: false, words })
  const view = viewContext(call)
  const name = componentName(view, (await dayOf(call, component)).component)
  const text = `✅ ${call.words.t('component-report.sent', { component: name })}`
  return { update: componentDaysModal(view, await days(call), text) }
}

/** *Nothing to report*, by one press. */
async function nilPressed(call: ActionCall): Promise<void> {
  await sendComponentReport(call.ctx, { component: call.value, nil: true })
  const text = `✅ ${call.words.t('component-report.nilSent')}`
  if (call.view?.type !== 'modal') return call.ui.tell({ text })
  await call.ui.replace(componentDaysModal(viewContext(call), await days(call), text))
}

async function sitrepPressed(call: ActionCall): Promise<void> {
  const form = SITREPS.find(each => each === call.value)
  if (!form) throw new TocsinError('unknown_term', { details: { value: call.value } })
  await requestSitrep(call.ctx, form)
  await call.ui.tell({ text: call.words.t('component-report.coming') })
}

export const componentReportFamily: Family = {
  subcommands: { report: open },
  actions: {
    'component_report.write': writePressed,
    'component_report.nil': nilPressed,
    'component_report.sitrep': sitrepPressed,
  },
  views: { 'component_report.write': writeSubmitted },
}
