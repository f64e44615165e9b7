/**
 * The people and channels of the fictional United Nations Mission in Ombara (UNMOB).
 *
 * Country, places and people are invented; a person's name is the role they hold. Mission files use these ids.
 *
 * | id | handle | who |
 * |---|---|---|
 * | U0JOCWATCH | joc.watch | JOC watch officer |
 * | U0DUTYKARAMBA | duty.karamba | Field office duty officer, Karamba |
 * | U0HEADKARAMBA | head.karamba | Head of office, Karamba (French) |
 * | U0COMPANYKARAMBA | company.karamba | Company duty officer, Karamba base |
 * | U0BATTALIONNORTH | battalion.north | Battalion operations, North (French) |
 * | U0SECTORNORTH | sector.north | Sector operations, North |
 * | U0FORCEHQ | force.hq | Force HQ duty officer |
 * | U0POLICENORTH | police.north | Police duty officer, North |
 * | U0POLICEHQ | police.hq | Police operations, HQ |
 * | U0CLAKARAMBA | cla.karamba | Community liaison assistant, Karamba (French) |
 * | U0LEADERSHIP | mission.leadership | Chief of staff duty aide |
 * | U0CIVILAFFAIRS | civil.affairs | Civil affairs officer |
 * | U0HUMANRIGHTS | human.rights | Human rights officer |
 * | U0POCADVISER | poc.adviser | POC adviser |
 * | U0ADMIN | admin | Workspace administrator |
 * | U0OCHA | ocha | OCHA bridge officer |
 * | U0HC | hc | Humanitarian Coordinator, duty aide |
 * | U0UNHCR | unhcr | UNHCR protection officer |
 * | U0DUTYTASHIRO | duty.tashiro | Field office duty officer, Tashiro |
 * | U0COMPANYTASHIRO | company.tashiro | Company duty officer, Tashiro base |
 * | U0BATTALIONSOUTH | battalion.south | Battalion operations, South |
 * | U0SECTORSOUTH | sector.south | Sector operations, South |
 * | U0NGO | ngo | NGO protection coordinator (workspace T0NGO) |
 * | U0NEWCOMER | newcomer | in no role |
 * | U0TOCSIN | – | the app's bot user (app A0TOCSIN, bot B0TOCSIN) |
 *
 * | id | channel | members |
 * |---|---|---|
 * | C0POCNORTH | #poc-north (private) | the mission's people of the north, JOC, Force HQ, POC adviser |
 * | C0POCSOUTH | #poc-south (private) | the mission's people of the south, JOC, Force HQ, POC adviser |
 * | C0JOCWATCH | #joc-watch (private) | JOC, both sectors, Force HQ, police HQ, leadership, POC adviser |
 * | C0PROTECTION | #protection-forum (private, shared with T0NGO) | mission civilians, OCHA, UNHCR, the NGO |
 * | C0GENERAL | #general (public) | all of T0MISSION |
 *
 * The bot is a member of every channel.
 */
import type { Seed, SeedPerson } from './server/seed-types.ts'

export const TEAM_MISSION = 'T0MISSION'
export const TEAM_NGO = 'T0NGO'
export const APP_ID = 'A0TOCSIN'
export const BOT_USER = 'U0TOCSIN'
export const BOT_ID = 'B0TOCSIN'

const COLOURS = ['1d6fb8', '9e3997', '2b8a3e', 'b5480f', '5b4bc4', 'a01c48', '0b7285', '6b5b00']

interface Role {
  locale?: string
  tz?: string
  team?: string
  admin?: boolean
}

let counted = 0
function person(id: string, handle: string, name: string, role: Role = {}): SeedPerson {
  const team = role.team ?? TEAM_MISSION
  const colour = COLOURS[counted++ % COLOURS.length]!
  return {
    id,
    teamId: team,
    handle,
    name,
    title: name,
    email: `${handle}@${team === TEAM_NGO ? 'ngo-forum' : 'unmob'}.example`,
    locale: role.locale ?? 'en-GB',
    tz: role.tz ?? 'Africa/Lusaka',
    colour,
    ...(role.admin ? { isAdmin: true } : {}),
  }
}

const people: SeedPerson[] = [
  person('U0JOCWATCH', 'joc.watch', 'JOC watch officer'),
  person('U0DUTYKARAMBA', 'duty.karamba', 'Field office duty officer, Karamba'),
  person('U0HEADKARAMBA', 'head.karamba', 'Head of office, Karamba', { locale: 'fr-FR' }),
  person('U0COMPANYKARAMBA', 'company.karamba', 'Company duty officer, Karamba base'),
  person('U0BATTALIONNORTH', 'battalion.north', 'Battalion operations, North', { locale: 'fr-FR' }),
  person('U0SECTORNORTH', 'sector.north', 'Sector operations, North'),
  person('U0FORCEHQ', 'force.hq', 'Force HQ duty officer'),
  person('U0POLICENORTH', 'police.north', 'Police duty officer, North'),
  person('U0POLICEHQ', 'police.hq', 'Police operations, HQ'),
  person('U0CLAKARAMBA', 'cla.karamba', 'Community liaison assistant, Karamba', { locale: 'fr-FR' }),
  person('U0LEADERSHIP', 'mission.leadership', 'Chief of staff duty aide', { locale: 'en-US' }),
  person('U0CIVILAFFAIRS', 'civil.affairs', 'Civil affairs officer'),
  person('U0HUMANRIGHTS', 'human.rights', 'Human rights officer'),
  person('U0POCADVISER', 'poc.adviser', 'POC adviser'),
  person('U0ADMIN', 'admin', 'Workspace administrator', { locale: 'en-US', tz: 'Europe/Rome', admin: true }),
  person('U0OCHA', 'ocha', 'OCHA bridge officer'),
  person('U0UNHCR', 'unhcr', 'UNHCR protection officer', { tz: 'Africa/Nairobi' }),
  person('U0DUTYTASHIRO', 'duty.tashiro', 'Field office duty officer, Tashiro'),
  person('U0COMPANYTASHIRO', 'company.tashiro', 'Company duty officer, Tashiro base'),
  person('U0BATTALIONSOUTH', 'battalion.south', 'Battalion operations, South'),
  person('U0SECTORSOUTH', 'sector.south', 'Sector operations, South'),
  person('U0NGO', 'ngo', 'NGO protection coordinator', { team: TEAM_NGO, locale: 'en-US' }),
  person('U0NEWCOMER', 'newcomer', 'Newcomer', { locale: 'en-US' }),
  person('U0HC', 'hc', 'Humanitarian Coordinator, duty aide'),
]

const COMMAND_AND_JOC = ['U0JOCWATCH', 'U0FORCEHQ', 'U0POCADVISER']

/** The fictional mission a rehearsal starts with. */
export const OMBARA: Seed = {
  teams: [
    { id: TEAM_MISSION, name: 'UNMOB', domain: 'unmob' },
    { id: TEAM_NGO, name: 'Ombara NGO Forum', domain: 'ombara-ngo-forum' },
  ],
  app: { id: APP_ID, botUserId: BOT_USER, botId: BOT_ID },
  people,
  channels: [
    {
      id: 'C0POCNORTH',
      name: 'poc-north',
      kind: 'private',
      topic: 'Protection of civilians, Sector North',
      members: [
        ...COMMAND_AND_JOC,
        'U0DUTYKARAMBA',
        'U0HEADKARAMBA',
        'U0COMPANYKARAMBA',
        'U0BATTALIONNORTH',
        'U0SECTORNORTH',
        'U0POLICENORTH',
        'U0POLICEHQ',
        'U0CLAKARAMBA',
        'U0CIVILAFFAIRS',
        BOT_USER,
      ],
    },
    {
      id: 'C0POCSOUTH',
      name: 'poc-south',
      kind: 'private',
      topic: 'Protection of civilians, Sector South',
      members: [
        ...COMMAND_AND_JOC,
        'U0DUTYTASHIRO',
        'U0COMPANYTASHIRO',
        'U0BATTALIONSOUTH',
        'U0SECTORSOUTH',
        'U0POLICEHQ',
        'U0CIVILAFFAIRS',
        BOT_USER,
      ],
    },
    {
      id: 'C0JOCWATCH',
      name: 'joc-watch',
      kind: 'private',
      topic: 'Joint Operations Centre, 24-hour watch',
      members: [...COMMAND_AND_JOC, 'U0SECTORNORTH', 'U0SECTORSOUTH', 'U0POLICEHQ', 'U0LEADERSHIP', BOT_USER],
    },
    {
      id: 'C0PROTECTION',
      name: 'protection-forum',
      kind: 'private',
      topic: 'Mission civilians and humanitarian partners',
      sharedWith: [TEAM_NGO],
      members: [
        'U0POCADVISER',
        'U0CIVILAFFAIRS',
        'U0HUMANRIGHTS',
        'U0DUTYKARAMBA',
        'U0HEADKARAMBA',
        'U0DUTYTASHIRO',
        'U0OCHA',
        'U0UNHCR',
        'U0NGO',
        BOT_USER,
      ],
    },
    {
      id: 'C0GENERAL',
      name: 'general',
      kind: 'public',
      topic: 'Announcements',
      members: [...people.filter(p => p.teamId === TEAM_MISSION).map(p => p.id), BOT_USER],
    },
  ],
}
