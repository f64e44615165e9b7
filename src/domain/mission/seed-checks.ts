import { unknownName } from './names.ts'
import { type MissionProblem, problem } from './problem.ts'
import type { MissionFile } from './schema.ts'

type Keys = readonly PropertyKey[]
interface Person {
  team: string
  user: string
}

const nameOf = ({ team, user }: Person) => `${team}/${user}`

/** Problems of the names that seed an empty store. */
export function seedProblems(file: MissionFile): MissionProblem[] {
  return [...peopleProblems(file), ...holderProblems(file), ...channelProblems(file)]
}

function peopleProblems(file: MissionFile): MissionProblem[] {
  const seen = new Set<string>()
  return file.seed.people.flatMap((person, index) => {
    const keys = ['seed', 'people', index]
    const again = seen.has(nameOf(person))
    seen.add(nameOf(person))
    return [
      ...(again
        ? [
            problem(
              [...keys, 'user'],
              `The person ${nameOf(person)} is listed twice.`,
              'Remove one of the two.',
            ),
          ]
        : []),
      ...languageProblems(file, [...keys, 'language'], person.language),
    ]
  })
}

function holderProblems(file: MissionFile): MissionProblem[] {
  const people = new Set(file.seed.people.map(nameOf))
  const seen = new Set<string>()
  return file.seed.holders.flatMap(({ role: id, sector, holder, alternates }, index) => {
    const keys = ['seed', 'holders', index]
    const problems = unknownName([...keys, 'role'], 'role', id, file.roles)
    if (sector !== undefined)
      problems.push(...unknownName([...keys, 'sector'], 'sector', sector, file.sectors))
    const scope = file.roles.find(role => role.id === id)?.scope
    if (scope === 'sector' && sector === undefined) {
      problems.push(
        problem(
          [...keys, 'sector'],
          `The role "${id}" is held per sector, and no sector is given.`,
          'Add sector: …',
        ),
      )
    }
    if (scope === 'mission' && sector !== undefined) {
      problems.push(
        problem(
          [...keys, 'sector'],
          `The role "${id}" is of the whole mission, yet a sector is given.`,
          'Remove the sector, or give the role scope: sector.',
        ),
      )
    }
    const post = `${id} ${sector ?? ''}`
    if (seen.has(post)) {
      problems.push(
        problem(
          keys,
          `The role "${id}" is given twice.`,
          'Keep one holder, and name the others as alternates.',
        ),
      )
    }
    seen.add(post)
    const named: [Keys, Person][] = [
      [[...keys, 'holder'], holder],
      ...alternates.map((person, at): [Keys, Person] => [[...keys, 'alternates', at], person]),
    ]
    for (const [at, person] of named) {
      if (people.has(nameOf(person))) continue
      problems.push(
        problem(
          at,
          `${nameOf(person)} is not among the people of the seed, so nobody knows what they may read.`,
          'Add them to seed.people with their constituency, or correct the ids.',
        ),
      )
    }
    return problems
  })
}

function channelProblems(file: MissionFile): MissionProblem[] {
  const seen = new Set<string>()
  return file.seed.channels.flatMap(({ channel, purpose, sector, language }, index) => {
    const keys = ['seed', 'channels', index]
    const problems = [
      ...unknownName([...keys, 'purpose'], 'purpose', purpose, file.channels.purposes),
      ...(sector === undefined ? [] : unknownName([...keys, 'sector'], 'sector', sector, file.sectors)),
      ...languageProblems(file, [...keys, 'language'], language),
    ]
    if (purpose === 'sector' && sector === undefined) {
      problems.push(problem([...keys, 'sector'], 'A channel of a sector has no sector.', 'Add sector: …'))
    }
    if (seen.has(channel)) {
      problems.push(
        problem([...keys, 'channel'], `The channel ${channel} is listed twice.`, 'Remove one of the two.'),
      )
    }
    seen.add(channel)
    return problems
  })
}

function languageProblems(file: MissionFile, keys: Keys, language: string | undefined): MissionProblem[] {
  const { languages } = file.mission
  if (language === undefined || languages.some(known => known === language)) return []
  return [
    problem(
      keys,
      `The mission does not work in "${language}".`,
      `Write ${languages.join(' or ')}, or add it to mission.languages with all its words.`,
    ),
  ]
}
