import { type Language, textIn } from '../../domain/mission.ts'
import type { TeamFacts } from '../../operations/team/facts.ts'
import type { TeamShown } from '../../operations/team/reading.ts'
import type { Block, Rendered } from '../../ports.ts'
import { actions, bare, brief, button, context, fields, header, section, select } from '../blocks.ts'
import type { ViewContext } from '../context.ts'
import { clearingBlocks, isBack } from './clearing.ts'
import { compositionBlocks } from './composition.ts'
import { findingBlocks, recommendationBlocks } from './findings.ts'
import {
  daysText,
  memberName,
  named,
  needsText,
  standingFor,
  standingMark,
  stateText,
  stepsText,
  teamTitle,
  whereText,
} from './phrases.ts'
import { hasTimeline } from './timeline.ts'

const WORDS_MAX = 700

/** A team for one audience: how it stands, why it goes, who goes, what clears it, what it found. */
export function teamCard(view: ViewContext, facts: TeamFacts, shown: TeamShown): Rendered {
  const { t } = view.words
  const title = teamTitle(view, facts)
  const state = stateText(view, facts, shown)
  const steps = stepsText(view, facts, shown)
  const mark = standingMark[standingFor(facts, shown)]
  return {
    text: `${title}. ${state}`,
    blocks: [
      header(title),
      section(`${mark} *${t(`team.standing.${standingFor(facts, shown)}`)}.* ${state}`),
      ...(steps ? [context(steps)] : []),
      fields(factFields(view, facts, shown)),
      ...compositionBlocks(view, facts, shown),
      ...(shown.movements ? clearingBlocks(view, facts) : []),
      ...warningBlocks(view, facts, shown),
      ...findingBlocks(view, facts, shown),
      ...recommendationBlocks(view, facts, shown),
      ...changeBlocks(view, facts, shown),
      context(t('team.footer', { readers: readersText(view, facts, shown) })),
      ...actionBlocks(view, facts, shown),
    ],
  }
}

/** In place of a card that its readers may no longer see. */
export function hiddenTeam(view: ViewContext): Rendered {
  const text = view.words.t('team.hidden')
  return { text, blocks: [section(text)] }
}

function factFields(view: ViewContext, facts: TeamFacts, shown: TeamShown): string[] {
  const { t, dateTime, list } = view.words
  const { team, kind } = facts
  const { departAt, returnAt } = team
  // Once its hours are set those who see them need no planned days beside them.
  const planned = shown.days && !(shown.movements && departAt !== null)
  const rows: [string, string | null][] = [
    [t('team.field.where'), whereText(view, facts)],
    [t('team.field.days'), planned ? daysText(view, facts, shown) : null],
    [t('team.field.why'), brief(team.why, WORDS_MAX)],
    [t('team.field.questions'), team.questions ? brief(team.questions, WORDS_MAX) : null],
    ...kind.fields.map(({ id, name }): [string, string | null] => [
      bare(textIn(name, view.words.language as Language)),
      team.answers[id] ? brief(team.answers[id], WORDS_MAX) : null,
    ]),
    [t('team.field.needs'), needsText(view, facts)],
    [t('team.field.alert'), shown.alertCode],
    [
      t('team.field.leaves'),
      shown.movements && departAt !== null && returnAt !== null
        ? t('team.fromTo', { from: dateTime(departAt), to: dateTime(returnAt) })
        : null,
    ],
    [t('team.field.hours'), shown.movements && !isBack(facts) ? list(team.hours) : null],
  ]
  return rows.flatMap(([title, text]) => (text ? [`*${title}*\n${text}`] : []))
}

/** Overlaps, and notes of those who were there before. */
function warningBlocks(
  view: ViewContext,
  facts: TeamFacts,
  { overlaps, notesBefore, personId, movements }: TeamShown,
): Block[] {
  const { t, list } = view.words
  const lines = [
    ...overlaps.people.map(({ personId: id, code }) => {
      const member = facts.members.find(({ person }) => person.id === id)
      return t('team.overlap.person', { who: member ? memberName(view, member) : '', code })
    }),
    ...(overlaps.teams.length > 0 ? [t('team.overlap.team', { codes: list(overlaps.teams) })] : []),
    ...(overlaps.operations.length > 0
      ? [t('team.overlap.operation', { codes: list(overlaps.operations) })]
      : []),
  ]
  if (facts.paused > 0 && facts.team.state === 'out' && movements)
    lines.push(t('team.pausedOut', { count: facts.paused }))
  return [
    ...(lines.length > 0 ? [section(lines.map(line => `❗ ${line}`).join('\n'))] : []),
    ...(notesBefore > 0 && personId !== null
      ? [
          section(
            `📒 ${t('team.notesBefore', { count: notesBefore })}`,
            button(t('help.show'), 'team.notes', facts.team.id),
          ),
        ]
      : []),
  ]
}

/** What was said thirty and sixty days later of what it changed. */
function changeBlocks(view: ViewContext, { questions }: TeamFacts, { findings }: TeamShown): Block[] {
  if (!findings) return []
  const { t } = view.words
  return questions
    .filter(({ kind, answer }) => kind === 'change' && answer !== null)
    .map(({ days, answer, words }) =>
      section(
        `🔎 *${t('team.after', { count: days })}* ${named(view, t(`team.change.${answer}`), words && brief(words, 400))}`,
      ),
    )
}

function readersText(view: ViewContext, { team, kind }: TeamFacts, { movements }: TeamShown): string {
  const { t, list } = view.words
  const readers = list(team.audience.map(id => t(`alert.constituency.${id}`)))
  const parts = [t('team.readers', { readers })]
  if (movements) parts.push(t('team.movementReaders'))
  if (kind.restricted) parts.push(t('team.findingReaders'))
  return parts.join(' ')
}

/** What the reader can do; a channel gets *Show*, for each reads there what is theirs. */
function actionBlocks(view: ViewContext, facts: TeamFacts, shown: TeamShown): Block[] {
  const { t } = view.words
  const { team, standing } = facts
  if (shown.personId === null)
    return [actions(`team:${team.id}`, [button(t('help.show'), 'team.show', team.id)])]
  const is = (...parties: TeamShown['parties']) => parties.some(party => shown.parties.includes(party))
  const press = (key: string, style?: 'primary' | 'danger') =>
    button(t(`team.button.${key}`), `team.${key}`, team.id, style ? { style } : {})
  const buttons: object[] = []
  if (team.state === 'proposed' && is('approver')) buttons.push(press('take_up', 'primary'), press('decline'))
  if (team.state === 'composing') {
    const ready = standing === 'ready'
    const go = is('approver') ? [press('go', ready ? 'primary' : undefined)] : []
    const clear = is('approver', 'lead', 'room') ? [press('clear')] : []
    buttons.push(...(ready ? [...go, ...clear] : [...clear, ...go]))
  }
  if (team.state === 'out') {
    if (is('member')) buttons.push(press('check_in', 'primary'), press('back'))
    if (is('room')) buttons.push(press('record'))
    if (is('lead', 'approver')) buttons.push(press('extend'))
    if (is('room', 'approver')) buttons.push(press('tree', standing === 'overdue' ? 'danger' : undefined))
  }
  if ((team.state === 'back' || team.state === 'reported') && is('lead'))
    buttons.push(press('report', team.state === 'back' ? 'primary' : undefined))
  if (team.state === 'reported' && is('member')) buttons.push(press('agree'), press('dissent'))
  if (team.state === 'reported' && facts.undecided === 0 && is('lead', 'approver'))
    buttons.push(press('close', 'primary'))
  const more = moreChoices(view, facts, shown)
  if (more.length > 0) buttons.push(select('team.more', t('alert.button.more'), more))
  return buttons.length > 0 ? [actions(`team:${team.id}:${team.version}:${view.now}`, buttons)] : []
}

function moreChoices(view: ViewContext, facts: TeamFacts, shown: TeamShown) {
  const { team } = facts
  const { parties } = shown
  const is = (...wanted: TeamShown['parties']) => wanted.some(party => parties.includes(party))
  const before = team.state === 'proposed' || team.state === 'composing'
  return [
    ...(team.state === 'composing' && is('approver', 'proposer') ? ['sections'] : []),
    ...(team.state === 'composing' && is('approver') ? ['decline'] : []),
    ...(before && is('proposer', 'approver') ? ['cancel'] : []),
    ...(hasTimeline(facts, shown) ? ['timeline'] : []),
    ...(!before && is('member') && team.state !== 'out' ? ['note'] : []),
  ].map(kind => ({ text: view.words.t(`team.more.${kind}`), value: `${kind}:${team.id}` }))
}
