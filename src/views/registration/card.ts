import type { Side } from '../../domain/mission.ts'
import type { Person } from '../../operations/context.ts'
import type { RegistrationFacts } from '../../operations/registration.ts'
import type { Block, Rendered } from '../../ports.ts'
import {
  actions,
  button,
  context,
  fitting,
  header,
  input,
  modal,
  said,
  section,
  textInput,
} from '../blocks.ts'
import type { ViewContext } from '../context.ts'
import { belonging, personName } from '../person.ts'
import { joinActions } from './join.ts'
import { posts } from './posts.ts'

/** Requests one list shows, and how many characters they may take together. */
const SHOWN = 8
const ROOM = 5500

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

export const askedAt = (view: ViewContext, { registration }: RegistrationFacts): string =>
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
