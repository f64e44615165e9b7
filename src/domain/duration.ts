import ms from 'ms'

const SHAPE = /^(\d{1,6})(s|m|h|d)$/

/**
 * Reads a duration written as `90s`, `10m`, `2h` or `3d`.
 *
 * @returns milliseconds, or undefined when the text is no such duration or is zero.
 */
export function parseDuration(text: string): number | undefined {
  const trimmed = text.trim()
  if (!SHAPE.test(trimmed)) return undefined
  const value = ms(trimmed as Parameters<typeof ms>[0])
  return value > 0 ? value : undefined
}

/**
 * Writes milliseconds as the mission file does (`90s`, `10m`, `2h`, `3d`), in the largest unit that loses nothing
 * above a second.
 */
export function formatDuration(milliseconds: number): string {
  const units: readonly [number, string][] = [
    [86_400_000, 'd'],
    [3_600_000, 'h'],
    [60_000, 'm'],
  ]
  for (const [size, unit] of units) {
    if (milliseconds >= size && milliseconds % size === 0) return `${milliseconds / size}${unit}`
  }
  return `${Math.round(milliseconds / 1000)}s`
}
