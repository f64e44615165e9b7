import { findRole, type Language, type RoleRef, type Side, textIn } from '../domain/mission.ts'
import { JOINABLE, sideOf } from '../domain/side.ts'
import { administeringRoles } from '../operations/administrators.ts'
import type { Person } from '../operations/context.ts'
import type { Myself, RegistrationFacts } from '../operations/registration.ts'
import type { Block, Rendered } from '../ports.ts'
import {
  actions,
  brief,
  button,
  context,
  fitting,
  header,
  input,
  modal,
  option,
  plain,
  said,
  section,
  select,
  textInput,
} from './blocks.ts'
import { role, type ViewContext } from './context.ts'
import { leaveUnnamed } from './partner.ts'
import { belonging, personName } from './person.ts'

/** The marks by which a chosen base tells itself from words as said. */
export const locationValue = { base: 'base:', said: 'said:' } as const
/** Requests one list shows, and how many characters they may take together. */
const SHOWN = 8
const ROOM = 5500

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

/** A request, for an administrator of the side it was put to. */
export function registrationCard(
  view: ViewContext,
  facts: RegistrationFacts,
  decider: Person | null,
): Rendered {
  const { t } = view.words
  const { registration, person } = facts
  const name = personName(view.words, { ...person, constituency: registration.constituency })
  const values = { name, as: belonging(view.words, registration) }
  const waiting = registration.state === 'waiting'
  return {
    text: t(waiting ? 'registration.card.spoken' : 'registration.card.spokenDecided', values),
    blocks: [
      header(t('registration.card.title')),
      section([t('registration.card.text', values), ...details(view, facts)].join('\n')),
      ...(waiting
        ? [decisionButtons(view, registration.id, registration.reference), context(askedAt(view, facts))]
        : [
            ...(registration.reference === null
              ? []
              : [actions('registration', [whichButton(view, registration.reference)])]),
            context(stateText(view, facts, decider)),
          ]),
    ],
  }
}

function details(view: ViewContext, { registration, person, closedAt }: RegistrationFacts): string[] {
  const { t, dateTime } = view.words
  const { national, state } = registration
  const answer =
    national === null ? 'registration.card.notSaid' : `registration.join.${national ? 'yes' : 'no'}`
  return [
    t('registration.card.national', { answer: t(answer) }),
    ...(state === 'waiting' && person.constituency
      ? [t('registration.card.change', { before: belonging(view.words, person) })]
      : []),
    ...(closedAt === null ? [] : [t('registration.card.closed', { at: dateTime(closedAt) })]),
  ]
}

const askedAt = (view: ViewContext, { registration }: RegistrationFacts): string =>
  view.words.t('registration.card.askedAt', { at: view.words.dateTime(registration.askedAt) })

function decisionButtons(view: ViewContext, id: string, reference: string | null): Block {
  const { t } = view.words
  return actions('registration', [
    button(t('registration.card.confirm'), 'registration.confirm', id, { style: 'primary' }),
    button(t('registration.card.refuse'), 'registration.refuse', id, { style: 'danger' }),
    ...(reference === null ? [] : [whichButton(view, reference)]),
  ])
}

const whichButton = (view: ViewContext, reference: string): object =>
  button(view.words.t('partner.which'), 'partner.which', reference)

function stateText(view: ViewContext, { registration }: RegistrationFacts, decider: Person | null): string {
  const { t, dateTime } = view.words
  return t(`registration.card.state.${registration.state}`, {
    name: decider ? personName(view.words, decider) : '–',
    at: dateTime(registration.decidedAt ?? registration.askedAt),
    reason: said(registration.reason ?? ''),
  })
}

/** Why a request is refused. */
export function refuseModal(view: ViewContext, facts: RegistrationFacts) {
  const { t } = view.words
  return modal(
    'registration.refuse',
    {
      title: t('registration.refuse.title'),
      submit: t('registration.refuse.submit'),
      close: t('alert.modal.cancel'),
    },
    { registrationId: facts.registration.id },
    [
      section(
        t('registration.card.text', {
          name: personName(view.words, facts.person),
          as: belonging(view.words, facts.registration),
        }),
      ),
      input('reason', t('registration.refuse.reason'), textInput('reason', { multiline: true, max: 500 }), {
        hint: t('registration.refuse.reasonHint'),
      }),
    ],
  )
}

/** What the side decided, to the person who asked; null while it waits. */
export function decidedMessage(view: ViewContext, facts: RegistrationFacts): Rendered | null {
  const { registration } = facts
  if (registration.state !== 'confirmed' && registration.state !== 'refused') return null
  const text = view.words.t(`registration.decided.${registration.state}`, {
    as: belonging(view.words, registration),
    prefix: view.mission.commandPrefix,
    reason: said(registration.reason ?? ''),
    deciders: posts(view, facts.deciders),
  })
  const again = registration.state === 'refused' ? [joinActions(view)] : []
  return { text, blocks: [section(text), ...again] }
}

/** `/poc me`: what the bot knows of a person, to them alone. */
export function meMessage(view: ViewContext, { person, roles, administers, last }: Myself): Rendered {
  const { t, list, dateTime } = view.words
  const held = roles.map(ref =>
    ref.rank === 0 ? role(view, ref) : t('registration.me.alternate', { role: role(view, ref) }),
  )
  const confirmed = person.constituency !== null
  const unnamed = person.reference !== null
  const lines = [
    confirmed ? t('registration.me.as', { as: belonging(view.words, person) }) : t('registration.me.nobody'),
    ...(confirmed
      ? [
          t('registration.me.national', {
            answer: t(person.national ? 'registration.join.yes' : 'registration.join.no'),
          }),
        ]
      : []),
    held.length > 0 ? t('registration.me.roles', { roles: list(held) }) : t('registration.me.noRoles'),
    t('registration.me.language', { language: view.words.language, zone: view.words.zone }),
  ]
  const waits =
    last?.registration.state === 'waiting'
      ? t('registration.me.waits', {
          at: dateTime(last.registration.askedAt),
          as: belonging(view.words, last.registration),
        })
      : null
  const buttons = confirmed
    ? actions('me', [
        button(t('registration.me.change'), 'registration.join', 'change'),
        button(t('registration.me.leave'), 'handover.open', 'self'),
      ])
    : joinActions(view, waits !== null)
  const leaving = unnamed ? [leaveUnnamed(view)] : []
  return {
    text: `${t('registration.me.title')}. ${lines[0]}`,
    blocks: [
      header(t('registration.me.title')),
      section(lines.join('\n')),
      ...(waits ? [section(waits)] : []),
      ...(unnamed && confirmed ? [] : [buttons]),
      ...leaving,
      ...(administers
        ? [
            section(
              t('registration.me.administers', {
                side: t(`registration.side.${administers}`),
                prefix: view.mission.commandPrefix,
              }),
            ),
          ]
        : []),
      context(t('registration.me.note')),
    ],
  }
}

/** `/poc people`: requests that wait for an administrator's side. */
export function waitingMessage(view: ViewContext, side: Side, waiting: RegistrationFacts[]): Rendered {
  const { t } = view.words
  const count =
    waiting.length === 0
      ? t('registration.people.none')
      : t('registration.people.count', { count: waiting.length })
  const texts = waiting.slice(0, SHOWN).map(facts => {
    const name = personName(view.words, facts.person)
    const as = belonging(view.words, facts.registration)
    return [t('registration.card.text', { name, as }), ...details(view, facts)].join('\n')
  })
  const { shown } = fitting(texts, ROOM)
  const more = waiting.length - shown.length
  return {
    text: count,
    blocks: [
      header(t('registration.people.title', { side: t(`registration.side.${side}`) })),
      section(count),
      ...shown.flatMap((text, index) => {
        const { id = '', reference = null } = waiting[index]?.registration ?? {}
        return [section(text), { ...decisionButtons(view, id, reference), block_id: `r-${id}` }]
      }),
      ...(more > 0 ? [context(t('registration.people.more', { count: more }))] : []),
    ],
  }
}

/** The names of posts, each once, as one list; a post of several sectors is named without them. */
export function posts(view: ViewContext, refs: readonly RoleRef[]): string {
  const language = view.words.language as Language
  const names = refs.map(ref => {
    const known = findRole(view.mission, ref.role)
    return known ? textIn(known.name, language) : ref.role
  })
  return view.words.list([...new Set(names)].map(name => brief(name, 80)))
}
