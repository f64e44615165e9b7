/**
 * How a noun takes part in the proof of sharing (`sharing.test.ts`): at no step of any sequence of acts does anything
 * the bot renders hold a word that somebody it could reach may not read.
 *
 * To join with a noun of your own, write `tests/sharing/nouns/<noun>.ts` with `export const noun: Noun = { … }`; it is
 * found by its place. `nouns/inquiry.ts` is a small one to start from.
 *
 * 1. `acts`: one per operation that writes, under the operation's name: what is drawn (`fast-check`) and how it is
 *    done. A refusal (TocsinError) is an answer like any other. Put the ids of new records into `world.made.<noun>`;
 *    pick an earlier one by a drawn number with `world.pick('<noun>', nth)`. Plant a word of its own in each layer.
 * 2. `words`: those words, and the codes of the records made so far.
 * 3. `allowed`: which of them a reader may see, by asking `mayRead` yourself rather than the code that is tested.
 * 4. `renders`: the kinds of outbox entries that tell of the noun, `card:<record>` for its cards.
 * 5. `opens`: every modal, list and private message a person can make the bot show, under the name of the operation
 *    that reads it, each through `see`.
 * 6. What tells of no record, or is tried by another's act, stands in `apart` and `silent`, each with the reason.
 */
import type fc from 'fast-check'
import type { Constituency } from '../../src/domain/mission.ts'
import type { Reader } from '../../src/domain/sharing.ts'
import type { Ctx, Person } from '../../src/operations/context.ts'
import type { ViewContext } from '../../src/views/context.ts'
import type { World } from './world.ts'

/** One thing that may happen: what is drawn for it, and how it is done. */
export interface Act {
  given: fc.Arbitrary<unknown>
  perform(world: World, given: never): Promise<unknown>
}

/** An act with the type of what is drawn for it. */
export const act = <T>(
  given: fc.Arbitrary<T>,
  perform: (world: World, given: T) => Promise<unknown>,
): Act => ({ given, perform })

/** One act of a life, and what lets it succeed: in place of those parts of what is drawn for it, or of all of it. */
export type Turn = readonly [kind: string, given?: Readonly<Record<string, unknown>> | number | string]

/** Somebody looking at the bot, and what they are shown. */
export interface Opener {
  ctx: Ctx
  person: Person
  view: ViewContext
  /** Shows one thing; a refusal shows nothing. */
  see(show: () => Promise<unknown>): Promise<void>
}

/** Something the bot would say, rendered for every reader whether or not the outbox holds it. */
export interface Said {
  kind: string
  recordId: string
  data: Record<string, unknown>
}

export interface Noun {
  /** What may happen, by the operation that does it, or by a plain name where none does. */
  acts?: Record<string, Act>
  /** The acts, of any noun, that a sequence about this one begins with, in their order; left out: the first of `acts`. */
  begins?: readonly string[]
  /**
   * Lives of its records, from an alert of the operations centre on: acts of any noun, each of which succeeds in the
   * shipped mission. Sequences begin with a part of one, so that what stands at the end of a long way is reached.
   */
  lives?: Record<string, readonly Turn[]>
  /** Operations that are neither acts nor opened, and why. */
  apart?: Record<string, string>
  /** What must not be seen by who may not read it. */
  words?(world: World): Promise<readonly string[]>
  /** Which of `words` the rule lets this reader see. */
  allowed?(world: World, reader: Reader): Promise<Iterable<string>>
  /** Texts that a constituency holds, and that may so stand in the file of all that it holds (`docs/export.md`). */
  held?(world: World, holder: Constituency): Promise<Iterable<string>>
  /** Kinds of outbox entries that tell of its records; `card:<record>` for cards. */
  renders?: readonly string[]
  /** Kinds of outbox entries that tell of no record, and why. */
  silent?: Record<string, string>
  /** What is rendered at every step beside what the outbox holds. */
  also?(world: World): readonly Said[]
  /** What any reader, channel or person, may be sent as a paper or a picture: what it prints, where it is no text. */
  shown?(world: World, reader: Reader): Promise<unknown>
  /** Kinds that go to channels or to people alone. */
  onlyTo?: Record<string, 'channel' | 'person'>
  /** All that one person can open, by the operation that reads it. */
  opens?: Record<string, (world: World, opener: Opener) => Promise<void>>
}
