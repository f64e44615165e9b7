import { personalDigest } from '../../../src/operations/digest.ts'
import { digestMessage } from '../../../src/views/digest.ts'
import type { Noun } from '../noun.ts'

/** Holds no words of its own: those of the records it tells of. */
export const noun: Noun = {
  apart: {
    scheduleDigests: 'arms timers',
    runDigest: 'a timer; what it puts into the outbox is rendered at every step',
    channelDigest: 'is rendered as `digest`',
  },
  renders: ['digest'],
  silent: { 'digest.part': 'the whole of a long digest, made as `digest` is' },
  onlyTo: { digest: 'channel' },
  also: ({ desk }) => [
    {
      kind: 'digest',
      recordId: 'digest',
      data: { window: { from: desk.clock.now() - 86_400_000, to: desk.clock.now() }, dueAt: null },
    },
  ],
  opens: {
    personalDigest: (_, { ctx, view, see }) =>
      see(async () => digestMessage(view, await personalDigest(ctx))),
  },
}
