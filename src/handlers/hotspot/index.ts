import { hotspotByCode } from '../../operations/hotspot.ts'
import { placeOptions } from '../alert/raise.ts'
import type { CommandCall, Family } from '../contract.ts'
import { matrixCommand, roundCommand } from '../matrix.ts'
import {
  atRiskChosen,
  cardFor,
  changeSubmitted,
  contactSubmitted,
  coverageSubmitted,
  detailsPressed,
  linkSubmitted,
  morePicked,
  moveSubmitted,
  recordOptions,
  showPressed,
  visitSubmitted,
} from './card.ts'
import { fileCommand, gapsCommand, listCommand, pagePressed } from './list.ts'
import { fromClusterPressed, newCommand, newSubmitted } from './new.ts'
import { addLinePressed, ruleOutPressed, ruleOutSubmitted } from './plan.ts'

/** What a first word after `/poc-hotspot` asks for; anything else is a code, or words to look for. */
const subcommands: Record<string, (call: CommandCall) => Promise<void>> = {
  new: newCommand,
  list: listCommand,
  round: roundCommand,
  matrix: matrixCommand,
  gaps: gapsCommand,
  map: call => fileCommand(call, 'map'),
  csv: call => fileCommand(call, 'csv'),
  geojson: call => fileCommand(call, 'geojson'),
}

/** `/poc-hotspot`: the list; `new`, `list [sector or words]`, or a code. */
async function hotspotCommand(call: CommandCall): Promise<void> {
  const [word = '', ...rest] = call.text.split(/\s+/)
  const run = Object.hasOwn(subcommands, word.toLowerCase()) ? subcommands[word.toLowerCase()] : undefined
  if (run) return run({ ...call, text: rest.join(' ') })
  const found = await hotspotByCode(call.ctx, call.text)
  if (found) return call.ui.tell(await cardFor(call, found))
  return listCommand(call)
}

/** Every callback of hotspots. */
export const hotspotFamily: Family = {
  commands: { hotspot: hotspotCommand },
  actions: {
    'hotspot.show': showPressed,
    'hotspot.details': detailsPressed,
    'hotspot.page': pagePressed,
    'hotspot.from_cluster': fromClusterPressed,
    'hotspot.more': morePicked,
    'hotspot.at_risk': atRiskChosen,
    'hotspot.add_line': addLinePressed,
    'hotspot.rule_out': ruleOutPressed,
  },
  views: {
    'hotspot.new': newSubmitted,
    'hotspot.change': changeSubmitted,
    'hotspot.coverage': coverageSubmitted,
    'hotspot.visit': visitSubmitted,
    'hotspot.contact': contactSubmitted,
    'hotspot.link': linkSubmitted,
    'hotspot.move': moveSubmitted,
    'hotspot.rule_out': ruleOutSubmitted,
  },
  options: { 'hotspot.place': placeOptions, 'hotspot.record': recordOptions },
}
