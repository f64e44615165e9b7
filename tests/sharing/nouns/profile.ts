import fc from 'fast-check'
import { PROFILES } from '../../../src/domain/profile.ts'
import { answerProfile, changeProfile } from '../../../src/operations/profile.ts'
import { act, type Noun } from '../noun.ts'
import { who } from '../world.ts'

const none = 'how closely the sides work together; no record'

/** Holds no words; a change of it moves the readers of what is raised later. */
export const noun: Noun = {
  acts: {
    changeProfile: act(fc.record({ by: who, to: fc.constantFrom(...PROFILES) }), async (world, { by, to }) =>
      changeProfile(await world.as(by), { to }),
    ),
    answerProfile: act(fc.record({ by: who, agree: fc.boolean() }), async (world, { by, agree }) =>
      answerProfile(await world.as(by), { agree }),
    ),
  },
  apart: { readProfile: none, profileFacts: none, profileChange: none },
  silent: { 'card:profile': none, 'profile.changed': none, 'profile.refused': none },
}
