import type { Repos } from '../../db/store.ts'
import { codeTyped } from '../../domain/code.ts'
import type { Reader } from '../../domain/sharing.ts'
import type { TaskingFilter } from '../../domain/tasking-filter.ts'
import { fold } from '../../domain/text-fold.ts'
import { actorAsReader } from '../alert/reading.ts'
import { type Ctx, inTransaction } from '../context.ts'
import { actingPerson, registeredPerson } from '../permission.ts'
import { lineAt, note, personTarget } from '../telling.ts'
import { factsOfTaskings, mayReadTasking, type TaskingFacts } from './facts.ts'
import { type Hand, partiesAs } from './parties.ts'

/** Taskings one page of a list shows. */
export const TASKINGS_PER_PAGE = 8
/** More than these of the newest a list does not look through. */
const LOOKED_AT = 3_000

export interface TaskingPage {
  items: TaskingFacts[]
  total: number
  page: number
  filter: TaskingFilter
}

/** The tasking behind a code as somebody typed it (`T-7K4Q`, `t7k4q`), where they may read it; null where not. */
export async function findTasking(ctx: Ctx, words: string): Promise<TaskingFacts | null> {
  actingPerson(ctx)
  const code = codeTyped('T', words)
  const row = code ? await ctx.store.read.taskings.byCode(code) : null
  const [facts] = row ? await readable(ctx, ctx.store.read, actorAsReader(ctx), [row]) : []
  return facts ?? null
}

/**
 * What waits for the acting person: taskings they answer for, requests they may answer, declines that climbed to them
 * and offers of something else to what they asked. Late first, then by date.
 */
export async function waitingTaskings(ctx: Ctx): Promise<TaskingFacts[]> {
  actingPerson(ctx)
  const reader = actorAsReader(ctx)
  if (reader?.kind !== 'person') return []
  const repos = ctx.store.read
  const all = await readable(ctx, repos, reader, await repos.taskings.open())
  return all.filter(facts => waitsFor(ctx, facts, reader)).sort(byNeed)
}

/** Requests of the acting person's own, or of their post, that nobody has answered yet; by date. */
export async function askedRequests(ctx: Ctx): Promise<TaskingFacts[]> {
  actingPerson(ctx)
  const reader = actorAsReader(ctx)
  if (reader?.kind !== 'person') return []
  const repos = ctx.store.read
  const rows = (await repos.taskings.open()).filter(
    ({ kind, state }) => kind === 'request' && state === 'offered',
  )
  return (await readable(ctx, repos, reader, rows))
    .filter(facts => isTheirs(ctx, facts, reader, 'from_me'))
    .sort(byNeed)
}

function waitsFor(ctx: Ctx, facts: TaskingFacts, hand: Hand): boolean {
  const { tasking } = facts
  const parties = partiesAs(ctx.mission, facts, hand).map(({ party }) => party)
  if (tasking.state === 'declined') return parties.includes('above')
  if (tasking.state === 'alternative') return parties.includes('asker')
  if (tasking.state === 'referred') return parties.includes('asker')
  if (tasking.kind === 'request' && tasking.state === 'accepted') return tasking.accountable === hand.personId
  if (tasking.accountable !== null) return tasking.accountable === hand.personId
  return parties.includes('asked')
}

function byNeed(a: TaskingFacts, b: TaskingFacts): number {
  return Number(b.overdue) - Number(a.overdue) || a.tasking.dueAt - b.tasking.dueAt
}

/**
 * The taskings the acting person may read and the filter lets through, a page at a time: late first, then by date.
 * Those they may not read are not counted either.
 *
 * @throws TocsinError `not_registered`.
 */
export async function listTaskings(ctx: Ctx, filter: TaskingFilter, page = 0): Promise<TaskingPage> {
  registeredPerson(ctx)
  const found = await filtered(ctx, filter)
  const pages = Math.max(1, Math.ceil(found.length / TASKINGS_PER_PAGE))
  const shown = Math.min(Math.max(0, page), pages - 1)
  return {
    items: found.slice(shown * TASKINGS_PER_PAGE, (shown + 1) * TASKINGS_PER_PAGE),
    total: found.length,
    page: shown,
    filter,
  }
}

/** All that the filter lets through of what the acting person may read; for lists and files. */
export async function filtered(ctx: Ctx, filter: TaskingFilter): Promise<TaskingFacts[]> {
  const reader = actorAsReader(ctx)
  if (reader?.kind !== 'person') return []
  const repos = ctx.store.read
  const rows = filter.ended ? await repos.taskings.newest(LOOKED_AT) : await repos.taskings.open()
  const origin = filter.origin === null ? null : await repos.alerts.byCode(filter.origin)
  const words = fold(filter.words)
  const may = rows.filter(
    row =>
      (filter.kind === null || row.kind === filter.kind) &&
      (filter.sector === null || row.sector === filter.sector) &&
      (filter.origin === null || row.originId === (origin?.id ?? '')) &&
      (words === '' || fold(`${row.code} ${row.result} ${row.placeSaid ?? ''}`).includes(words)),
  )
  const waits = (state: string) => state === 'offered' || state === 'declined'
  return (await readable(ctx, repos, reader, may))
    .filter(facts => !filter.overdue || facts.overdue)
    .filter(({ tasking }) => !filter.waiting || (tasking.kind === 'tasking' && waits(tasking.state)))
    .filter(facts => filter.whose === 'all' || isTheirs(ctx, facts, reader, filter.whose))
    .sort(byNeed)
}

function isTheirs(ctx: Ctx, facts: TaskingFacts, hand: Hand, whose: 'mine' | 'from_me'): boolean {
  const parties = partiesAs(ctx.mission, facts, hand).map(({ party }) => party)
  return parties.includes(whose === 'mine' ? 'asked' : 'asker')
}

async function readable(
  ctx: Ctx,
  repos: Repos,
  reader: Reader | null,
  rows: Parameters<typeof factsOfTaskings>[3],
): Promise<TaskingFacts[]> {
  if (!reader) return []
  const all = await factsOfTaskings(repos, ctx.mission, ctx.clock.now(), rows)
  return all.filter(facts => mayReadTasking(ctx, facts, reader))
}

/** How the taskings from these records stand for a reader, without what they may not read: of each, all and done. */
export async function taskingCount(
  ctx: Ctx,
  origin: { kind: string; id: string },
  reader: Reader,
): Promise<{ total: number; done: number } | null> {
  const repos = ctx.tx ?? ctx.store.read
  const rows = (await repos.taskings.ofOrigins(origin.kind, [origin.id])).filter(
    ({ kind, state }) => kind === 'tasking' && state !== 'cancelled',
  )
  const shown = await readable(ctx, repos, reader, rows)
  if (shown.length === 0) return null
  return { total: shown.length, done: shown.filter(({ tasking }) => tasking.state === 'done').length }
}

/** What a digest says of taskings to its readers: what is not done as plainly as what is. */
export interface TaskingDigest {
  late: TaskingFacts[]
  waiting: TaskingFacts[]
  blocked: TaskingFacts[]
  done: TaskingFacts[]
  notTakenOn: TaskingFacts[]
}

/** Taskings that are open, or were touched since (epoch ms), whoever may read them; requests are in none. */
export async function taskingsSince(ctx: Ctx, from: number): Promise<TaskingFacts[]> {
  const repos = ctx.store.read
  const rows = [...(await repos.taskings.open()), ...(await repos.taskings.touchedSince(from))]
  const each = new Map(rows.filter(({ kind }) => kind === 'tasking').map(row => [row.id, row]))
  return factsOfTaskings(repos, ctx.mission, ctx.clock.now(), [...each.values()])
}

/** What a digest's reader may read of {@link taskingsSince}, sorted into its lists. */
export function digestTaskings(
  ctx: Ctx,
  taskings: readonly TaskingFacts[],
  reader: Reader,
  window: { from: number; to: number },
): TaskingDigest {
  const all = taskings.filter(facts => mayReadTasking(ctx, facts, reader)).sort(byNeed)
  const ended = ({ tasking }: TaskingFacts) => tasking.stateAt > window.from && tasking.stateAt <= window.to
  const late = all.filter(({ overdue }) => overdue)
  const left = all.filter(({ overdue }) => !overdue)
  const standing = (...states: string[]) => left.filter(({ tasking }) => states.includes(tasking.state))
  return {
    late,
    waiting: standing('offered', 'declined', 'referred'),
    blocked: standing('blocked'),
    done: standing('done').filter(ended),
    notTakenOn: standing('not_taken_on').filter(ended),
  }
}

export const TASKING_FILES = ['csv', 'ics'] as const
export type TaskingFile = (typeof TASKING_FILES)[number]

/**
 * Asks for what a list shows as a file, for a spreadsheet or a calendar; it follows by direct message, made from what
 * the person may read when it is made.
 *
 * @throws TocsinError `not_registered`.
 */
export async function requestTaskingFile(
  ctx: Ctx,
  input: { file: TaskingFile; filter: TaskingFilter },
): Promise<void> {
  const person = registeredPerson(ctx)
  await inTransaction(ctx, async (repos, open) => {
    const { file, filter } = input
    await repos.access.add({
      at: ctx.clock.now(),
      personId: person.id,
      layer: 'export',
      recordKind: 'tasking',
      recordId: file,
    })
    // What was typed does not leave the form: the file holds all the rest lets through.
    const { words: _, ...codes } = filter
    await note(open, { kind: 'person', id: person.id }, 'tasking.exported', { file, ...codes })
    await lineAt(open, 'tasking.file', `tasking.${file}:${person.id}`, personTarget(person.id), {
      file,
      filter: { ...codes, words: '' },
    })
  })
}
