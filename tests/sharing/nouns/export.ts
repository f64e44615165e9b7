import { randomUUID } from 'node:crypto'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { CONSTITUENCIES, type Constituency, findRole } from '../../../src/domain/mission.ts'
import type { RoleLayer } from '../../../src/domain/sharing.ts'
import { makeExport } from '../../../src/operations/export.ts'
import { exportMessage } from '../../../src/views/export.ts'
import { act, type Noun } from '../noun.ts'
import { type World, who } from '../world.ts'

type Row = Record<string, unknown>

/** Of a layer, as a line of the file would say it; nothing else that is shown reads so. */
const alleged = ['"group":"ombara_defence_force"', '"group":"river_guard"', '"perpetrator":"state_forces"']

/** What no file holds whoever the holder is, and what only a layer that is open to the holder gives. */
const NEVER = [
  ...[
    'concerns',
    'alert_layers',
    'alert_sources',
    'community_feedback',
    'reprisal_checks',
    'authority_tellings',
  ],
  ...['authority_decisions', 'team_members', 'team_lines', 'team_waivers', 'team_questions', 'quotes'],
]
const LAYERED: Readonly<Record<string, RoleLayer>> = {
  hotspot_coverage: 'command',
  suspensions: 'command',
  team_reports: 'human_rights',
  team_reviews: 'human_rights',
  team_recommendations: 'human_rights',
  team_notes: 'human_rights',
}

/**
 * All that stands in rows a constituency holds and in rows of theirs, read from the tables themselves: the holder's own
 * without what {@link NEVER} is exported, and layers only where one of its posts opens them.
 */
function rowsHeldBy({ desk }: World, holder: Constituency): string {
  const { database } = desk.store
  const opens = (layer: RoleLayer) =>
    desk.mission.layers[layer].some(role => findRole(desk.mission, role)?.constituency === holder)
  const columns = (table: string) =>
    database.prepare<[string], string>('select name from pragma_table_info(?)').pluck().all(table)
  const tables = database
    .prepare<[], string>("select name from sqlite_master where type = 'table' and name not like '%fts%'")
    .pluck()
    .all()
    .filter(table => !NEVER.includes(table) && (!LAYERED[table] || opens(LAYERED[table])))
  const owning = tables.filter(table => columns(table).includes('holder'))
  const held: string[] = []
  const ids: Record<string, unknown[]> = {}
  for (const table of owning) {
    const rows = database.prepare<[string], Row>(`select * from ${table} where holder = ?`).all(holder)
    ids[table] = rows.map(({ id }) => id)
    held.push(...rows.map(row => text(table, row, opens)))
  }
  for (const table of tables.filter(each => !owning.includes(each)))
    for (const key of database
      .prepare<[string], { of: string; from: string }>(
        'select "table" as "of", "from" from pragma_foreign_key_list(?)',
      )
      .all(table))
      for (const id of ids[key.of] ?? [])
        held.push(
          ...database
            .prepare<[unknown], Row>(`select * from ${table} where ${key.from} = ?`)
            .all(id)
            .map(row => text(table, row, opens)),
        )
  return held.join('\n')
}

/** What of one row may stand in the file. */
function text(table: string, row: Row, opens: (layer: RoleLayer) => boolean): string {
  const { code, layer } = row
  if (table === 'taskings' && layer && !opens(layer as RoleLayer)) return String(code)
  if (table !== 'gates') return JSON.stringify(row)
  // The days of an escort, and what was weighed, are for those who asked and decide.
  const { unit, project, movement, commander, purpose, ...closed } = JSON.parse(String(row.words))
  const all = (row.kind === 'due_diligence' && row.holder === 'human_rights') || row.kind === 'consultation'
  return JSON.stringify([
    ...[code, unit, project, movement],
    ...(opens('command') ? [commander, purpose] : []),
    ...(all ? [closed, commander, purpose] : []),
  ])
}

/** Holds no words of its own but those of a layer: the file of all that a constituency holds, for all of it together. */
export const noun: Noun = {
  acts: {
    makeExport: act(
      fc.record({ by: who, holder: fc.constantFrom(...CONSTITUENCIES) }),
      async (world, { by, holder }) => {
        const ctx = await world.as(by)
        const file = join(world.desk.dataDir, `${randomUUID()}.jsonl`)
        const { manifest, manifestFile } = await makeExport(ctx, { holder, file })
        world.answer(ctx, view => exportMessage(view, 'export.jsonl', manifest))
        for (const each of [file, manifestFile]) {
          world.hand(holder, readFileSync(each, 'utf8'))
          rmSync(each)
        }
      },
    ),
  },
  apart: { gaveLines: 'is rendered as `partner.gave`' },
  words: async () => alleged,
  async held(world, holder) {
    const { mission } = world.desk
    const layer = mission.layers.attribution.some(role => findRole(mission, role)?.constituency === holder)
    return [rowsHeldBy(world, holder), ...(layer ? alleged : [])]
  },
}
