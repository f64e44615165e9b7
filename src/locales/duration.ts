export type DurationUnit = 'days' | 'hours' | 'minutes' | 'seconds'

const SIZES: readonly [DurationUnit, number][] = [
  ['days', 86_400_000],
  ['hours', 3_600_000],
  ['minutes', 60_000],
  ['seconds', 1000],
]

/**
 * A duration in at most two neighbouring units, as people say it: 2 h 5 min, 3 d 4 h, 45 s. Seconds stand alone,
 * for nobody needs them beside minutes.
 */
export function durationParts(ms: number): { unit: DurationUnit; amount: number }[] {
  const seconds = Math.round(Math.abs(ms) / 1000) * 1000
  const rounded = seconds < 60_000 ? seconds : Math.round(seconds / 60_000) * 60_000
  const from = SIZES.findIndex(([, size]) => rounded >= size)
  if (from === -1) return [{ unit: 'seconds', amount: 0 }]
  const parts: { unit: DurationUnit; amount: number }[] = []
  let rest = rounded
  for (const [unit, size] of SIZES.slice(from, from + 2)) {
    const amount = Math.floor(rest / size)
    rest -= amount * size
    if (amount > 0) parts.push({ unit, amount })
  }
  return parts
}
