import { z } from 'zod'
import { type StandingSubscription, SUBSCRIPTION_MEANS } from '../subscription.ts'
import * as codes from './codes.ts'
import { unknownName } from './names.ts'
import { id } from './parts.ts'
import type { MissionProblem } from './problem.ts'
import type { MissionFile } from './schema.ts'

/** `subscriptions`: of which alerts the holders of a role hear beyond their own duty. What is left out: any. */
export const subscriptionsSection = z
  .array(
    z.strictObject({
      role: id,
      sector: id.optional(),
      component: z.enum(codes.CONSTITUENCIES).optional(),
      threat: id.optional(),
      means: z.enum(SUBSCRIPTION_MEANS).default('direct'),
    }),
  )
  .default([])

export function toStandingSubscriptions(
  section: z.output<typeof subscriptionsSection>,
): StandingSubscription[] {
  return section.map(({ role, sector, component, threat, means }) => ({
    role,
    sector: sector ?? null,
    component: component ?? null,
    threat: threat ?? null,
    means,
  }))
}

/** Roles, sectors and threats that are named must exist. */
export function subscriptionProblems(file: MissionFile): MissionProblem[] {
  return file.subscriptions.flatMap(({ role, sector, threat }, index) => {
    const at = (key: string) => ['subscriptions', index, key]
    return [
      ...unknownName(at('role'), 'role', role, file.roles),
      ...(sector ? unknownName(at('sector'), 'sector', sector, file.sectors) : []),
      ...(threat ? unknownName(at('threat'), 'threat', threat, file.taxonomy.threats) : []),
    ]
  })
}
