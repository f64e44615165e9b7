/** Review rounds that wait for somebody. */
import type { Round } from '../../db/matrix.ts'
import { parseVoice, unanswered, voiceKey } from '../../domain/matrix/round.ts'
import { actorAsReader } from '../alert/reading.ts'
import { mayBeShown } from '../channel.ts'
import type { Ctx } from '../context.ts'
import { registeredPerson } from '../permission.ts'
import { sharedRound } from './facts.ts'
import { raters } from './round.ts'
import { partIn, voiceOf } from './voice.ts'

/** A round, and what it waits for from the acting person. */
export interface WaitingRound {
  round: Round
  why: 'answer' | 'reveal' | 'reconcile' | 'adopt'
}

/**
 * Rounds under way that wait for the acting person: for the answer of the voice they are asked for, for the chair to
 * show or to reconcile both sides, for the forum to adopt.
 *
 * @throws TocsinError `not_registered`.
 */
export async function waitingRounds(ctx: Ctx): Promise<WaitingRound[]> {
  registeredPerson(ctx)
  if (!ctx.mission.matrix) return []
  const reader = actorAsReader(ctx)
  const found: WaitingRound[] = []
  for (const round of await ctx.store.read.matrix.roundsUnderWay()) {
    if (reader && !mayBeShown(ctx, sharedRound(round), 'record', reader)) continue
    const why = await waitsFor(ctx, round)
    if (why) found.push({ round, why })
  }
  return found
}

async function waitsFor(ctx: Ctx, round: Round): Promise<WaitingRound['why'] | null> {
  const { leads, adopts, personId } = partIn(ctx, round)
  if (round.state === 'recommended') return adopts ? 'adopt' : null
  if (round.state === 'revealed') return leads ? 'reconcile' : null
  const { matrix } = ctx.store.read
  const { rated, places } = await matrix.progressOf(round.id)
  const nils = (await matrix.nilsOf(round.id)).flatMap(({ voice }) => parseVoice(voice) ?? [])
  const waiting = unanswered(rated, places, nils)
  if (leads && (waiting.length === 0 || ctx.clock.now() >= round.closesAt)) return 'reveal'
  if (!(await raters(ctx, round)).some(({ id }) => id === personId)) return null
  const own = voiceKey(voiceOf(ctx, { entries: [] }))
  return waiting.some(voice => voiceKey(voice) === own) ? 'answer' : null
}
