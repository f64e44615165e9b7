import { TASKABLE } from '../domain/mission.ts'
import { myCallbacks } from '../operations/callback.ts'
import { readComponentReports } from '../operations/component-report.ts'
import { itemsOffered } from '../operations/drawdown.ts'
import { gatesAsked, gatesWaiting } from '../operations/gate.ts'
import { offeredHandovers } from '../operations/handover.ts'
import { waitingInquiries } from '../operations/inquiry.ts'
import { waitingRounds } from '../operations/matrix.ts'
import { waitingForums } from '../operations/meeting.ts'
import { postureAsks } from '../operations/posture.ts'
import { askedQuotes } from '../operations/quote.ts'
import { ownReach } from '../operations/reach.ts'
import { waitingReleases } from '../operations/release.ts'
import { askedRequests, waitingTaskings } from '../operations/tasking.ts'
import { waitingTeams } from '../operations/team.ts'
import type { Block } from '../ports.ts'
import { context } from '../views/blocks.ts'
import { waitingCallbacks } from '../views/callback.ts'
import { componentCard } from '../views/component-report.ts'
import type { ViewContext } from '../views/context.ts'
import { drawdownWaits } from '../views/drawdown.ts'
import { waitingGates } from '../views/gate.ts'
import { handoverCard } from '../views/handover.ts'
import { waitingInquiryBlocks } from '../views/inquiry.ts'
import { waitingRoundBlocks } from '../views/matrix/lines.ts'
import { waitingForumBlocks } from '../views/meeting/waiting.ts'
import { postureWaits } from '../views/posture.ts'
import { quoteCard } from '../views/quote.ts'
import { reachCard } from '../views/reach.ts'
import { waitingReleaseBlocks } from '../views/release.ts'
import { askedRequestBlocks, waitingTaskingBlocks } from '../views/tasking/list.ts'
import { waitingTeamBlocks } from '../views/team/list.ts'
import type { Call } from './contract.ts'
import { earlyWarningsOffered } from './early-warning.ts'
import { viewContext } from './view-context.ts'

/** What waits for a person beside alerts, as blocks for `/poc` and for *What waits for me*. */
export type AlsoWaits = (call: Pick<Call, 'ctx' | 'words' | 'person'>, view: ViewContext) => Promise<Block[]>

/** Cards of one kind shown whole among what waits. */
const CARDS = 2
/** Blocks of all kinds together: the message holds alerts and buttons beside them, and Slack takes fifty. */
const ROOM = 30

/** One per noun that waits for people, the most urgent first: a noun adds its own here. */
const kinds: readonly AlsoWaits[] = [
  async ({ ctx, person }, view) => waitingCallbacks(view, await myCallbacks(ctx), person.id),
  earlyWarningsOffered,
  async ({ ctx }, view) => waitingGates(view, await gatesWaiting(ctx), await gatesAsked(ctx)),
  async ({ ctx }, view) => waitingTaskingBlocks(view, await waitingTaskings(ctx)),
  async ({ ctx }, view) => waitingTeamBlocks(view, await waitingTeams(ctx)),
  async ({ ctx }, view) => waitingForumBlocks(view, await waitingForums(ctx)),
  async ({ ctx }, view) => {
    const days = await readComponentReports(ctx)
    const owed = days?.components.filter(({ mine, report }) => mine && report === null) ?? []
    return cards(owed.map(day => componentCard(view, day, days?.round.dueAt ?? 0)))
  },
  async ({ ctx }, view) => waitingRoundBlocks(view, await waitingRounds(ctx)),
  async ({ ctx }, view) => waitingReleaseBlocks(view, await waitingReleases(ctx)),
  async ({ ctx }, view) => waitingInquiryBlocks(view, await waitingInquiries(ctx)),
  async ({ ctx }, view) => askedRequestBlocks(view, await askedRequests(ctx)),
  async ({ ctx }, view) =>
    cards((await askedQuotes(ctx)).map(({ quote, about }) => quoteCard(view, quote, about))),
  async ({ ctx, person }, view) =>
    cards((await offeredHandovers(ctx)).map(facts => handoverCard(view, facts, person.id))),
  async ({ ctx, person }, view) =>
    drawdownWaits(
      view,
      await itemsOffered(ctx),
      person.constituency === null || !TASKABLE.includes(person.constituency),
    ),
  async ({ ctx }, view) => postureWaits(view, await postureAsks(ctx)),
  async ({ ctx }, view) => {
    const check = await ownReach(ctx)
    return check ? cards([reachCard(view, check)]) : []
  },
]

/** All that waits beside alerts; nothing for somebody whom no side has confirmed. What finds no room is said. */
export async function alsoWaits(call: Pick<Call, 'ctx' | 'words' | 'person'>): Promise<Block[]> {
  if (call.person.constituency === null || call.person.closedAt !== null) return []
  const view = viewContext(call)
  const blocks = (await Promise.all(kinds.map(waits => waits(call, view)))).flat()
  if (blocks.length <= ROOM) return blocks
  return [...blocks.slice(0, ROOM - 1), context(call.words.t('help.restWaits'))]
}

const cards = (messages: readonly { blocks?: readonly Block[] }[]): Block[] =>
  messages.slice(0, CARDS).flatMap(({ blocks }) => blocks ?? [])
