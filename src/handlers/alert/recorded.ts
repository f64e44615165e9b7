import type { AlertFacts } from '../../operations/alert/facts.ts'
import { statusSentences } from '../../views/alert/phrases.ts'
import { saidModal } from '../../views/alert/receipt.ts'
import type { Call, View } from '../contract.ts'
import { viewContext } from '../view-context.ts'

/** The modal's own answer to an act: that it stands on record, and where the alert now is. */
export function recorded(call: Call, facts: AlertFacts): { update: View } {
  const view = viewContext(call)
  const { t } = call.words
  const { code } = facts.alert
  return {
    update: saidModal(
      view,
      code,
      [`✅ *${t('alert.recorded.done', { code })}*`, ...statusSentences(view, facts)].join('\n'),
    ),
  }
}
