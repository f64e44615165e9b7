import { setImmediate as breathe } from 'node:timers/promises'
import type { PageFrom } from '../../db/alert-list.ts'
import { NO_FILTER } from '../../domain/alert-filter.ts'
import { clocksOf } from '../../domain/clocks.ts'
import type { WarningFigures } from '../../domain/incident.ts'
import type { Mission, RoleRef, ThreatClass } from '../../domain/mission.ts'
import { type RatedAlert, type Rates, ratesOf } from '../../domain/rates.ts'
import { type Responder, responderOf, withArrivals } from '../../domain/response.ts'
import { scopeOf } from '../../domain/scope.ts'
import type { Reader } from '../../domain/sharing.ts'
import { verificationOf } from '../../domain/verification.ts'
import { TocsinError } from '../../errors.ts'
import { mayBeShown } from '../channel.ts'
import { type Ctx, inTransaction } from '../context.ts'
import { incidentFigures } from '../incident/figures.ts'
import { heldRoles, registeredPerson, sameRole } from '../permission.ts'
import { personTarget } from '../telling.ts'
import { type AlertFacts, factsOfAll } from './facts.ts'
import { knownSector } from './place.ts'
import { actorAsReader, asCounted, asReadBy, mayReadAlert } from './reading.ts'

const DAY_MS = 86_400_000
/** Over how long figures are taken. */
export const SPANS = { '30d': 30 * DAY_MS, '90d': 90 * DAY_MS, year: 365 * DAY_MS } as const
export type Span = keyof typeof SPANS
export const isSpan = (value: unknown): value is Span =>
  typeof value === 'string' && Object.hasOwn(SPANS, value)

/** What the outbox and the files know a person's figures as. */
export const ALERT_FIGURES = 'alert-figures'

/** Threats of which few in one place give people away. */
const RESTRICTED: readonly ThreatClass[] = ['sexual_violence', 'recruitment_of_children']
const BATCH = 200

/** Figures as one reader may see them. Times are epoch ms. */
export interface Figures {
  rates: Rates
  /** Of incidents within the span: were they warned of, and answered. */
  warned: WarningFigures
  span: Span
  sector: string | null
  from: number
  to: number
  /** Over every alert of the mission; else over those the reader may read. */
  wholeMission: boolean
}

/**
 * Has the figures made and sent to the acting person alone.
 *
 * @throws TocsinError `not_registered`, `unknown_term` for a span or a sector the mission does not know.
 */
export async function requestAlertFigures(
  ctx: Ctx,
  input: { span: string; sector: string | null },
): Promise<void> {
  const person = registeredPerson(ctx)
  if (!isSpan(input.span))
    throw new TocsinError('unknown_term', { field: 'span', details: { value: input.span } })
  const sector = knownSector(ctx, input.sector)
  const { span } = input
  await inTransaction(ctx, (repos, open) =>
    repos.outbox.add({
      id: open.ids.id(),
      kind: 'alert.figures',
      recordId: ALERT_FIGURES,
      target: personTarget(person.id),
      data: { span, sector },
      urgent: false,
    }),
  )
}

/**
 * The figures of alerts raised within a span, as the acting person may see them: over the whole mission for the POC
 * adviser, the operations centre and those at the top of a ladder, over the alerts they may read for everybody else.
 * Responses count where this reader may know of them.
 *
 * @throws TocsinError `not_registered`.
 */
export async function alertFigures(ctx: Ctx, span: Span, sector: string | null): Promise<Figures> {
  registeredPerson(ctx)
  const reader = actorAsReader(ctx) as Reader
  const wholeMission = seesWholeMission(ctx)
  const rated: RatedAlert[] = []
  for await (const facts of raisedWithin(ctx, SPANS[span], sector)) {
    if (!wholeMission && !mayReadAlert(ctx, facts, 'record', reader)) continue
    rated.push(ratedAlert(ctx, wholeMission ? asCounted(ctx, facts, reader) : asReadBy(ctx, facts, reader)))
  }
  const to = ctx.clock.now()
  const rates = ratesOf(rated, {
    threshold: ctx.mission.smallNumbers,
    restrictedThreats: restrictedThreats(ctx.mission),
  })
  const warned = await incidentFigures(ctx, { since: to - SPANS[span], sector, wholeMission })
  return { rates, warned, span, sector, from: to - SPANS[span], to, wholeMission }
}

/** Whether the acting person's role entitles them to figures over alerts they may not read one by one. */
export function seesWholeMission(ctx: Ctx): boolean {
  const entitled = entitledPosts(ctx.mission)
  return heldRoles(ctx).some(role => entitled.some(each => sameRole(each, role)))
}

/** Whether everyone behind a reader is so entitled; of a channel, everyone it could hold (decision 0029). */
export function readerSeesWholeMission(ctx: Ctx, reader: Reader): boolean {
  const entitled = entitledPosts(ctx.mission)
  const named = (reader.kind === 'person' ? [reader] : reader.members)
    .filter(({ roles }) => roles.some(role => entitled.some(each => sameRole(each, role))))
    .map(({ personId }) => personId)
  return mayBeShown(ctx, { holder: 'mission_civilian', audience: [], named }, 'record', reader)
}

function entitledPosts(mission: Mission): RoleRef[] {
  const { operationsCentre, pocAdviser, ladders } = mission
  const leading = ladders
    .flatMap(({ rungs }) => rungs.at(-1) ?? [])
    .filter(({ scope }) => scope === 'mission')
  return [
    operationsCentre,
    ...(pocAdviser ? [pocAdviser] : []),
    ...leading.map(({ role }) => ({ role, sector: null })),
  ]
}

/** Every alert raised in the last so many milliseconds, exercises left out. */
export async function* raisedWithin(
  ctx: Ctx,
  sinceMs: number,
  sector: string | null,
): AsyncGenerator<AlertFacts> {
  const { read } = ctx.store
  const now = ctx.clock.now()
  const query = { filter: { ...NO_FILTER, standing: 'all' as const, sinceMs, sector }, reader: null, now }
  let from: PageFrom | null = null
  for (;;) {
    const alerts = await read.alerts.page(query, from, BATCH)
    yield* await factsOfAll(read, ctx.mission, now, alerts)
    const last = alerts.at(-1)
    if (!last || alerts.length < BATCH) return
    from = { alertId: last.id, towards: 'older' }
    await breathe()
  }
}

/** What figures ask of an alert, those joined to it included. */
export function ratedAlert(ctx: Ctx, facts: AlertFacts): RatedAlert {
  const { alert, verifications } = facts
  const family = [facts, ...facts.joined]
  const acts = family.flatMap(each => each.acts)
  const states = family.flatMap(each => each.owners.map(({ state }) => state))
  const responses = withArrivals(
    family.flatMap(each => each.responses),
    states,
  )
  const clocks = clocksOf({ alert, acts, verifications, responses })
  const verification = verificationOf(verifications)
  const written = responses.filter(({ arrivedAt }) => arrivedAt !== null).map(({ responder }) => responder)
  const tapped = family
    .flatMap(each => each.owners)
    .filter(({ state }) => state.onSite !== null)
    .map(({ ladder }) => responderOf(ladder.constituency))
  const responders: readonly Responder[] = [...new Set([...written, ...tapped])]
  const decisions = acts.filter(({ kind }) => kind === 'respond' || kind === 'watch' || kind === 'not_acting')
  return {
    sector: alert.sector,
    threat: alert.threat,
    scope: scopeOf(ctx.mission, alert),
    exercise: alert.exercise,
    merged: alert.lifecycle === 'merged',
    withdrawn: alert.lifecycle === 'withdrawn',
    unfounded: verification === 'unfounded' || alert.outcome === 'unfounded',
    unverifiable: verification === 'unverifiable',
    receivedAt: alert.raisedAt,
    acknowledgedAt: clocks.acknowledged,
    decidedAt: decisions.length > 0 ? Math.min(...decisions.map(({ at }) => at)) : null,
    onSiteAt: clocks.on_site,
    responders,
    underWay:
      responses.some(({ arrivedAt, endedAt }) => arrivedAt === null && endedAt === null) ||
      states.some(({ decision, onSite }) => decision?.kind === 'respond' && onSite === null),
    reasons: states.flatMap(({ decision }) => (decision?.kind === 'not_acting' && decision.reason) || []),
    owners: facts.owners.map(({ ladder }) => ({
      component: ladder.constituency,
      responded: responders.includes(responderOf(ladder.constituency)),
    })),
  }
}

function restrictedThreats({ taxonomy }: Mission): ReadonlySet<string> {
  return new Set(taxonomy.threats.filter(each => RESTRICTED.includes(each.class)).map(({ id }) => id))
}
