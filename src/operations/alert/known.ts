/** What somebody typed or chose about an alert, checked against the mission's lists. */
import type { Alert, AtRisk } from '../../domain/alert.ts'
import { findTerm, type TaxonomyList, THREAT_SCOPES, type ThreatScope } from '../../domain/mission.ts'
import { isSensitivity, isTlp, type Sensitivity, type Tlp } from '../../domain/release.ts'
import { TocsinError } from '../../errors.ts'
import type { Ctx } from '../context.ts'
import type { CorrectInput, DetailsInput } from './amend.ts'
import { CONFIDENCES, SAID_BY } from './layers.ts'

/** More people than this is a slip of the finger. */
const PEOPLE_MAX = 10_000_000

/**
 * The marks chosen; one that stays as the mission has it is not written down as chosen.
 *
 * @throws TocsinError `unknown_term`.
 */
export function knownMarks(
  { mission }: Ctx,
  alert: Alert,
  { tlp, sensitivity }: CorrectInput,
): Partial<Alert> {
  if (tlp && !isTlp(tlp)) throw new TocsinError('unknown_term', { field: 'tlp', details: { value: tlp } })
  if (sensitivity && !isSensitivity(sensitivity))
    throw new TocsinError('unknown_term', { field: 'sensitivity', details: { value: sensitivity } })
  return {
    ...(tlp && tlp !== (alert.tlp ?? mission.marks.tlp) ? { tlp: tlp as Tlp } : {}),
    ...(sensitivity && sensitivity !== (alert.sensitivity ?? mission.marks.sensitivity)
      ? { sensitivity: sensitivity as Sensitivity }
      : {}),
  }
}

/**
 * The scope chosen; null takes back what was said, undefined says nothing.
 *
 * @throws TocsinError `unknown_term`.
 */
export function knownScope(value: string | null | undefined): ThreatScope | null | undefined {
  if (!value) return value === undefined ? undefined : null
  const scope = THREAT_SCOPES.find(candidate => candidate === value)
  if (!scope) throw new TocsinError('unknown_term', { field: 'scope', details: { value } })
  return scope
}

/**
 * Who is alleged by name, who says so and how surely; null where nobody is.
 *
 * @throws TocsinError `unknown_term`, `own_personnel`.
 */
export function knownAttribution(
  { mission }: Pick<Ctx, 'mission'>,
  { group, saidBy, confidence }: Pick<DetailsInput, 'group' | 'saidBy' | 'confidence'>,
): { group: string; saidBy: string | null; confidence: string | null } | null {
  if (!group) return null
  const found = mission.groups.find(({ id }) => id === group)
  if (!found) throw new TocsinError('unknown_term', { field: 'group', details: { value: group } })
  if (found.class === 'un') throw new TocsinError('own_personnel')
  const known = <T extends string>(list: readonly T[], field: string, value: string | null | undefined) => {
    const term = list.find(candidate => candidate === value) ?? null
    if (value && !term) throw new TocsinError('unknown_term', { field, details: { value } })
    return term
  }
  return {
    group,
    saidBy: known(SAID_BY, 'saidBy', saidBy),
    confidence: known(CONFIDENCES, 'confidence', confidence),
  }
}

/**
 * A code of one of the mission's lists; null for none, undefined where nothing was said.
 *
 * @throws TocsinError `unknown_term`.
 */
export function knownTerm(
  ctx: Ctx,
  list: TaxonomyList,
  value: string | null | undefined,
  field: string,
): string | null | undefined {
  if (value === undefined) return undefined
  return value ? (knownTerms(ctx, list, [value], field)?.[0] ?? null) : null
}

/**
 * Codes of one of the mission's lists; null for none.
 *
 * @throws TocsinError `unknown_term`.
 */
export function knownTerms(
  ctx: Ctx,
  list: TaxonomyList,
  values: readonly string[],
  field: string,
): string[] | null {
  for (const value of values) {
    if (!findTerm(ctx.mission, list, value))
      throw new TocsinError('unknown_term', { field, details: { value } })
  }
  return values.length > 0 ? [...values] : null
}

/**
 * Who is at risk and how many; null for nobody.
 *
 * @throws TocsinError `unknown_term`, `number_invalid` (whole numbers from 0 to {@link PEOPLE_MAX}).
 */
export function knownAtRisk(ctx: Ctx, rows: readonly AtRisk[]): AtRisk[] | null {
  const kinds = rows.map(({ kind }) => kind)
  if (!knownTerms(ctx, 'at_risk', kinds, 'atRisk')) return null
  for (const { kind, count } of rows) {
    if (count !== null && (!Number.isInteger(count) || count < 0 || count > PEOPLE_MAX)) {
      throw new TocsinError('number_invalid', { field: `count_${kind}`, details: { max: PEOPLE_MAX } })
    }
  }
  return rows.map(({ kind, count }) => ({ kind, count }))
}
