import { type Language, textIn } from '../../domain/mission.ts'
import { LINE_CHOICES, type TeamLine } from '../../domain/team.ts'
import { type TeamFacts, teamLimits } from '../../operations/team.ts'
import type { Block } from '../../ports.ts'
import {
  bare,
  type Choice,
  checkboxes,
  context,
  input,
  modal,
  radio,
  section,
  select,
  textInput,
} from '../blocks.ts'
import type { ViewContext } from '../context.ts'
import { texts, words } from './form-parts.ts'
import { heldBackText, teamName } from './phrases.ts'

const LINE_FIELDS = ['security', 'transport', 'casevac'] as const

/** What clears a team: times, lead, the lines that hold it back, and what is asked besides. */
export function clearModal(view: ViewContext, facts: TeamFacts) {
  const { t } = view.words
  const { team, lines, members } = facts
  const at = (field: 'departAt' | 'returnAt', value: number | null, fallback: number) =>
    input(
      field,
      t(`team.form.${field}`),
      {
        type: 'datetimepicker',
        action_id: field,
        initial_date_time: Math.floor((value ?? fallback) / 1000),
      },
      { optional: true },
    )
  const lead: Choice[] = members.map(({ person, row }) => ({
    value: person.id,
    text: bare(
      person.name ??
        (row.section ? sectionPlain(view, row.section, person.userId) : (row.guest ?? t('team.partner'))),
    ),
  }))
  const row = (line: TeamLine) => lines.find(each => each.line === line)
  const prompts = (['community', 'harm', 'perpetrators', 'due_diligence'] as const).flatMap(
    (line): Block[] => {
      const choices: readonly string[] = line === 'harm' ? [] : LINE_CHOICES[line]
      const field = choices.length > 0 ? `${line}_words` : line
      const chosen =
        choices.length > 0
          ? [
              input(
                line,
                t(`team.line.${line}`),
                radio(
                  line,
                  choices.map(value => ({ value, text: t(`team.choice.${line}.${value}`) })),
                  row(line)?.choice,
                ),
                { optional: true },
              ),
            ]
          : []
      return [
        ...chosen,
        input(
          field,
          t(`team.form.${field}`),
          textInput(field, { multiline: true, max: teamLimits.line, initial: row(line)?.words || null }),
          { optional: true },
        ),
      ]
    },
  )
  return modal('team.clear', texts(view, team.code), { teamId: team.id }, [
    section(teamName(view, facts)),
    at('departAt', team.departAt, team.fromAt + 8 * HOUR_MS),
    at('returnAt', team.returnAt, team.toAt + 17 * HOUR_MS),
    words(view, 'hours', {
      line: true,
      max: 100,
      initial: team.hours.join(', '),
      hint: 'team.form.hoursHint',
    }),
    ...(lead.length > 0
      ? [
          input('lead', t('team.form.lead'), select('lead', t('alert.details.choose'), lead, team.lead), {
            optional: true,
          }),
        ]
      : [context(t('team.form.noMembers'))]),
    ...LINE_FIELDS.map(line =>
      input(
        line,
        t(`team.line.${line}`),
        textInput(line, { multiline: true, max: teamLimits.line, initial: row(line)?.words || null }),
        { optional: true, hint: t(`team.form.${line}Hint`) },
      ),
    ),
    ...prompts,
    context(t('team.form.clearReaders')),
  ])
}

const HOUR_MS = 3_600_000

function sectionPlain(view: ViewContext, id: string, userId: string): string {
  const found = view.mission.teams.sections.find(each => each.id === id)
  return `${found ? textIn(found.name, view.words.language as Language) : id} (${userId})`
}

/** *Go*: what still holds it back, to be waived line by line with one reason, by the name of whoever presses. */
export function goModal(view: ViewContext, facts: TeamFacts, waivable: readonly string[]) {
  const { t, dateTime } = view.words
  const { team, heldBack } = facts
  const fixed = heldBack.filter(what => !waivable.includes(what))
  const times =
    team.departAt === null || team.returnAt === null
      ? t('team.form.noTimes')
      : t('team.fromTo', { from: dateTime(team.departAt), to: dateTime(team.returnAt) })
  return modal('team.go', texts(view, team.code, 'team.form.go'), { teamId: team.id }, [
    section(`${teamName(view, facts)}\n${times}`),
    ...(heldBack.length === 0 ? [section(`🟢 ${t('team.form.nothingLeft')}`)] : []),
    ...(fixed.length > 0
      ? [
          section(fixed.map(what => `⛔ ${heldBackText(view, what)}`).join('\n')),
          context(t('team.form.fixed')),
        ]
      : []),
    ...(waivable.length > 0
      ? [
          input(
            'waive',
            t('team.form.waive'),
            checkboxes(
              'waive',
              waivable.slice(0, 10).map(what => ({ value: what, text: bare(heldBackText(view, what)) })),
            ),
            { optional: true },
          ),
          words(view, 'waiveReason', { optional: true, max: teamLimits.reason, hint: 'team.form.waiveHint' }),
        ]
      : []),
    context(t('team.form.goTells')),
  ])
}

/** A reason, for an act that needs one. */
export function reasonModal(view: ViewContext, facts: TeamFacts, act: 'decline' | 'cancel') {
  const { t } = view.words
  return modal(`team.${act}`, texts(view, facts.team.code, `team.form.${act}`), { teamId: facts.team.id }, [
    section(teamName(view, facts)),
    input('reason', t('team.form.reason'), textInput('reason', { multiline: true, max: teamLimits.reason })),
  ])
}
