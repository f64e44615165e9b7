import { REPRISAL_ANSWERS } from '../../domain/feedback.ts'
import { findRole, type RoleRef, roleRef } from '../../domain/mission.ts'
import type { TeamFacts } from '../../operations/team/facts.ts'
import { watchPosts } from '../../operations/team/posts.ts'
import { CHANGES, type QuestionFacts } from '../../operations/team/questions.ts'
import { answersFor } from '../../operations/team/readers.ts'
import type { TeamShown } from '../../operations/team/reading.ts'
import type { Rendered } from '../../ports.ts'
import { casevacText } from '../alert/call-tree.ts'
import { actions, brief, button, context, input, modal, radio, section, textInput } from '../blocks.ts'
import { post, role, type ViewContext } from '../context.ts'
import { daysText, kindName, memberName, named, sectionName, teamName } from './phrases.ts'

/** Lines that tell of movements, for those alone who see them. */
const MOVEMENTS = [
  'ready',
  'gone',
  'leads',
  'ask_check_in',
  'ask_return',
  'missed',
  'missed_team',
  'heard',
  'extended',
  'left_out',
]

/** Lines under which a member checks in at once. */
const CHECKING = ['ask_check_in', 'missed_team']

/** Whether a line asks for a sign of life, or says that there was none. */
export const isAlarm = (line: string): boolean =>
  ['ask_check_in', 'ask_return', 'missed', 'missed_team'].includes(line)

/** One line under a team's card; null where the reader may not read it, or it is overtaken. */
export function teamLine(
  view: ViewContext,
  facts: TeamFacts,
  shown: TeamShown,
  line: string,
): Rendered | null {
  const { t, dateTime } = view.words
  if (MOVEMENTS.includes(line) && !shown.movements) return null
  const { team, awaited, hotspot } = facts
  if (isAlarm(line) && (awaited === null || awaited.at > view.now)) return null
  const own = facts.sections.filter(
    ({ section, state }) => state === 'asked' && answersFor(facts, shown, section),
  )
  if (line === 'asked' && (facts.team.state !== 'composing' || own.length === 0)) return null
  // Why it stays longer is of its movements; why it does not go, of its record.
  const extension = facts.acts.findLast(({ kind }) => kind === 'extend')?.words
  // Who may not read what it found cannot decide on what it recommends.
  const key = line === 'reported' && !shown.findings ? 'reportedElsewhere' : line
  const text = t(`team.line.${key}`, {
    code: team.code,
    kind: kindName(view, facts),
    place: brief(hotspot.name, 80),
    sections: view.words.list(own.map(({ section: id }) => sectionName(view, id))),
    days: shown.days ? daysText(view, facts, shown) : '',
    at: awaited ? dateTime(awaited.at) : '',
    awaited: awaited ? t(`team.awaitedWhat.${awaited.kind}`) : '',
    back: team.returnAt === null ? '' : dateTime(team.returnAt),
    due: team.reportDueAt === null ? '' : dateTime(team.reportDueAt),
    reason: brief((line === 'extended' ? extension : team.reason) ?? '', 300),
    count: facts.undecided,
    // Only the radio room writes down what it hears; whoever else is told lets it know.
    duty: shown.parties.includes('room')
      ? t('team.missedThen.room')
      : t('team.missedThen.others', {
          role: post(view, team, roleRef(view.mission, view.mission.teams.room, team.sector)),
        }),
  })
  const blocks = [section(text)]
  if (CHECKING.includes(line) && shown.parties.includes('member'))
    blocks.push(
      actions(`team_line:${team.id}:${line}`, [
        button(t('team.button.check_in'), 'team.check_in', team.id, { style: 'primary' }),
      ]),
    )
  if (line === 'ask_return' && shown.parties.includes('member'))
    blocks.push(
      actions(`team_line:${team.id}:${line}`, [
        button(t('team.button.back'), 'team.back', team.id, { style: 'primary' }),
        ...(shown.parties.includes('lead') ? [button(t('team.button.extend'), 'team.extend', team.id)] : []),
      ]),
    )
  if (line === 'missed') {
    blocks.push(...callTreeBlocks(view, facts))
    if (shown.parties.includes('room'))
      blocks.push(
        actions(`team_line:${team.id}:${line}`, [
          button(t('team.button.record'), 'team.record', team.id, { style: 'primary' }),
        ]),
      )
  }
  return { text, blocks }
}

/** Whom to ring about a team: who goes with it, the posts that watch over it, the number for a casualty. */
export function callTreeBlocks(view: ViewContext, facts: TeamFacts) {
  const { t } = view.words
  const members = facts.members.map(member => {
    const leads = member.person.id === facts.team.lead ? ` ${t('team.leads')}` : ''
    return `• ${memberName(view, member)}${leads}`
  })
  const own = facts.lines.filter(({ line }) => line === 'casevac' || line === 'transport')
  const posts = [
    ...watchPosts(view.mission, facts.team.sector),
    ...view.mission.teams.movements.map(id => ({ role: id, sector: facts.team.sector }) as RoleRef),
  ]
  const shown = new Set<string>()
  const phones = posts.flatMap(ref => {
    if (shown.has(ref.role)) return []
    shown.add(ref.role)
    const found = findRole(view.mission, ref.role)
    const placed = found?.scope === 'sector' ? ref : { ...ref, sector: null }
    return [`• ${role(view, placed)} ${found?.phone ?? t('alert.line.noPhone')}`]
  })
  return [
    section(`*${t('team.tree.members')}*\n${members.join('\n')}`),
    ...own.map(({ line, words }) => section(`*${t(`team.line.${line}`)}*\n${brief(words, 500)}`)),
    section(`*${t('team.tree.posts')}*\n${phones.join('\n')}`),
    ...(view.mission.casevac ? [section(casevacText(view))] : []),
  ]
}

export function callTreeModal(view: ViewContext, facts: TeamFacts) {
  const { t } = view.words
  return modal('team.tree', { title: t('limits.tree.title'), close: t('alert.modal.close') }, {}, [
    section(teamName(view, facts)),
    ...callTreeBlocks(view, facts),
  ])
}

/** What is asked some days later, of one person; answered, it says so and no more. */
export function questionCard(view: ViewContext, { question, facts }: QuestionFacts, own: boolean): Rendered {
  const { t } = view.words
  const { kind, days, answer, words } = question
  const asks = t(`team.question.${kind}`, {
    kind: kindName(view, facts),
    place: brief(facts.hotspot.name, 80),
    code: facts.team.code,
    count: days,
  })
  const told =
    answer === null
      ? []
      : [
          section(
            own && kind === 'reprisal'
              ? `✅ ${t('team.question.answered')}`
              : named(
                  view,
                  t(kind === 'reprisal' ? `team.reprisal.${answer}` : `team.change.${answer}`),
                  words && brief(words, 1_000),
                ),
          ),
        ]
  return {
    text: asks,
    blocks: [
      section(asks),
      ...told,
      ...(answer === null && own
        ? [
            actions(`team_question:${question.id}`, [
              button(t('team.question.button'), 'team.question', question.id),
            ]),
          ]
        : []),
      ...(kind === 'reprisal'
        ? [context(t(own ? 'team.question.private' : 'team.question.restricted'))]
        : []),
    ],
  }
}

/** The answer to such a question. */
export function questionModal(view: ViewContext, { question, facts }: QuestionFacts) {
  const { t } = view.words
  const reprisal = question.kind === 'reprisal'
  const choices = (reprisal ? REPRISAL_ANSWERS : CHANGES).map(value => ({
    value,
    text: t(reprisal ? `team.reprisal.${value}` : `team.change.${value}`),
  }))
  return modal(
    'team.question',
    { title: facts.team.code, submit: t('alert.modal.save'), close: t('alert.modal.cancel') },
    { questionId: question.id },
    [
      input('answer', t(`team.form.${question.kind}`), radio('answer', choices)),
      input('words', t('team.form.words'), textInput('words', { multiline: true, max: 1_500 }), {
        optional: true,
        hint: t(reprisal ? 'team.form.reprisalHint' : 'team.form.changeHint'),
      }),
    ],
  )
}
