import { z } from 'zod'
import { GATE_KINDS } from '../gate.ts'
import { unknownName } from './names.ts'
import { duration, id, localText } from './parts.ts'
import { type MissionProblem, problem } from './problem.ts'
import type { MissionFile } from './schema.ts'
import type { LocalText } from './types.ts'

/** A gate as the mission staffs it. */
export interface GateTemplate {
  id: string
  kind: (typeof GATE_KINDS)[number]
  name: LocalText
  /** The role of the whole mission that decides. */
  decides: string
  /** Roles that carry it out (an escort), or whose contacts are asked to call first (a consultation). */
  tells: readonly string[]
  /** Whom those call. */
  calls: string | null
  /** How long the decider has, in milliseconds; null: no clock. */
  answerWithinMs: number | null
  /** How long before a clearance ends its people are reminded, in milliseconds. */
  remindBeforeMs: number
}

/** The section `gates`. */
export const gates = z
  .array(
    z.strictObject({
      id,
      kind: z.enum(GATE_KINDS),
      name: localText,
      decides: id,
      tells: z.array(id).default([]),
      calls: id.optional(),
      answer_within: duration.optional(),
      remind_before: duration.optional(),
    }),
  )
  .default([])

const REMIND_BEFORE_MS = 14 * 86_400_000

/** The gates of a file that has passed every check. */
export function gateTemplates(file: Pick<MissionFile, 'gates'>): GateTemplate[] {
  return file.gates.map(({ calls, answer_within, remind_before, ...gate }) => ({
    ...gate,
    calls: calls ?? null,
    answerWithinMs: answer_within ?? null,
    remindBeforeMs: remind_before ?? REMIND_BEFORE_MS,
  }))
}

/** Problems of who decides and who is told. */
export function gateProblems(file: MissionFile): MissionProblem[] {
  return file.gates.flatMap((gate, index) => {
    const problems: MissionProblem[] = []
    const keys = ['gates', index]
    for (const [key, role] of [
      ['decides', gate.decides],
      ['calls', gate.calls],
    ] as const)
      if (role !== undefined) problems.push(...unknownName([...keys, key], 'role', role, file.roles))
    gate.tells.forEach((role, at) => {
      problems.push(...unknownName([...keys, 'tells', at], 'role', role, file.roles))
    })
    const decides = file.roles.find(({ id }) => id === gate.decides)
    if (decides?.scope === 'sector')
      problems.push(
        problem(
          [...keys, 'decides'],
          `The role "${gate.decides}" is held per sector, yet it would decide for the whole mission.`,
          'Name a role with scope: mission.',
        ),
      )
    const humanitarian = decides?.constituency === 'un_agency' || decides?.constituency === 'ngo'
    if (decides && gate.kind !== 'due_diligence' && !humanitarian)
      problems.push(
        problem(
          [...keys, 'decides'],
          `The role "${gate.decides}" is no humanitarian one, yet it would speak for the humanitarian side.`,
          'Name a role of the constituency un_agency or ngo, such as the OCHA bridge officer.',
        ),
      )
    if (gate.kind === 'escort' && gate.tells.length !== 1)
      problems.push(
        problem(
          [...keys, 'tells'],
          'An escort is carried out by one role, and none or several are named.',
          'Name the role whose units escort, such as tells: [sector_operations].',
        ),
      )
    if (gate.kind === 'consultation' && gate.answer_within === undefined)
      problems.push(
        problem(
          keys,
          'A consultation without a clock could wait for ever.',
          'Add answer_within: … , such as 24h.',
        ),
      )
    return problems
  })
}
