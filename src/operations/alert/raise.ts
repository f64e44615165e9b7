import type { Alert } from '../../domain/alert.ts'
import { slots } from '../../domain/alert.ts'
import { type Constituency, routeFor, URGENCIES, type Urgency } from '../../domain/mission.ts'
import { TocsinError } from '../../errors.ts'
import { type Ctx, inTransaction, type Open, type Person } from '../context.ts'
import { actingPerson } from '../permission.ts'
import { optionalText, requiredText, textLimits } from '../text.ts'
import { armLadders, tellFrom } from './climb.ts'
import { type AlertFacts, alertFacts } from './facts.ts'
import { informed, refreshCards, tellPeople, tellThread } from './tell.ts'

export interface PlaceInput {
  /** A place of the gazetteer. */
  id?: string | null
  /** The place in the author's own words; needed where no id is given. */
  said?: string | null
}

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
      code: await freeCode(open),
      version: 1,
      exercise: false,
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
      sector,
      triage: sector === null,
      threat: null,
      cameBy: null,
      atRisk: null,
      perpetrator: null,
      askedFor: null,
      lifecycle: 'open',
      outcome: null,
      requestKey: input.requestKey ?? null,
    }
    const route = routeFor(ctx.mission, alert)
    await repos.alerts.insert(
      alert,
      slots.map(slot => ({ alertId: alert.id, slot, ladder: route[slot].id, rung: 0 })),
    )
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

    const facts = await alertFacts(repos, ctx.mission, now, alert)
    const told = new Map<string, Person>()
    for (const owner of facts.owners) {
      const { people } = await tellFrom(open, owner, 0, { step: 'acknowledge', round: 0, dueAt: now })
      for (const person of people) told.set(person.id, person)
    }
    for (const person of [...(await informed(open, facts.inform)), author]) told.set(person.id, person)

    const line = { line: 'raised' } as const
    await refreshCards(open, alert)
    await tellThread(open, alert, line)
    await tellPeople(open, alert, [...told.values()], line)
    const after = await alertFacts(repos, ctx.mission, now, alert)
    await armLadders(open, after)
    return after
  })
}

/** Until a person's side has confirmed them, what they raise belongs to the mission, which must act on it. */
const unconfirmedHolder: Constituency = 'mission_civilian'

export function knownUrgency(value: string): Urgency {
  const urgency = URGENCIES.find(candidate => candidate === value)
  if (!urgency) throw new TocsinError('unknown_term', { field: 'urgency', details: { value } })
  return urgency
}

export function knownSector(ctx: Ctx, value: string | null | undefined): string | null {
  if (!value) return null
  if (!ctx.mission.sectors.some(sector => sector.id === value)) {
    throw new TocsinError('unknown_term', { field: 'sector', details: { value } })
  }
  return value
}

/** A place of the gazetteer with its coordinates and sector, or the author's words as they stand. */
export function resolvePlace(
  ctx: Ctx,
  input: PlaceInput,
): { id: string | null; said: string; lat: number | null; lon: number | null; sector: string | null } {
  const known = input.id ? ctx.gazetteer.byId(input.id) : undefined
  if (known) return { id: known.id, said: known.name, lat: known.lat, lon: known.lon, sector: known.sector }
  const said = optionalText(input.said, 'place', textLimits.place)
  if (!said) throw new TocsinError('place_missing', { field: 'place' })
  return { id: null, said, lat: null, lon: null, sector: null }
}

async function freeCode(ctx: Open): Promise<string> {
  for (let attempt = 0; attempt < 50; attempt++) {
    const code = ctx.ids.code('A')
    if (!(await ctx.tx.alerts.byCode(code))) return code
  }
  throw new Error('no free record code in 50 tries')
}
