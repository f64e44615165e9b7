import { DateTime } from 'luxon'

/** Where and how a person reads times. */
export interface Reader {
  tz: string
  locale: string
}

/** A message's time stamp (seconds and a counter) or Unix seconds, as the reader's local time. */
export function atReader(seconds: string | number, { tz, locale }: Reader): DateTime {
  return DateTime.fromSeconds(Number(seconds), { zone: tz, locale })
}

export const clock = (seconds: string | number, reader: Reader) =>
  atReader(seconds, reader).toLocaleString(DateTime.TIME_SIMPLE)

export const fullTime = (seconds: string | number, reader: Reader) =>
  `${atReader(seconds, reader).toLocaleString(DateTime.DATETIME_FULL_WITH_SECONDS)}`

const sentenceCase = (text: string) => text.charAt(0).toLocaleUpperCase() + text.slice(1)

/** "Today", "Yesterday" or the day with its weekday, in the reader's language. */
export function dayName(seconds: string | number, reader: Reader, now = DateTime.now()): string {
  const day = atReader(seconds, reader)
  const ago = now.setZone(reader.tz).startOf('day').diff(day.startOf('day'), 'days').days
  if (ago === 0 || ago === 1)
    return sentenceCase(day.toRelativeCalendar({ base: now.setZone(reader.tz), unit: 'days' }) ?? '')
  return sentenceCase(day.toLocaleString(DateTime.DATE_HUGE))
}

export const isToday = (seconds: string | number, reader: Reader) =>
  atReader(seconds, reader).hasSame(DateTime.now().setZone(reader.tz), 'day')

/** "21 Nov", in the reader's language. */
export const shortDay = (seconds: string | number, reader: Reader) =>
  atReader(seconds, reader).toLocaleString({ day: 'numeric', month: 'short' })

export const dayKey = (seconds: string | number, reader: Reader) =>
  atReader(seconds, reader).toISODate() ?? ''

/** "3 hours ago", in the page's own language, as part of its sentences. */
export const ago = (seconds: string | number, reader: Reader) =>
  atReader(seconds, { ...reader, locale: 'en' }).toRelative() ?? ''

/** Fills the tokens of Slack's `<!date^seconds^format>`; an unknown token stays as written. */
export function formatSlackDate(seconds: number, format: string, reader: Reader): string {
  const time = atReader(seconds, reader)
  const pretty = (options: Intl.DateTimeFormatOptions) => {
    const days = time.startOf('day').diff(DateTime.now().setZone(reader.tz).startOf('day'), 'days').days
    return Math.abs(days) <= 1
      ? (time.toRelativeCalendar({ unit: 'days' }) ?? '')
      : time.toLocaleString(options)
  }
  const long: Intl.DateTimeFormatOptions = { weekday: 'long', ...DateTime.DATE_FULL }
  const tokens: Record<string, () => string> = {
    date_num: () => time.toISODate() ?? '',
    date_slash: () => time.toLocaleString(DateTime.DATE_SHORT),
    date: () => time.toLocaleString(DateTime.DATE_FULL),
    date_pretty: () => pretty(DateTime.DATE_FULL),
    date_short: () => time.toLocaleString(DateTime.DATE_MED),
    date_short_pretty: () => pretty(DateTime.DATE_MED),
    date_long: () => time.toLocaleString(long),
    date_long_pretty: () => pretty(long),
    date_long_full: () => time.toLocaleString(long),
    day_divider_pretty: () => pretty(long),
    time: () => time.toLocaleString(DateTime.TIME_SIMPLE),
    time_secs: () => time.toLocaleString(DateTime.TIME_WITH_SECONDS),
    ago: () => time.toRelative() ?? '',
  }
  return format.replace(/\{(\w+)\}/g, (whole, token: string) => tokens[token]?.() ?? whole)
}
