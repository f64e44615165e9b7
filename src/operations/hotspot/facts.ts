import type { ContactRow, CoverageRow, HotspotRow, LinkRow, VisitRow } from '../../db/hotspots.ts'
import type { Repos } from '../../db/store.ts'
import type { Alert } from '../../domain/alert.ts'
import { type Coverage, coverageNow } from '../../domain/hotspot.ts'
import { type Base, findTerm, type Mission } from '../../domain/mission.ts'
import { type NearestBase, nearestBase } from '../../domain/place.ts'
import type { Shared } from '../../domain/sharing.ts'
import type { Ctx } from '../context.ts'

/** A hotspot as it now is, with what follows from it. */
export interface HotspotFacts {
  hotspot: HotspotRow
  shared: Shared
  /** What holds now, of the command layer: an old report says nothing. */
  coverage: Coverage
  /** The report it rests on. */
  report: CoverageRow | null
  /** Last visits first. */
  visits: VisitRow[]
  /** The last day civilian staff of the mission were there (epoch ms); null: none on record. */
  civiliansAt: number | null
  contacts: ContactRow[]
  links: LinkRow[]
  /** Alerts linked to it; each is shown only to those who may read that alert. */
  alerts: Alert[]
  nearest: NearestBase<Base> | null
}

/** Reads what surrounds hotspots, in the order given. `now` in epoch ms. */
export async function hotspotFacts(
  repos: Repos,
  mission: Mission,
  now: number,
  rows: readonly HotspotRow[],
): Promise<HotspotFacts[]> {
  const ids = rows.map(({ id }) => id)
  const reports = new Map((await repos.hotspots.coverageOf(ids)).map(row => [row.hotspotId, row]))
  const visits = byHotspot(await repos.hotspots.visitsOf(ids))
  const contacts = byHotspot(await repos.hotspots.contactsOf(ids))
  const links = byHotspot(await repos.hotspots.linksOf(ids))
  const linked = [...links.values()].flat().filter(({ kind }) => kind === 'alert')
  const alerts = new Map(
    (await repos.alerts.byIds(linked.map(({ recordId }) => recordId))).map(a => [a.id, a]),
  )
  return rows.map(hotspot => {
    const report = reports.get(hotspot.id) ?? null
    const own = links.get(hotspot.id) ?? []
    const been = visits.get(hotspot.id) ?? []
    const { lat, lon } = hotspot
    return {
      hotspot,
      shared: sharedHotspot(mission, hotspot),
      coverage: coverageNow(report, now),
      report,
      visits: been,
      civiliansAt: been.find(({ constituency }) => isCivilian(constituency))?.to ?? null,
      contacts: contacts.get(hotspot.id) ?? [],
      links: own,
      alerts: own.flatMap(({ kind, recordId }) => (kind === 'alert' ? (alerts.get(recordId) ?? []) : [])),
      nearest: lat === null || lon === null ? null : (nearestBase({ lat, lon }, mission.bases) ?? null),
    }
  })
}

/** What a hotspot says about its readers; where state forces are alleged, the host State's people never read it. */
export function sharedHotspot(mission: Mission, hotspot: HotspotRow): Shared {
  const namesState = hotspot.perpetrators.some(
    id => findTerm(mission, 'perpetrators', id)?.class === 'state_forces',
  )
  return { holder: hotspot.holder, audience: hotspot.audience, named: [hotspot.createdBy], namesState }
}

/** The hotspots among these rows, for whoever looks at what stands in a channel. */
export async function hotspotsShared(
  { mission }: Pick<Ctx, 'mission'>,
  repos: Repos,
  ids: readonly string[],
) {
  const rows = await repos.hotspots.byIds(ids)
  return rows.map(row => ({
    kind: 'hotspot',
    id: row.id,
    code: row.code,
    shared: sharedHotspot(mission, row),
  }))
}

const isCivilian = (constituency: VisitRow['constituency']): boolean =>
  constituency === 'mission_civilian' || constituency === 'human_rights'

function byHotspot<T extends { hotspotId: string }>(rows: readonly T[]): Map<string, T[]> {
  return Map.groupBy(rows, ({ hotspotId }) => hotspotId)
}
