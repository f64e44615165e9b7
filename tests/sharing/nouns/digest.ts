import fc from 'fast-check'
import { personalDigest } from '../../../src/operations/digest.ts'
import { readHome } from '../../../src/operations/home.ts'
import { changeSettings, readSettings } from '../../../src/operations/settings.ts'
import { digestMessage } from '../../../src/views/digest.ts'
import { homeView } from '../../../src/views/home.ts'
import { settingsModal } from '../../../src/views/settings.ts'
import { act, type Noun } from '../noun.ts'
import { who } from '../world.ts'

/** Holds no words of its own: those of the records it tells of. */
export const noun: Noun = {
  acts: {
    changeSettings: act(
      fc.record({ by: who, digestAt: fc.constantFrom('06:00', '21:30', '') }),
      async (world, { by, digestAt }) => changeSettings(await world.as(by), { digestAt }),
    ),
  },
  apart: {
    scheduleDigests: 'arms timers',
    runDigest: 'a timer; what it puts into the outbox is rendered at every step',
    runOwnDigest: 'a timer; what it puts into the outbox is rendered at every step',
    channelDigest: 'is rendered as `digest`',
    ownDigest: 'is rendered as `digest.own`',
  },
  renders: ['digest', 'digest.own'],
  silent: { 'digest.part': 'the whole of a long digest, made as `digest` is' },
  onlyTo: { digest: 'channel', 'digest.own': 'person' },
  also: ({ desk, made: { alert = [] } }) => {
    const window = { from: desk.clock.now() - 86_400_000, to: desk.clock.now() }
    return [
      { kind: 'digest', recordId: 'digest', data: { window, dueAt: null } },
      { kind: 'digest.own', recordId: 'digest.own', data: { window, dueAt: null, listed: alert } },
    ]
  },
  opens: {
    personalDigest: (_, { ctx, view, see }) =>
      see(async () => digestMessage(view, await personalDigest(ctx))),
    readSettings: (_, { ctx, view, see }) => see(async () => settingsModal(view, await readSettings(ctx))),
    readHome: (_, { ctx, view, see }) =>
      see(async () => [homeView(view, { waiting: [], joining: [], also: [], home: await readHome(ctx) })]),
  },
}
