import { phoneNumber } from '../phone.ts'
import { unknownName } from './names.ts'
import { type MissionProblem, problem } from './problem.ts'
import type { MissionFile } from './schema.ts'

/** Whether the section `intake` names bases, roles and terms that there are, and each number once. */
export function intakeProblems({
  intake,
  bases,
  roles,
  taxonomy,
  ladders,
  mission,
}: MissionFile): MissionProblem[] {
  const problems: MissionProblem[] = []
  const seen = new Set<string>()
  intake.numbers.forEach(({ number, base }, index) => {
    problems.push(...unknownName(['intake', 'numbers', index, 'base'], 'base', base, bases))
    const dialled = phoneNumber(number, null) ?? number
    if (seen.has(dialled))
      problems.push(
        problem(
          ['intake', 'numbers', index, 'number'],
          `The number "${number}" stands for two bases.`,
          'Give each number one base.',
        ),
      )
    seen.add(dialled)
  })
  intake.ladder?.forEach((role, index) => {
    problems.push(...unknownName(['intake', 'ladder', index], 'role', role, roles))
  })
  for (const [kind, term] of Object.entries(intake.came_by))
    if (term !== undefined)
      problems.push(...unknownName(['intake', 'came_by', kind], 'term of came_by', term, taxonomy.came_by))
  for (const [word, threat] of Object.entries(intake.keywords.threat))
    problems.push(...unknownName(['intake', 'keywords', 'threat', word], 'threat', threat, taxonomy.threats))
  const texts = ladders.some(({ rungs }) => rungs.some(({ means }) => means.includes('sms')))
  const centre = roles.find(({ id }) => id === mission.operations_centre)
  if (texts && intake.texts.call === undefined && centre?.phone === undefined)
    problems.push(
      problem(
        ['intake', 'texts', 'call'],
        'Owners are told by text message, and no number is named that they could ring.',
        'Name one, or give the role of the operations centre a phone.',
      ),
    )
  return problems
}
