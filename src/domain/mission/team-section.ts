import { z } from 'zod'
import { type CompositionRules, TEAM_TYPES, type TeamType } from '../team.ts'
import type { Constituency } from './codes.ts'
import { unknownName } from './names.ts'
import { constituency, duration, id, localText, rule, timeOfDay, words } from './parts.ts'
import { type MissionProblem, problem } from './problem.ts'
import type { MissionFile } from './schema.ts'
import type { LocalText } from './types.ts'

/** A question of a kind's own in the form for a new team. */
export interface TeamField {
  id: string
  name: LocalText
  required: boolean
}

/** A kind of team, as the mission calls and composes it. */
export interface TeamKind extends CompositionRules {
  id: string
  type: TeamType
  name: LocalText
  audience: readonly Constituency[]
  /** Whether findings are for the human rights layer and the members alone. */
  restricted: boolean
  reportWithinMs: number
  fields: readonly TeamField[]
}

/** A section of the mission that sends people. */
export interface TeamSection {
  id: string
  name: LocalText
  /** The role that answers for it. */
  post: string
  /** Threats for which it is suggested; empty: for none of its own. */
  threats: readonly string[]
  /** What its people write as their section, beside its names. */
  people: readonly string[]
}

/** How teams are proposed, composed, watched over and followed up. Times in milliseconds. */
export interface TeamRules {
  kinds: readonly TeamKind[]
  sections: readonly TeamSection[]
  /** The role that takes up a proposal and lets a team go. */
  approves: string
  /** The security operations centre or radio room: the first to hear of a missed check-in. */
  room: string
  /** Roles told after it, one after the other. */
  ladder: readonly string[]
  /** Roles that see movements beside the room, the lead, the members and their chiefs. */
  movements: readonly string[]
  /** HH:mm in the mission's zone. */
  checkIns: readonly string[]
  graceMs: number
  climbMs: number
  skills: readonly { id: string; name: LocalText }[]
  languages: readonly { id: string; name: LocalText }[]
}

const DAY_MS = 24 * 3_600_000
const MINUTE_MS = 60_000

const kind = z.strictObject({
  id,
  type: z.enum(TEAM_TYPES),
  name: localText,
  audience: z.array(constituency).min(1).optional(),
  least_sections: z.number().int().min(1).max(20).optional(),
  must: z.array(id).default([]),
  women: z.number().int().min(0).max(20).default(1),
  agencies: z.enum(['never', 'may', 'must']).optional(),
  restricted: z.boolean().optional(),
  report_within: duration.optional(),
  fields: z
    .array(z.strictObject({ id, name: localText, required: z.boolean().default(false) }))
    .max(8, rule('A form with so many questions is filled in by nobody.', 'Keep eight at most.'))
    .default([]),
})

const section = z.strictObject({
  id,
  name: localText,
  post: id,
  threats: z.array(id).default([]),
  people: z.array(words).default([]),
})

const term = z.strictObject({ id, name: localText })

/** Joint protection teams and their kin. Everything may be left out. */
export const teamsSection = z
  .strictObject({
    kinds: z.array(kind).min(1).optional(),
    sections: z.array(section).min(1).optional(),
    approves: id.optional(),
    room: id.optional(),
    ladder: z.array(id).optional(),
    movements: z.array(id).default([]),
    check_ins: z.array(timeOfDay).min(1).default(['07:30', '17:30']),
    grace: duration.default(30 * MINUTE_MS),
    climb: duration.default(15 * MINUTE_MS),
    skills: z.array(term).max(40).default([]),
    languages: z.array(term).max(40).default([]),
  })
  .prefault({})

const MISSION_SIDE: readonly Constituency[] = ['military', 'police', 'mission_civilian', 'human_rights']
const BOTH_SIDES: readonly Constituency[] = [...MISSION_SIDE, 'un_agency', 'ngo']

/** What holds for a type where the mission file says nothing. */
const byType: Readonly<
  Record<
    TeamType,
    Pick<TeamKind, 'name' | 'audience' | 'leastSections' | 'agencies' | 'restricted' | 'reportWithinMs'>
  >
> = {
  protection_team: {
    name: { en: 'Joint protection team', fr: 'Équipe conjointe de protection' },
    audience: MISSION_SIDE,
    leastSections: 2,
    agencies: 'never',
    restricted: false,
    reportWithinMs: 5 * DAY_MS,
  },
  investigation: {
    name: { en: 'Joint investigation', fr: 'Enquête conjointe' },
    audience: MISSION_SIDE,
    leastSections: 2,
    agencies: 'never',
    restricted: true,
    reportWithinMs: 10 * DAY_MS,
  },
  assessment: {
    name: { en: 'Joint assessment', fr: 'Évaluation conjointe' },
    audience: MISSION_SIDE,
    leastSections: 2,
    agencies: 'may',
    restricted: false,
    reportWithinMs: 7 * DAY_MS,
  },
  humanitarian_visit: {
    name: { en: 'Joint humanitarian visit', fr: 'Visite humanitaire conjointe' },
    audience: BOTH_SIDES,
    leastSections: 1,
    agencies: 'must',
    restricted: false,
    reportWithinMs: 7 * DAY_MS,
  },
}

/** The section as the rest of the house knows it. */
export function toTeams(file: MissionFile): TeamRules {
  const { teams } = file
  const top = file.ladders.filter(({ constituency }) => constituency === 'mission_civilian')
  const leadership = top.flatMap(({ rungs }) => rungs.at(-1)?.role ?? [])
  const approves = teams.approves ?? defaultApprover(file)
  return {
    kinds: (teams.kinds ?? TEAM_TYPES.map(defaultKind)).map(given => {
      const usual = byType[given.type]
      return {
        id: given.id,
        type: given.type,
        name: given.name,
        audience: given.audience ?? usual.audience,
        leastSections: given.least_sections ?? usual.leastSections,
        must: given.must,
        women: given.women,
        agencies: given.agencies ?? usual.agencies,
        restricted: given.restricted ?? usual.restricted,
        reportWithinMs: given.report_within ?? usual.reportWithinMs,
        fields: given.fields,
      }
    }),
    sections: teams.sections ?? defaultSections(file),
    approves,
    room: teams.room ?? file.mission.operations_centre,
    ladder: teams.ladder ?? [...new Set([approves, ...leadership])],
    movements: teams.movements,
    checkIns: teams.check_ins.toSorted(),
    graceMs: teams.grace,
    climbMs: teams.climb,
    skills: teams.skills,
    languages: teams.languages,
  }
}

type KindSection = z.output<typeof kind>

const defaultKind = (type: TeamType): KindSection => ({
  id: type,
  type,
  name: byType[type].name,
  must: [],
  women: 1,
  fields: [],
})

/** Heads of office register channels; whoever is held per sector goes before one of the whole mission. */
function defaultApprover({ roles, mission }: MissionFile): string {
  const heads = roles.filter(role => role.register_channels && role.constituency === 'mission_civilian')
  return (heads.find(({ scope }) => scope === 'sector') ?? heads[0])?.id ?? mission.operations_centre
}

/** Roles of the mission that answer to no alert: those of sections, each under its own name. */
function defaultSections({ roles, ladders, mission, oversight }: MissionFile): TeamSection[] {
  const busy = new Set([
    ...ladders.flatMap(({ rungs }) => rungs.map(({ role }) => role)),
    mission.operations_centre,
    ...oversight,
  ])
  const police = ladders.find(({ constituency: of }) => of === 'police')?.rungs[0]?.role
  return roles
    .filter(role => MISSION_SIDE.includes(role.constituency) && (!busy.has(role.id) || role.id === police))
    .map(({ id, name }) => ({ id, name, post: id, threats: [], people: [] }))
}

/** Problems of who approves, watches and answers for sections, and of kinds that name sections there are none of. */
export function teamProblems(file: MissionFile): MissionProblem[] {
  const { teams, roles, taxonomy } = file
  const role = (keys: PropertyKey[], name: string | undefined) =>
    name === undefined ? [] : unknownName(['teams', ...keys], 'role', name, roles)
  const sections = toTeams(file).sections
  const problems = [
    ...role(['approves'], teams.approves),
    ...role(['room'], teams.room),
    ...(teams.ladder ?? []).flatMap((name, at) => role(['ladder', at], name)),
    ...teams.movements.flatMap((name, at) => role(['movements', at], name)),
    ...(teams.sections ?? []).flatMap(({ post, threats }, at) => [
      ...role(['sections', at, 'post'], post),
      ...threats.flatMap((name, nth) =>
        unknownName(['teams', 'sections', at, 'threats', nth], 'threat', name, taxonomy.threats),
      ),
    ]),
    ...(teams.kinds ?? []).flatMap(({ must }, at) =>
      must.flatMap((name, nth) =>
        unknownName(['teams', 'kinds', at, 'must', nth], 'section', name, sections),
      ),
    ),
  ]
  teams.sections?.forEach(({ post }, at) => {
    const of = roles.find(({ id }) => id === post)?.constituency
    if (of === undefined || MISSION_SIDE.includes(of)) return
    problems.push(
      problem(
        ['teams', 'sections', at, 'post'],
        `The role "${post}" belongs to ${of}, which joins a team by its own choice alone.`,
        'Name a role of the mission; agencies and NGOs are invited by agencies: may or must of a kind.',
      ),
    )
  })
  return problems
}
