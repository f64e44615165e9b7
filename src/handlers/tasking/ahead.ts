import { goAhead } from '../../operations/tasking.ts'
import { saidModal } from '../../views/alert/receipt.ts'
import { stateText } from '../../views/tasking/phrases.ts'
import type { ViewAnswer, ViewCall } from '../contract.ts'
import { readForm, readMetadata } from '../form.ts'
import { viewContext } from '../view-context.ts'

/** *Cannot wait: go ahead*: it waits for no decision any more, and has begun where whoever answers for it says so. */
export async function aheadSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const { taskingId = '' } = readMetadata<{ taskingId: string }>(call.privateMetadata)
  const form = readForm(call.values)
  const facts = await goAhead(call.ctx, {
    taskingId,
    ground: form.choice('ground') ?? '',
    reason: form.text('reason'),
  })
  const view = viewContext(call)
  const { code } = facts.tasking
  const text = call.words.t('tasking.ahead.done', { code, state: stateText(view, facts) })
  return { update: saidModal(view, code, `✅ ${text}`) }
}
