/** Whether the mission gets better at what it is there for: the indicators, for those who answer for the whole. */
import { isCovered } from '../domain/hotspot.ts'
import {
  INDICATOR_SPAN_MS,
  type Indicator,
  type IndicatorItem,
  type IndicatorKind,
  indicatorsOf,
} from '../domain/indicators.ts'
import type { Reader } from '../domain/sharing.ts'
import { sideOf } from '../domain/side.ts'
import { verificationOf } from '../domain/verification.ts'
import { TocsinError } from '../errors.ts'
import { raisedWithin, ratedAlert, readerSeesWholeMission, seesWholeMission } from './alert/figures.ts'
import { actorAsReader, asCounted } from './alert/reading.ts'
import { mayBeShown } from './channel.ts'
import { type Ctx, inTransaction } from './context.ts'
import { factsOfForums } from './forum/facts.ts'
import { hotspotFacts } from './hotspot/facts.ts'
import { categoriesInForce } from './matrix/facts.ts'
import { outcomesOf } from './meeting/figures.ts'
import { registeredPerson } from './permission.ts'
import { factsOfTeams } from './team/facts.ts'
import { mayReadTeam } from './team/readers.ts'
import { personTarget } from './telling.ts'

/** As a picture with its words, or as rows for a spreadsheet. */
export const INDICATOR_FORMS = ['picture', 'csv'] as const
export type IndicatorForm = (typeof INDICATOR_FORMS)[number]

/** What the outbox and the files know the indicators of one reader as. */
export const INDICATORS_FILE = 'indicators'

/** The indicators of the whole mission. Times are epoch ms. */
export interface Indicators {
  rows: Indicator[]
  from: number
  to: number
}

/**
 * The indicators of the last ninety days, with this week beside the four before it.
 *
 * @throws TocsinError `not_registered`; `figures_not_yours` for whoever does not see figures of the whole mission.
 */
export async function readIndicators(ctx: Ctx): Promise<Indicators> {
  registeredPerson(ctx)
  if (!seesWholeMission(ctx)) throw new TocsinError('figures_not_yours')
  return indicatorsRead(ctx, actorAsReader(ctx) as Reader)
}

/** Has them made and sent to the acting person alone. @throws TocsinError as {@link readIndicators}, `unknown_term`. */
export async function requestIndicators(ctx: Ctx, input: { form: string }): Promise<void> {
  const person = registeredPerson(ctx)
  if (!seesWholeMission(ctx)) throw new TocsinError('figures_not_yours')
  const form = INDICATOR_FORMS.find(each => each === input.form)
  if (!form) throw new TocsinError('unknown_term', { details: { value: input.form } })
  await inTransaction(ctx, (repos, open) =>
    repos.outbox.add({
      id: open.ids.id(),
      kind: 'indicators',
      recordId: INDICATORS_FILE,
      target: personTarget(person.id),
      data: { form },
      urgent: false,
    }),
  )
}

/** The same for any reader, such as a channel; null where not everyone behind it sees figures of the whole mission. */
export async function indicatorsFor(ctx: Ctx, reader: Reader): Promise<Indicators | null> {
  return readerSeesWholeMission(ctx, reader) ? indicatorsRead(ctx, reader) : null
}

async function indicatorsRead(ctx: Ctx, reader: Reader): Promise<Indicators> {
  const to = ctx.clock.now()
  const from = to - INDICATOR_SPAN_MS
  const items: Record<IndicatorKind, IndicatorItem[]> = {
    ...(await ofAlerts(ctx, reader)),
    recommendations: await ofTeams(ctx, reader),
    musts: await ofPlaces(ctx, reader),
    meetings: await ofMeetings(ctx, reader),
    ...(await ofReleases(ctx, from)),
  }
  return { rows: indicatorsOf(items, to, ctx.mission.smallNumbers), from, to }
}

/** Alerts of physical violence as they count for the response rate, and how many of all were verified. */
async function ofAlerts(
  ctx: Ctx,
  reader: Reader,
): Promise<Record<'acknowledged' | 'decided' | 'responded' | 'verified', IndicatorItem[]>> {
  const items = {
    acknowledged: [] as IndicatorItem[],
    decided: [] as IndicatorItem[],
    responded: [] as IndicatorItem[],
    verified: [] as IndicatorItem[],
  }
  for await (const facts of raisedWithin(ctx, INDICATOR_SPAN_MS, null)) {
    const alert = ratedAlert(ctx, asCounted(ctx, facts, reader))
    if (alert.merged || alert.withdrawn) continue
    const { receivedAt: at } = alert
    const item = (done: boolean, when: number | null): IndicatorItem => ({
      at,
      done,
      tookMs: when === null ? null : Math.max(0, when - at),
    })
    const verified = verificationOf(facts.verifications) !== 'unverified'
    items.verified.push(item(verified, verified ? (facts.verifications[0]?.at ?? null) : null))
    if (alert.unfounded || alert.scope !== 'physical') continue
    items.acknowledged.push(item(alert.acknowledgedAt !== null, alert.acknowledgedAt))
    items.decided.push(item(alert.decidedAt !== null, alert.decidedAt))
    items.responded.push(item(alert.responders.length > 0, alert.onSiteAt))
  }
  return items
}

/** What teams recommended, as far as this reader may read what they found. */
async function ofTeams(ctx: Ctx, reader: Reader): Promise<IndicatorItem[]> {
  const repos = ctx.store.read
  const rows = (await repos.teams.all()).filter(({ exercise }) => !exercise)
  const all = await factsOfTeams(repos, ctx.mission, ctx.clock.now(), rows)
  return all
    .filter(facts => mayReadTeam(ctx, facts, 'findings', reader))
    .flatMap(({ report, recommendations }) =>
      report
        ? recommendations.map(({ state }) => ({ at: report.at, done: state === 'done', tookMs: null }))
        : [],
    )
}

/** Places that Must be protected and this reader reads the coverage of: are troops, police or patrols there now. */
async function ofPlaces(ctx: Ctx, reader: Reader): Promise<IndicatorItem[]> {
  const repos = ctx.store.read
  const at = ctx.clock.now()
  const inForce = await categoriesInForce(repos)
  const rows = (await repos.hotspots.listed()).filter(
    ({ id, exercise }) => !exercise && inForce.get(id)?.category === 'must',
  )
  return (await hotspotFacts(repos, ctx.mission, at, rows))
    .filter(place => mayBeShown(ctx, place.shared, 'command', reader))
    .map(({ coverage }) => ({ at, done: isCovered(coverage), tookMs: null }))
}

/** Meetings that were closed, as far as this reader may read them: did a decision or a task come of them. */
async function ofMeetings(ctx: Ctx, reader: Reader): Promise<IndicatorItem[]> {
  const repos = ctx.store.read
  const rows = (await repos.forums.all()).filter(({ exercise }) => !exercise)
  const items: IndicatorItem[] = []
  for (const facts of await factsOfForums(ctx, repos, rows))
    for (const { state, closedAt, outcomes } of (await outcomesOf(ctx, facts, reader)).meetings)
      if (state === 'closed' && closedAt !== null)
        items.push({ at: closedAt, done: outcomes > 0, tookMs: null })
  return items
}

/** What was proposed to be shared from the mission with humanitarians, and from them with the mission. */
async function ofReleases(
  ctx: Ctx,
  from: number,
): Promise<Record<'released_out' | 'released_in', IndicatorItem[]>> {
  const repos = ctx.store.read
  const rows = await repos.releases.proposedSince(from)
  const alerts = await repos.alerts.byIds([...new Set(rows.map(({ alertId }) => alertId))])
  const real = new Set(alerts.filter(({ exercise }) => !exercise).map(({ id }) => id))
  const sides = new Map(
    (await repos.people.all()).map(({ id, constituency }) => [id, constituency && sideOf(constituency)]),
  )
  const items = { released_out: [] as IndicatorItem[], released_in: [] as IndicatorItem[] }
  for (const row of rows) {
    if (!real.has(row.alertId)) continue
    const own = sideOf(row.holder)
    const other = own === 'mission' ? 'humanitarian' : 'mission'
    const reached = [...row.constituencies.map(sideOf), ...row.people.map(id => sides.get(id))]
    if (own === null || !reached.includes(other)) continue
    items[own === 'mission' ? 'released_out' : 'released_in'].push({
      at: row.proposedAt,
      done: row.state === 'released' || row.state === 'narrowed',
      tookMs: row.decidedAt === null ? null : row.decidedAt - row.proposedAt,
    })
  }
  return items
}
