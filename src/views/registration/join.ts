import { JOINABLE, sideOf } from '../../domain/side.ts'
import { administeringRoles } from '../../operations/administrators.ts'
import type { Myself, RegistrationFacts } from '../../operations/registration.ts'
import type { Block } from '../../ports.ts'
import {
  actions,
  button,
  context,
  input,
  modal,
  option,
  plain,
  section,
  select,
  textInput,
} from '../blocks.ts'
import type { ViewContext } from '../context.ts'
import { belonging } from '../person.ts'
import { posts } from './posts.ts'

/** The marks by which a chosen base tells itself from words as said. */
export const locationValue = { base: 'base:', said: 'said:' } as const

/** *Join*, for somebody no side has confirmed: beside whatever else they are told. */
export function joinOffer(view: ViewContext, { person, last }: Pick<Myself, 'person' | 'last'>): Block[] {
  const { t, dateTime } = view.words
  const waiting = last?.registration.state === 'waiting' ? last : null
  const text = waiting
    ? t('registration.offer.waiting', {
        at: dateTime(waiting.registration.askedAt),
        deciders: posts(view, waiting.deciders),
      })
    : t(person.closedAt === null ? 'registration.offer.text' : 'registration.offer.closed')
  return [section(text), joinActions(view, waiting !== null)]
}

/** The button alone. */
export function joinActions(view: Pick<ViewContext, 'words'>, again = false): Block {
  const { t } = view.words
  return actions('registration', [
    button(
      t(again ? 'registration.offer.change' : 'registration.offer.button'),
      'registration.join',
      'join',
      {
        style: 'primary',
      },
    ),
  ])
}

/** What a person says of themselves; filled in with what is known. */
export function joinModal(view: ViewContext, { person, last }: Myself) {
  const { t } = view.words
  const asked = last?.registration.state === 'waiting' ? last.registration : null
  const known = asked ?? (person.constituency ? person : null)
  const national = asked ? asked.national : person.constituency ? person.national : null
  return modal(
    'registration.join',
    {
      title: t('registration.join.title'),
      submit: t('registration.join.submit'),
      close: t('alert.modal.cancel'),
    },
    {},
    [
      section(
        t('registration.join.whySides', {
          mission: posts(view, administeringRoles(view.mission, 'mission')),
          humanitarian: posts(view, administeringRoles(view.mission, 'humanitarian')),
        }),
      ),
      ...(person.constituency !== null && sideOf(person.constituency) === 'mission'
        ? []
        : [section(t('partner.offer'), button(t('partner.offerButton'), 'partner.unnamed', 'unnamed'))]),
      input(
        'constituency',
        t('registration.join.constituency'),
        select(
          'constituency',
          t('registration.join.constituencyHint'),
          JOINABLE.map(id => ({ text: t(`registration.constituency.${id}`), value: id })),
          known?.constituency,
        ),
      ),
      input(
        'organisation',
        t('registration.join.organisation'),
        textInput('organisation', { initial: known?.organisation, max: 150 }),
        { optional: true, hint: t('registration.join.organisationHint') },
      ),
      input(
        'section',
        t('registration.join.section'),
        textInput('section', { initial: known?.section, max: 150 }),
        { optional: true },
      ),
      locationInput(view, asked?.base ?? null, known?.location || null),
      input(
        'national',
        t('registration.join.national'),
        select(
          'national',
          t('registration.join.constituencyHint'),
          [
            { text: t('registration.join.yes'), value: 'yes' },
            { text: t('registration.join.no'), value: 'no' },
          ],
          national === null ? null : national ? 'yes' : 'no',
        ),
        { optional: true, hint: t('registration.join.nationalHint') },
      ),
    ],
  )
}

function locationInput(view: ViewContext, base: string | null, location: string | null): Block {
  const { t } = view.words
  const value = base === null ? `${locationValue.said}${location ?? ''}` : `${locationValue.base}${base}`
  const fits = location !== null && value.length <= 150
  return input('location', t('registration.join.location'), {
    type: 'external_select',
    action_id: 'registration.location',
    placeholder: plain(t('registration.join.locationHint'), 150),
    min_query_length: 0,
    ...(fits ? { initial_option: option({ text: location, value }) } : {}),
  })
}

/** The modal's answer: what was asked, and who decides. */
export function askedModal(view: ViewContext, facts: RegistrationFacts) {
  const { t } = view.words
  const values = { as: belonging(view.words, facts.registration), deciders: posts(view, facts.deciders) }
  return modal(
    'registration.asked',
    { title: t('registration.asked.title'), close: t('alert.modal.done') },
    {},
    [
      section(`✅ ${t(facts.held ? 'registration.asked.text' : 'registration.asked.vacant', values)}`),
      context(t('registration.asked.until')),
    ],
  )
}
