import { readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import { NO_FILTER } from '../../src/domain/alert-filter.ts'
import { TocsinError } from '../../src/errors.ts'
import type { Ctx } from '../../src/operations/context.ts'
import { type Desk, HOUR, openDesk } from '../support/operations.ts'

type Operation = (ctx: Ctx, ...rest: never[]) => unknown

/** What operations stand on, and no operation itself. */
const foundations = new Set(['context.ts', 'permission.ts', 'shared-records.ts', 'telling.ts', 'text.ts'])

/** What the bot does for itself: starting, and reading a record for whoever a renderer then asks about. */
const byTheBot = new Set([
  'climbAll',
  'reportUnreachable',
  'reviewVacancies',
  'scheduleDigests',
  'scheduleReach',
  'scheduleDuties',
  'channelDigest',
  'ownDigest',
  'scheduleComponentReports',
  'componentDays',
  'mayReport',
  'coverageOf',
  'entryOf',
  'factsOf',
  'gateFacts',
  'managesDrawdowns',
  'mayCountItems',
  'mayReadPosture',
  'readsNotice',
  'gatesOf',
  'seenBy',
  'earlyWarningFacts',
  'handoverTable',
  'itemFacts',
  'mayReadInquiry',
  'mayReadRegistration',
  'registrationFacts',
  'sharingRules',
  'profileFacts',
  'profileChange',
  'recordOfThread',
  'lastPatrol',
  'reportUndelivered',
  'subscribedAlerts',
  'followDeletion',
  'followEdit',
  'followMarkDeletion',
  'followMarkEdit',
  'meetingOfThread',
  'leadsCrisis',
  'quoteContext',
  'owesFeedback',
])

/** What somebody no side has confirmed may do: warn, and see who would read it, list their own alerts, ask to be let in, see what the bot knows of them. */
const forAnybody = new Set(['raise', 'previewDraft', 'listAlerts', 'askToJoin', 'joinUnnamed', 'myself'])

/** What somebody whose access was closed may do. */
const forTheClosed = new Set(['askToJoin', 'joinUnnamed', 'myself'])

const parameters = (operation: Operation): string[] =>
  (/\(([^)]*)\)/.exec(String(operation))?.[1] ?? '')
    .split(',')
    .map(name => name.trim().split(/[\s=:]/)[0] ?? '')

/** Every operation the nouns export: what takes the context of who acts. */
const operations = new Map<string, Operation>()
beforeAll(async () => {
  const folder = resolve('src/operations')
  const nouns = readdirSync(folder).filter(file => file.endsWith('.ts') && !foundations.has(file))
  for (const noun of nouns) {
    const exported: Record<string, unknown> = await import(resolve(folder, noun))
    for (const [name, value] of Object.entries(exported)) {
      if (typeof value !== 'function') continue
      const [first, ...rest] = parameters(value as Operation)
      // Timers act for the bot; what is given a reader asks the sharing rule for that reader.
      const forOthers = rest.some(parameter => ['timer', '_timer', 'reader'].includes(parameter))
      if (first === 'ctx' && !forOthers) operations.set(name, value as Operation)
    }
  }
})

/** Arguments that would do for somebody who may, about the alert of somebody else. */
function argumentsFor(operation: Operation, desk: Desk, alertId: string): never[] {
  const fields: Record<string, unknown> = {
    alertId,
    version: 1,
    slot: 'uniformed',
    urgency: 'imminent',
    place: { id: 'karamba-market' },
    outcome: 'averted',
    words: 'The patrol stays',
    why: 'Considered',
    answer: 'told',
    responder: 'mission_military',
    tier: 2,
    did: 'Patrol stays at the market',
    startedAt: desk.clock.now(),
    reason: 'other',
    layers: ['child_protection'],
    said: 'acknowledge',
    means: 'radio',
    state: 'verified',
    ground: 'partner',
    rung: 0,
    at: desk.clock.now(),
    until: desk.clock.now() + HOUR,
    who: 'Patrol Bravo',
    note: 'Nothing seen',
    what: 'Armed men moving towards the market',
    people: [{ userId: 'U0COMPANYKARAMBA' }],
    of: null,
    successors: {},
    ref: { role: 'company_duty_officer', sector: 'north' },
    constituency: 'ngo',
    organisation: 'Medics Without Limits',
    told: true,
    location: { said: 'Karamba' },
  }
  return parameters(operation)
    .slice(1)
    .map(name => {
      if (name === 'ref') return fields.ref
      if (name === 'base') return desk.mission.bases[0]
      if (name === 'words') return 'market'
      if (name === 'side') return 'mission'
      if (name === 'filter') return { ...NO_FILTER, standing: 'all' }
      if (/^(input|edit|request|draft)$/.test(name))
        return new Proxy(fields, {
          get: (known, key) => known[String(key)] ?? (String(key).endsWith('Id') ? alertId : undefined),
        })
      return name.endsWith('Id') ? alertId : undefined
    }) as never[]
}

/** What came of it: `nothing` for an empty answer, the code of a refusal, or `done`. */
async function outcome(desk: Desk, operation: Operation, ctx: Ctx, alertId: string): Promise<string> {
  try {
    const answer = await operation(ctx, ...argumentsFor(operation, desk, alertId))
    const empty = !answer || (Array.isArray(answer) && answer.length === 0)
    return empty ? 'nothing' : 'done'
  } catch (error) {
    if (!(error instanceof TocsinError)) return `broke: ${error}`
    return error.kind === 'permission' || error.kind === 'missing' ? 'refused' : error.code
  }
}

const closed = async (desk: Desk) => {
  const actor = await desk.as('company')
  if (actor.actor.kind !== 'person') throw new Error('nobody acts')
  const { person } = actor.actor
  await desk.store.write(({ people }) =>
    people.update(person.id, { constituency: null, closedAt: desk.clock.now() }),
  )
  return desk.asPerson((await desk.store.read.people.byId(person.id))!)
}

it.each([
  ['somebody no side has confirmed', (desk: Desk) => desk.stranger(), forAnybody],
  ['somebody whose access was closed', closed, forTheClosed],
] as const)(
  'every operation refuses %s, but for what is theirs, and writes nothing',
  async (_, who, open) => {
    const desk = await openDesk()
    const facts = await desk.raise()
    const ctx = await who(desk)
    const before = await desk.store.read.events.verify()
    await desk.said()
    const answers = new Map<string, string>()
    for (const [name, operation] of operations) {
      if (open.has(name) || byTheBot.has(name)) continue
      answers.set(name, await outcome(desk, operation, ctx, facts.alert.id))
    }
    expect(answers.size).toBeGreaterThan(25)
    const wrong = [...answers].filter(([, answer]) => answer !== 'refused' && answer !== 'nothing')
    expect(wrong).toEqual([])
    expect(await desk.said()).toEqual([])
    expect(await desk.store.read.events.verify()).toEqual(before)
  },
)

it.each([...forAnybody])('%s is for somebody no side has confirmed too', async name => {
  const desk = await openDesk()
  const facts = await desk.raise()
  const ctx = await desk.stranger()
  expect(await outcome(desk, operations.get(name)!, ctx, facts.alert.id)).toBe('done')
})

it('no operation named here is gone', () => {
  const names = [...forAnybody, ...forTheClosed]
  expect(names.filter(name => !operations.has(name))).toEqual([])
})
