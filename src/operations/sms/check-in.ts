import type { Phone } from '../../db/contacts.ts'
import type { Team } from '../../db/teams.ts'
import { wellText } from '../../domain/sms.ts'
import { TocsinError } from '../../errors.ts'
import type { Ctx, Open } from '../context.ts'
import { checkIn } from '../team/out.ts'
import { lineAt, personTarget } from '../telling.ts'

/**
 * A member of a team that is out says by text that it is well: `J-7K4Q OK`, or `OK` alone. It comes from the telephone
 * they keep with us, or it is a text like any other. Where the code is of no team they are out with, or `OK` could be
 * of two, nothing is checked in and they are told so in Slack: a check-in of the wrong team would hide a missing one.
 *
 * @param phones whoever keeps the number it came from.
 * @returns false where the text is none of this.
 */
export async function checkedInByText(open: Open, phones: readonly Phone[], text: string): Promise<boolean> {
  const said = wellText(text)
  if (!said) return false
  const out: { personId: string; team: Team }[] = []
  for (const { personId } of phones)
    for (const team of await open.tx.teams.ofPerson(personId))
      if (team.state === 'out') out.push({ personId, team })
  if (said.code === null && out.length === 0) return false
  const meant = out.filter(({ team }) => said.code === null || team.code === said.code)
  const [first] = meant
  if (first && meant.every(({ team }) => team.id === first.team.id)) {
    await checkInBy(open, first.personId, first.team)
    return true
  }
  const why = first ? 'which_team' : 'no_team'
  for (const { personId } of phones)
    await lineAt(open, 'sms.refused', personId, personTarget(personId), { why })
  return true
}

async function checkInBy(open: Open, personId: string, team: Team): Promise<void> {
  const person = await open.tx.people.byId(personId)
  if (!person) return
  const roles = await open.tx.roles.rolesOf(person.id, open.clock.now())
  const ctx: Ctx = { ...open, actor: { kind: 'person', person, roles } }
  try {
    await checkIn(ctx, { teamId: team.id, means: 'sms' })
  } catch (error) {
    if (!(error instanceof TocsinError)) throw error
    await lineAt(open, 'sms.refused', person.id, personTarget(person.id), { why: 'no_team' })
  }
}
