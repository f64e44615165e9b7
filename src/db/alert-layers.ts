import { asc, sql } from 'drizzle-orm'
import type { Connection } from './connection.ts'
import { alertAttributions, alertLayers } from './schema.ts'
import { insertInto, listOf } from './statements.ts'

export type AlertLayer = typeof alertLayers.$inferSelect
export type Attribution = typeof alertAttributions.$inferSelect

export type NewAttribution = Omit<Attribution, 'saidBy' | 'confidence'> &
  Partial<Pick<Attribution, 'saidBy' | 'confidence'>>

/** What of an alert only some roles may read; part of the repository of alerts. */
export function alertLayersRepo(db: Connection) {
  const add = insertInto(db, alertLayers, 'do nothing')
  const layers = db.orm
    .select()
    .from(alertLayers)
    .where(sql`${alertLayers.alertId} in ${listOf('ids')}`)
    .orderBy(asc(alertLayers.recordedAt), asc(alertLayers.layer))
    .prepare()
  const attributions = db.orm
    .select()
    .from(alertAttributions)
    .where(sql`${alertAttributions.alertId} in ${listOf('ids')}`)
    .prepare()
  const clearNotes = db.raw.prepare('update alert_acts set note = null where alert_id = ?')
  const unattribute = db.raw.prepare('delete from alert_attributions where alert_id = ?')

  return {
    /** Marks an alert for a specialist; changes nothing where it is so marked already. */
    async addLayer(row: AlertLayer): Promise<void> {
      add(row)
    },
    /** The marks of several alerts, first made first; their body only for whom `domain/sharing.ts` lets read it. */
    async layersOf(alertIds: readonly string[]): Promise<AlertLayer[]> {
      return layers.all({ ids: JSON.stringify(alertIds) })
    },
    /** The attribution layer: only for whom `domain/sharing.ts` lets read it. */
    async attribution(id: string): Promise<Attribution | null> {
      return attributions.get({ ids: JSON.stringify([id]) }) ?? null
    },
    async attributionsOf(alertIds: readonly string[]): Promise<Attribution[]> {
      return attributions.all({ ids: JSON.stringify(alertIds) })
    },
    /** Sets who is alleged by name, in place of what was there. */
    async setAttribution(given: NewAttribution): Promise<void> {
      const row = { saidBy: null, confidence: null, ...given }
      const { alertId: _, ...rest } = row
      db.orm
        .insert(alertAttributions)
        .values(row)
        .onConflictDoUpdate({ target: alertAttributions.alertId, set: rest })
        .run()
    },
    async removeAttribution(alertId: string): Promise<void> {
      unattribute.run(alertId)
    },
    /** Takes people's words off the acts of an alert. */
    async clearNotes(alertId: string): Promise<void> {
      clearNotes.run(alertId)
    },
  }
}
