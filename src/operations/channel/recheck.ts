import type { Channel, SlackUser } from '../../db/channels.ts'
import type { Repos } from '../../db/store.ts'
import { isUrgent } from '../../domain/alert.ts'
import { peopleIn } from '../alert/facts.ts'
import { mayReadAlert, sharedAlert } from '../alert/reading.ts'
import { mayBeShown } from '../channel.ts'
import { type Ctx, inTransaction, type Open, type Person } from '../context.ts'
import { tellTogether } from '../partner.ts'
import { sharedRecords } from '../shared-records.ts'
import { cardAt, personTarget } from '../telling.ts'
import { alertsIn, type Exposed, exposedIn, type Insider, obstacleIn } from './facts.ts'
import { keepPartnerCard } from './partner.ts'
import { noteChannel } from './register.ts'

/**
 * The members of a channel were read anew. Where it now holds people who may not read what stands in it, its
 * registrar is told once, until all may again; what a newcomer may not know goes from the cards that may stay.
 */
export function recheckChannel(ctx: Ctx, channelId: string, changed: boolean): Promise<void> {
  return inTransaction(ctx, async (repos, open) => {
    const channel = await repos.channels.byId(channelId)
    if (!channel) return
    await keepPartnerCard(open, channel)
    const exposed = await exposedIn(open, repos, channel)
    await tellTogether(open, channelId)
    if (changed) await refreshShown(open, channel, exposed)
    const is = exposed.postings.length > 0
    if (is === (channel.exposedSince !== null)) return
    await repos.channels.update(channelId, { exposedSince: is ? ctx.clock.now() : null })
    await noteChannel(open, channelId, is ? 'channel.exposed' : 'channel.cleared', {
      messages: exposed.postings.length,
    })
    if (is) await tellRegistrar(open, channel)
  })
}

/** The same at once for the channels of people who may read less than before, whom Slack keeps among the members. */
export async function recheckChannelsOf(ctx: Open, people: readonly SlackUser[]): Promise<void> {
  const ids = await Promise.all(people.map(person => ctx.tx.channels.ofMember(person)))
  for (const id of new Set(ids.flat())) await recheckChannel(ctx, id, true)
}

/** Kinds of records that stand in a thread and have no card of their own. */
const lines: ReadonlySet<string> = new Set(['response', 'report'])

/** Cards whose readers changed are rendered anew: a layer all of them could read may be closed to a newcomer. */
async function refreshShown(open: Open, channel: Channel, exposed: Exposed): Promise<void> {
  const standing = (await open.tx.postings.standingAt(channel.id)).filter(({ kind }) => kind === 'card')
  const hidden = new Set([
    ...exposed.alerts.map(({ alert }) => alert.id),
    ...exposed.records.map(({ id }) => id),
  ])
  // A card may tell of records whose own cards stand elsewhere.
  const carded = new Set(standing.map(({ recordId }) => recordId))
  for (const { alert } of await alertsIn(open, open.tx, standing)) {
    if (hidden.has(alert.id) || !carded.has(alert.id)) continue
    await open.tx.outbox.add({
      id: open.ids.id(),
      kind: 'card',
      recordId: alert.id,
      target: channel.id,
      data: { record: 'alert' },
      urgent: isUrgent(alert.urgency),
    })
  }
  const held = [...new Set(standing.flatMap(({ holds }) => holds))]
  for (const record of await sharedRecords(open, open.tx, held))
    if (carded.has(record.id) && !lines.has(record.kind) && !hidden.has(record.id))
      await cardAt(open, record, channel.id)
}

async function tellRegistrar(open: Open, channel: Channel): Promise<void> {
  const person = await registrarOf(open, open.tx, channel)
  if (!person) return
  await open.tx.outbox.add({
    id: open.ids.id(),
    kind: 'channel.exposed',
    recordId: `channel:${channel.id}`,
    target: personTarget(person.id),
    data: { channel: channel.id },
    urgent: true,
  })
}

/** Who registered the channel; the operations centre for one the mission file named, or whose registrar has gone. */
async function registrarOf(ctx: Ctx, repos: Repos, channel: Channel): Promise<Person | null> {
  const registrar = channel.registeredBy ? await repos.people.byId(channel.registeredBy) : null
  if (registrar && registrar.closedAt === null && registrar.unreachableAt === null) return registrar
  const [centre] = await peopleIn(repos, ctx.mission.operationsCentre, ctx.clock.now())
  return centre ?? null
}

/** What the registrar of a channel is told when it holds people who may not read what stands there. */
export interface ExposedNotice {
  channelId: string
  /** Those who may not read it. */
  members: Insider[]
  /** The channel itself is open to more than its members, or nobody knows who they are. */
  open: boolean
  messages: number
  /** Codes of the records, as far as the registrar may know them. */
  codes: string[]
}

/** The notice as things are now; null when nothing is exposed any more. */
export async function exposedNotice(
  ctx: Ctx,
  channelId: string,
  reader: Parameters<typeof mayReadAlert>[3],
): Promise<ExposedNotice | null> {
  const repos = ctx.store.read
  const channel = await repos.channels.byId(channelId)
  if (!channel) return null
  const { postings, alerts, summaries, records } = await exposedIn(ctx, repos, channel)
  if (postings.length === 0) return null
  const barred = new Map<string, Insider>()
  let isOpen = false
  const hidden = [
    ...alerts.map(facts => ({ shared: sharedAlert(facts), layer: 'record' as const })),
    ...summaries.map(facts => ({ shared: sharedAlert(facts), layer: 'summary' as const })),
    ...records.map(({ shared }) => ({ shared, layer: 'record' as const })),
  ]
  for (const { shared, layer } of hidden) {
    const { obstacle } = await obstacleIn(ctx, repos, channel, shared, layer)
    if (obstacle?.because === 'members')
      for (const member of obstacle.members) barred.set(member.userId, member)
    else isOpen = true
  }
  return {
    channelId,
    members: [...barred.values()],
    open: isOpen,
    messages: postings.length,
    codes: [
      ...alerts.filter(facts => mayReadAlert(ctx, facts, 'record', reader)).map(({ alert }) => alert.code),
      ...records
        .filter(({ shared, within = shared }) =>
          [shared, within].every(each => mayBeShown(ctx, each, 'record', reader)),
        )
        .map(({ code }) => code),
    ],
  }
}
