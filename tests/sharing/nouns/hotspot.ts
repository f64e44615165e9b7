import fc from 'fast-check'
import { mayRead } from '../../../src/domain/sharing.ts'
import { openAlerts } from '../../../src/operations/alert.ts'
import { sharingRules } from '../../../src/operations/channel.ts'
import { type HotspotFacts, hotspotFacts } from '../../../src/operations/hotspot/facts.ts'
import { layersFor } from '../../../src/operations/hotspot/reading.ts'
import * as hotspots from '../../../src/operations/hotspot.ts'
import { factsOfTaskings } from '../../../src/operations/tasking/facts.ts'
import { task } from '../../../src/operations/tasking.ts'
import { hotspotCard } from '../../../src/views/hotspot/card.ts'
import { changeHotspotModal } from '../../../src/views/hotspot/forms.ts'
import { clusterMessage, gapsList, hotspotList } from '../../../src/views/hotspot/list.ts'
import { planModal, ruleOutModal } from '../../../src/views/hotspot/plan.ts'
import { contactModal, moveModal, visitModal } from '../../../src/views/hotspot/reports.ts'
import { alertOption } from '../../../src/views/quote.ts'
import { DAY } from '../../support/operations.ts'
import { act, type Noun } from '../noun.ts'
import { readsTasking } from '../reads.ts'
import { nth, type World, who } from '../world.ts'

/** Words that stand in one layer alone: the name, the days between patrols, a restricted class as its own field. */
const planted = {
  name: 'bontebok',
  post: 'hartebeest',
  command: 'Patrols every 113 days',
  tier: 'steenbok',
  line: 'klipspringer',
  orders: 'grysbok',
} as const
const restricted = 'threaten*\\nState forces'
const input = { name: planted.name, place: { said: planted.name }, kind: 'market', threats: ['armed_attack'] }

async function made({ desk, made: { hotspot = [] } }: World): Promise<HotspotFacts[]> {
  const rows = await desk.store.read.hotspots.byIds(hotspot)
  return hotspotFacts(desk.store.read, desk.mission, desk.clock.now(), rows)
}

const versionOf = async (world: World, id: string) =>
  (await world.desk.store.read.hotspots.byId(id))?.version ?? 0

export const noun: Noun = {
  acts: {
    createHotspot: act(fc.record({ by: who, state: fc.boolean() }), async (world, { by, state }) => {
      const perpetrators = state ? ['state_forces'] : []
      const { hotspot } = await hotspots.createHotspot(await world.as(by), {
        ...input,
        sector: 'north',
        perpetrators,
      })
      world.add('hotspot', hotspot.id)
    }),
    amendHotspot: act(fc.record({ by: who, nth }), async (world, { by, nth }) => {
      const hotspotId = world.pick('hotspot', nth)
      const version = await versionOf(world, hotspotId)
      return hotspots.amendHotspot(await world.as(by), {
        ...input,
        hotspotId,
        version,
        sector: 'north',
        vulnerability: 4,
        perpetrators: ['state_forces'],
      })
    }),
    reportCoverage: act(fc.record({ by: who, nth }), async (world, { by, nth }) =>
      hotspots.reportCoverage(await world.as(by), {
        hotspotId: world.pick('hotspot', nth),
        coverage: 'patrols',
        everyDays: 113,
      }),
    ),
    recordVisit: act(fc.record({ by: who, nth }), async (world, { by, nth }) => {
      const at = world.desk.clock.now()
      const hotspotId = world.pick('hotspot', nth)
      return hotspots.recordVisit(await world.as(by), { hotspotId, from: at, to: at })
    }),
    setContact: act(fc.record({ by: who, nth }), async (world, { by, nth }) =>
      hotspots.setContact(await world.as(by), {
        hotspotId: world.pick('hotspot', nth),
        purpose: 'contact',
        post: planted.post,
      }),
    ),
    linkAlert: act(fc.record({ by: who, nth }), async (world, { by, nth }) =>
      hotspots.linkAlert(await world.as(by), {
        hotspotId: world.pick('hotspot', nth),
        alertId: world.pick('alert', nth),
      }),
    ),
    ruleOutTier: act(fc.record({ by: who, nth }), async (world, { by, nth }) =>
      hotspots.ruleOutTier(await world.as(by), {
        hotspotId: world.pick('hotspot', nth),
        tier: '3',
        reason: planted.tier,
      }),
    ),
    'a line of the plan': act(
      fc.record({ by: who, nth, restricted: fc.boolean() }),
      async (world, { by, nth, restricted }) => {
        const { tasking } = await task(await world.as(by), {
          origin: { kind: 'hotspot', id: world.pick('hotspot', nth) },
          to: 'company_duty_officer@north',
          result: restricted ? planted.orders : planted.line,
          tier: 2,
          dueAt: world.desk.clock.now() + DAY,
          restricted,
        })
        world.add('planLine', tasking.id)
      },
    ),
    linkIncidentToHotspot: act(fc.record({ by: who, nth }), async (world, { by, nth }) =>
      hotspots.linkIncidentToHotspot(await world.as(by), {
        hotspotId: world.pick('hotspot', nth),
        incidentId: world.pick('incident', nth),
      }),
    ),
    moveHotspot: act(
      fc.record({ by: who, nth, to: fc.constantFrom('removed' as const, 'listed' as const) }),
      async (world, { by, nth, to }) =>
        hotspots.moveHotspot(await world.as(by), {
          hotspotId: world.pick('hotspot', nth),
          to,
          reason: planted.name,
        }),
    ),
  },
  async words(world) {
    return [...(await made(world)).map(({ hotspot }) => hotspot.code), ...Object.values(planted), restricted]
  },
  async allowed(world, reader) {
    const may = new Set<string>()
    const rules = sharingRules(world.desk.system)
    for (const { shared, hotspot } of await made(world)) {
      if (!mayRead(shared, 'record', reader, rules)) continue
      for (const word of [hotspot.code, planted.name, planted.post, planted.tier]) may.add(word)
      if (mayRead(shared, 'command', reader, rules)) may.add(planted.command)
      if (mayRead(shared, 'attribution', reader, rules)) may.add(restricted)
    }
    const { store, mission, clock } = world.desk
    const lines = await store.read.taskings.byIds(world.made.planLine ?? [])
    for (const facts of await factsOfTaskings(store.read, mission, clock.now(), lines))
      if (readsTasking(world, facts, reader))
        may.add(facts.tasking.layer === null ? planted.line : planted.orders)
    return may
  },
  apart: {
    requestHotspotFile: 'asks for a file; what it holds is held by a test of its own',
    rankOf: 'opened with `readHotspot`',
    mayKeepHotspot: 'a permission',
    mayReportCoverage: 'a permission',
    requireRulesOut: 'a permission',
    layersFor: 'the rule itself, for whoever shows a list',
    ownParts: 'opened with `readHotspot`',
    hotspotsNearFor: 'rendered on the card of an alert',
    ownHotspotsNear: 'shown on the card of an alert that was opened',
    clusterFor: 'rendered as `hotspot.cluster`',
    pointOutCluster: 'a timer, which `climb` fires',
    partsFor: 'opened with `readHotspot`, and for a renderer',
  },
  renders: ['card:hotspot', 'hotspot.cluster'],
  also: ({ made: { alert = [] } }) =>
    alert.map(recordId => ({ kind: 'hotspot.cluster', recordId, data: {} })),
  onlyTo: { 'hotspot.cluster': 'person' },
  silent: {
    'hotspot.file': 'a picture or a file made for the one person who asks, held by a test of its own',
  },
  opens: {
    hotspotGaps: (_, { ctx, view, see }) =>
      see(async () => gapsList(view, await hotspots.hotspotGaps(ctx), await hotspots.alertClusters(ctx))),
    alertClusters: (_, { ctx, view, see }) =>
      see(async () => (await hotspots.alertClusters(ctx)).map(cluster => clusterMessage(view, cluster))),
    linkables: (_, { ctx, see }) => see(async () => hotspots.linkables(ctx)),
    hotspotDuplicates: (_, { ctx, see }) =>
      see(async () =>
        (await hotspots.hotspotDuplicates(ctx, input)).map(({ code, name }) => `${code} ${name}`),
      ),
    async pageOfHotspots(_, { ctx, view, see }) {
      await see(async () => {
        const { places, categories, total } = await hotspots.pageOfHotspots(ctx, {}, { from: 0, size: 5 })
        const lines = places.map(facts => ({
          facts,
          category: categories.get(facts.hotspot.id) ?? null,
          reader: layersFor(ctx, facts),
        }))
        return hotspotList(view, 'Hotspots', lines, { from: 0, total })
      })
    },
    openAlerts: (_, { ctx, view, see }) =>
      see(async () => (await openAlerts(ctx)).map(facts => alertOption(view, facts))),
    async listHotspots(_, { ctx, view, see }) {
      await see(async () => {
        const found = await hotspots.listHotspots(ctx)
        return hotspotList(
          view,
          'Hotspots',
          found.map(facts => ({ facts, category: null, reader: layersFor(ctx, facts) })),
        )
      })
    },
    async hotspotByCode(world, { ctx, see }) {
      for (const { hotspot } of await made(world))
        await see(async () => (await hotspots.hotspotByCode(ctx, hotspot.code))?.hotspot.name)
    },
    async readHotspot({ made: { hotspot = [] } }, { ctx, view, see }) {
      for (const id of hotspot) {
        await see(async () => {
          const facts = await hotspots.readHotspot(ctx, id)
          const parts = await hotspots.ownParts(ctx, facts)
          return [
            hotspotCard(view, facts, parts),
            changeHotspotModal(view, facts, parts, []),
            planModal(view, facts, parts.plan),
            contactModal(view, facts),
            visitModal(view, facts, '2026-03-02'),
            moveModal(view, facts, 'removed'),
            ruleOutModal(view, facts, 2, ''),
          ]
        })
      }
    },
  },
}
