/** Joint items in the field: what shows humanitarians beside the mission, and pauses when its posture changes. */
import type { PostureItem } from '../../db/postures.ts'
import type { Repos } from '../../db/store.ts'
import type { Area } from '../../domain/posture.ts'
import { peopleIn } from '../alert/facts.ts'
import type { Ctx } from '../context.ts'
import { parseRoleKey } from '../permission.ts'
import type { RecordRef } from '../telling.ts'

/** A joint item with where it is and whom of the humanitarian side to ask. */
export interface JointItem extends RecordRef {
  code: string
  area: Area
  /** people.id of the humanitarian whose confirmation counts. */
  asked: string
}

/** One kind of joint item; a noun adds its own to {@link jointKinds}. */
export interface JointKind {
  kind: string
  /** All that run now, wherever they are. */
  running(ctx: Pick<Ctx, 'mission' | 'clock'>, repos: Repos): Promise<JointItem[]>
}

/** Escorts that OCHA supports or the mission granted. */
const escorts: JointKind = {
  kind: 'gate',
  async running(_, repos) {
    const gates = await repos.gates.all()
    return gates
      .filter(
        ({ kind, state, exercise }) =>
          kind === 'escort' && !exercise && (state === 'endorsed' || state === 'granted'),
      )
      .map(({ id, code, sector, district, askedBy }) => ({
        kind: 'gate',
        id,
        code,
        area: { sector, district },
        asked: askedBy,
      }))
  },
}

/** Requests that an agency or an NGO accepted, or for which it agreed on something else. */
const requests: JointKind = {
  kind: 'tasking',
  async running({ mission }, repos) {
    const open = (await repos.taskings.open()).filter(
      ({ kind, state, toConstituency, exercise }) =>
        kind === 'request' &&
        !exercise &&
        (toConstituency === 'un_agency' || toConstituency === 'ngo') &&
        (state === 'accepted' || state === 'in_progress'),
    )
    const acts = await repos.taskings.actsOf(open.map(({ id }) => id))
    return open.flatMap(({ id, code, sector, placeId }) => {
      const accepted = acts.findLast(act => act.taskingId === id && act.after === 'accepted')
      if (!accepted) return []
      const place = mission.gazetteer.find(row => row.id === placeId)
      const area = { sector: place?.sector ?? sector, district: place?.district ?? null }
      return [{ kind: 'tasking', id, code, area, asked: accepted.byPerson }]
    })
  },
}

/** Teams that humanitarians chose to go with: each of them is asked, while it is put together and while it is out. */
const teams: JointKind = {
  kind: 'team',
  async running({ mission }, repos) {
    const open = (await repos.teams.open()).filter(
      ({ state, exercise }) => !exercise && (state === 'composing' || state === 'out'),
    )
    const guests = (await repos.teams.membersOf(open.map(({ id }) => id))).filter(
      ({ section }) => section === null,
    )
    const places = await repos.hotspots.byIds(open.map(({ hotspotId }) => hotspotId))
    return guests.flatMap(({ teamId, personId }) => {
      const team = open.find(({ id }) => id === teamId)
      if (!team) return []
      const hotspot = places.find(({ id }) => id === team.hotspotId)
      const place = mission.gazetteer.find(({ id }) => id === hotspot?.placeId)
      const area = { sector: place?.sector ?? team.sector, district: place?.district ?? null }
      return [{ kind: 'team', id: team.id, code: team.code, area, asked: personId }]
    })
  },
}

/** Every kind; whatever else is visible together adds a line. */
export const jointKinds: readonly JointKind[] = [escorts, requests, teams]

/** Whether a record is paused: a posture changed, and whoever it is for has not confirmed it since. */
export async function isPaused(repos: Repos, { kind, id }: RecordRef): Promise<boolean> {
  return (await repos.postures.itemsOfRecord(kind, id)).some(({ state }) => state === 'paused')
}

/**
 * Whom of the mission a joint item rests with (people.id): who stands the post that drives an escort, whoever asked for
 * what was agreed to, the lead of a team. A card that changes without a word is not seen by who is about to leave.
 */
export async function restsWith(
  { clock }: Pick<Ctx, 'clock'>,
  repos: Repos,
  { recordKind, recordId }: Pick<PostureItem, 'recordKind' | 'recordId'>,
): Promise<string[]> {
  if (recordKind === 'gate') {
    const gate = await repos.gates.byId(recordId)
    if (!gate?.unit) return []
    const standing = await peopleIn(repos, parseRoleKey(gate.unit), clock.now())
    return standing.filter(({ closedAt }) => closedAt === null).map(({ id }) => id)
  }
  const one =
    recordKind === 'team'
      ? (await repos.teams.byId(recordId))?.lead
      : (await repos.taskings.byId(recordId))?.askedBy
  return one ? [one] : []
}
