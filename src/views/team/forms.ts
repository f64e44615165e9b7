import { DateTime } from 'luxon'
import type { HotspotRow } from '../../db/hotspots.ts'
import type { PersonProfile } from '../../db/teams.ts'
import { type Language, type LocalText, textIn } from '../../domain/mission.ts'
import { LINE_CHOICES, type TeamLine } from '../../domain/team.ts'
import { type Suggested, suggestedSections } from '../../operations/team/people.ts'
import { type TeamFacts, teamLimits } from '../../operations/team.ts'
import type { Block } from '../../ports.ts'
import {
  bare,
  type Choice,
  checkboxes,
  context,
  input,
  modal,
  multiSelect,
  option,
  plain,
  radio,
  section,
  select,
  textInput,
} from '../blocks.ts'
import type { ViewContext } from '../context.ts'
import { personName } from '../person.ts'
import { heldBackText, sectionName, teamName } from './phrases.ts'

const named = (view: ViewContext, list: readonly { id: string; name: LocalText }[]): Choice[] =>
  list.map(({ id, name }) => ({ value: id, text: bare(textIn(name, view.words.language as Language)) }))

const words = (
  view: ViewContext,
  field: string,
  options: { initial?: string | null; optional?: boolean; max?: number; hint?: string; line?: boolean } = {},
): Block =>
  input(
    field,
    view.words.t(`team.form.${field}`),
    textInput(field, {
      multiline: !options.line,
      initial: options.initial ?? null,
      max: options.max ?? teamLimits.words,
    }),
    {
      optional: options.optional ?? false,
      ...(options.hint ? { hint: view.words.t(options.hint) } : {}),
    },
  )

const texts = (view: ViewContext, title: string, submit = 'alert.modal.save') => ({
  title,
  submit: view.words.t(submit),
  close: view.words.t('alert.modal.cancel'),
})

export interface ProposalForm {
  kind: string | null
  hotspot: Pick<HotspotRow, 'id' | 'code' | 'name' | 'threats'> | null
  alertId: string | null
  why?: string
}

/** A new team: which kind, where, why now, what to find out, when, which sections. */
export function proposeTeamModal(view: ViewContext, form: ProposalForm) {
  const { t } = view.words
  const { teams } = view.mission
  const kind = teams.kinds.find(({ id }) => id === form.kind) ?? teams.kinds[0]
  const choose = t('alert.details.choose')
  const suggested = suggestedSections(view.mission, kind?.id ?? null, form.hotspot?.threats ?? [])
  const today = DateTime.fromMillis(view.now, { zone: view.mission.zone })
  const day = (field: 'from' | 'to', ahead: number) =>
    input(field, t(`team.form.${field}`), {
      type: 'datepicker',
      action_id: field,
      initial_date: today.plus({ days: ahead }).toISODate() ?? '',
    })
  const hotspot = {
    type: 'external_select',
    action_id: 'team.hotspot',
    placeholder: plain(t('team.form.hotspotHint'), 150),
    min_query_length: 0,
    ...(form.hotspot
      ? {
          initial_option: option({
            text: `${form.hotspot.code} ${bare(form.hotspot.name)}`,
            value: form.hotspot.id,
          }),
        }
      : {}),
  }
  return modal(
    'team.propose',
    texts(view, t('team.form.title'), 'team.form.propose'),
    { alertId: form.alertId },
    [
      input('kind', t('team.form.kind'), select('team.kind', choose, named(view, teams.kinds), kind?.id), {
        dispatch: true,
      }),
      input('hotspot', t('team.form.hotspot'), hotspot, { dispatch: true }),
      words(view, 'why', { initial: form.why ?? null }),
      words(view, 'questions', { optional: true }),
      ...(kind?.fields ?? []).map(({ id, name, required }) =>
        input(
          `answer_${id}`,
          bare(textIn(name, view.words.language as Language)),
          textInput(`answer_${id}`, { multiline: true, max: teamLimits.words }),
          { optional: !required },
        ),
      ),
      day('from', 2),
      day('to', 5),
      input(
        'sections',
        t('team.form.sections'),
        multiSelect('sections', choose, named(view, teams.sections), suggested),
        { hint: t('team.form.sectionsHint') },
      ),
      ...(teams.skills.length > 0
        ? [
            input('skills', t('team.form.skills'), multiSelect('skills', choose, named(view, teams.skills)), {
              optional: true,
            }),
          ]
        : []),
      ...(teams.languages.length > 0
        ? [
            input(
              'languages',
              t('team.form.languages'),
              multiSelect('languages', choose, named(view, teams.languages)),
              { optional: true },
            ),
          ]
        : []),
      context(
        t('team.form.readers', {
          readers: view.words.list((kind?.audience ?? []).map(id => t(`alert.constituency.${id}`))),
        }),
        ...(kind && kind.agencies !== 'never' ? [t('team.form.agencies')] : []),
      ),
    ],
  )
}

/** Whom a section sends, with those it could; or why nobody. */
export function sectionModal(
  view: ViewContext,
  facts: TeamFacts,
  id: string,
  suggested: readonly Suggested[],
) {
  const { t } = view.words
  const going = facts.members.filter(({ row }) => row.section === id).map(({ person }) => person.userId)
  const lines = suggested.slice(0, 6).map(one => {
    const why = [
      ...one.skills.map(skill => termIn(view, 'skills', skill)),
      ...one.languages.map(each => termIn(view, 'languages', each)),
      ...(one.woman ? [t('team.suggest.woman')] : []),
      ...(one.onDuty ? [t('team.suggest.onDuty')] : []),
    ]
    return `• ${personName(view.words, one.person)}${why.length > 0 ? `: ${why.join(', ')}` : ''}`
  })
  return modal('team.section', texts(view, facts.team.code), { teamId: facts.team.id, section: id }, [
    section(`${teamName(view, facts)}\n*${sectionName(view, id)}*`),
    ...(lines.length > 0 ? [section(`${t('team.suggest.title')}\n${lines.join('\n')}`)] : []),
    input(
      'people',
      t('team.form.people'),
      {
        type: 'multi_users_select',
        action_id: 'people',
        ...(going.length > 0 ? { initial_users: going } : {}),
      },
      { optional: true },
    ),
    words(view, 'noneReason', {
      optional: true,
      max: teamLimits.reason,
      hint: 'team.form.noneHint',
      initial: facts.sections.find(row => row.section === id)?.reason ?? null,
    }),
  ])
}

function termIn(view: ViewContext, list: 'skills' | 'languages', id: string): string {
  const found = view.mission.teams[list].find(term => term.id === id)
  return found ? bare(textIn(found.name, view.words.language as Language)) : id
}

/** How a humanitarian who takes part wishes to be called on the team. */
export function joinTeamModal(view: ViewContext, facts: TeamFacts, organisation: string | null) {
  const { t } = view.words
  return modal('team.join', texts(view, facts.team.code, 'team.button.join'), { teamId: facts.team.id }, [
    section(teamName(view, facts)),
    words(view, 'guest', {
      optional: true,
      line: true,
      max: teamLimits.guest,
      initial: organisation,
      hint: 'team.form.guestHint',
    }),
    context(t('team.form.guestFree')),
  ])
}

/** More sections to ask. */
export function moreSectionsModal(view: ViewContext, facts: TeamFacts) {
  const { t } = view.words
  const left = view.mission.teams.sections.filter(
    ({ id }) => !facts.sections.some(({ section: asked }) => asked === id),
  )
  return modal('team.sections', texts(view, facts.team.code), { teamId: facts.team.id }, [
    ...(left.length === 0
      ? [section(t('team.form.allAsked'))]
      : [
          input(
            'sections',
            t('team.form.sections'),
            multiSelect('sections', t('alert.details.choose'), named(view, left)),
          ),
        ]),
  ])
}

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
  return modal('team.go', texts(view, team.code, 'team.button.go'), { teamId: team.id }, [
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

/** A later return. */
export function extendModal(view: ViewContext, facts: TeamFacts) {
  const { t } = view.words
  return modal('team.extend', texts(view, facts.team.code), { teamId: facts.team.id }, [
    section(teamName(view, facts)),
    input('returnAt', t('team.form.returnAt'), {
      type: 'datetimepicker',
      action_id: 'returnAt',
      initial_date_time: Math.floor(((facts.team.returnAt ?? view.now) + 24 * HOUR_MS) / 1000),
    }),
    input('reason', t('team.form.reason'), textInput('reason', { multiline: true, max: teamLimits.reason })),
  ])
}

/** What the radio room heard: a check-in or the return, by radio or phone, and when. */
export function heardModal(view: ViewContext, facts: TeamFacts) {
  const { t } = view.words
  const choices = (key: string, values: readonly string[]) =>
    values.map(value => ({ value, text: t(`team.${key}.${value}`) }))
  return modal('team.record', texts(view, facts.team.code), { teamId: facts.team.id }, [
    section(teamName(view, facts)),
    input('what', t('team.form.heard'), radio('what', choices('heard', ['check_in', 'return']), 'check_in')),
    input('means', t('team.form.means'), radio('means', choices('means', ['radio', 'phone']), 'radio')),
    input('at', t('team.form.heardAt'), {
      type: 'datetimepicker',
      action_id: 'at',
      initial_date_time: Math.floor(view.now / 1000),
    }),
    words(view, 'words', { optional: true, max: teamLimits.line }),
  ])
}

/** What a team found; `draft` stands in the first field until it is filed. */
export function reportModal(view: ViewContext, facts: TeamFacts, draft: string) {
  const { t } = view.words
  const { report, kind, team } = facts
  const field = (key: 'needs' | 'threats' | 'actors' | 'capacity' | 'links', hint?: string) =>
    words(view, key, {
      optional: true,
      max: teamLimits.report,
      initial: report?.[key] ?? null,
      ...(hint ? { hint } : {}),
    })
  return modal('team.report', texts(view, team.code, 'team.form.file'), { teamId: team.id }, [
    section(teamName(view, facts)),
    ...(kind.restricted ? [section(`🔒 ${t('team.form.restricted')}`)] : []),
    words(view, 'situation', { max: teamLimits.report, initial: report?.situation ?? draft }),
    field('needs', 'team.form.needsHint'),
    field('threats'),
    field('actors', 'team.form.actorsHint'),
    field('capacity'),
    ...(kind.restricted
      ? [
          words(view, 'summary', {
            optional: true,
            max: teamLimits.report,
            initial: report?.summary ?? null,
            hint: 'team.form.summaryHint',
          }),
        ]
      : []),
    field('links', 'team.form.linksHint'),
    words(view, 'recommendations', {
      optional: true,
      max: teamLimits.report,
      initial: facts.recommendations.map(({ row }) => row.words).join('\n'),
      hint: 'team.form.recommendationsHint',
    }),
    context(t('team.form.noWitness')),
  ])
}

/** How a member sees it otherwise. */
export function dissentModal(view: ViewContext, facts: TeamFacts) {
  const { t } = view.words
  return modal('team.dissent', texts(view, facts.team.code), { teamId: facts.team.id }, [
    words(view, 'words', { max: teamLimits.words }),
    context(t('team.form.dissentHint')),
  ])
}

/** Why a recommendation is not followed. */
export function refuseModal(
  view: ViewContext,
  facts: TeamFacts,
  recommendation: TeamFacts['recommendations'][number],
) {
  const { t } = view.words
  return modal(
    'team.refuse',
    texts(view, facts.team.code, 'team.decide.refuse'),
    { recommendationId: recommendation.row.id },
    [
      section(bare(recommendation.row.words)),
      input(
        'reason',
        t('team.form.reason'),
        textInput('reason', { multiline: true, max: teamLimits.reason }),
      ),
    ],
  )
}

/** What is left to whoever goes there next. */
export function noteModal(view: ViewContext, facts: TeamFacts) {
  const { t } = view.words
  return modal('team.note', texts(view, facts.team.code), { teamId: facts.team.id }, [
    section(teamName(view, facts)),
    words(view, 'note', { max: teamLimits.words, hint: 'team.form.noteHint' }),
    context(t('team.form.noWitness')),
  ])
}

/** What people say of themselves, so that teams are composed well. */
export function profileModal(view: ViewContext, profile: PersonProfile | null) {
  const { t } = view.words
  const { teams } = view.mission
  const choose = t('alert.details.choose')
  const list = (key: 'skills' | 'languages') =>
    teams[key].length === 0
      ? []
      : [
          input(
            key,
            t(`team.form.own_${key}`),
            multiSelect(key, choose, named(view, teams[key]), profile?.[key]),
            {
              optional: true,
            },
          ),
        ]
  return modal('team.profile', texts(view, t('team.form.profile')), {}, [
    section(t('team.form.profileAbout')),
    ...list('languages'),
    ...list('skills'),
    input(
      'gender',
      t('team.form.gender'),
      radio(
        'gender',
        (['woman', 'man'] as const).map(value => ({ value, text: t(`team.gender.${value}`) })),
        profile?.gender,
      ),
      { optional: true, hint: t('team.form.genderHint') },
    ),
  ])
}
