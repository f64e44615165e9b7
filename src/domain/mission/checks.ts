import type { GazetteerRow } from '../gazetteer.ts'
import { refusedTerm } from '../refused-terms.ts'
import { aftermathProblems } from './aftermath-section.ts'
import * as codes from './codes.ts'
import { componentReportProblems } from './component-report-section.ts'
import { digestProblems } from './digest-section.ts'
import { dutyProblems } from './duty-checks.ts'
import { forumProblems } from './forum-section.ts'
import { gateProblems } from './gate-schema.ts'
import { intakeProblems } from './intake-checks.ts'
import { layerProblems } from './layer-checks.ts'
import { matrixProblems } from './matrix-section.ts'
import { unknownName } from './names.ts'
import { peopleProblems } from './people-checks.ts'
import { type MissionProblem, problem } from './problem.ts'
import { releaseProblems } from './release-checks.ts'
import { routingProblems } from './routing-checks.ts'
import type { MissionFile } from './schema.ts'
import { seedProblems } from './seed-checks.ts'
import { subscriptionProblems } from './subscription-section.ts'
import { taskingSectionProblems } from './tasking-checks.ts'
import { teamProblems } from './team-section.ts'

type Keys = readonly PropertyKey[]

/** Checks the parts of a mission file, each well-formed in itself, against each other and the gazetteer. */
export function crossCheck(file: MissionFile, gazetteer: readonly GazetteerRow[]): MissionProblem[] {
  return [
    ...duplicateProblems(file, gazetteer),
    ...languageProblems(file),
    ...structureProblems(file),
    ...taxonomyProblems(file),
    ...routingProblems(file),
    ...dutyProblems(file),
    ...taskingSectionProblems(file),
    ...peopleProblems(file),
    ...releaseProblems(file),
    ...subscriptionProblems(file),
    ...digestProblems(file),
    ...componentReportProblems(file),
    ...matrixProblems(file),
    ...forumProblems(file),
    ...intakeProblems(file),
    ...gateProblems(file),
    ...teamProblems(file),
    ...aftermathProblems(file),
    ...seedProblems(file),
    ...gazetteerProblems(file, gazetteer),
  ]
}

function structureProblems(file: MissionFile): MissionProblem[] {
  const problems: MissionProblem[] = []
  file.bases.forEach(({ sector }, index) => {
    problems.push(...unknownName(['bases', index, 'sector'], 'sector', sector, file.sectors))
  })
  problems.push(...layerProblems(file))
  file.oversight.forEach((role, index) => {
    problems.push(...unknownName(['oversight', index], 'role', role, file.roles))
  })
  const centre = file.mission.operations_centre
  const centreKeys = ['mission', 'operations_centre']
  const role = file.roles.find(({ id }) => id === centre)
  if (role?.scope === 'sector') {
    problems.push(
      problem(
        centreKeys,
        `The operations centre's role "${centre}" is held per sector, yet it triages what has no sector.`,
        `Name a role with scope: mission, or give "${centre}" that scope.`,
      ),
    )
  } else problems.push(...unknownName(centreKeys, 'role', centre, file.roles))
  for (const purpose of codes.REQUIRED_PURPOSES) {
    if (file.channels.purposes.some(({ id }) => id === purpose)) continue
    problems.push(
      problem(
        ['channels', 'purposes'],
        `The purpose "${purpose}" is missing, so the bot could not tell where cards go.`,
        `Add { id: ${purpose}, name: … } to the list.`,
      ),
    )
  }
  return problems
}

function taxonomyProblems({ taxonomy }: MissionFile): MissionProblem[] {
  const problems: MissionProblem[] = []
  for (const wanted of codes.REQUIRED_THREAT_CLASSES) {
    if (taxonomy.threats.some(threat => threat.class === wanted)) continue
    problems.push(
      problem(
        ['taxonomy', 'threats'],
        `No threat is of the class "${wanted}"; people would have no way to report it.`,
        `Add a threat with class: ${wanted}.`,
      ),
    )
  }
  for (const list of ['threats', 'perpetrators'] as const) {
    taxonomy[list].forEach((term, index) => {
      for (const text of [term.id, ...Object.values(term.name)]) {
        const refused = refusedTerm(text)
        if (refused === undefined) continue
        problems.push(
          problem(
            ['taxonomy', list, index],
            `"${text}" names an ethnic group or a community ("${refused}"). Threats and alleged perpetrators are ` +
              'named by what is done and by class, never by who people are.',
            list === 'threats'
              ? 'Name the threat by the act, such as "Intercommunal tension" or "Movement of armed men".'
              : 'Name a class, such as "Armed group" or "Community militia".',
          ),
        )
        break
      }
    })
  }
  return problems
}

/** Lists of named entries about teams. */
function teamLists({ teams }: MissionFile) {
  const of = (key: 'kinds' | 'sections' | 'skills' | 'languages'): [Keys, TeamEntry[]] => [
    ['teams', key],
    teams[key] ?? [],
  ]
  return [of('kinds'), of('sections'), of('skills'), of('languages')]
}
type TeamEntry = { id: string; name: Partial<Record<codes.Language, string>> }

function duplicateProblems(file: MissionFile, gazetteer: readonly GazetteerRow[]): MissionProblem[] {
  const lists: [Keys, readonly { id: string }[]][] = [
    [['sectors'], file.sectors],
    [['bases'], file.bases],
    [['roles'], file.roles],
    [['ladders'], file.ladders],
    [['groups'], file.groups],
    [['gates'], file.gates],
    ...teamLists(file),
    [['channels', 'purposes'], file.channels.purposes],
    [['gazetteer'], gazetteer],
    ...codes.TAXONOMY_LISTS.map((list): [Keys, readonly { id: string }[]] => [
      ['taxonomy', list],
      file.taxonomy[list],
    ]),
  ]
  return lists.flatMap(([keys, entries]) => {
    const seen = new Set<string>()
    return entries.flatMap(({ id }, index) => {
      const again = seen.has(id)
      seen.add(id)
      return again
        ? [
            problem(
              [...keys, index, 'id'],
              `The id "${id}" is used twice.`,
              'Give each entry an id of its own.',
            ),
          ]
        : []
    })
  })
}

function languageProblems(file: MissionFile): MissionProblem[] {
  const named: [Keys, { name: Partial<Record<codes.Language, string>> }[]][] = [
    [['sectors'], file.sectors],
    [['roles'], file.roles],
    [['channels', 'purposes'], file.channels.purposes],
    [['groups'], file.groups],
    [['gates'], file.gates],
    ...teamLists(file),
    [['conduct_contacts'], file.conduct_contacts],
    ...codes.TAXONOMY_LISTS.map((list): [Keys, { name: Partial<Record<codes.Language, string>> }[]] => [
      ['taxonomy', list],
      file.taxonomy[list],
    ]),
  ]
  const texts: [Keys, Partial<Record<codes.Language, string>>][] = [
    [['mission', 'name'], file.mission.name],
    ...named.flatMap(([keys, entries]) =>
      entries.map((entry, index): [Keys, typeof entry.name] => [[...keys, index, 'name'], entry.name]),
    ),
  ]
  return texts.flatMap(([keys, text]) =>
    file.mission.languages
      .filter(language => text[language] === undefined)
      .map(language =>
        problem(
          [...keys, language],
          `The words in "${language}" are missing, and the mission works in ${file.mission.languages.join(' and ')}.`,
          `Add ${language}: … beside the other language.`,
        ),
      ),
  )
}

function gazetteerProblems(file: MissionFile, gazetteer: readonly GazetteerRow[]): MissionProblem[] {
  if (gazetteer.length === 0) {
    return [
      problem(
        ['mission', 'gazetteer'],
        'The gazetteer holds no place.',
        'Give the file a line per place below its line of column heads.',
      ),
    ]
  }
  return gazetteer.flatMap(({ sector }, index) =>
    sector === null ? [] : unknownName(['gazetteer', index, 'sector'], 'sector', sector, file.sectors),
  )
}
