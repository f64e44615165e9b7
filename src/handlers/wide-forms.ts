import { isUrgent } from '../domain/alert.ts'
import { GATE_FIELDS } from '../domain/gate.ts'
import { URGENCIES } from '../domain/mission.ts'
import { temptations } from '../domain/tempting.ts'
import { withWarning } from '../views/tempting.ts'
import type { Handlers, ViewCall } from './contract.ts'
import { readForm } from './form.ts'
import { viewContext } from './view-context.ts'

const gateFields = [...new Set(Object.values(GATE_FIELDS).flatMap(fields => fields.map(({ id }) => id)))]

interface WideForm {
  /** Fields of free text that many will read; the warning stands below the first that seems to hold something. */
  fields: readonly string[]
  /** What must not wait for a question. */
  atOnce?(call: ViewCall): boolean
}

/** What happens now or is imminent goes out at once: its author may have put the telephone down. */
const urgentAlert = ({ values }: ViewCall): boolean => {
  const urgency = URGENCIES.find(id => id === readForm(values).choice('urgency'))
  return urgency === undefined || isUrgent(urgency)
}

/**
 * Forms whose words land in a record that many read, by their callback: a noun adds its own. What goes to one named
 * person or into a sealed place is not among them.
 */
const wide: Readonly<Record<string, WideForm>> = {
  'alert.raise': { fields: ['what', 'how'], atOnce: urgentAlert },
  'alert.correct': { fields: ['how'], atOnce: urgentAlert },
  'alert.information': { fields: ['note'] },
  'alert.close': { fields: ['note', 'commandNote'] },
  'report.add': { fields: ['what', 'where'] },
  'callback.raise': { fields: ['what', 'how'], atOnce: urgentAlert },
  'callback.add': { fields: ['what'] },
  'response.record': { fields: ['did', 'who', 'resultNote'] },
  'incident.record': { fields: ['what', 'breakdown'] },
  'entry.write': { fields: ['text'] },
  'entry.edit': { fields: ['text'] },
  'authorities.tell': { fields: ['words'] },
  'feedback.answer': { fields: ['words'] },
  'early_warning.decide': { fields: ['reason'] },
  'tasking.new': { fields: ['result', 'steps'] },
  'tasking.amend': { fields: ['result', 'steps'] },
  'tasking.act': { fields: ['words'] },
  'tasking.recorded': { fields: ['words'] },
  'hotspot.new': { fields: ['name', 'post'] },
  'hotspot.change': { fields: ['name', 'reason'] },
  'hotspot.move': { fields: ['reason'] },
  'matrix.rate': { fields: ['note'] },
  'matrix.propose': { fields: ['reason'] },
  'matrix.dissent': { fields: ['reason'] },
  'gate.ask': { fields: gateFields },
  'gate.again': { fields: gateFields },
  'gate.proceed': { fields: ['reason'] },
  'gate.decide': { fields: ['reason'] },
  'suspension.add': { fields: ['what'] },
  'inquiry.ask': { fields: ['what', 'why'] },
  'inquiry.answer': { fields: ['reason'] },
  'release.propose': { fields: ['summary', 'why'] },
  'posture.declare': { fields: ['note'] },
  'drawdown.declare': { fields: ['functions', 'note'] },
}

/** The names of the forms that ask; for a test that holds them against the forms there are. */
export const wideForms: readonly (readonly [string, readonly string[]])[] = Object.entries(wide).map(
  ([id, { fields }]) => [id, fields],
)

/**
 * The handlers of these forms, asking once before words are recorded that seem to hold a telephone number, an exact
 * position or somebody's name: the form comes back as it was filled in, with a sentence and a box *Post it as it is*.
 */
export function askingFirst(views: Handlers['views']): Handlers['views'] {
  return Object.fromEntries(
    Object.entries(views).map(([id, submitted]) => {
      const form = wide[id]
      if (!form) return [id, submitted]
      return [
        id,
        async (call: ViewCall) => {
          const said = readForm(call.values)
          if (said.choices('asItIs').length > 0 || form.atOnce?.(call)) return submitted(call)
          const found = form.fields.map(field => [field, temptations(said.text(field))] as const)
          const about = found.find(([, kinds]) => kinds.length > 0)?.[0]
          if (about === undefined) return submitted(call)
          const kinds = [...new Set(found.flatMap(([, each]) => each))]
          return { update: withWarning(viewContext(call), call.asFilledIn(), about, kinds) }
        },
      ]
    }),
  )
}
