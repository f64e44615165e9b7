import { TocsinError } from '../errors.ts'
import { answeringSide, requireAdministrator } from './administrators.ts'
import { passDutiesOn } from './alert/climb.ts'
import { recheckChannelsOf } from './channel/recheck.ts'
import { type Ctx, inTransaction, type Person } from './context.ts'
import { reviewVacancies } from './duty/vacancy.ts'
import { lapseHandovers } from './handover.ts'
import { endRoles } from './people.ts'
import { actingPerson } from './permission.ts'
import { forgetPhone } from './sms/phone.ts'
import { passSubscriptions } from './subscription.ts'

/**
 * Somebody has left: what they still hold ends, and they read and do no more than a newcomer. For an administrator of
 * their side.
 *
 * @throws TocsinError `not_registered`, `not_allowed`, `not_found`, `own_request`, `already_done` where they had left.
 */
export async function endAccess(ctx: Ctx, input: { personId: string }): Promise<Person> {
  const by = actingPerson(ctx)
  return inTransaction(ctx, async (repos, open) => {
    const person = await repos.people.byId(input.personId)
    requireAdministrator(open, person && (await answeringSide(repos, person)))
    if (!person) throw new TocsinError('not_found')
    if (person.id === by.id) throw new TocsinError('own_request')
    if (person.constituency === null) throw new TocsinError('already_done')
    const now = ctx.clock.now()
    await passDutiesOn(open, [person.id], async () => {
      const { ended } = await endRoles(open, person.id)
      await lapseHandovers(open, person)
      await forgetPhone(open, person.id)
      await passSubscriptions(open, person.id, null)
      await repos.people.update(person.id, { constituency: null })
      await repos.events.append({
        at: now,
        recordedAt: now,
        actor: by.id,
        kind: 'person.left',
        recordKind: 'person',
        recordId: person.id,
        data: { constituency: person.constituency, roles: ended },
      })
    })
    await reviewVacancies(open)
    await recheckChannelsOf(open, [person])
    return { ...person, constituency: null }
  })
}
