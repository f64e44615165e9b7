import { DateTime } from 'luxon'
import type { HotspotRow } from '../../db/hotspots.ts'
import type { PersonProfile } from '../../db/teams.ts'
import { type Language, textIn } from '../../domain/mission.ts'
import type { SectionPeople } from '../../operations/team/free.ts'
import { suggestedSections } from '../../operations/team/people.ts'
import type { TeamShown } from '../../operations/team/reading.ts'
import { type TeamFacts, teamLimits } from '../../operations/team.ts'
import { previewAction } from '../alert/preview.ts'
import {
  bare,
  brief,
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
import { named, texts, words } from './form-parts.ts'
import {
  daysText,
  named as joined,
  needsText,
  sectionPlain,
  suggestedText,
  teamName,
  whereText,
} from './phrases.ts'

export interface ProposalForm {
  kind: string | null
  hotspot: Pick<HotspotRow, 'id' | 'code' | 'name' | 'threats'> | null
  alertId: string | null
  why?: string
  /** What was typed as a place and is none that is listed. */
  unknown?: string
  /** The sections chosen until now, which a change of kind or place adds to. */
  sections?: readonly string[]
}

/** A new team: which kind, where, why now, what to find out, when, which sections. */
export function proposeTeamModal(view: ViewContext, form: ProposalForm) {
  const { t } = view.words
  const { teams } = view.mission
  const kind = teams.kinds.find(({ id }) => id === form.kind) ?? teams.kinds[0]
  const choose = t('alert.details.choose')
  const suggested = suggestedSections(view.mission, kind?.id ?? null, form.hotspot?.threats ?? [])
  const sections = [...new Set([...(form.sections ?? []), ...suggested])]
  // Slack keeps what stands in a field while its ids stay; what is suggested anew needs a new one.
  const asked = `sections_${kind?.id ?? ''}_${form.hotspot?.id ?? ''}`
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
      ...(form.unknown
        ? [
            section(
              t('team.form.noPlace', {
                place: brief(form.unknown, 80),
                prefix: view.mission.commandPrefix,
              }),
            ),
          ]
        : []),
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
        multiSelect(asked, choose, named(view, teams.sections), sections),
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
      previewAction(view, 'team'),
      context(
        t('team.form.readers', {
          readers: view.words.list((kind?.audience ?? []).map(id => t(`alert.constituency.${id}`))),
        }),
        ...(kind?.restricted ? [t('team.findingReaders')] : []),
        ...(kind && kind.agencies !== 'never' ? [t('team.form.agencies')] : []),
      ),
    ],
  )
}

/** Whom a section sends, with what it is for, when and where, and those it could send; or why nobody. */
export function sectionModal(
  view: ViewContext,
  facts: TeamFacts,
  shown: Pick<TeamShown, 'days' | 'movements'>,
  id: string,
  { free, taken }: SectionPeople,
) {
  const { t } = view.words
  const { team } = facts
  const going = facts.members.filter(({ row }) => row.section === id).map(({ person }) => person.userId)
  const names = free.slice(0, 6).map(one => `• ${suggestedText(view, one)}`)
  const others = taken.slice(0, 6).map(person => personName(view.words, person))
  const about: [string, string | null][] = [
    ['where', whereText(view, facts)],
    ['days', shown.days ? daysText(view, facts, shown) : null],
    ['why', brief(team.why, 400)],
    ['questions', team.questions ? brief(team.questions, 400) : null],
    ['needs', needsText(view, facts)],
  ]
  return modal('team.section', texts(view, team.code), { teamId: team.id, section: id }, [
    section(
      [
        teamName(view, facts),
        ...about.flatMap(([key, text]) => (text ? [joined(view, `*${t(`team.field.${key}`)}*`, text)] : [])),
      ].join('\n'),
    ),
    section(
      [
        ...(names.length > 0 ? [t('team.suggest.title'), ...names] : [t('team.suggest.nobody')]),
        ...(others.length > 0 ? [t('team.suggest.taken', { who: others.join(', ') })] : []),
      ].join('\n'),
    ),
    input(
      'people',
      t('team.form.people', { section: sectionPlain(view, id) }),
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

export * from './clear-forms.ts'
export * from './out-forms.ts'
export * from './report-forms.ts'
