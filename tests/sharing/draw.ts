/**
 * How a sequence is drawn. Of a hundred acts taken at random nearly all would be refused, for what they need is not there:
 * a sequence is therefore about a few nouns, begins by making what these need or with a part of the life of one of their
 * records, and goes on with anything of theirs and of the alerts, people and channels that all of them stand on.
 *
 * Every beginning of a sequence is a sequence that is drawn as well. What is looked at after the last act of each is
 * therefore looked at after every act: a leak that shows for one step alone is found by the sequences that end there.
 */
import fc from 'fast-check'
import { TocsinError } from '../../src/errors.ts'
import { type Variant, variant } from './mission.ts'
import type { Turn } from './noun.ts'
import { nouns, together } from './registry.ts'
import { names, type World } from './world.ts'

export interface Step {
  kind: string
  given: never
  /** Whether, where the person drawn may not, whoever may does it instead. */
  able: boolean
}

export interface Sequence {
  variant: Variant
  steps: Step[]
  /** Who looks at its end, in which language; every channel does too. */
  lookers: (typeof names)[number][]
  language: 'en' | 'fr'
}

/** What every record stands on, and may be drawn in any sequence. */
const BASE = ['alert', 'channel']
const LONGEST = 16
/** Those who between them may do nearly all there is. */
const ABLE = ['joc', 'head', 'pocAdviser', 'humanRights', 'ocha', 'liaison', 'leadership'] as const
const acts = together('acts')

const step = (kind: string, able: fc.Arbitrary<boolean>): fc.Arbitrary<Step> =>
  fc.record({ kind: fc.constant(kind), given: acts.get(kind)!.given as fc.Arbitrary<never>, able })

const kindsOf = (name: string): string[] => Object.keys(nouns.get(name)?.acts ?? {})

/** The acts a noun's own sequences begin with: those it names, else its first. */
const begins = (name: string): readonly string[] => nouns.get(name)?.begins ?? kindsOf(name).slice(0, 1)

/** One act of a life, as it is drawn. */
export const turn = ([kind, fixed]: Turn): fc.Arbitrary<Step> =>
  step(kind, fc.constant(true)).map(drawn => ({ ...drawn, given: fitted(drawn.given, fixed) as never }))

const fitted = (drawn: unknown, fixed: Turn[1]): unknown =>
  typeof fixed === 'object' ? { ...Object(drawn), ...fixed } : (fixed ?? drawn)

const made = (names: readonly string[]): fc.Arbitrary<Step[]> => {
  const needed = [...new Set(names.flatMap(begins))]
  return fc.tuple(...needed.map(kind => step(kind, fc.constant(true))))
}

const lived = (names: readonly string[]): fc.Arbitrary<Step[]>[] =>
  names
    .flatMap(name => Object.values(nouns.get(name)?.lives ?? {}))
    .map(life =>
      fc.integer({ min: 1, max: life.length }).chain(length => fc.tuple(...life.slice(0, length).map(turn))),
    )

const { SHARING_ABOUT } = process.env
const about = (SHARING_ABOUT?.split(',') ?? [...nouns.keys()]).filter(
  name => kindsOf(name).length > 0 && !BASE.includes(name),
)

const steps = fc.uniqueArray(fc.constantFrom(...about), { minLength: 1, maxLength: 2 }).chain(drawn => {
  const any = (names: readonly string[]) =>
    fc.oneof(...names.map(name => fc.oneof(...kindsOf(name).map(kind => step(kind, fc.boolean())))))
  return fc
    .tuple(
      fc.oneof(made(drawn), ...lived(drawn)),
      fc.array(fc.oneof({ weight: 4, arbitrary: any(drawn) }, { weight: 1, arbitrary: any(BASE) }), {
        maxLength: LONGEST,
        size: 'max',
      }),
    )
    .map(([beginning, rest]) => [...beginning, ...rest])
})

export const first: Step = { kind: 'raise', given: { by: 'joc' } as never, able: false }

export const sequence: fc.Arbitrary<Sequence> = fc.record({
  variant,
  steps: steps.map(drawn => [first, ...drawn]),
  lookers: fc.uniqueArray(fc.constantFrom(...names), { minLength: 2, maxLength: 2 }),
  language: fc.constantFrom('en' as const, 'fr' as const),
})

/**
 * Does one act, in the name of whoever was drawn or, where they are refused and the step says so, of the first who is not.
 *
 * @throws TocsinError as the act does for the person drawn, where everybody is refused.
 */
export async function perform(world: World, { kind, given, able }: Step): Promise<void> {
  const act = acts.get(kind)!
  try {
    await act.perform(world, given)
  } catch (refusal) {
    if (!(refusal instanceof TocsinError) || !able || !('by' in Object(given))) throw refusal
    for (const by of ABLE) {
      try {
        await act.perform(world, { ...(given as object), by } as never)
        return
      } catch (error) {
        if (!(error instanceof TocsinError)) throw error
      }
    }
    throw refusal
  }
}
