import type { Constituency } from '../domain/mission.ts'
import { isUniformed } from '../domain/side.ts'
import type { Words } from '../locales/index.ts'
import type { Person } from '../operations/context.ts'
import { brief } from './blocks.ts'

const PART_MAX = 80

/** A person by name: their Slack mention, marked where they wear a uniform. Ready for mrkdwn. */
export function personName({ t }: Pick<Words, 't'>, person: Pick<Person, 'userId' | 'constituency'>): string {
  const name = `<@${person.userId}>`
  if (!isUniformed(person.constituency)) return name
  return t('registration.uniformed', {
    name,
    constituency: t(`registration.constituency.${person.constituency}`),
  })
}

/** "military, Company, Karamba base": where somebody belongs and is based. Ready for mrkdwn. */
export function belonging(
  { t }: Pick<Words, 't'>,
  who: {
    constituency: Constituency | null
    organisation: string | null
    reference?: string | null
    section: string | null
    location: string | null
  },
): string {
  return [
    ...(who.constituency ? [t(`registration.constituency.${who.constituency}`)] : []),
    ...(who.reference ? [t('partner.unnamed', { reference: who.reference })] : []),
    ...[who.organisation, who.section, who.location].flatMap(part => (part ? [brief(part, PART_MAX)] : [])),
  ].join(', ')
}
