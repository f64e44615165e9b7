import type { Alert, Naming } from '../../domain/alert.ts'
import { isNaming, slots } from '../../domain/alert.ts'
import { type Constituency, findTerm, routeFor } from '../../domain/mission.ts'
import { TocsinError } from '../../errors.ts'
import { freeCode } from '../code.ts'
import { type Ctx, inTransaction, type Open, type Person } from '../context.ts'
import { detectEarlyWarning } from '../early-warning/detect.ts'
import { lookForCluster } from '../hotspot/near.ts'
import { actingPerson } from '../permission.ts'
import { firstReport } from '../report.ts'
import { tellSubscribers } from '../subscription.ts'
import { optionalText, requiredText, textLimits } from '../text.ts'
import { type AlertFacts, alertFacts, unique } from './facts.ts'
import { knownSector, knownUrgency, type PlaceInput, resolvePlace } from './place.ts'
import { armLadders, handTo, type Told, tellExhausted } from './rungs.ts'
import { refreshCards, tellPeople, tellThread } from './tell.ts'

export type { PlaceInput } from './place.ts'

export interface RaiseInput {
  what: string
  place: PlaceInput
  /** How to find it. */
  how?: string | null
  urgency: string
  /** A sector chosen by the author, for a place the gazetteer does not put in one. */
  sector?: string | null
  /** The Slack channel it was raised in: its sector is taken where nothing else says one. */
  channelId?: string | null
  /** Slack's view id: the same form submitted twice is one alert. */
  requestKey?: string | null
  /** How a humanitarian author is named; "a humanitarian partner" unless they choose otherwise. */
  naming?: string | null
  /** How it came, where it did not begin here: a code of the mission's list. */
  cameBy?: string | null
  /** Part of an exercise: it is told to no live channel and no telephone, and counted nowhere. */
  exercise?: boolean
  /** What is threatened, where that is known already: decides which ladder is told. */
  threat?: string | null
}

/**
 * Raises a protection alert. Anybody in the workspace may, known to the mission or not: a warning is never held up.
 * It is on disk, with what must be said of it and both ladders' clocks, when this returns (R-001, R-002, R-007).
 *
 * @throws TocsinError `text_missing`, `text_too_long`, `place_missing`, `unknown_term` (field named), `not_stored`.
 */
export async function raise(ctx: Ctx, input: RaiseInput): Promise<AlertFacts> {
  const author = actingPerson(ctx)
  const what = requiredText(input.what, 'what', textLimits.what)
  const how = optionalText(input.how, 'how', textLimits.how)
  const urgency = knownUrgency(input.urgency)
  const place = resolvePlace(ctx, input.place)

  return inTransaction(ctx, async (repos, open) => {
    const now = ctx.clock.now()
    const earlier = input.requestKey ? await repos.alerts.byRequestKey(input.requestKey) : null
    if (earlier) return alertFacts(repos, ctx.mission, now, earlier)

    const channel = input.channelId ? await repos.channels.byId(input.channelId) : null
    const sector = place.sector ?? knownSector(ctx, input.sector) ?? channel?.sector ?? null
    const alert: Alert = {
      id: ctx.ids.id(),
      code: await freeCode(open.ids, 'A', code => open.tx.alerts.byCode(code)),
      version: 1,
      exercise: input.exercise ?? false,
      holder: author.constituency ?? unconfirmedHolder,
      audience: [...ctx.mission.audiences.alert],
      raisedBy: author.id,
      raisedAt: now,
      raisedIn: input.channelId ?? null,
      what,
      urgency,
      placeId: place.id,
      placeSaid: place.said,
      placeHow: how,
      lat: place.lat,
      lon: place.lon,
      precision: place.precision,
      sector,
      triage: sector === null,
      threat: knownCode(ctx, 'threats', input.threat, 'threat'),
      cameBy: knownCode(ctx, 'came_by', input.cameBy, 'cameBy'),
      atRisk: null,
      perpetrator: null,
      askedFor: null,
      lifecycle: 'open',
      outcome: null,
      requestKey: input.requestKey ?? null,
      naming: knownNaming(input.naming ?? ctx.mission.defaults.naming, author),
      tlp: null,
      sensitivity: null,
      eventAt: null,
      eventPrecision: null,
      scope: null,
      mergedInto: null,
    }
    const route = routeFor(ctx.mission, alert)
    await repos.alerts.insert(
      alert,
      slots.map(slot => ({ alertId: alert.id, slot, ladder: route[slot].id, rung: 0 })),
    )
    await firstReport(open, alert, author)
    await repos.events.append({
      at: now,
      recordedAt: now,
      actor: author.id,
      kind: 'alert.raised',
      recordKind: 'alert',
      recordId: alert.id,
      data: {
        code: alert.code,
        urgency,
        sector,
        place: place.id,
        ladders: slots.map(slot => route[slot].id),
      },
      words: { what, place: place.said, ...(how ? { how } : {}) },
    })

    const raised = await tellOwners(open, await alertFacts(repos, ctx.mission, now, alert), author)
    await detectEarlyWarning(open, alert)
    await lookForCluster(open, alert)
    return raised
  })
}

/** Tells both owners and those informed at once, and sets the clocks. */
async function tellOwners(open: Open, raised: AlertFacts, author: Person): Promise<AlertFacts> {
  const { alert } = raised
  const told: Told[] = []
  for (const owner of raised.owners) told.push(await handTo(open, raised, owner, 0))
  const facts = { ...raised, owners: told.map(({ owner }) => owner) }
  const line = { line: 'raised' } as const
  await refreshCards(open, alert)
  await tellThread(open, alert, line)
  const people = unique([...told.flatMap(each => each.people), ...facts.informed, author])
  await tellPeople(open, alert, people, line)
  for (const { owner, step, exhausted } of told)
    if (exhausted) await tellExhausted(open, facts, owner.owner.slot, step)
  await armLadders(open, facts)
  await tellSubscribers(open, facts)
  return facts
}

/** Until a person's side has confirmed them, what they raise belongs to the mission, which must act on it. */
const unconfirmedHolder: Constituency = 'mission_civilian'

/** Nobody is named by an organisation they have not said they are of. */
function knownNaming(value: string | null | undefined, author: Person): Naming {
  if (!value) return 'partner'
  if (!isNaming(value)) throw new TocsinError('unknown_term', { field: 'naming', details: { value } })
  return value === 'organisation' && !author.organisation ? 'partner' : value
}

function knownCode(
  ctx: Ctx,
  list: 'threats' | 'came_by',
  value: string | null | undefined,
  field: string,
): string | null {
  if (!value) return null
  if (!findTerm(ctx.mission, list, value))
    throw new TocsinError('unknown_term', { field, details: { value } })
  return value
}
