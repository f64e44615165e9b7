import { median } from './figures.ts'
import type { Figures } from './round.ts'

interface Row {
  says: string
  unit: string
  of(figures: Figures): number
  /** The value to reach, and from which side. */
  target?: { atLeast: number } | { atMost: number }
}

const atMost = (value: number) => ({ atMost: value })

const ROWS: readonly Row[] = [
  { says: 'bare Bolt app: submissions acknowledged', unit: '/s', of: f => f.bareSubmissions },
  { says: 'Tocsin: alerts submitted, stored, delivery running', unit: '/s', of: f => f.submissions },
  {
    says: '  of the bare app',
    unit: '',
    of: f => f.submissions / f.bareSubmissions,
    target: { atLeast: 1 / 3 },
  },
  { says: 'bare Bolt app: modals opened', unit: '/s', of: f => f.bareModals },
  { says: 'Tocsin: alert forms opened', unit: '/s', of: f => f.modals },
  { says: '  of the bare app', unit: '', of: f => f.modals / f.bareModals },
  { says: 'acknowledgement at 100 alerts a second, p50', unit: 'ms', of: f => f.ackP50 },
  { says: '  p99', unit: 'ms', of: f => f.ackP99 },
  { says: 'submission to card, idle, p50', unit: 'ms', of: f => f.cardP50 },
  { says: '  p99', unit: 'ms', of: f => f.cardP99, target: atMost(25) },
  { says: 'timers late, idle, p50', unit: 'ms', of: f => f.timersP50 },
  { says: '  p99', unit: 'ms', of: f => f.timersP99, target: atMost(25) },
  { says: 'timers late, 5,000 due at once, p50', unit: 'ms', of: f => f.atOnceP50 },
  { says: '  the last', unit: 'ms', of: f => f.atOnceLast, target: atMost(1000) },
  { says: 'start to ready, first on an empty folder', unit: 'ms', of: f => f.cold },
  { says: '  again', unit: 'ms', of: f => f.warm, target: atMost(1500) },
  { says: '  again, thousands of alerts stored', unit: 'ms', of: f => f.restart, target: atMost(1500) },
  { says: 'memory without Redis, idle', unit: 'MiB', of: f => f.memoryIdle },
  { says: '  after the load', unit: 'MiB', of: f => f.memoryLoaded, target: atMost(250) },
  { says: 'store per alert', unit: 'KiB', of: f => f.kibPerAlert },
  { says: 'this disk: one-row commit, FULL, p50', unit: 'ms', of: f => f.commitP50 },
  { says: '  p99', unit: 'ms', of: f => f.commitP99 },
]

/** The table of all rounds, one line per row: the median, the rounds' extremes, and whether the target is met. */
export function table(rounds: readonly Figures[]): string {
  const lines = ROWS.map(({ says, unit, of, target }) => {
    const values = rounds.map(of)
    const middle = median(values)
    return [
      says,
      `${rounded(middle)} ${unit}`.trim(),
      `${rounded(Math.min(...values))}–${rounded(Math.max(...values))}`,
      ...(target ? [words(target, unit), isMet(target, middle) ? 'met' : 'MISSED'] : ['', '']),
    ]
  })
  const all = [['', 'median', 'rounds', 'target', ''], ...lines]
  const widths = all[0]!.map((_, column) => Math.max(...all.map(line => line[column]!.length)))
  return all
    .map(line =>
      line
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

function isMet(target: NonNullable<Row['target']>, value: number): boolean {
  return 'atLeast' in target ? value >= target.atLeast : value <= target.atMost
}

function words(target: NonNullable<Row['target']>, unit: string): string {
  const [sign, value] = 'atLeast' in target ? ['≥', target.atLeast] : ['≤', target.atMost]
  return `${sign} ${rounded(value)} ${unit}`.trim()
}

function rounded(value: number): string {
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en')
  return value.toFixed(Math.abs(value) < 10 ? 2 : 1)
}
