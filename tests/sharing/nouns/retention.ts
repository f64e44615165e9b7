import type { Noun } from '../noun.ts'

/** Says counts, to whoever runs the bot. */
export const noun: Noun = {
  apart: {
    planRetention: 'goes to the host of the bot, or erases',
    applyRetention: 'goes to the host of the bot, or erases',
    runRetention: 'goes to the host of the bot, or erases',
    scheduleRetention: 'goes to the host of the bot, or erases',
  },
}
