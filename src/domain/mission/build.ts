import type { GazetteerRow } from '../gazetteer.ts'
import { alertReaders, defaultsOf } from '../profile.ts'
import { aftermathOf } from './aftermath-section.ts'
import { alertFinding } from './alert-parts.ts'
import type { Constituency } from './codes.ts'
import { toComponentReports } from './component-report-section.ts'
import { toDigest } from './digest-section.ts'
import { toForums } from './forum-section.ts'
import { gateTemplates } from './gate-schema.ts'
import { plainTemplate } from './incident-section.ts'
import { toIntake } from './intake-build.ts'
import { toMatrix } from './matrix-section.ts'
import { toPlaceRules } from './place-section.ts'
import type { MissionFile } from './schema.ts'
import { toStandingSubscriptions } from './subscription-section.ts'
import { toTeams } from './team-section.ts'
import type { LocalText, Mission, Term } from './types.ts'

/** Both sides rank the same places; what is sensitive of them stands in layers. */
const HOTSPOT_READERS: readonly Constituency[] = [
  'military',
  'police',
  'mission_civilian',
  'human_rights',
  'un_agency',
  'ngo',
]

/** The mission as the rest of the house knows it, from a file that has passed every check. */
export function toMission(file: MissionFile, gazetteer: readonly GazetteerRow[]): Mission {
  const { mission, taxonomy } = file
  const term = ({ id, name, asks_note }: { id: string; name: LocalText; asks_note: boolean }): Term => ({
    id,
    name,
    asksNote: asks_note,
  })
  const scopes = new Map(file.roles.map(role => [role.id, role.scope]))
  return {
    name: mission.name,
    short: mission.short,
    zone: mission.zone,
    languages: mission.languages,
    commandPrefix: mission.command_prefix,
    operationsCentre: { role: mission.operations_centre, sector: null },
    pocAdviser: mission.poc_adviser ? { role: mission.poc_adviser, sector: null } : null,
    sectors: file.sectors,
    bases: file.bases,
    roles: file.roles.map(({ owner, phone, appointed_by, register_channels, ...role }) => ({
      ...role,
      mayOwn: owner === 'may',
      phone: phone ?? null,
      appointedBy: appointed_by ?? null,
      registersChannels: register_channels,
      administers: role.administers ?? null,
    })),
    taxonomy: {
      threats: taxonomy.threats.map(threat => ({ ...threat, asksNote: false })),
      perpetrators: taxonomy.perpetrators.map(perpetrator => ({ ...perpetrator, asksNote: false })),
      came_by: taxonomy.came_by.map(term),
      at_risk: taxonomy.at_risk.map(term),
      asked_for: taxonomy.asked_for.map(each => ({ ...term(each), physical: each.physical })),
      not_acting: taxonomy.not_acting.map(each => ({ ...term(each), handsOver: each.hands_over })),
      cannot_take: taxonomy.cannot_take.map(term),
      outcomes: taxonomy.outcomes.map(each => ({ ...term(each), attack: each.attack })),
    },
    ladders: file.ladders.map(ladder => ({
      ...ladder,
      rungs: ladder.rungs.map(rung => ({ ...rung, scope: scopes.get(rung.role) ?? 'mission' })),
    })),
    routing: file.routing.map(route => ({
      ...route,
      sectors: route.sectors ?? null,
      threats: route.threats ?? null,
    })),
    tasking: file.tasking,
    purposes: file.channels.purposes,
    digest: toDigest(file.digest, mission.zone),
    componentReports: toComponentReports(file),
    audiences: {
      alert: alertReaders(file.audiences.alert, file.integration),
      hotspot: file.audiences.hotspot ?? HOTSPOT_READERS,
    },
    matrix: toMatrix(file.matrix),
    layers: file.layers,
    groups: file.groups,
    conductContacts: file.conduct_contacts,
    people: {
      reachEveryMs: file.people.reach_every,
      reachAnswerWithinMs: file.people.reach_answer_within,
      handoverWithinMs: file.people.handover_within,
    },
    finding: alertFinding(file),
    cardsKeptMs: file.cards_kept,
    staleMembershipMs: file.stale_membership,
    recordEmoji: file.record_emoji,
    places: toPlaceRules(file.places),
    casevac: file.casevac ?? null,
    subscriptions: toStandingSubscriptions(file.subscriptions),
    releasing: file.releasing,
    ...aftermathOf(file),
    incidentTemplate: file.incident_template ?? plainTemplate,
    marks: file.marks,
    gates: gateTemplates(file),
    forums: toForums(file),
    profile: file.integration,
    defaults: defaultsOf(file.integration),
    fileReaders: file.audiences.alert,
    smallNumbers: file.small_numbers,
    oversight: file.oversight,
    taskings: {
      audience: file.taskings.audience,
      seniorForum: file.taskings.scorecards.senior ?? topOfCivilians(file),
    },
    reminders: remindersOf(file.reminders),
    teams: toTeams(file),
    retention: retentionOf(file.retention),
    intake: toIntake(file.intake, mission.operations_centre),
    seed: {
      people: file.seed.people.map(person => ({
        ...person,
        section: person.section ?? null,
        location: person.location ?? null,
        language: person.language ?? null,
      })),
      holders: file.seed.holders.map(entry => ({ ...entry, sector: entry.sector ?? null })),
      channels: file.seed.channels.map(channel => ({ ...channel, sector: channel.sector ?? null })),
    },
    gazetteer,
  }
}

function retentionOf({ access_log: accessLog, ...times }: MissionFile['retention']): Mission['retention'] {
  return { ...times, accessLog }
}

function remindersOf({ quiet, ...rules }: MissionFile['reminders']): Mission['reminders'] {
  return { quiet: quiet === 'none' ? null : quiet, rules }
}

/** Whoever stands above all civilian sections leads the mission. */
function topOfCivilians({ ladders }: MissionFile): string[] {
  const civilian = ladders.filter(({ constituency }) => constituency === 'mission_civilian')
  return [...new Set(civilian.flatMap(({ rungs }) => rungs.at(-1)?.role ?? []))]
}
