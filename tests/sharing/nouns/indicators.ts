import { indicatorsFor, readIndicators } from '../../../src/operations/indicators.ts'
import { indicatorsAlt, indicatorsText } from '../../../src/views/indicators.ts'
import type { Noun } from '../noun.ts'

/** Counts alone: they hold no words of any record. */
export const noun: Noun = {
  silent: {
    'indicators.week':
      'the same for a channel, where all of it see the whole mission (operations/indicators.test.ts)',
    indicators: 'what it says is read below, as the thread that makes it reads it',
  },
  apart: {
    requestIndicators: 'asks for what `readIndicators` gives',
    [indicatorsFor.name]: 'what a digest tells, rendered as `digest`',
  },
  opens: {
    readIndicators: (_, { ctx, view, see }) =>
      see(async () => {
        const indicators = await readIndicators(ctx)
        return [indicatorsText(view, indicators), indicatorsAlt(view, indicators)]
      }),
  },
}
