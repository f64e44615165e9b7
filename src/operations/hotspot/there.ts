/** Who is at a place: coverage by troops and police, visits of sections, whom to ask. */
import { COVERAGES } from '../../domain/hotspot.ts'
import type { Constituency } from '../../domain/mission.ts'
import { TocsinError } from '../../errors.ts'
import { type Ctx, inTransaction } from '../context.ts'
import { heldRoles, registeredPerson } from '../permission.ts'
import { note } from '../telling.ts'
import { requiredText } from '../text.ts'
import type { HotspotFacts } from './facts.ts'
import { hotspotLimits, known, wholeNumber } from './fields.ts'
import { readHotspot } from './reading.ts'
import { showHotspot } from './tell.ts'

const DAY_MS = 24 * 3_600_000

/** Whether the person may say how places are covered: military, police and the operations centre. */
export function mayReportCoverage(ctx: Ctx): boolean {
  const { constituency } = registeredPerson(ctx)
  if (constituency === 'military' || constituency === 'police') return true
  return heldRoles(ctx).some(({ role }) => role === ctx.mission.operationsCentre.role)
}

/** Whether visits of this constituency are kept: how agencies and NGOs move is theirs to know. */
export const keepsVisits = (
  constituency: Constituency | null,
): constituency is Exclude<Constituency, 'un_agency' | 'ngo'> =>
  constituency !== null && constituency !== 'un_agency' && constituency !== 'ngo'

/**
 * How a place is covered, as those who command there say: military, police and the operations centre. Of the command
 * layer; it grows old by itself.
 *
 * @throws TocsinError `not_registered`, `not_found`, `not_allowed`, `unknown_term`, `number_range`.
 */
export async function reportCoverage(
  ctx: Ctx,
  input: { hotspotId: string; coverage: string; everyDays?: number | null },
): Promise<HotspotFacts> {
  const person = registeredPerson(ctx)
  const coverage = known(COVERAGES, input.coverage, 'coverage')
  const everyDays = coverage === 'patrols' ? wholeNumber(input.everyDays, 'everyDays', 1, 365) : null
  return inTransaction(ctx, async (repos, open) => {
    const facts = await readHotspot(open, input.hotspotId, repos)
    if (!mayReportCoverage(ctx))
      throw new TocsinError('not_allowed', { details: { code: facts.hotspot.code } })
    const at = ctx.clock.now()
    const { id, code } = facts.hotspot
    await repos.hotspots.addCoverage({ hotspotId: id, coverage, everyDays, at, byPerson: person.id })
    await note(open, { kind: 'hotspot', id }, 'hotspot.coverage', { code }, { coverage, everyDays })
    await showHotspot(open, facts.hotspot)
    return readHotspot(open, id, repos)
  })
}

/**
 * Somebody of a section was there, from one day to another.
 *
 * @param input.from,input.to epoch ms; not in the future.
 * @throws TocsinError `not_registered`, `not_found`, `partner_visit` for people of an agency or NGO, whose movements are
 *   not ours to keep, `time_future`, `ends_before_start`.
 */
export async function recordVisit(
  ctx: Ctx,
  input: { hotspotId: string; from: number; to: number },
): Promise<HotspotFacts> {
  const person = registeredPerson(ctx)
  const { constituency } = person
  if (!keepsVisits(constituency)) throw new TocsinError('partner_visit')
  const now = ctx.clock.now()
  if (input.from > now || input.to > now + DAY_MS) throw new TocsinError('time_future', { field: 'to' })
  if (input.to < input.from) throw new TocsinError('ends_before_start', { field: 'to' })
  return inTransaction(ctx, async (repos, open) => {
    const { hotspot } = await readHotspot(open, input.hotspotId, repos)
    await repos.hotspots.addVisit({
      id: open.ids.id(),
      hotspotId: hotspot.id,
      constituency,
      section: person.section,
      from: input.from,
      to: input.to,
      byPerson: person.id,
      recordedAt: now,
    })
    await note(open, { kind: 'hotspot', id: hotspot.id }, 'hotspot.visited', {
      code: hotspot.code,
      constituency,
    })
    await showHotspot(open, hotspot)
    return readHotspot(open, hotspot.id, repos)
  })
}

/** What a POC site has a contact for each. */
export const SITE_PURPOSES = ['external', 'internal', 'aid'] as const
const PURPOSES = ['contact', ...SITE_PURPOSES] as const

/**
 * Whom to ask about a place on the acting person's own side: posts, never names. A POC site has one contact each for
 * threats from outside, security inside and aid.
 *
 * @throws TocsinError `not_registered`, `not_found`, `unknown_term`, `text_missing`.
 */
export async function setContact(
  ctx: Ctx,
  input: { hotspotId: string; purpose: string; post: string },
): Promise<HotspotFacts> {
  const person = registeredPerson(ctx)
  const purpose = known(PURPOSES, input.purpose, 'purpose')
  const post = requiredText(input.post, 'post', hotspotLimits.post)
  const humanitarian = person.constituency === 'un_agency' || person.constituency === 'ngo'
  return inTransaction(ctx, async (repos, open) => {
    const { hotspot } = await readHotspot(open, input.hotspotId, repos)
    if (purpose !== 'contact' && hotspot.kind !== 'poc_site')
      throw new TocsinError('unknown_term', { field: 'purpose', details: { value: purpose } })
    await repos.hotspots.setContact({
      hotspotId: hotspot.id,
      side: humanitarian ? 'humanitarian' : 'mission',
      purpose,
      post,
      byPerson: person.id,
      at: ctx.clock.now(),
    })
    await note(
      open,
      { kind: 'hotspot', id: hotspot.id },
      'hotspot.contact',
      { code: hotspot.code, purpose },
      { post },
    )
    await showHotspot(open, hotspot)
    return readHotspot(open, hotspot.id, repos)
  })
}
