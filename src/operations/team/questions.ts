/** What is asked some days after a team came back: what it changed, and privately whether anybody suffered for it. */
import type { TeamQuestion } from '../../db/teams.ts'
import type { Timer } from '../../db/timers.ts'
import { callsForHumanRights, isReprisalAnswer, REPRISAL_ANSWERS } from '../../domain/feedback.ts'
import { TocsinError } from '../../errors.ts'
import { isReachable } from '../alert/facts.ts'
import { type Ctx, inTransaction, type Open } from '../context.ts'
import { humanRightsPeople } from '../feedback.ts'
import { registeredPerson } from '../permission.ts'
import { cardAt, note, personTarget, refreshCardsOf } from '../telling.ts'
import { optionalText, requiredText } from '../text.ts'
import { isThere, type TeamFacts, teamFacts } from './facts.ts'
import { teamLimits } from './propose.ts'
import { showTeam, teamRef } from './tell.ts'

const DAY_MS = 24 * 3_600_000
const DAYS = { change: [30, 60], reprisal: [7, 30] } as const

/** What a team may have changed for the people there. */
export const CHANGES = ['better', 'same', 'worse', 'not_known'] as const
export type Change = (typeof CHANGES)[number]

/** Arms the questions of a team that came back. */
export async function askLater(open: Open, { team }: TeamFacts): Promise<void> {
  for (const [kind, all] of Object.entries(DAYS))
    for (const days of all)
      await open.tx.timers.arm({
        key: `team-${kind}:${team.id}:${days}`,
        kind: 'team.question',
        recordId: team.id,
        slot: `${kind}:${days}`,
        dueAt: (team.backAt ?? open.clock.now()) + days * DAY_MS,
      })
}

/** The day has come: the lead is asked, alone; where nobody leads it any more, whoever decided on it. */
export function askTeamQuestion(ctx: Ctx, timer: Pick<Timer, 'recordId' | 'slot'>): Promise<void> {
  return inTransaction(ctx, async (repos, open) => {
    const team = await repos.teams.byId(timer.recordId)
    if (!team) return
    const facts = await teamFacts(repos, open.mission, open.clock.now(), team)
    const [kind = '', days = '0'] = (timer.slot ?? '').split(':')
    const asked = [...facts.leading, ...facts.approvers].find(
      person => isThere(person) && isReachable(person),
    )
    if (!asked) return
    const question: TeamQuestion = {
      id: open.ids.id(),
      teamId: team.id,
      kind: kind === 'reprisal' ? 'reprisal' : 'change',
      days: Number(days),
      askedAt: open.clock.now(),
      asked: asked.id,
      answer: null,
      words: null,
      answeredAt: null,
    }
    await repos.teams.addQuestion(question)
    await note(open, teamRef(team), 'team.asked', {
      code: team.code,
      kind: question.kind,
      days: question.days,
    })
    await cardAt(open, of(question), personTarget(asked.id))
  })
}

const of = ({ id }: Pick<TeamQuestion, 'id'>) => ({ kind: 'team_question', id })

/** A question with its team. */
export interface QuestionFacts {
  question: TeamQuestion
  facts: TeamFacts
}

/** The question, for whoever was asked. @throws TocsinError `not_registered`, `not_found`. */
export async function readTeamQuestion(ctx: Ctx, questionId: string): Promise<QuestionFacts> {
  const person = registeredPerson(ctx)
  const repos = ctx.tx ?? ctx.store.read
  const question = await repos.teams.question(questionId)
  const team = question && (await repos.teams.byId(question.teamId))
  if (!question || !team || question.asked !== person.id) throw new TocsinError('not_found')
  return { question, facts: await teamFacts(repos, ctx.mission, ctx.clock.now(), team) }
}

/**
 * What a team changed, for its record; or what is known of reprisals, which from then on the human rights roles alone
 * read, and of which they are told at once where something is feared or reported.
 *
 * @throws TocsinError `not_registered`, `not_found`, `unknown_term`, `text_missing`, `text_too_long`, `already_done`.
 */
export async function answerTeamQuestion(
  ctx: Ctx,
  input: { questionId: string; answer: string; words?: string | null },
): Promise<QuestionFacts> {
  registeredPerson(ctx)
  return inTransaction(ctx, async (repos, open) => {
    const { question, facts } = await readTeamQuestion(open, input.questionId)
    const { answer } = input
    const reprisal = question.kind === 'reprisal'
    const fits = reprisal ? isReprisalAnswer(answer) : CHANGES.some(known => known === answer)
    if (!fits) throw new TocsinError('unknown_term', { field: 'answer', details: { value: answer } })
    const grave = reprisal && isReprisalAnswer(answer) && callsForHumanRights(answer)
    const owed = grave || (!reprisal && answer !== 'not_known')
    const words = owed
      ? requiredText(input.words, 'words', teamLimits.words)
      : optionalText(input.words, 'words', teamLimits.words)
    const at = open.clock.now()
    if (!(await repos.teams.answer(question.id, answer, words, at))) throw new TocsinError('already_done')
    // What was answered about reprisals stands in no trail: only that there is an answer.
    await note(
      open,
      teamRef(facts.team),
      'team.answered',
      { code: facts.team.code, kind: question.kind, days: question.days, ...(reprisal ? {} : { answer }) },
      reprisal || words === null ? {} : { words },
    )
    await refreshCardsOf(open, of(question))
    if (grave)
      for (const { id } of await humanRightsPeople(open, repos))
        await cardAt(open, of(question), personTarget(id))
    const after = await teamFacts(repos, open.mission, at, facts.team)
    if (!reprisal) await showTeam(open, after)
    return { question: (await repos.teams.question(question.id)) as TeamQuestion, facts: after }
  })
}

export { REPRISAL_ANSWERS }
