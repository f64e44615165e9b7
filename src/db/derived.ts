import type Database from 'better-sqlite3'

/** Objects that are not in the schema: a rewritten table loses them, so they are made anew after each migration. */
const derived: readonly { name: string; sql: string; fill?: string; table?: string }[] = [
  trigger(
    'events_insert',
    'before insert on events when exists (select 1 from events where seq >= new.seq)',
    raise(),
  ),
  trigger('events_update', 'before update on events', raise()),
  trigger('events_delete', 'before delete on events', raise()),
  trigger(
    'event_details_insert',
    'before insert on event_details when exists (select 1 from event_details where seq = new.seq)',
    raise(),
  ),
  trigger(
    'event_details_update',
    `before update on event_details when new.seq <> old.seq or new.body is not null or new.salt <> ''`,
    raise('words of an event may only be erased'),
  ),
  trigger('event_details_delete', 'before delete on event_details', raise()),
  trigger(
    'entry_versions_update',
    'before update on entry_versions when new.text is not null or new.version <> old.version or new.entry_id <> old.entry_id',
    raise('versions of an entry are append-only'),
  ),
  trigger(
    'entry_versions_delete',
    'before delete on entry_versions',
    raise('versions of an entry are append-only'),
  ),
  ...fullText('alerts', ['what', 'place_said', 'place_how']),
  ...fullText('reports', ['what', 'place_said']),
]

/** Removes all derived objects, so that a migration meets tables alone. */
export function dropDerived(db: Database.Database): void {
  for (const { name } of derived.toReversed()) {
    db.exec(name.endsWith('_fts') ? `drop table if exists ${name}` : `drop trigger if exists ${name}`)
  }
}

/** Creates all derived objects and fills the full-text tables; none of a table that an older version does not have. */
export function createDerived(db: Database.Database): void {
  for (const { sql, fill } of fitting(db)) {
    db.exec(sql)
    if (fill) db.exec(fill)
  }
}

/** Names of derived objects that are missing or not as this version makes them. */
export function missingDerived(db: Database.Database): string[] {
  const stored = db.prepare<[string], string>('select sql from sqlite_master where name = ?').pluck()
  return fitting(db)
    .filter(({ name, sql }) => squeeze(stored.get(name) ?? '') !== squeeze(sql))
    .map(({ name }) => name)
}

/** Those whose table is there. */
function fitting(db: Database.Database) {
  const tables = db.prepare<[], string>("select name from sqlite_master where type = 'table'").pluck().all()
  return derived.filter(({ table }) => table === undefined || tables.includes(table))
}

function trigger(name: string, when: string, body: string) {
  const table = / on (\w+)/.exec(when)?.[1] ?? ''
  return { name, table, sql: `create trigger ${name} ${when} begin ${body}; end` }
}

function raise(words = 'events are append-only'): string {
  return `select raise(abort, '${words}')`
}

/** A table's words as an index, kept by triggers. */
function fullText(table: string, columns: readonly string[]) {
  const fts = `${table}_fts`
  const names = columns.join(', ')
  const of = (row: 'new' | 'old') => columns.map(column => `${row}.${column}`).join(', ')
  const add = `insert into ${fts} (rowid, ${names}) values (new.seq, ${of('new')})`
  const remove = `insert into ${fts} (${fts}, rowid, ${names}) values ('delete', old.seq, ${of('old')})`
  return [
    {
      name: fts,
      table,
      sql: `create virtual table ${fts} using fts5 (${names}, content = '${table}',
      content_rowid = 'seq', tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3')`,
      // secure-delete: what is erased from a record leaves the index at once
      fill: `insert into ${fts} (${fts}, rank) values ('secure-delete', 1);
      insert into ${fts} (${fts}) values ('rebuild')`,
    },
    trigger(`${fts}_insert`, `after insert on ${table}`, add),
    trigger(`${fts}_delete`, `after delete on ${table}`, remove),
    trigger(`${fts}_update`, `after update of seq, ${names} on ${table}`, `${remove}; ${add}`),
  ]
}

/** SQLite keeps a CREATE as written but for the case of its first words. */
const squeeze = (sql: string): string => sql.replaceAll(/\s+/g, ' ').trim().toLowerCase()
