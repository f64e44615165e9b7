import { isUrgent } from '../domain/alert.ts'
import { URGENCIES } from '../domain/mission.ts'
import { temptations } from '../domain/tempting.ts'
import { withWarning } from '../views/tempting.ts'
import type { Handlers, ViewCall } from './contract.ts'
import { readForm } from './form.ts'
import { viewContext } from './view-context.ts'

/** Forms whose words few read, or that wait for no question, each with the reason; every other form asks. */
const narrow: Readonly<Record<string, string>> = {
  'alert.respond': 'an answer of an owner, which waits for no question',
  'alert.watch': 'an answer of an owner, which waits for no question',
  'alert.not_acting': 'an answer of an owner, which waits for no question',
  'alert.cannot_take': 'an answer of an owner, which waits for no question',
  'alert.recorded': 'an answer of an owner, which waits for no question',
  'alert.specialist': 'takes words away',
  'alert.withdraw': 'takes a false warning back at once',
  'alert.reopen': 'opens an alert again at once',
  'registration.join': 'for the administrators of the own side',
  'registration.refuse': 'to one person',
  'partner.unnamed': 'sealed',
  'compromised.close': 'cuts access at once',
  'duty.off': 'to whoever takes the duty',
  'release.refuse': 'to one person',
  'source.record': 'sealed',
  'concern.flag': 'to the humanitarian side’s officer alone, without an author',
  'notice.add': 'refuses positions and hours altogether',
  'drawdown.settle': 'to whoever takes it over',
  'drawdown.answer': 'to whoever asked',
  'authorities.decide': 'to those who decide',
  'reprisal.answer': 'human rights officers alone',
  'callback.whose': 'sealed',
  'matrix.waive': 'to the chair',
  'matrix.send_back': 'to the voices of the round',
  'sms.phone': 'sealed',
  'quote.add': 'words that stand in Slack already',
  'list.filter': 'a search',
}

/** What happens now or is imminent goes out at once: its author may have put the telephone down. */
const urgent = ({ values }: ViewCall): boolean => {
  const urgency = URGENCIES.find(id => id === readForm(values).choice('urgency'))
  return urgency === undefined || isUrgent(urgency)
}

/** Forms by which a warning is given or put right, where its urgency is said. */
const warnings: ReadonlySet<string> = new Set(['alert.raise', 'alert.correct', 'callback.raise'])

/**
 * The handlers of all forms, asking once before words are recorded that seem to hold a telephone number, an exact
 * position or somebody's name: the form comes back as it was filled in, with a sentence and a box *Post it as it is*.
 */
export function askingFirst(views: Handlers['views']): Handlers['views'] {
  return Object.fromEntries(
    Object.entries(views).map(([id, submitted]) => [id, id in narrow ? submitted : asking(id, submitted)]),
  )
}

function asking(id: string, submitted: Handlers['views'][string]): Handlers['views'][string] {
  return async call => {
    if (readForm(call.values).choices('asItIs').length > 0) return submitted(call)
    if (warnings.has(id) && urgent(call)) return submitted(call)
    const found = Object.entries(call.values).flatMap(([field, elements]) => {
      const kinds = Object.values(elements).flatMap(({ type, value }) =>
        type === 'plain_text_input' ? temptations(value ?? '') : [],
      )
      return kinds.length > 0 ? [{ field, kinds }] : []
    })
    const [first] = found
    if (!first) return submitted(call)
    const kinds = [...new Set(found.flatMap(each => each.kinds))]
    return { update: withWarning(viewContext(call), call.asFilledIn(), first.field, kinds) }
  }
}

/** The forms that ask nothing, for a test that holds them against the forms there are. */
export const formsNotAsking: readonly string[] = Object.keys(narrow)
