import fc from 'fast-check'
import type { Suspension } from '../../../src/db/gates.ts'
import { ESCORT_MEANS, SUPPORTS } from '../../../src/domain/gate.ts'
import { mayRead, type Reader } from '../../../src/domain/sharing.ts'
import { sharingRules } from '../../../src/operations/channel.ts'
import * as gates from '../../../src/operations/gate.ts'
import { entryChoice } from '../../../src/views/gate/lists.ts'
import {
  askModal,
  assessmentModal,
  decideModal,
  figuresMessage,
  gateCard,
  gatesMessage,
  proceedModal,
  registerMessage,
  suspendedMessage,
} from '../../../src/views/gate.ts'
import type { Who } from '../../support/operations.ts'
import { act, type Noun } from '../noun.ts'
import { nth, type World, who } from '../world.ts'

/** Words of each field, one per kind, and the district and days of an escort, that stand nowhere else. */
const words = {
  unit: 'kezubrig brigade',
  commander: 'sitavosk',
  assessment: 'lechovim',
  harm: 'elandrok',
  purpose: 'hartevoos',
  weighed: 'bushvolen',
  project: 'oribazan well',
  askedBy: 'duikeral',
  reason: 'springovar',
  suspended: 'steenovic',
  ahead: 'klipovast',
} as const
const FIRST_DAY = '2031-03-17'
const planted = [...Object.values(words), FIRST_DAY]

const templates = ['due_diligence', 'consultation', 'escort', 'quick_impact', 'returns'] as const
/** Of every kind somebody who may ask, and anybody. */
const askers: Record<(typeof templates)[number], Who[]> = {
  due_diligence: ['humanRights'],
  consultation: ['forceHq', 'sectorHq'],
  escort: ['ngo', 'unhcr'],
  quick_impact: ['duty', 'company'],
  returns: ['duty', 'head'],
}

const fieldsOf = {
  due_diligence: { unit: words.unit, commander: words.commander, assessment: words.assessment },
  consultation: { reference: words.harm, harm: words.harm, contact: words.harm },
  escort: Object.fromEntries(
    ['purpose', 'need', 'authorities', 'safety', 'sustainability', 'triedHow', 'accessNow', 'spaceLater'].map(
      id => [id, id === 'purpose' ? words.purpose : words.weighed],
    ),
  ),
  quick_impact: { project: words.project, askedBy: words.askedBy, harm: words.askedBy },
  returns: { movement: words.project, pressure: words.askedBy, unmet: words.askedBy },
}

async function made({ desk, made: { gate = [] } }: World): Promise<gates.GateFacts[]> {
  const rows = await Promise.all(gate.map(id => desk.store.read.gates.byId(id)))
  return Promise.all(
    rows.filter(row => row !== null).map(row => gates.gateFacts(desk.system, desk.store.read, row)),
  )
}

async function suspensions({ desk, made: { suspension = [] } }: World): Promise<Suspension[]> {
  const rows = await Promise.all(suspension.map(id => desk.store.read.suspensions.byId(id)))
  return rows.filter(row => row !== null)
}

/** What is written of a gate, by who may read it, worked out from the table of 5B once more. */
function reads(
  world: World,
  { gate, deciders, asker, unitPeople, command, acts }: gates.GateFacts,
  reader: Reader,
) {
  const may = (audience: readonly string[], people: readonly { id: string }[]) =>
    mayRead(
      { holder: gate.holder, audience: audience as never, named: people.map(({ id }) => id) },
      'record',
      reader,
      sharingRules(world.desk.system),
    )
  const both = [asker, ...deciders]
  const mission = ['military', 'police', 'mission_civilian', 'human_rights']
  switch (gate.kind) {
    case 'due_diligence': {
      const closed = may(['human_rights'], both)
      return { open: may(mission, both), command: closed || may([], [...both, ...command]), closed }
    }
    case 'consultation': {
      const all = may([], [...both, ...command])
      return { open: all, command: all, closed: all }
    }
    case 'escort': {
      const endorsed = acts.some(({ act }) => act === 'endorsed')
      const all = may([], endorsed ? [...both, ...unitPeople] : both)
      return { open: all, command: all, closed: may([], both) }
    }
    case 'opinion':
    case 'returns':
      return { open: may(mission, both), command: false, closed: may([], both) }
  }
}

export const noun: Noun = {
  lives: {
    'an escort that is returned for want of what was tried, and asked for again': [
      ['askGate', { by: 'ngo', template: 'escort', nth: 0, tried: true }],
      ['decideGate', { able: true, nth: 0, which: 0, says: 1 }],
      ['askGateAgain', { by: 'ngo', nth: 0 }],
    ],
    'the humanitarian view before force: a concern, and the operation goes ahead with it on record': [
      ['askGate', { by: 'forceHq', template: 'consultation', nth: 0, tried: false }],
      ['decideGate', { able: true, nth: 0, which: 0, says: 1 }],
      ['suspend', { by: 'ocha', nth: 0 }],
      ['proceedGate', { by: 'leadership', nth: 0, asker: false }],
      ['restartSuspended', { by: 'ocha', nth: 0 }],
    ],
  },
  acts: {
    askGate: act(
      fc.record({ by: fc.option(who), template: fc.constantFrom(...templates), nth, tried: fc.boolean() }),
      async (world, { by, template, nth: which, tried }) => {
        const able = askers[template]
        const about = {
          due_diligence: SUPPORTS[0],
          escort: ESCORT_MEANS[0],
          quick_impact: 'quick_impact',
          consultation: null,
          returns: null,
        }[template]
        world.desk.clock.set(Math.max(world.desk.clock.now(), Date.parse('2031-03-01T00:00:00Z')))
        const { gate } = await gates.askGate(await world.as(by ?? able[which % able.length]!), {
          template,
          about,
          fields: fieldsOf[template],
          district: 'Karamba',
          days: 3,
          fromDay: FIRST_DAY,
          toDay: '2031-03-18',
          tried: !tried ? [] : [template === 'returns' ? 'informed' : 'acceptance'],
        })
        world.add('gate', gate.id)
      },
    ),
    askGateAgain: act(fc.record({ by: who, nth }), async (world, { by, nth: which }) =>
      gates.askGateAgain(await world.as(by), {
        gateId: world.pick('gate', which),
        template: 'escort',
        fields: fieldsOf.escort,
        fromDay: FIRST_DAY,
        toDay: '2031-03-18',
        tried: ['remote'],
      }),
    ),
    decideGate: act(
      fc.record({ by: who, able: fc.boolean(), nth, which: nth, says: nth }),
      async (world, given) => {
        const facts = (await made(world))[given.nth]
        const able =
          given.able && facts ? [...facts.deciders, ...facts.unitPeople, facts.asker][given.which] : null
        const ctx = able ? await world.desk.asPerson(able) : await world.as(given.by)
        const seen = await gates.readGate(ctx, facts?.gate.id ?? '')
        return gates.decideGate(ctx, {
          gateId: facts?.gate.id ?? '',
          decision: seen.decisions[given.says] ?? 'cleared',
          reason: words.reason,
          expiresDay: '2031-04-30',
        })
      },
    ),
    proceedGate: act(fc.record({ by: who, nth, asker: fc.boolean() }), async (world, given) => {
      const facts = (await made(world))[given.nth]
      const ctx = given.asker && facts ? await world.desk.asPerson(facts.asker) : await world.as(given.by)
      return gates.proceedGate(ctx, { gateId: facts?.gate.id ?? '', reason: words.reason })
    }),
    suspend: act(fc.record({ by: who, nth }), async (world, { by, nth: which }) => {
      const row = await gates.suspend(await world.as(by), {
        gateId: world.pick('gate', which),
        what: words.suspended,
        restartDay: '2031-03-20',
      })
      world.add('suspension', row.id)
    }),
    restartSuspended: act(fc.record({ by: who, nth }), async (world, { by, nth: which }) =>
      gates.restartSuspended(await world.as(by), { suspensionId: world.pick('suspension', which) }),
    ),
    'goes ahead of a gate': act(fc.record({ by: who }), async (world, { by }) => {
      const ctx = await world.as(by)
      await world.desk.store.write(tx =>
        gates.requireGates(
          { ...ctx, tx },
          {
            kind: 'tasking',
            id: 'T-ahead',
            needs: ['due_diligence'],
            side: 'mission',
            accountable: null,
            exemption: 'dialogue',
            reason: words.ahead,
          },
        ),
      )
    }),
  },
  apart: {
    gatesWaiting: 'a part of the list, opened with `listGates`',
    gateFacts: 'reads for whoever then asks the rule',
    seenBy: 'reads for whoever then asks the rule',
    mayReadGate: 'the rule itself, for a renderer',
    callersFirst: 'the rule itself, for a renderer',
    gatesOf: 'how gates stand towards a record, without their words',
    gatesOnCard: 'asks the rule for the reader of a tasking’s card, which is tried',
    changeEntry: 'says nothing of a gate; how it stands shows on the tasking’s card',
    clockRanOut: 'a timer, which `climb` fires',
    gateExpired: 'a timer, which `climb` fires',
    forgetGateWindow: 'a timer, which `climb` fires',
    gatesAsked: 'a part of `listGates`, which is tried',
    gatesToAsk: 'forms of the mission file, of no record',
  },
  async words(world) {
    const codes = (await made(world)).map(({ gate }) => gate.code)
    return [...codes, ...(await suspensions(world)).map(({ code }) => code), ...planted]
  },
  async allowed(world, reader) {
    const may = new Set<string>()
    const { desk } = world
    for (const facts of await made(world)) {
      const { open, command, closed } = reads(world, facts, reader)
      const { gate } = facts
      if (open)
        for (const word of [gate.code, gate.words.unit, gate.words.project, gate.words.movement])
          if (word) may.add(word)
      if (command)
        for (const word of [gate.words.commander, gate.words.purpose, gate.fromDay]) if (word) may.add(word)
      if (closed)
        for (const word of [...Object.values(gate.words), gate.fromDay, words.reason]) if (word) may.add(word)
    }
    if (reader.kind !== 'person' || reader.personId === '') return may
    const person = (await desk.store.read.people.byId(reader.personId))!
    const roles = reader.roles.map(({ role }) => role)
    for (const row of await suspensions(world)) {
      const holdsPost = row.as !== null && roles.includes(row.as.split('@')[0]!)
      const commands = !person.national && roles.some(role => desk.mission.layers.command.includes(role))
      if (row.by === person.id || holdsPost || commands) may.add(row.code).add(words.suspended)
    }
    const decides = desk.mission.gates.find(({ id }) => id === 'due_diligence')!.decides
    if (roles.includes(decides)) may.add(words.ahead)
    return may
  },
  renders: ['card:gate', 'card:suspension', 'gate.line', 'gate.call_first', 'gate.ahead'],
  onlyTo: Object.fromEntries(
    ['card:gate', 'card:suspension', 'gate.line', 'gate.call_first', 'gate.ahead'].map(kind => [
      kind,
      'person',
    ]),
  ),
  opens: {
    listGates: (_, { ctx, view, see }) =>
      see(async () =>
        gatesMessage(view, {
          waiting: await gates.gatesWaiting(ctx),
          others: await gates.listGates(ctx),
          opens: await gates.gatesToAsk(ctx),
        }),
      ),
    async readGate({ desk, made: { gate = [] } }, { ctx, view, see }) {
      for (const id of gate) {
        await see(async () => gateCard(view, await gates.readGate(ctx, id)))
        await see(async () => decideModal(view, await gates.readGate(ctx, id)))
        await see(async () => proceedModal(view, await gates.readGate(ctx, id)))
        await see(async () => {
          const seen = await gates.readGate(ctx, id)
          const mine = seen.facts.asker.id === (ctx.actor.kind === 'person' ? ctx.actor.person.id : '')
          return mine ? askModal(view, seen.facts.template ?? desk.mission.gates[0]!, seen) : null
        })
      }
    },
    async readAssessment({ made: { gate = [] } }, { ctx, view, see }) {
      for (const id of gate) await see(async () => assessmentModal(view, await gates.readAssessment(ctx, id)))
    },
    async findGate(world, { ctx, view, see }) {
      for (const { gate } of await made(world))
        await see(async () => gateCard(view, await gates.findGate(ctx, gate.code)))
    },
    registerEntries: (_, { ctx, view, see }) =>
      see(async () => {
        const entries = await gates.registerEntries(ctx)
        return [registerMessage(view, entries), entries.map(entry => entryChoice(view, entry))]
      }),
    suspended: (_, { ctx, view, see }) => see(async () => suspendedMessage(view, await gates.suspended(ctx))),
    escortFigures: (_, { ctx, view, see }) =>
      see(async () => figuresMessage(view, await gates.escortFigures(ctx))),
  },
}
