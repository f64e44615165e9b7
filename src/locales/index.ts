/** Words, dates and numbers in a person's language and zone. Built on i18next; complete in every shipped language. */
export interface Words {
  language: string
  zone: string
  /** The text under `key`; `count` picks the plural, other values fill the gaps. */
  t(key: string, values?: Record<string, unknown>): string
  /** A day and time such as "21 Nov 02:10", with the zone's short name where it is not the mission's. */
  dateTime(at: number): string
  time(at: number): string
  date(at: number): string
  /** "12 min", "2 h 5 min". */
  duration(ms: number): string
  list(items: string[]): string
  number(n: number): string
}
