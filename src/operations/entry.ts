import type { Entry, EntryVersion } from '../db/entries.ts'
import { ENTRY_KINDS, type EntryKind, isEntryKind, layerOf } from '../domain/entry.ts'
import { TocsinError } from '../errors.ts'
import { type AlertFacts, alertFacts } from './alert/facts.ts'
import { actorAsReader, mayReadAlert, readAlert } from './alert/reading.ts'
import { requireUnmarked } from './alert/specialist.ts'
import { freeCode } from './code.ts'
import { type Ctx, inTransaction, type Open } from './context.ts'
import { heldRoles, registeredPerson, roleKey } from './permission.ts'
import { note } from './telling.ts'
import { requiredText, textLimits } from './text.ts'

/** An entry with what it said, oldest version first. */
export interface EntryRead {
  entry: Entry
  versions: EntryVersion[]
  /** Whether the acting person wrote it, and so may change and withdraw it. */
  own: boolean
}

/** What the acting person may read and write of an alert in these voices. */
export interface EntriesRead {
  facts: AlertFacts
  entries: EntryRead[]
  /** Kinds they may write. */
  kinds: EntryKind[]
}

/**
 * The entries of an alert that are open to the acting person: dissent to all who read the alert, the others by role,
 * and their own. Of an alert marked for a specialist nobody reads any but their own. Reading what a role opens leaves
 * entries in the access log.
 *
 * @throws TocsinError `not_registered`, `not_found`.
 */
export async function readEntries(ctx: Ctx, alertId: string): Promise<EntriesRead> {
  const person = registeredPerson(ctx)
  const facts = await readAlert(ctx, alertId)
  const marked = facts.specialist.length > 0
  const { read } = ctx.store
  const kinds = ENTRY_KINDS.filter(kind => mayIn(ctx, facts, kind))
  const rows = (await read.entries.ofAlert(alertId)).filter(
    ({ author, kind }) => author === person.id || (!marked && kinds.includes(kind)),
  )
  const layers = new Set(rows.filter(({ author }) => author !== person.id).map(({ kind }) => layerOf(kind)))
  layers.delete('record')
  if (layers.size > 0)
    await inTransaction(ctx, async ({ access }) => {
      for (const layer of layers)
        await access.add({
          at: ctx.clock.now(),
          personId: person.id,
          layer,
          recordKind: 'alert',
          recordId: alertId,
        })
    })
  const versions = await read.entries.versionsOf(rows.map(({ id }) => id))
  return {
    facts,
    kinds: marked ? [] : kinds,
    entries: rows.map(entry => ({
      entry,
      versions: versions.filter(({ entryId }) => entryId === entry.id),
      own: entry.author === person.id,
    })),
  }
}

export interface WriteEntryInput {
  alertId: string
  kind: string
  text: string
  /** Slack's view id: the same form submitted twice is one entry. */
  requestKey?: string | null
}

/**
 * Writes an entry. Dissent is anybody's whom a side has confirmed and who reads the alert; human rights and command
 * entries are for those to whose role the mission opens that layer.
 *
 * @throws TocsinError `not_registered`, `not_found`, `unknown_term`, `not_allowed`, `with_specialist`, `text_missing`,
 *   `text_too_long`.
 */
export async function writeEntry(ctx: Ctx, input: WriteEntryInput): Promise<Entry> {
  const person = registeredPerson(ctx)
  const { kind } = input
  if (!isEntryKind(kind)) throw new TocsinError('unknown_term', { field: 'kind', details: { value: kind } })
  const text = requiredText(input.text, 'text', textLimits.note)
  return inTransaction(ctx, async (repos, open) => {
    const earlier = input.requestKey ? await repos.entries.byRequestKey(input.requestKey) : null
    if (earlier) return earlier
    const facts = await readAlert(open, input.alertId, repos)
    requireUnmarked(facts)
    if (!mayIn(open, facts, kind)) throw new TocsinError('not_allowed')
    const [held] = heldRoles(open)
    const entry: Entry = {
      id: ctx.ids.id(),
      code: await freeCode(open.ids, 'E', code => repos.entries.byCode(code)),
      alertId: facts.alert.id,
      kind,
      holder: person.constituency!,
      author: person.id,
      role: held ? roleKey(held) : null,
      at: ctx.clock.now(),
      withdrawnAt: null,
      requestKey: input.requestKey ?? null,
    }
    await repos.entries.insert(entry)
    await repos.entries.addVersion({ entryId: entry.id, version: 1, at: entry.at, text })
    await noteEntry(open, entry, 'entry.written')
    return entry
  })
}

/**
 * Changes what an entry says: for its author alone, whatever role anybody holds. What it said before stays.
 *
 * @throws TocsinError `not_registered`, `not_found` for everybody else, `already_done` where it was withdrawn,
 *   `with_specialist` once the alert is marked, `text_missing`, `text_too_long`.
 */
export async function editEntry(ctx: Ctx, input: { entryId: string; text: string }): Promise<Entry> {
  registeredPerson(ctx)
  const text = requiredText(input.text, 'text', textLimits.note)
  return inTransaction(ctx, async (repos, open) => {
    const entry = await ownEntry(open, input.entryId)
    const alert = await repos.alerts.byId(entry.alertId)
    if (alert) requireUnmarked(await alertFacts(repos, open.mission, open.clock.now(), alert))
    const versions = await repos.entries.versionsOf([entry.id])
    await repos.entries.addVersion({
      entryId: entry.id,
      version: versions.length + 1,
      at: ctx.clock.now(),
      text,
    })
    await noteEntry(open, entry, 'entry.changed')
    return entry
  })
}

/**
 * Withdraws an entry: for its author alone. That it stood, and what it said, stays in its history.
 *
 * @throws TocsinError `not_registered`, `not_found` for everybody else, `already_done`.
 */
export async function withdrawEntry(ctx: Ctx, input: { entryId: string }): Promise<Entry> {
  registeredPerson(ctx)
  return inTransaction(ctx, async (repos, open) => {
    const entry = await ownEntry(open, input.entryId)
    await repos.entries.withdraw(entry.id, ctx.clock.now())
    await noteEntry(open, entry, 'entry.withdrawn')
    return { ...entry, withdrawnAt: ctx.clock.now() }
  })
}

/** An entry of the acting person's own. @throws TocsinError as {@link editEntry}. */
export async function readOwnEntry(ctx: Ctx, entryId: string): Promise<EntryRead> {
  registeredPerson(ctx)
  const entry = await ownEntry(ctx, entryId)
  return { entry, versions: await (ctx.tx ?? ctx.store.read).entries.versionsOf([entryId]), own: true }
}

async function ownEntry(ctx: Ctx, id: string): Promise<Entry> {
  const entry = await (ctx.tx ?? ctx.store.read).entries.byId(id)
  if (entry?.author !== registeredPerson(ctx).id) throw new TocsinError('not_found')
  if (entry.withdrawnAt !== null) throw new TocsinError('already_done')
  return entry
}

function mayIn(ctx: Ctx, facts: AlertFacts, kind: EntryKind): boolean {
  const reader = actorAsReader(ctx)
  return reader !== null && mayReadAlert(ctx, facts, layerOf(kind), reader)
}

/** One event of the alert's trail: which entry, of which kind, and no word of it. */
function noteEntry(open: Open, { alertId, code, kind }: Entry, event: string): Promise<void> {
  return note(open, { kind: 'alert', id: alertId }, event, { entry: code, kind })
}
