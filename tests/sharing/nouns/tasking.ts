import fc from 'fast-check'
import { TASKING_ACTS } from '../../../src/domain/tasking.ts'
import { EVERY_TASKING } from '../../../src/domain/tasking-filter.ts'
import { actorAsReader } from '../../../src/operations/alert/reading.ts'
import * as taskings from '../../../src/operations/tasking.ts'
import { taskingCard } from '../../../src/views/tasking/card.ts'
import { taskingCalendar, taskingColumns } from '../../../src/views/tasking/files.ts'
import {
  actModal,
  aheadModal,
  amendModal,
  handOnModal,
  recordedTaskingModal,
  snoozeModal,
} from '../../../src/views/tasking/forms.ts'
import {
  askedRequestBlocks,
  scorecardMessage,
  taskingListModal,
  waitingTaskingBlocks,
} from '../../../src/views/tasking/list.ts'
import { taskingLine } from '../../../src/views/tasking/phrases.ts'
import { act, type Noun } from '../noun.ts'
import { readsTasking } from '../reads.ts'
import { nth, type World, who } from '../world.ts'

const planted = { open: 'redunca', restricted: 'vaalribok', request: 'ourebian', words: 'reedbuck' } as const
const HOUR = 3_600_000

async function made({ desk, made: { tasking = [] } }: World) {
  const rows = await desk.store.read.taskings.byIds(tasking)
  return taskings.factsOfTaskings(desk.store.read, desk.mission, desk.clock.now(), rows)
}

const targets = [
  'company_duty_officer@north',
  'sector_operations@north',
  'field_office_duty_officer@north',
  'ngo',
  'un_agency',
  'human_rights_officer',
]

export const noun: Noun = {
  lives: {
    'support that nothing clears, and a threat that cannot wait for it': [
      [
        'task',
        {
          by: 'head',
          to: 'field_office_duty_officer@north',
          restricted: false,
          fromAlert: false,
          supports: true,
        },
      ],
      ['goAhead', { by: 'joc', nth: 0 }],
    ],
  },
  acts: {
    task: act(
      fc.record({
        by: fc.constantFrom('joc', 'head', 'battalion', 'pocAdviser' as const, 'leadership' as const),
        to: fc.constantFrom(...targets),
        restricted: fc.boolean(),
        fromAlert: fc.boolean(),
        supports: fc.boolean(),
        nth,
      }),
      async (world, given) => {
        const alertId = given.fromAlert ? world.pick('alert', given.nth) : ''
        const asked = given.to === 'ngo' || given.to === 'un_agency' || given.to.startsWith('human')
        const facts = await taskings.task(await world.as(given.by as never), {
          origin: alertId ? { kind: 'alert', id: alertId } : { kind: 'none', id: null },
          role: given.by === 'pocAdviser' ? 'poc_adviser' : null,
          to: given.to,
          result: asked ? planted.request : given.restricted ? planted.restricted : planted.open,
          tier: asked ? 3 : 2,
          dueAt: world.desk.clock.now() + 30 * HOUR,
          restricted: given.restricted,
          support: given.supports ? 'missing' : null,
        })
        world.add('tasking', facts.tasking.id)
      },
    ),
    amend: act(fc.record({ by: who, nth }), async (world, given) => {
      const row = await world.desk.store.read.taskings.byId(world.pick('tasking', given.nth))
      return taskings.amend(await world.as(given.by), {
        taskingId: row?.id ?? '',
        version: row?.version ?? 0,
        result: row?.result ?? '',
        dueAt: world.desk.clock.now() + 50 * HOUR,
        steps: '',
      })
    }),
    answerTasking: act(
      fc.record({ by: who, nth, kind: fc.constantFrom(...TASKING_ACTS) }),
      async (world, given) =>
        taskings.answerTasking(await world.as(given.by), {
          taskingId: world.pick('tasking', given.nth),
          act: given.kind,
          words: planted.words,
        }),
    ),
    recordTasking: act(fc.record({ by: who, nth }), async (world, given) =>
      taskings.recordTasking(await world.as(given.by), {
        taskingId: world.pick('tasking', given.nth),
        act: 'done',
        words: planted.words,
        means: 'radio',
        at: world.desk.clock.now(),
      }),
    ),
    goAhead: act(fc.record({ by: who, nth }), async (world, given) =>
      taskings.goAhead(await world.as(given.by), {
        taskingId: world.pick('tasking', given.nth),
        ground: 'imminent_threat',
        reason: planted.words,
      }),
    ),
    handOn: act(fc.record({ by: who, to: who, nth }), async (world, given) => {
      const to = await world.desk.store.read.people.byId(await world.desk.id(given.to))
      return taskings.handOn(await world.as(given.by), {
        taskingId: world.pick('tasking', given.nth),
        to: { userId: to!.userId, teamId: to!.teamId },
      })
    }),
  },
  apart: {
    stepDone: 'says nothing that the card does not; its own tests hold it',
    reassign: 'handOn for several',
    renewTaskingCard: 'renders a card that stands anew',
    filtered: 'what `listTaskings` shows a page of',
    requestTaskingFile: 'the file holds what `listTaskings` shows, tried with it',
    digestTaskings: 'part of the digests, which are tried with alerts',
    taskingCount: 'part of the card of an alert',
    askingRoles: 'names posts and no record',
    rolesFor: 'names posts and no record',
    targetsFor: 'names posts and no record',
    targetStanding: 'names who stands a post and no record',
    keepsCentre: 'asks for a post',
    partiesOf: 'asks for posts',
    originFacts: 'reads by the rule of the noun it comes from',
    mayReadTasking: 'the rule itself, for a renderer',
    taskingCardReader: 'what a card offers to its reader; tried with every card',
    snooze: 'moves a time; what it shows is a card, which is tried with every card',
    fireReminder: 'a timer, which `climb` fires',
  },
  async words(world) {
    return [...(await made(world)).map(({ tasking }) => tasking.code), ...Object.values(planted)]
  },
  async allowed(world, reader) {
    const may = new Set<string>()
    for (const facts of await made(world)) {
      const { code, result } = facts.tasking
      if (readsTasking(world, facts, reader)) may.add(code).add(result).add(planted.words)
    }
    return may
  },
  renders: ['card:tasking', 'tasking.line', 'tasking.origin', 'reminder'],
  silent: { 'tasking.file': 'a file of what `listTaskings` shows its reader, tried with it' },
  onlyTo: { 'tasking.line': 'person', reminder: 'person' },
  opens: {
    listTaskings: (_, { ctx, view, see }) =>
      see(async () => {
        const page = await taskings.listTaskings(ctx, { ...EVERY_TASKING, ended: true })
        return [
          taskingListModal(view, page, 8),
          page.items.map(each => taskingColumns(view).map(column => column.of(each))),
          taskingCalendar(view, page.items),
        ]
      }),
    waitingTaskings: (_, { ctx, view, see }) =>
      see(async () => waitingTaskingBlocks(view, await taskings.waitingTaskings(ctx))),
    askedRequests: (_, { ctx, view, see }) =>
      see(async () => askedRequestBlocks(view, await taskings.askedRequests(ctx))),
    async findTasking(world, { ctx, view, see }) {
      for (const { tasking } of await made(world))
        await see(async () => {
          const found = await taskings.findTasking(ctx, tasking.code)
          return found && taskingLine(view, found)
        })
    },
    readScorecards: (_, { ctx, view, see }) =>
      see(async () => scorecardMessage(view, await taskings.readScorecards(ctx))),
    async readTasking({ made: { tasking = [] } }, { ctx, view, see }) {
      for (const id of tasking)
        await see(async () => {
          const facts = await taskings.readTasking(ctx, id)
          return [
            taskingCard(view, facts, await taskings.taskingCardReader(ctx, facts, actorAsReader(ctx)!)),
            ...TASKING_ACTS.map(kind => actModal(view, facts, kind)),
            ...[handOnModal, snoozeModal, amendModal, aheadModal].map(form => form(view, facts)),
            recordedTaskingModal(view, facts, TASKING_ACTS),
          ]
        })
    },
  },
}
