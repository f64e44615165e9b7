import fc from 'fast-check'
import { mayRead } from '../../../src/domain/sharing.ts'
import { readAlert } from '../../../src/operations/alert.ts'
import { sharingRules } from '../../../src/operations/channel.ts'
import {
  amendResponse,
  type ResponseInput,
  readResponse,
  recordResponse,
  withdrawResponse,
} from '../../../src/operations/response.ts'
import { responseModal, responsesModal } from '../../../src/views/response.ts'
import { act, type Noun } from '../noun.ts'
import { readsAlert } from '../reads.ts'
import { note, nth, type World, who } from '../world.ts'

/** A partner's words about a response that it shows to its own side alone, or to all who read the alert. */
const own = 'okapi'
const open = 'potto'

const said = async (world: World, by: Parameters<World['as']>[0], hide: boolean): Promise<ResponseInput> => {
  const ctx = await world.as(by)
  const constituency = ctx.actor.kind === 'person' ? ctx.actor.person.constituency : null
  const partner = constituency === 'un_agency' || constituency === 'ngo'
  return {
    responder: partner ? 'humanitarian_partner' : 'mission_military',
    readers: hide ? 'own_side' : 'alert',
    tier: 2,
    did: partner ? (hide ? own : open) : note,
    who: partner ? null : note,
    startedAt: world.desk.clock.now(),
  }
}
const version = async (world: World, id: string) =>
  (await world.desk.store.read.responses.byId(id))?.version ?? 0

export const noun: Noun = {
  acts: {
    recordResponse: act(fc.record({ by: who, nth, hide: fc.boolean() }), async (world, { by, nth, hide }) => {
      const { response } = await recordResponse(await world.as(by), {
        ...(await said(world, by, hide)),
        alertId: world.pick('alert', nth),
      })
      world.add('response', response.id)
    }),
    amendResponse: act(fc.record({ by: who, nth, hide: fc.boolean() }), async (world, { by, nth, hide }) => {
      const responseId = world.pick('response', nth)
      return amendResponse(await world.as(by), {
        ...(await said(world, by, hide)),
        responseId,
        version: await version(world, responseId),
      })
    }),
    withdrawResponse: act(fc.record({ by: who, nth }), async (world, { by, nth }) => {
      const responseId = world.pick('response', nth)
      return withdrawResponse(await world.as(by), { responseId, version: await version(world, responseId) })
    }),
  },
  words: async () => [own, open],
  async allowed(world, reader) {
    const may = new Set<string>()
    // What was said of a response before it was withdrawn still stands, and its readers stay the same.
    const rows = await world.desk.store.read.responses.byIds(world.made.response ?? [])
    const rules = sharingRules(world.desk.system)
    for (const facts of await world.alerts()) {
      if (!readsAlert(world, facts, 'record', reader)) continue
      const { alert, namesState } = facts
      for (const { did, holder, audience, recordedBy } of rows.filter(
        ({ alertId }) => alertId === alert.id,
      )) {
        const withAlert = alert.audience.every(constituency => audience.includes(constituency))
        const alone = { holder, audience, named: [recordedBy], namesState }
        if (did !== null && (withAlert || mayRead(alone, 'record', reader, rules))) may.add(did)
      }
    }
    return may
  },
  renders: ['response.line'],
  apart: {
    asReadBy: 'the rule itself, for renderers',
    mayKeepRecord: 'a permission',
  },
  opens: {
    async readResponse(world, { ctx, view, see }) {
      for (const alertId of world.made.alert ?? [])
        await see(async () =>
          responsesModal(view, await readAlert(ctx, alertId), { record: true, change: () => true }),
        )
      for (const id of world.made.response ?? [])
        await see(async () => {
          const { response: row, facts } = await readResponse(ctx, id)
          const { responder, startedAt, arrivedAt, who, actId } = row
          const form = { row, responders: [], responder, startedAt, arrivedAt, who, actId }
          return responseModal(view, facts, { ...form, organisation: null, roles: [] })
        })
    },
  },
}
