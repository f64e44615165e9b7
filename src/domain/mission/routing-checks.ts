import { formatDuration } from '../duration.ts'
import * as codes from './codes.ts'
import { unknownName } from './names.ts'
import { type MissionProblem, problem } from './problem.ts'
import type { MissionFile } from './schema.ts'

type Ladder = MissionFile['ladders'][number]
type Route = MissionFile['routing'][number]

/** Constituencies that may be given a duty; agencies, NGOs and the host State are only asked. */
const TASKABLE: readonly codes.Constituency[] = ['military', 'police', 'mission_civilian', 'human_rights']

/** Problems of ladders, routes and what they leave uncovered. */
export function routingProblems(file: MissionFile): MissionProblem[] {
  return [
    ...file.ladders.flatMap((ladder, index) => ladderProblems(file, ladder, index)),
    ...file.routing.flatMap((route, index) => routeProblems(file, route, index)),
    ...coverageProblems(file),
    ...unsectoredProblems(file),
  ]
}

function ladderProblems(file: MissionFile, ladder: Ladder, index: number): MissionProblem[] {
  const keys = ['ladders', index]
  const problems: MissionProblem[] = []
  const fitting = codes.SLOT_CONSTITUENCIES[ladder.slot]
  if (!fitting.includes(ladder.constituency)) {
    problems.push(
      problem(
        [...keys, 'constituency'],
        `The ladder "${ladder.id}" is ${ladder.slot}, but its constituency is ${ladder.constituency}.`,
        `A ${ladder.slot} ladder belongs to ${fitting.join(' or ')}: correct the constituency or the slot.`,
      ),
    )
  }
  const seen = new Set<string>()
  ladder.rungs.forEach(({ role: id }, rung) => {
    const at = [...keys, 'rungs', rung, 'role']
    const role = file.roles.find(candidate => candidate.id === id)
    if (role === undefined) problems.push(...unknownName(at, 'role', id, file.roles))
    else if (role.owner === 'never') {
      problems.push(
        problem(
          at,
          `The role "${id}" is marked owner: never, so it cannot stand on a ladder.`,
          'Name a role that commands or decides, and put this one under "inform" in the routing.',
        ),
      )
    } else if (!TASKABLE.includes(role.constituency)) {
      problems.push(
        problem(
          at,
          `The role "${id}" belongs to ${role.constituency}, which the mission may ask but not task.`,
          `Name a role of ${TASKABLE.join(', ')}.`,
        ),
      )
    } else if (rung === 0 && role.constituency !== ladder.constituency) {
      problems.push(
        problem(
          at,
          `The first owner of the ladder "${ladder.id}" belongs to ${role.constituency}, not to ${ladder.constituency}.`,
          `Begin the ladder with a role of ${ladder.constituency}.`,
        ),
      )
    }
    if (seen.has(id)) {
      problems.push(problem(at, `The role "${id}" stands twice on the ladder.`, 'Remove one of the two.'))
    }
    seen.add(id)
  })
  for (const urgency of codes.URGENCIES) {
    const due = ladder.due[urgency]
    codes.STEPS.slice(1).forEach((step, earlier) => {
      const before = codes.STEPS[earlier] as codes.Step
      if (due[step] >= due[before]) return
      problems.push(
        problem(
          [...keys, 'due', urgency, step],
          `"${step}" is due after ${formatDuration(due[step])}, before "${before}" at ${formatDuration(due[before])}.`,
          'All steps count from raising: give the later step the same time or a longer one.',
        ),
      )
    })
  }
  return problems
}

function routeProblems(file: MissionFile, route: Route, index: number): MissionProblem[] {
  const keys = ['routing', index]
  const problems = codes.SLOTS.flatMap(slot => {
    const ladder = file.ladders.find(({ id }) => id === route[slot])
    if (ladder === undefined) return unknownName([...keys, slot], 'ladder', route[slot], file.ladders)
    if (ladder.slot === slot) return []
    return [
      problem(
        [...keys, slot],
        `The ladder "${ladder.id}" is ${ladder.slot} and cannot be the ${slot} owner.`,
        `Name a ladder with slot: ${slot}.`,
      ),
    ]
  })
  route.sectors?.forEach((id, at) => {
    problems.push(...unknownName([...keys, 'sectors', at], 'sector', id, file.sectors))
  })
  route.threats?.forEach((id, at) => {
    problems.push(...unknownName([...keys, 'threats', at], 'threat', id, file.taxonomy.threats))
  })
  route.inform.forEach((id, at) => {
    problems.push(...unknownName([...keys, 'inform', at], 'role', id, file.roles))
  })
  if (!route.sectors && !route.threats && index < file.routing.length - 1) {
    problems.push(
      problem(
        keys,
        'This route fits everything, so the routes below it are never used.',
        'Move it to the end of the list, or give it sectors or threats.',
      ),
    )
  }
  return problems
}

/** Every sector, and a place without one, with every threat, and one not yet known, must have a route. */
function coverageProblems({ sectors, taxonomy, routing }: MissionFile): MissionProblem[] {
  return [...sectors.map(({ id }) => id), null].flatMap(sector => {
    const uncovered = [...taxonomy.threats.map(({ id }) => id), null].filter(
      threat => !routing.some(route => fits(route, sector, threat)),
    )
    if (uncovered.length === 0) return []
    const place = sector === null ? 'a place without a sector' : `the sector "${sector}"`
    const threats = uncovered.map(threat => (threat === null ? 'a threat not yet known' : `"${threat}"`))
    return [
      problem(
        ['routing'],
        `There is no route for ${place} with ${threats.join(', ')}: such an alert would reach nobody.`,
        'Add a route for it, or end the list with a route that has neither sectors nor threats.',
      ),
    ]
  })
}

/** An alert without a sector can reach only roles of the whole mission: each ladder it may take needs one. */
function unsectoredProblems({ taxonomy, routing, ladders, roles }: MissionFile): MissionProblem[] {
  const wide = new Set(roles.filter(({ scope }) => scope === 'mission').map(({ id }) => id))
  const threats = [...taxonomy.threats.map(({ id }) => id), null]
  const taken = new Set(
    threats.flatMap(threat => {
      const route = routing.find(candidate => fits(candidate, null, threat))
      return route ? [route.uniformed, route.civilian] : []
    }),
  )
  return ladders.flatMap((ladder, index) =>
    taken.has(ladder.id) && !ladder.rungs.some(({ role }) => wide.has(role))
      ? [
          problem(
            ['ladders', index, 'rungs'],
            `Every role of the ladder "${ladder.id}" is held per sector, so a place without a sector reaches nobody.`,
            'Add a role with scope: mission at its end.',
          ),
        ]
      : [],
  )
}

function fits(route: Route, sector: string | null, threat: string | null): boolean {
  const inSector = !route.sectors || (sector !== null && route.sectors.includes(sector))
  const ofThreat = !route.threats || (threat !== null && route.threats.includes(threat))
  return inSector && ofThreat
}
