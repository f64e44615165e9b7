import fc from 'fast-check'
import type { CallbackFacts } from '../../../src/operations/callback/facts.ts'
import { callbackFacts } from '../../../src/operations/callback/facts.ts'
import * as callbacks from '../../../src/operations/callback.ts'
import { receive } from '../../../src/operations/intake.ts'
import { callbacksModal, waitingCallbacks } from '../../../src/views/callback.ts'
import {
  addModal,
  callbackRaiseModal,
  noAnswerModal,
  notWarningModal,
  showModal,
  whoseModal,
} from '../../../src/views/callback-forms.ts'
import { act, type Noun } from '../noun.ts'
import { note, nth, type World, who } from '../world.ts'

/** What somebody in the field wrote, and the end of the number they wrote from. */
const sealed = { words: 'axolotl', number: '770004711' } as const

async function made({ desk, made: { callback = [] } }: World): Promise<CallbackFacts[]> {
  const { read } = desk.store
  const rows = await Promise.all(callback.map(id => read.callbacks.byId(id)))
  return Promise.all(rows.filter(row => row !== null).map(row => callbackFacts(desk.system, read, row)))
}

/** Whoever may call back comes in often enough: the duty officer and the operations centre stand the upper rungs. */
const onCallback = fc.record({ by: who, nth })

const eachOf = (world: World): string[] => world.made.callback ?? []

export const noun: Noun = {
  lives: {
    'a text that nobody calls back': [
      ['receive', { to: '+999205550901' }],
      ['climb', 600],
    ],
  },
  acts: {
    receive: act(
      fc.record({ to: fc.constantFrom('+999205550901', '+999205550903', null) }),
      async (world, { to }) => {
        const { callbackId } = await receive(world.desk.system, {
          gateway: 'sms',
          id: null,
          kind: 'text',
          from: `+999${sealed.number}`,
          to,
          text: `${sealed.words} ${world.desk.clock.now()}`,
          sentAt: null,
        })
        if (callbackId && !eachOf(world).includes(callbackId)) world.add('callback', callbackId)
      },
    ),
    raiseFromCallback: act(onCallback, async (world, given) => {
      const { alert } = await callbacks.raiseFromCallback(await world.as(given.by), {
        callbackId: world.pick('callback', given.nth),
        what: note,
        place: { id: 'karamba-market' },
        urgency: 'imminent',
      })
      world.add('alert', alert.id)
    }),
    addFromCallback: act(onCallback, async (world, given) =>
      callbacks.addFromCallback(await world.as(given.by), {
        callbackId: world.pick('callback', given.nth),
        alertId: world.pick('alert', given.nth),
        what: note,
      }),
    ),
    tryAgain: act(onCallback, async (world, given) =>
      callbacks.tryAgain(await world.as(given.by), {
        callbackId: world.pick('callback', given.nth),
        at: world.desk.clock.now() + 600_000,
      }),
    ),
    notWarning: act(onCallback, async (world, given) =>
      callbacks.notWarning(await world.as(given.by), {
        callbackId: world.pick('callback', given.nth),
        reason: 'test',
      }),
    ),
    decideNumber: act(onCallback, async (world, given) =>
      callbacks.decideNumber(await world.as(given.by), {
        callbackId: world.pick('callback', given.nth),
        verdict: 'nobody',
      }),
    ),
  },
  apart: {
    renewCallbackCard: 'renders a card anew, which every step does here',
    callbackDue: 'a timer, which `climb` fires',
    openContact: 'for the moment of sending, and for `showCallback`',
    callbackFacts: 'what surrounds a call back, for a renderer that then asks who may call',
    reportText: 'what a gateway says became of a text; tells of no record',
  },
  async words(world) {
    return [...(await made(world)).map(({ callback }) => callback.code), ...Object.values(sealed)]
  },
  async allowed(world, reader) {
    const may = new Set<string>()
    if (reader.kind !== 'person') return may
    for (const { callback, handlers } of await made(world)) {
      if (!handlers.includes(reader.personId)) continue
      for (const word of [callback.code, ...Object.values(sealed)]) may.add(word)
    }
    return may
  },
  renders: ['card:callback', 'callback.line'],
  onlyTo: { 'card:callback': 'person', 'callback.line': 'person' },
  silent: {
    'intake.reply': 'goes to a telephone and holds the one word of the mission file',
  },
  opens: {
    myCallbacks: (_, { ctx, person, view, see }) =>
      see(async () => {
        const mine = await callbacks.myCallbacks(ctx)
        return [callbacksModal(view, mine, person.id), waitingCallbacks(view, mine, person.id)]
      }),
    async readCallback(world, { ctx, view, see }) {
      for (const id of eachOf(world)) {
        await see(async () => noAnswerModal(view, await callbacks.readCallback(ctx, id)))
        await see(async () => notWarningModal(view, await callbacks.readCallback(ctx, id)))
        await see(async () => whoseModal(view, await callbacks.readCallback(ctx, id), []))
        await see(async () => addModal(view, await callbacks.readCallback(ctx, id), null))
      }
    },
    async showCallback(world, { ctx, person, view, see }) {
      for (const callbackId of eachOf(world)) {
        await see(async () => showModal(view, await callbacks.showCallback(ctx, { callbackId }), person.id))
        await see(async () => callbackRaiseModal(view, await callbacks.showCallback(ctx, { callbackId })))
      }
    },
  },
}
