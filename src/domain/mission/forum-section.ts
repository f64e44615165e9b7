import { z } from 'zod'
import type { Constituency } from './codes.ts'
import { unknownName } from './names.ts'
import { duration, id, localText, rule } from './parts.ts'
import { type MissionProblem, problem } from './problem.ts'
import type { MissionFile } from './schema.ts'
import type { LocalText } from './types.ts'

/** What a kind of group is for. Names and levels differ per mission; these are what the bot tells apart. */
export const FORUM_CLASSES = [
  'senior',
  'working',
  'sector',
  'effects',
  'planning',
  'joc',
  'crisis',
  'cluster',
] as const
export type ForumClass = (typeof FORUM_CLASSES)[number]

/** Those who are invited into every group unless a reason says why not. */
export const INVITED = ['un_agency', 'ngo'] as const satisfies readonly Constituency[]
export type Invited = (typeof INVITED)[number]

/** What a message in a meeting's thread may be marked as. */
export const MARKS = ['decision', 'action', 'dissent', 'information'] as const
export type Mark = (typeof MARKS)[number]

/** A kind of group, with what a new one begins with. */
export interface ForumKind {
  id: string
  class: ForumClass
  name: LocalText
  /** `sector`: one in each sector, whose posts are meant. */
  scope: 'mission' | 'sector'
  /** The role that chairs. */
  chair: string
  members: readonly string[]
  invites: readonly Invited[]
  /** How often it meets; null: when somebody calls it. */
  everyMs: number | null
  /** Who reads it: all of the components its members belong to, or its members alone. */
  reads: 'components' | 'members'
  /** Roles that may make one. */
  madeBy: readonly string[]
}

export interface ForumRules {
  kinds: readonly ForumKind[]
  /** The role that keeps the record of every group beside its chair; never an owner by itself. */
  secretariat: string
  /** So long before a meeting its members are reminded, with the agenda. */
  remindBeforeMs: number
  /** So long after a crisis forum stood down its review is owed. */
  reviewWithinMs: number
  /** Emoji, without colons, that mark a message of a meeting's thread. */
  marks: Readonly<Record<Mark, string>>
}

const emoji = z
  .string()
  .transform(text => text.replace(/^:|:$/g, ''))
  .refine(
    text => /^[a-z0-9_+'-]+$/.test(text),
    rule('This is not the name of an emoji.', 'Write the name as Slack shows it, such as ":hammer:".'),
  )

const kind = z.strictObject({
  id,
  class: z.enum(FORUM_CLASSES),
  name: localText,
  scope: z.enum(['mission', 'sector']).default('mission'),
  chair: id,
  members: z.array(id).min(1),
  invites: z.array(z.enum(INVITED)).default([...INVITED]),
  every: duration.optional(),
  reads: z.enum(['components', 'members']).default('components'),
  made_by: z.array(id).optional(),
})

/** The groups of a mission: kinds, who chairs, who belongs, who is invited. */
export const forumsSection = z
  .strictObject({
    secretariat: id.optional(),
    remind_before: duration.optional(),
    review_within: duration.optional(),
    marks: z
      .strictObject({
        decision: emoji.default('white_check_mark'),
        action: emoji.default('hammer'),
        dissent: emoji.default('raised_hand'),
        information: emoji.default('information_source'),
      })
      .prefault({}),
    kinds: z.array(kind).optional(),
  })
  .prefault({})

const HOUR_MS = 3_600_000

/** The section as the rest of the house knows it. */
export function toForums(file: MissionFile): ForumRules {
  const { forums, mission } = file
  const secretariat = forums.secretariat ?? mission.poc_adviser ?? mission.operations_centre
  const makers = [
    mission.operations_centre,
    secretariat,
    ...file.roles.filter(role => role.register_channels || role.administers).map(role => role.id),
    ...(file.taskings.scorecards.senior ?? []),
  ]
  const kinds = (forums.kinds ?? plainKinds(file, secretariat)).map(each => ({
    id: each.id,
    class: each.class,
    name: each.name,
    scope: each.scope,
    chair: each.chair,
    members: [...new Set([each.chair, ...each.members])],
    invites: each.invites,
    everyMs: each.every ?? null,
    reads: each.reads,
    madeBy: each.made_by ?? [...new Set([...makers, each.chair])],
  }))
  return {
    kinds,
    secretariat,
    remindBeforeMs: forums.remind_before ?? HOUR_MS,
    reviewWithinMs: forums.review_within ?? 7 * 24 * HOUR_MS,
    marks: forums.marks,
  }
}

/** What a mission begins with that names no kinds: a working group and a crisis forum of its mission-wide posts. */
function plainKinds(file: MissionFile, chair: string): z.output<typeof kind>[] {
  const tops = file.ladders.flatMap(({ rungs }) => rungs.at(-1)?.role ?? [])
  const base = { scope: 'mission' as const, members: [...new Set(tops)], invites: [...INVITED] }
  const centre = file.mission.operations_centre
  return [
    {
      ...{ ...base, id: 'working_group', class: 'working', chair, reads: 'components' },
      name: { en: 'Protection working group', fr: 'Groupe de travail sur la protection' },
      every: 14 * 24 * HOUR_MS,
    },
    {
      ...{ ...base, id: 'crisis_forum', class: 'crisis', chair: centre, reads: 'components' },
      name: { en: 'Crisis forum', fr: 'Cellule de crise' },
    },
  ]
}

/** Problems of the kinds: roles that are not there, sectors' posts in the chair of a group of the whole mission. */
export function forumProblems(file: MissionFile): MissionProblem[] {
  const { forums } = file
  const known = (keys: readonly PropertyKey[], name: string) =>
    unknownName(['forums', ...keys], 'role', name, file.roles)
  const found: MissionProblem[] = forums.secretariat ? known(['secretariat'], forums.secretariat) : []
  forums.kinds?.forEach((each, index) => {
    found.push(...known(['kinds', index, 'chair'], each.chair))
    each.members.forEach((name, at) => {
      found.push(...known(['kinds', index, 'members', at], name))
    })
    each.made_by?.forEach((name, at) => {
      found.push(...known(['kinds', index, 'made_by', at], name))
    })
    const chair = file.roles.find(role => role.id === each.chair)
    if (each.scope === 'mission' && chair?.scope === 'sector')
      found.push(
        problem(
          ['forums', 'kinds', index, 'chair'],
          `The role "${each.chair}" is held per sector, yet this group is the whole mission's.`,
          'Name a role with scope: mission, or give the kind scope: sector.',
        ),
      )
  })
  return found
}
