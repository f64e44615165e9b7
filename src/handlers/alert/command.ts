import type { CommandCall } from '../contract.ts'
import { incidentCommand, incidentsCommand } from '../incident.ts'
import { listCommand } from './list.ts'
import { raiseCommand } from './raise.ts'
import { statsCommand } from './stats.ts'

/** What a first word after `/poc-alert` asks for; `call.text` is what follows the word. */
type Run = (call: CommandCall) => Promise<void>

/**
 * `when` tells whether what follows the word belongs to it. A warning may begin with the same word ("incident at the
 * ford, two dead"): what is not meant for the subcommand opens the form with all that was typed.
 */
interface Subcommand {
  run: Run
  when(rest: string): boolean
}

/** One line per word. */
const subcommands: Record<string, Run | Subcommand> = {
  incident: { run: incidentCommand, when: rest => rest === '' },
  incidents: { run: incidentsCommand, when: rest => rest === '' || rest.toLowerCase() === 'csv' },
  list: listCommand,
  stats: statsCommand,
}

/** `/poc-alert <subcommand>`, or what is happening: then the form to raise it. */
export async function alertCommand(call: CommandCall): Promise<void> {
  const [word = '', ...others] = call.text.split(/\s+/)
  const rest = others.join(' ')
  const found = Object.hasOwn(subcommands, word.toLowerCase()) ? subcommands[word.toLowerCase()] : undefined
  if (typeof found === 'function') return found({ ...call, text: rest })
  if (found?.when(rest)) return found.run({ ...call, text: rest })
  return raiseCommand(call)
}
