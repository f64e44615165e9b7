/** Forms around what only some may read of an alert, or nobody may write here. */
import { type Group, type Language, textIn } from '../../../domain/mission.ts'
import { SPECIALIST_LAYERS, type SpecialistLayer } from '../../../domain/sharing.ts'
import { CONFIDENCES, type LayersRead, SAID_BY } from '../../../operations/alert/layers.ts'
import { specialists } from '../../../operations/alert/specialist.ts'
import type { Block } from '../../../ports.ts'
import { checkboxes, context, divider, input, modal, said, section, select } from '../../blocks.ts'
import { pair, role, term, type ViewContext } from '../../context.ts'
import { reprisalText } from '../../feedback.ts'

/** What a form's field `special` may hold besides the layers: the mission's own personnel are alleged. */
export const OWN_PERSONNEL = 'own_personnel'

/** The marks that take the words out of an alert; ticking one tells the bot at once. */
export function specialInput(view: ViewContext, ticked: readonly string[]): Block {
  const { t } = view.words
  const choices = [...SPECIALIST_LAYERS, OWN_PERSONNEL].map(value => ({
    text: t(`alert.special.${value}`),
    value,
  }))
  return input('special', t('alert.special.label'), checkboxes('alert.special', choices, ticked), {
    optional: true,
    dispatch: true,
    hint: t('alert.special.hint'),
  })
}

/** The group alleged, who says so and how surely: from lists alone. */
export function attributionInputs(view: ViewContext): Block[] {
  const { t } = view.words
  const choose = t('alert.details.choose')
  const coded = (field: 'saidBy' | 'confidence', ids: readonly string[]) =>
    input(
      field,
      t(`alert.attribution.${field}.label`),
      select(
        field,
        choose,
        ids.map(value => ({ text: t(`alert.attribution.${field}.${value}`), value })),
      ),
      { optional: true },
    )
  if (view.mission.groups.length === 0) return []
  const groups = view.mission.groups.map(group => ({ text: groupName(view, group), value: group.id }))
  return [
    input('group', t('alert.details.group'), select('group', choose, groups), {
      optional: true,
      hint: t('alert.details.groupHint'),
    }),
    coded('saidBy', SAID_BY),
    coded('confidence', CONFIDENCES),
  ]
}

/** In place of the details form once a mark is ticked: no words, and whom to ring. */
export function specialistModal(
  view: ViewContext,
  alert: { id: string; code: string; version: number },
  layers: readonly SpecialistLayer[],
) {
  const { t } = view.words
  return modal(
    'alert.specialist',
    {
      title: t('alert.details.title', { code: alert.code }),
      submit: t('alert.special.submit'),
      close: t('alert.modal.cancel'),
    },
    { alertId: alert.id, version: alert.version, layers },
    [
      section(
        `*${layers.map(layer => t(`alert.special.${layer}`)).join(' · ')}*\n${t('alert.special.moves')}`,
      ),
      section(`☎️ ${t('alert.special.ring')}\n${phones(view, layers)}`),
    ],
  )
}

/** Instead of any form for words, on an alert marked already. */
export function withSpecialistModal(
  view: ViewContext,
  { code }: { code: string },
  layers: readonly SpecialistLayer[],
) {
  const { t } = view.words
  return modal('alert.with_specialist', { title: code, close: t('alert.modal.close') }, {}, [
    section(t('alert.special.with')),
    section(`☎️ ${t('alert.special.ring')}\n${phones(view, layers)}`),
  ])
}

/** The mission's own personnel are alleged: nothing is stored, these are told by phone. */
export function conductModal(view: ViewContext) {
  const { t } = view.words
  const contacts = view.mission.conductContacts.map(
    ({ name, phone }) => `• ${pair(view, textIn(name, view.words.language as Language), phone)}`,
  )
  return modal(
    'alert.conduct',
    { title: t('alert.special.conductTitle'), close: t('alert.modal.close') },
    {},
    [
      section(`*${t('alert.special.conduct')}*\n${contacts.join('\n')}`),
      context(t('alert.special.conductNothing')),
    ],
  )
}

/** What of an alert is opened to this person by role. */
export function layersModal(view: ViewContext, read: LayersRead) {
  const { t } = view.words
  const { attribution, perpetrator } = read
  const group = view.mission.groups.find(({ id }) => id === attribution?.group)
  const blocks: Block[] = [
    ...(perpetrator
      ? [section(`*${t('alert.field.perpetrator')}*\n${term(view, 'perpetrators', perpetrator)}`)]
      : []),
    ...(attribution
      ? [
          section(
            [
              `*${t('alert.details.group')}*`,
              said(group ? groupName(view, group) : attribution.group),
              attribution.saidBy
                ? pair(
                    view,
                    t('alert.attribution.saidBy.label'),
                    t(`alert.attribution.saidBy.${attribution.saidBy}`),
                  )
                : '',
              attribution.confidence
                ? pair(
                    view,
                    t('alert.attribution.confidence.label'),
                    t(`alert.attribution.confidence.${attribution.confidence}`),
                  )
                : '',
            ]
              .filter(line => line !== '')
              .join('\n'),
          ),
        ]
      : []),
    ...(read.reprisals.length > 0
      ? [
          divider(),
          section(
            [
              `*${t('feedback.reprisal.heading')}*`,
              ...read.reprisals.map(check => reprisalText(view, check)),
            ].join('\n'),
          ),
        ]
      : []),
    ...read.specialist.flatMap(row => [
      divider(),
      section(
        [
          `*${t(`alert.special.${row.layer}`)}*`,
          t('alert.special.flag', { district: said(row.district ?? '–'), week: row.week }),
        ].join('\n'),
      ),
      ...(row.body
        ? [
            section(said(row.body.what).slice(0, 2900) || '–'),
            context([row.body.placeSaid, row.body.placeHow ?? ''].filter(Boolean).map(said).join(', ')),
            ...row.body.notes.slice(-30).map(({ note }) => section(said(note).slice(0, 2900))),
          ]
        : []),
    ]),
  ]
  return modal('alert.layers', { title: read.facts.alert.code, close: t('alert.modal.close') }, {}, [
    ...(blocks.length > 0 ? blocks : [section(t('alert.layers.none'))]),
    context(t('alert.layers.logged')),
  ])
}

/** A form without its fields for words, for an alert marked for a specialist. */
export function withoutWords<T extends { blocks: unknown[] }>(form: T): T {
  const words = ['note', 'place', 'how', 'commandNote']
  const blocks = form.blocks.filter(block => !words.includes((block as { block_id?: string }).block_id ?? ''))
  return { ...form, blocks }
}

function phones(view: ViewContext, layers: readonly SpecialistLayer[]): string {
  return specialists(view, layers)
    .map(ref => `• ${pair(view, role(view, ref), ref.phone ?? view.words.t('alert.line.noPhone'))}`)
    .join('\n')
}

const groupName = (view: ViewContext, { name }: Group): string =>
  textIn(name, view.words.language as Language)
