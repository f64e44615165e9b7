import { describe, expect, test } from 'vitest'
import type { Handover, HandoverItem } from '../../src/db/handovers.ts'
import type { Closure, Registration } from '../../src/db/registrations.ts'
import type { Closed } from '../../src/operations/compromised.ts'
import type { Person } from '../../src/operations/context.ts'
import type { ItemFacts } from '../../src/operations/handover.ts'
import type { Myself, RegistrationFacts } from '../../src/operations/registration.ts'
import { closedMessage, closedModal, closeModal } from '../../src/views/compromised.ts'
import { handoverCard, leavingModal, tableMessage } from '../../src/views/handover.ts'
import { coverageMessage, reachCard } from '../../src/views/reach.ts'
import {
  askedModal,
  decidedMessage,
  joinModal,
  joinOffer,
  meMessage,
  refuseModal,
  registrationCard,
  waitingMessage,
} from '../../src/views/registration.ts'
import { aPersonRead, RAISED_AT, tellAlert } from '../support/alert-facts.ts'
import { NASTY } from './stories.ts'
import { expectMessage, expectView, LANGUAGES, mentionsIn, mission, obeyed, viewIn } from './surface.ts'

const words = Object.entries({ ...NASTY, usual: 'Karamba base' })
const roles = mission.roles.map(({ id }, rank) => ({ role: id, sector: 'north', rank: rank % 2 }))
const keys = roles.map(({ role, sector }) => `${role}@${sector}`)

const person = (said: string): Person => ({
  ...aPersonRead(),
  userId: 'U0PERSON',
  organisation: said,
  section: said,
  location: said,
})

const facts = (said: string, change: Partial<Registration> = {}): RegistrationFacts => ({
  registration: {
    id: 'registration-1',
    personId: 'person-1',
    constituency: 'police',
    organisation: said,
    reference: null,
    section: said,
    base: null,
    location: said,
    national: null,
    askedAt: RAISED_AT,
    state: 'waiting',
    decidedAt: null,
    decidedBy: null,
    reason: null,
    ...change,
  },
  person: person(said),
  side: 'mission',
  deciders: [{ role: 'joc_watch', sector: null }],
  held: true,
  closedAt: RAISED_AT,
})
const decided = (said: string, state: 'confirmed' | 'refused' | 'superseded') =>
  facts(said, { state, decidedAt: RAISED_AT, decidedBy: 'person-2', reason: said })

const me = (said: string): Myself => ({
  person: person(said),
  roles,
  administers: 'mission',
  last: facts(said),
})

const handover: Handover = {
  id: 'handover-1',
  personId: 'person-1',
  begunBy: 'person-1',
  begunAt: RAISED_AT,
  dueAt: RAISED_AT,
  state: 'reported',
  endedAt: null,
}
const items = keys.map(
  (ref, n): HandoverItem => ({
    id: `item-${n}`,
    handoverId: handover.id,
    kind: 'role',
    ref,
    successor: n % 4 === 0 ? null : 'person-2',
    state: (['unnamed', 'offered', 'declined', 'accepted'] as const)[n % 4]!,
    answeredAt: null,
  }),
)
const itemFacts = (item: HandoverItem): ItemFacts => ({
  item,
  handover,
  leaver: person('x'),
  alert: null,
  tasking: null,
})

const closed = (n: number): Closed => ({
  person: person('x'),
  closure: {
    id: 'closure-1',
    personId: 'person-1',
    at: RAISED_AT,
    closedBy: 'person-2',
    base: null,
    constituency: 'military',
    roles: keys,
    readable: {
      alert: Array.from({ length: n }, (_, index) => `A-${1000 + index}`),
      attribution: ['A-1000'],
    },
    channels: ['C0POCNORTH', 'C0JOCWATCH'],
    sources: n,
  } satisfies Closure,
})

describe.each(LANGUAGES)('what is shown of people, in %s', language => {
  const view = viewIn(language)

  test.each(words)('Slack takes it, and obeys nobody’s words: %s', (_, said) => {
    const short = [...said].slice(0, 150).join('')
    const messages = [
      registrationCard(view, facts(short), null),
      ...(['confirmed', 'refused', 'superseded'] as const).map(state =>
        registrationCard(view, decided(short, state), person(short)),
      ),
      decidedMessage(view, decided(short, 'confirmed')),
      decidedMessage(view, decided(short, 'refused')),
      meMessage(view, me(short)),
      waitingMessage(
        view,
        'mission',
        Array.from({ length: 40 }, (_, n) => facts(short, { id: `registration-${n}` })),
      ),
      coverageMessage(view, {
        of: 'mission',
        gaps: Array(80).fill({ person: person(short), roles, askedAt: RAISED_AT }),
      }),
    ].map(expectMessage)
    for (const message of messages) mentionsIn(obeyed(message))
    expectView(joinModal(view, me(short)))
    expectView(askedModal(view, facts(short)))
    expectView(refuseModal(view, facts(short)))
    expectView({ type: 'home', blocks: joinOffer(view, me(short)) })
  })

  test('Slack takes it, however much a person holds and could read', () => {
    const raised = Array.from({ length: 60 }, (_, n) => {
      const told = tellAlert(mission, {})
      return { ...told, alert: { ...told.alert, id: `alert-${n}` } }
    })
    const holdings = {
      taskings: [],
      subscriptions: 3,
      person: person('x'),
      roles,
      waiting: keys.map(role => ({ role, alerts: raised })),
      raised,
      sources: 12,
      items: [],
    }
    expectView(leavingModal(view, holdings, null))
    expectView(leavingModal(view, { ...holdings, roles: [], waiting: [], raised: [] }, 'U1'))
    const successors = new Map([['person-2', person('x')]])
    const table = { handover, leaver: person('x'), items: items.map(itemFacts), successors }
    for (const state of ['open', 'done', 'reported'] as const)
      expectMessage(tableMessage(view, { ...table, handover: { ...handover, state } }, true))
    for (const item of items) expectMessage(handoverCard(view, itemFacts(item), 'person-2'))
    expectView(closeModal(view, [person('x')], mission.bases[0]!))
    expectView(closedModal(view, Array(60).fill(closed(500))))
    for (const n of [0, 1, 500]) expectMessage(closedMessage(view, closed(n)))
    const check = { id: 'check-1', personId: 'person-1', askedAt: RAISED_AT, dueAt: RAISED_AT }
    for (const answeredAt of [null, RAISED_AT]) expectMessage(reachCard(view, { ...check, answeredAt }))
    const gaps = Array.from({ length: 40 }, () => ({ person: person('x'), roles, askedAt: null }))
    const posts = expectMessage(coverageMessage(view, { of: 'posts', gaps }))
    expect(mentionsIn(obeyed(posts)).filter(mark => mark.startsWith('<@'))).toEqual([])
  })
})
