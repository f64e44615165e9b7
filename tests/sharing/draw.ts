/**
 * How a sequence is drawn. Of a hundred acts taken at random nearly all would be refused, for what they need is not there:
 * a sequence is therefore about a few nouns, begins by making what these need, and goes on with anything of theirs and of
 * the alerts, people and channels that all of them stand on.
 *
 * Every beginning of a sequence is a sequence that is drawn as well. What is looked at after the last act of each is
 * therefore looked at after every act: a leak that shows for one step alone is found by the sequences that end there.
 */
import fc from 'fast-check'
import { type Variant, variant } from './mission.ts'
import { nouns, together } from './registry.ts'
import { names } from './world.ts'

export interface Step {
  kind: string
  given: never
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
const LONGEST = 12
const acts = together('acts')

const step = (kind: string): fc.Arbitrary<Step> =>
  acts.get(kind)!.given.map(given => ({ kind, given: given as never }))

/** The acts a noun's own sequences begin with: those it names, else its first. */
function begins(name: string): readonly string[] {
  const noun = nouns.get(name)
  return noun?.begins ?? Object.keys(noun?.acts ?? {}).slice(0, 1)
}

const about = [...nouns].filter(([name, { acts }]) => acts && !BASE.includes(name)).map(([name]) => name)

const steps = fc.uniqueArray(fc.constantFrom(...about), { minLength: 1, maxLength: 3 }).chain(drawn => {
  const kinds = [...BASE, ...drawn].flatMap(name => Object.keys(nouns.get(name)?.acts ?? {}))
  const needed = [...new Set(drawn.flatMap(begins))]
  return fc
    .tuple(
      fc.tuple(...needed.map(step)),
      // Those of the nouns it is about come as often as those of all alike.
      fc.array(fc.oneof(...kinds.map(step)), { maxLength: LONGEST, size: 'max' }),
    )
    .map(([beginning, rest]) => [...beginning, ...rest])
})

const first: Step = { kind: 'raise', given: { by: 'joc' } as never }

export const sequence: fc.Arbitrary<Sequence> = fc.record({
  variant,
  steps: steps.map(drawn => [first, ...drawn]),
  lookers: fc.uniqueArray(fc.constantFrom(...names), { minLength: 2, maxLength: 2 }),
  language: fc.constantFrom('en' as const, 'fr' as const),
})
