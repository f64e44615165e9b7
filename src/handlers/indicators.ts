import { requestIndicators } from '../operations/indicators.ts'
import type { CommandCall, Family } from './contract.ts'

/** `/poc figures [csv]`: the mission's indicators by direct message, for those who see figures of the whole mission. */
async function figuresCommand(call: CommandCall): Promise<void> {
  const form = call.text.trim().toLowerCase() === 'csv' ? 'csv' : 'picture'
  await requestIndicators(call.ctx, { form })
  await call.ui.tell({ text: call.words.t(form === 'csv' ? 'indicators.comingCsv' : 'indicators.coming') })
}

export const indicatorsFamily: Family = {
  subcommands: { figures: figuresCommand, chiffres: figuresCommand },
}
