import fc from 'fast-check'
import type { Release } from '../../../src/db/releases.ts'
import { RELEASABLE_TO, RELEASED } from '../../../src/domain/release.ts'
import { mayRead } from '../../../src/domain/sharing.ts'
import { sharingRules } from '../../../src/operations/channel.ts'
import * as releases from '../../../src/operations/release.ts'
import { foundMessage } from '../../../src/views/help.ts'
import {
  proposalModal,
  proposeModal,
  refuseModal,
  summaryCard,
  waitingReleaseBlocks,
} from '../../../src/views/release.ts'
import { act, type Noun } from '../noun.ts'
import { nth, type World, who } from '../world.ts'

const planted = { summary: 'giraffidon', why: 'taurotrag', reason: 'angasii' } as const

const byAndNth = fc.record({ by: who, nth })

async function made({ desk, made: { release = [] } }: World): Promise<Release[]> {
  return desk.store.read.releases.byIds(release)
}

/** Those who decide what of a holder's records is shown, by the mission file and the people's own side. */
async function officers({ desk }: World, { holder }: Release): Promise<string[]> {
  const people = await releases.releasingOfficers(
    desk.store.read,
    desk.mission,
    releases.partOf(holder),
    desk.clock.now(),
  )
  return people.map(({ id }) => id)
}

export const noun: Noun = {
  lives: {
    'a summary, from the proposal to its release': [
      ['proposeRelease', { by: 'duty', nth: 0, what: 'summary', to: ['un_agency'], channels: [] }],
      ['release', { by: 'pocAdviser', nth: 0, officer: true }],
    ],
  },
  acts: {
    proposeRelease: act(
      fc.record({
        by: who,
        nth,
        what: fc.constantFrom(...RELEASED),
        to: fc.subarray([...RELEASABLE_TO], { maxLength: 2 }),
        channels: fc.subarray(['C0POCNORTH', 'C0JOCWATCH', 'C0PROTECTION'], { maxLength: 1 }),
      }),
      async (world, { by, nth: which, what, to, channels }) => {
        const { release } = await releases.proposeRelease(await world.as(by), {
          alertId: world.pick('alert', which),
          what,
          summary: planted.summary,
          constituencies: to,
          channels,
          why: planted.why,
          sensitivity: 'moderate',
          tlp: 'amber',
        })
        world.add('release', release.id)
      },
    ),
    release: act(fc.record({ by: who, nth, officer: fc.boolean() }), async (world, given) => {
      const releaseId = world.pick('release', given.nth)
      return releases.release(await decider(world, releaseId, given), { releaseId })
    }),
    refuseRelease: act(fc.record({ by: who, nth, officer: fc.boolean() }), async (world, given) => {
      const releaseId = world.pick('release', given.nth)
      return releases.refuseRelease(await decider(world, releaseId, given), {
        releaseId,
        reason: planted.reason,
      })
    }),
    narrowRelease: act(byAndNth, async (world, given) =>
      releases.narrowRelease(await world.as(given.by), { releaseId: world.pick('release', given.nth) }),
    ),
  },
  apart: {
    releaseFacts: 'reads for whoever then asks the rule',
    isReleasingOfficer: 'a permission',
    summariesFor: 'reads for digests and for searching, which are tried',
  },
  async words(world) {
    return [...(await made(world)).map(({ code }) => code), ...Object.values(planted)]
  },
  async allowed(world, reader) {
    const may = new Set<string>()
    const alerts = await world.alerts()
    for (const release of await made(world)) {
      const facts = alerts.find(({ alert }) => alert.id === release.alertId)!
      const { named, namesState } = facts
      const stands = facts.releases.filter(({ id }) => id === release.id)
      const record = { ...facts.alert, named, namesState, releases: stands }
      if (mayRead(record, 'summary', reader, sharingRules(world.desk.system)) && stands.length > 0)
        may.add(release.code).add(planted.summary)
      if (reader.kind !== 'person' || reader.personId === '') continue
      const decides = (await officers(world, release)).includes(reader.personId)
      if (!decides && reader.personId !== release.proposedBy) continue
      for (const word of [release.code, ...Object.values(planted), facts.alert.code]) may.add(word)
    }
    return may
  },
  renders: ['card:release', 'release.decided'],
  onlyTo: { 'release.decided': 'person' },
  opens: {
    findSummaries: (_, { ctx, view, see }) =>
      see(async () => {
        const found = await releases.findSummaries(ctx, planted.summary)
        return [foundMessage(view, '', [], found), found.map(summary => summaryCard(view, summary))]
      }),
    async releaseForm({ made: { alert = [] } }, { ctx, view, see }) {
      for (const id of alert) await see(async () => proposeModal(view, await releases.releaseForm(ctx, id)))
    },
    waitingReleases: (_, { ctx, person, view, see }) =>
      see(async () => {
        const waiting = await releases.waitingReleases(ctx)
        return [
          waitingReleaseBlocks(view, waiting),
          waiting.map(each => proposalModal(view, each, person.id)),
        ]
      }),
    async readProposal({ made: { release = [] } }, { ctx, view, see }) {
      for (const id of release)
        await see(async () => refuseModal(view, await releases.readProposal(ctx, id), false))
    },
  },
}

/** Anybody, or whoever holds the post that decides it: few sequences would come to a release otherwise. */
async function decider(
  world: World,
  releaseId: string,
  given: { by: Parameters<World['as']>[0]; officer: boolean },
) {
  const { read } = world.desk.store
  const release = given.officer ? await read.releases.byId(releaseId) : null
  const [first] = release ? await officers(world, release) : []
  const person = first ? await read.people.byId(first) : null
  return person ? world.desk.asPerson(person) : world.as(given.by)
}
