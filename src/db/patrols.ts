import { distance } from '@turf/distance'
import type { Patrol } from '../domain/patrol.ts'
import type { Point } from '../domain/place.ts'
import type { Connection } from './connection.ts'
import { patrols } from './schema.ts'
import { insertInto } from './statements.ts'

/** Kilometres of a degree of latitude, a little too few, so that a band is never too narrow. */
const KM_PER_DEGREE = 110

/** Where patrols have been. */
export function patrolsRepo(db: Connection) {
  const add = insertInto(db, patrols, 'do nothing')
  const band = db.raw.prepare<[number, number, number], Point & { at: number }>(
    'select at, lat, lon from patrols where lat between ? and ? and at <= ? order by at desc',
  )
  const last = db.raw.prepare<[], number | null>('select max(imported_at) from patrols').pluck()

  return {
    /** False, and nothing stored, when operations sent this one before. */
    async insert(row: Patrol): Promise<boolean> {
      return add(row).changes === 1
    },
    /** When the last patrol at or before `now` (epoch ms) was within `km` of a point; null where none is known. */
    async lastNear(point: Point, km: number, now: number): Promise<number | null> {
      const reach = km / KM_PER_DEGREE
      for (const row of band.iterate(point.lat - reach, point.lat + reach, now))
        if (distance([row.lon, row.lat], [point.lon, point.lat], { units: 'kilometers' }) <= km) return row.at
      return null
    },
    /** When operations last sent any (epoch ms); null: never. */
    async lastImport(): Promise<number | null> {
      return last.get() ?? null
    },
  }
}
