/**
 * The rule of sharing held against the whole of what the bot says: any people, any channels, any sequence of acts, with
 * a canary word planted in each layer. After every act everything the outbox would say is rendered for each target,
 * and every private view for each person; no rendering may hold the canary of a layer its readers may not read.
 */
import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { CONSTITUENCIES, type Constituency, type Mission } from '../../src/domain/mission.ts'
import { LAYERS, mayRead, type Reader } from '../../src/domain/sharing.ts'
import { TocsinError } from '../../src/errors.ts'
import { renderers } from '../../src/jobs/rendering/index.ts'
import { createLocales } from '../../src/locales/index.ts'
import * as alerts from '../../src/operations/alert.ts'
import { recheckChannel } from '../../src/operations/channel/recheck.ts'
import { registerChannel, unregisterChannel } from '../../src/operations/channel/register.ts'
import { withdrawFrom } from '../../src/operations/channel/withdraw.ts'
import { channelReader, personReader, sharingRules } from '../../src/operations/channel.ts'
import type { Ctx } from '../../src/operations/context.ts'
import { personalDigest } from '../../src/operations/digest.ts'
import { alertCard } from '../../src/views/alert/card.ts'
import { layersModal } from '../../src/views/alert/forms.ts'
import { previewModal } from '../../src/views/alert/preview.ts'
import { readOutModal } from '../../src/views/alert/read-out.ts'
import { digestMessage } from '../../src/views/digest.ts'
import { foundMessage, waitingMessage } from '../../src/views/help.ts'
import { type Desk, openDesk, type Who } from '../support/operations.ts'

/** How many sequences; `SHARING_RUNS=5000 npx vitest run tests/operations/sharing.test.ts` for a long run. */
const RUNS = Number(process.env.SHARING_RUNS ?? 25)
const ACTS = 12

/** Words that stand in one layer alone; nothing else of the mission reads like them. */
const canary = { record: 'quagga', moved: 'zorilla', attribution: 'Ombara Defence Force' } as const
const restrictedClass = 'perpetrators*\\nState forces'

const names: Who[] = [
  'joc',
  'duty',
  'company',
  'battalion',
  'sectorHq',
  'humanRights',
  'unhcr',
  'ngo',
  'head',
]
const rooms = ['C0POCNORTH', 'C0JOCWATCH', 'C0PROTECTION'] as const
const who = fc.constantFrom(...names)
const room = fc.constantFrom(...rooms)
const nth = fc.integer({ min: 0, max: 2 })

/** What may happen, by the operation that does it; a sequence draws from these. */
const acts = {
  raise: fc.record({ by: who }),
  acknowledge: fc.record({ by: who, nth }),
  respond: fc.record({ by: who, nth }),
  watch: fc.record({ by: who, nth }),
  notActing: fc.record({ by: who, nth }),
  onSite: fc.record({ by: who, nth }),
  cannotTake: fc.record({ by: who, nth }),
  recordAnswer: fc.record({ by: who, nth }),
  addInformation: fc.record({ by: who, nth }),
  addDetails: fc.record({ by: who, nth, state: fc.boolean() }),
  correct: fc.record({ by: who, nth }),
  markForSpecialist: fc.record({
    by: who,
    nth,
    layer: fc.constantFrom('child_protection', 'sexual_violence'),
  }),
  close: fc.record({ by: who, nth }),
  withdraw: fc.record({ by: who, nth }),
  reportUnreachable: fc.record({ by: who }),
  climb: fc.record({ minutes: fc.integer({ min: 1, max: 600 }) }),
  join: fc.record({ room, stranger: fc.boolean(), by: who }),
  leave: fc.record({ room, nth: fc.integer({ min: 0, max: 6 }) }),
  belong: fc.record({ by: who, constituency: fc.constantFrom(...CONSTITUENCIES, null) }),
  openRoom: fc.record({ room, isPublic: fc.boolean() }),
  registerChannel: fc.record({ room }),
  unregisterChannel: fc.record({ room }),
  withdrawFrom: fc.record({ room }),
}
type Kind = keyof typeof acts
type Act = { kind: Kind } & Record<string, never>
const act = fc.oneof(
  ...(Object.entries(acts) as [Kind, fc.Arbitrary<object>][]).map(([kind, given]) =>
    given.map(values => ({ kind, ...values }) as unknown as Act),
  ),
)

/** Operations of alerts that say nothing of a record, or that another act stands for, as `climb` for many at a time. */
const readOnly = [
  'climbAll',
  'findAlerts',
  'waitingFor',
  'mayReadAlert',
  'readAlert',
  'readLayers',
  'previewAlert',
  'previewDraft',
]

it('every operation of an alert and of a channel takes part', () => {
  const operations = Object.entries(alerts)
    .filter(([name, value]) => typeof value === 'function' && !readOnly.includes(name))
    .map(([name]) => name)
  expect(operations.filter(name => !(name in acts))).toEqual([])
  const folder = new URL('../../src/operations/channel/', import.meta.url)
  const writing = readdirSync(folder).flatMap(file => {
    const source = readFileSync(new URL(file, folder), 'utf8')
    return [...source.matchAll(/export (?:async )?function (\w+)\(\s*ctx: Ctx,\s*(?:channelId|input)/g)].map(
      ([, name]) => name!,
    )
  })
  const known = ['recheckChannel', 'exposedNotice', ...Object.keys(acts)]
  expect(writing.length).toBeGreaterThan(2)
  expect(writing.filter(name => !known.includes(name))).toEqual([])
})

/** Kinds of outbox entries that are rendered here, or tell of no record of an alert. */
const surfaces = ['card', 'alert.line', 'digest', 'channel.exposed']
const withoutRecord = new Set([
  ...['remove', 'pin'],
  // Of people, posts and duties; the tests of each hold what they say.
  ...['registration.decided', 'handover.table', 'compromised.closed', 'reach.gaps'],
  ...['duty.line', 'duty.test', 'call_sheet'],
  // Releases and requests for information are read by those they name: held by their own tests.
  ...['release.decided', 'inquiry.answered', 'inquiry.reminder'],
])

async function perform(desk: Desk, step: Act, raised: string[]): Promise<void> {
  const given = step as unknown as Record<string, never> & { by: Who; nth: number; room: string }
  const alertId = raised[given.nth] ?? raised[0] ?? ''
  const ctx = given.by ? await desk.as(given.by) : desk.system
  const version = (await desk.store.read.alerts.byId(alertId))?.version ?? 0
  const until = desk.clock.now() + 3_600_000
  const note = `${canary.record} ${canary.moved}`
  const { channels, people } = desk.store.read
  const looked = (id: string) => ({
    isPublic: false,
    sharedWith: id === 'C0PROTECTION' ? ['T0NGO'] : [],
    at: desk.clock.now(),
  })
  const reread = async (id: string) => {
    const members = await channels.members(id)
    await desk.store.write(repos => repos.channels.setMembers(id, members, desk.clock.now()))
    await recheckChannel(desk.system, id, true)
  }
  switch (step.kind) {
    case 'raise':
      return void raised.push((await desk.raise({ what: note, how: note }, ctx)).alert.id)
    case 'acknowledge':
      return void (await alerts.acknowledge(ctx, { alertId }))
    case 'onSite':
      return void (await alerts.onSite(ctx, { alertId }))
    case 'respond':
      return void (await alerts.respond(ctx, { alertId, who: canary.record, until }))
    case 'watch':
      return void (await alerts.watch(ctx, { alertId, until, note }))
    case 'notActing':
      return void (await alerts.notActing(ctx, { alertId, reason: 'other', note }))
    case 'cannotTake':
      return void (await alerts.cannotTake(ctx, { alertId, reason: 'other', note }))
    case 'recordAnswer':
      return void (await alerts.recordAnswer(ctx, {
        alertId,
        slot: 'uniformed',
        rung: 0,
        means: 'radio',
        at: desk.clock.now(),
        said: 'acknowledge',
        note,
      }))
    case 'addInformation':
      return void (await alerts.addInformation(ctx, { alertId, note }))
    case 'addDetails':
      return void (await alerts.addDetails(ctx, {
        alertId,
        version,
        group: 'ombara_defence_force',
        ...((given as { state?: boolean }).state ? { perpetrator: 'state_forces' } : {}),
      }))
    case 'correct':
      return void (await alerts.correct(ctx, {
        alertId,
        version,
        place: { said: note },
        urgency: 'tension',
        sector: 'north',
      }))
    case 'markForSpecialist':
      return void (await alerts.markForSpecialist(ctx, {
        alertId,
        version,
        layers: [(given as { layer?: string }).layer!],
      }))
    case 'close':
      return void (await alerts.close(ctx, { alertId, outcome: 'averted', note }))
    case 'withdraw':
      return void (await alerts.withdraw(ctx, { alertId, note }))
    case 'reportUnreachable':
      return alerts.reportUnreachable(desk.system, await desk.id(given.by))
    case 'climb':
      return desk.pass((given as unknown as { minutes: number }).minutes * 60_000)
    case 'join': {
      const person = (given as unknown as { stranger: boolean }).stranger
        ? { teamId: 'T0MISSION', userId: 'U0NOBODY' }
        : (await people.byId(await desk.id(given.by)))!
      await desk.store.write(repos => repos.channels.addMember(given.room, person))
      return reread(given.room)
    }
    case 'leave': {
      const member = (await channels.members(given.room))[given.nth]
      if (member) await desk.store.write(repos => repos.channels.removeMember(given.room, member))
      return reread(given.room)
    }
    case 'belong': {
      const { constituency } = given as unknown as { constituency: Constituency | null }
      const id = await desk.id(given.by)
      return void (await desk.store.write(repos => repos.people.update(id, { constituency })))
    }
    case 'openRoom': {
      const { isPublic } = given as unknown as { isPublic: boolean }
      return void (await desk.store.write(repos => repos.channels.update(given.room, { isPublic })))
    }
    case 'registerChannel': {
      const registrar = await desk.as('pocAdviser')
      await registerChannel(registrar, {
        channelId: given.room,
        teamId: 'T0MISSION',
        purpose: given.room === 'C0POCNORTH' ? 'sector' : 'operations_centre',
        sector: given.room === 'C0POCNORTH' ? 'north' : null,
        language: 'en',
        digest: true,
        looked: looked(given.room),
      })
      return
    }
    case 'unregisterChannel':
      return void (await unregisterChannel(await desk.as('pocAdviser'), given.room))
    case 'withdrawFrom':
      return void (await withdrawFrom(await desk.as('pocAdviser'), given.room))
  }
}

/** The rule, asked a second time by hand: which canaries a reader may see of these alerts. */
async function allowed(desk: Desk, reader: Reader, raised: string[]): Promise<Set<string>> {
  const may = new Set<string>()
  for (const id of raised) {
    const facts = await desk.facts({ alert: { id } })
    const record = { ...facts.alert, named: facts.named, namesState: facts.namesState }
    const layers = LAYERS.filter(layer => mayRead(record, layer, reader, sharingRules(desk.system)))
    if (layers.includes('record')) {
      may.add(facts.alert.code)
      may.add(canary.record)
      if (facts.specialist.length === 0) may.add(canary.moved)
    }
    if (layers.includes('attribution')) may.add(canary.attribution).add(restrictedClass)
    if (facts.specialist.some(layer => layers.includes(layer))) may.add(canary.moved)
  }
  return may
}

const locales = createLocales('UTC', ['en', 'fr'])

/** @param turn which of the people are tried this time; every target of Slack is tried each time. */
async function check(desk: Desk, raised: string[], turn: number): Promise<void> {
  const { read } = desk.store
  const codes = await Promise.all(raised.map(async id => (await read.alerts.byId(id))!.code))
  const words = [...codes, ...Object.values(canary), restrictedClass]
  const table = renderers(locales)
  const readers = new Map<string, Reader>()
  for (const channel of await read.channels.all())
    readers.set(channel.id, await channelReader(read, channel, desk.clock.now()))
  for (const name of names.filter((_, index) => index % 3 === turn % 3)) {
    const person = (await read.people.byId(await desk.id(name)))!
    readers.set(`person:${person.id}`, await personReader(read, person, desk.clock.now()))
  }
  // The same thing is said to many targets; each target is tried with each thing once.
  const said = (await desk.said()).filter(({ kind }) => surfaces.includes(kind))
  const entries = new Map(said.map(each => [JSON.stringify([each.kind, each.recordId, each.data]), each]))
  for (const [target, reader] of readers) {
    const may = await allowed(desk, reader, raised)
    const rendered: unknown[] = []
    for (const { kind, recordId, data } of [...entries.values(), ...digestEntry(desk)]) {
      if (kind === 'digest' && target.startsWith('person:')) continue
      if (kind === 'channel.exposed' && !target.startsWith('person:')) continue
      const delivery = await table[kind]!(desk.system, { kind, recordId, data, target } as never, 0)
      if ('message' in delivery) rendered.push(delivery.message)
    }
    if (target.startsWith('person:')) rendered.push(...(await privately(desk, target.slice(7), raised)))
    const text = JSON.stringify(rendered)
    for (const word of words)
      if (text.includes(word) && !may.has(word)) expect.fail(`${target} reads "${word}": ${text}`)
  }
}

const digestEntry = (desk: Desk) => [
  {
    kind: 'digest',
    recordId: 'digest',
    data: { window: { from: desk.clock.now() - 86_400_000, to: desk.clock.now() }, dueAt: null },
  },
]

/** All that one person can make the bot show them. */
async function privately(desk: Desk, personId: string, raised: string[]): Promise<unknown[]> {
  const person = (await desk.store.read.people.byId(personId))!
  const ctx: Ctx = await desk.asPerson(person)
  const view = { words: locales.words('en'), mission: desk.mission as Mission, now: desk.clock.now() }
  const shown: unknown[] = []
  const attempt = async (show: () => Promise<unknown>) => {
    try {
      shown.push(await show())
    } catch (error) {
      if (!(error instanceof TocsinError)) throw error
    }
  }
  await attempt(async () => foundMessage(view, '', await alerts.findAlerts(ctx, canary.record)))
  await attempt(async () => foundMessage(view, '', await alerts.findAlerts(ctx, canary.moved)))
  await attempt(async () => waitingMessage(view, await alerts.waitingFor(ctx), person))
  await attempt(async () => digestMessage(view, await personalDigest(ctx)))
  for (const id of raised) {
    await attempt(async () => readOutModal(view, await alerts.readAlert(ctx, id)))
    await attempt(async () =>
      alertCard(view, await alerts.readAlert(ctx, id), { attribution: false, personId }),
    )
    await attempt(async () => layersModal(view, await alerts.readLayers(ctx, id)))
    await attempt(async () => previewModal(view, await alerts.previewAlert(ctx, id)))
  }
  return shown
}

it('no rendering ever holds a layer that somebody it reaches may not read', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 3, maxLength: ACTS }), async steps => {
      const desk = await openDesk()
      const raised: string[] = []
      try {
        for (const [turn, step] of [{ kind: 'raise', by: 'joc' } as unknown as Act, ...steps].entries()) {
          try {
            await perform(desk, step, raised)
          } catch (error) {
            if (!(error instanceof TocsinError)) throw error
          }
          await check(desk, raised, turn)
        }
      } finally {
        await desk.store.close()
      }
    }),
    { numRuns: RUNS },
  )
}, 600_000)

it('every kind of message is rendered here, or tells of no record', () => {
  const kinds = Object.keys(renderers(locales)).filter(kind => !withoutRecord.has(kind))
  expect(kinds.filter(kind => !surfaces.includes(kind))).toEqual([])
})
