import type { Drawdown, DrawdownItem } from '../../db/drawdowns.ts'
import { DRAWDOWN_KINDS } from '../../domain/drawdown.ts'
import { TocsinError } from '../../errors.ts'
import { freeCode } from '../code.ts'
import { type Ctx, inTransaction, type Open, type Person } from '../context.ts'
import { comingDay } from '../gate/days.ts'
import { registeredPerson } from '../permission.ts'
import { cardAt, lineAt, note, personTarget, refreshCardsOf } from '../telling.ts'
import { optionalText } from '../text.ts'
import { type DrawdownFacts, drawdownLimits, factsOf, managers, of, requireManager } from './facts.ts'
import { drawdownSources } from './kinds.ts'

export interface DrawDownInput {
  kind: string
  base?: string | null
  /** For a transition of one sector; left out: the whole mission. */
  sector?: string | null
  day?: string | null
  /** Functions that must find a new owner, one a line. */
  functions?: string | null
  note?: string | null
  requestKey?: string | null
}

/**
 * Declares that a unit rotates, a base closes or the mission leaves, and lists what that leaves behind: places and
 * hotspots nearest to the base, open taskings there, and the functions named.
 *
 * @throws TocsinError `not_registered`, `not_allowed`, `unknown_term`, `text_missing`, `text_too_long`, `day_past`,
 *   `time_too_far`.
 */
export async function drawDown(ctx: Ctx, input: DrawDownInput): Promise<DrawdownFacts> {
  const person = registeredPerson(ctx)
  requireManager(ctx)
  const kind = DRAWDOWN_KINDS.find(known => known === input.kind)
  if (!kind) throw new TocsinError('unknown_term', { field: 'kind', details: { value: input.kind } })
  const base = ctx.mission.bases.find(({ id }) => id === input.base) ?? null
  if (kind !== 'transition' && base === null) throw new TocsinError('text_missing', { field: 'base' })
  const day = comingDay(ctx, input.day, 'day', { days: drawdownLimits.days })
  const words = optionalText(input.note, 'note', drawdownLimits.note)
  const functions = (optionalText(input.functions, 'functions', drawdownLimits.functions) ?? '')
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '')
  return inTransaction(ctx, async (repos, open) => {
    const earlier = input.requestKey ? await repos.drawdowns.byRequestKey(input.requestKey) : null
    if (earlier) return factsOf(ctx, repos, earlier)
    const drawdown: Drawdown = {
      id: ctx.ids.id(),
      code: await freeCode(open.ids, 'D', code => repos.drawdowns.byCode(code)),
      holder: person.constituency ?? 'mission_civilian',
      kind,
      base: kind === 'transition' ? null : (base?.id ?? null),
      sector: kind === 'transition' ? (input.sector ?? null) : (base?.sector ?? null),
      day,
      note: words,
      by: person.id,
      at: ctx.clock.now(),
      closedBy: null,
      closedAt: null,
      requestKey: input.requestKey ?? null,
    }
    await repos.drawdowns.insert(drawdown)
    for (const source of drawdownSources)
      for (const { ref } of await source.find(ctx, repos, drawdown))
        await repos.drawdowns.addItem(newItem(open, drawdown, source.kind, ref, null))
    for (const title of functions)
      await repos.drawdowns.addItem(newItem(open, drawdown, 'function', open.ids.id(), title))
    await note(open, of(drawdown), 'drawdown.declared', {
      code: drawdown.code,
      kind,
      base: drawdown.base,
      sector: drawdown.sector,
    })
    for (const { id } of await managers(open)) await cardAt(open, of(drawdown), personTarget(id))
    return factsOf(ctx, repos, drawdown)
  })
}

function newItem(
  open: Open,
  { id }: Drawdown,
  kind: string,
  ref: string,
  title: string | null,
): DrawdownItem {
  return {
    id: open.ids.id(),
    drawdownId: id,
    kind,
    ref,
    title,
    receiver: null,
    needed: null,
    available: null,
    state: 'open',
    conditions: null,
    answeredAt: null,
    line: null,
    lineText: null,
    lineBy: null,
    handedAt: null,
    handedBy: null,
    verifiedAt: null,
  }
}

/**
 * Closes it: the base is left, the handover is over. A base is not closed while a place loses its cover without a line
 * of its own. What nobody accepted and where nobody will be goes to the senior forum as one report.
 *
 * @throws TocsinError `not_registered`, `not_allowed`, `not_found`, `places_open` (details: places), `already_done`.
 */
export async function closeDrawdown(ctx: Ctx, input: { drawdownId: string }): Promise<DrawdownFacts> {
  const person = registeredPerson(ctx)
  requireManager(ctx)
  return inTransaction(ctx, async (repos, open) => {
    const drawdown = await repos.drawdowns.byId(input.drawdownId)
    if (!drawdown) throw new TocsinError('not_found')
    const facts = await factsOf(ctx, repos, drawdown)
    if (facts.uncovered.length > 0)
      throw new TocsinError('places_open', {
        details: { places: facts.uncovered.slice(0, 10).map(({ name }) => name) },
      })
    const at = ctx.clock.now()
    if (!(await repos.drawdowns.close(drawdown.id, person.id, at))) throw new TocsinError('already_done')
    await note(open, of(drawdown), 'drawdown.closed', { code: drawdown.code, left: facts.vacuum.length })
    await refreshCardsOf(open, of(drawdown))
    await sendReport(open, drawdown, await managers(open))
    return { ...facts, drawdown: { ...drawdown, closedBy: person.id, closedAt: at } }
  })
}

/** The report as a PDF and a CSV by direct message to whoever asks. @throws TocsinError `not_registered`, `not_allowed`, `not_found`. */
export async function reportDrawdown(ctx: Ctx, input: { drawdownId: string }): Promise<void> {
  const person = registeredPerson(ctx)
  requireManager(ctx)
  await inTransaction(ctx, async (repos, open) => {
    const drawdown = await repos.drawdowns.byId(input.drawdownId)
    if (!drawdown) throw new TocsinError('not_found')
    await sendReport(open, drawdown, [person])
  })
}

async function sendReport(open: Open, { id }: Drawdown, to: readonly Person[]): Promise<void> {
  for (const person of to)
    for (const format of ['pdf', 'csv'])
      await lineAt(open, 'drawdown.report', id, personTarget(person.id), { format })
}

/** Every drawdown, last first, for those who manage them. @throws TocsinError `not_registered`, `not_allowed`. */
export async function drawdowns(ctx: Ctx): Promise<DrawdownFacts[]> {
  registeredPerson(ctx)
  requireManager(ctx)
  const all: DrawdownFacts[] = []
  for (const drawdown of (await ctx.store.read.drawdowns.all()).toReversed())
    all.push(await factsOf(ctx, ctx.store.read, drawdown))
  return all
}

/** One of them, by its code or id. @throws TocsinError `not_registered`, `not_allowed`, `not_found`. */
export async function readDrawdown(ctx: Ctx, code: string): Promise<DrawdownFacts> {
  registeredPerson(ctx)
  requireManager(ctx)
  const { read } = ctx.store
  const drawdown =
    (await read.drawdowns.byCode(code.trim().toUpperCase())) ?? (await read.drawdowns.byId(code))
  if (!drawdown) throw new TocsinError('not_found')
  return factsOf(ctx, read, drawdown)
}
