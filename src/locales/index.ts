import { createInstance, type TFunction } from 'i18next'
import { DateTime, IANAZone } from 'luxon'
import { durationParts } from './duration.ts'
import { readResources } from './resources.ts'

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

/** The words of a mission, in each of its languages. */
export interface Locales {
  /**
   * Words for a reader.
   *
   * @param locale Slack's locale (`fr-FR`), a language (`fr`) or nothing; the nearest of the mission's languages answers.
   * @param zone IANA zone of the reader; the mission's where there is none or it is unknown here.
   */
  words(locale?: string | null, zone?: string | null): Words
  /** The mission's language nearest to a locale; its first one where none is near. */
  nearest(locale: string | null | undefined): string
  /** Whether there are words under this key. */
  has(key: string): boolean
}

export interface LocaleOptions {
  /**
   * What happens when a key or a gap's value is missing. Throws unless given; a running bot logs instead, since
   * a card that shows a key is better than no card.
   */
  onMissing?: (language: string, key: string) => void
}

/**
 * Loads the words of `languages` from `src/locales/<language>/<namespace>.json`; the key `alert.card.title` is
 * `card.title` in `alert.json`.
 *
 * @param missionZone IANA zone in which the mission reads the clock.
 * @param languages the mission's languages, its default first.
 * @throws Error when a language has no words here.
 */
export function createLocales(
  missionZone: string,
  languages: readonly string[],
  { onMissing = throwMissing }: LocaleOptions = {},
): Locales {
  const [first] = languages
  if (first === undefined) throw new Error('a mission has at least one language')
  const i18n = createInstance()
  void i18n.init({
    resources: Object.fromEntries(languages.map(language => [language, { words: readResources(language) }])),
    lng: first,
    fallbackLng: first,
    defaultNS: 'words',
    initAsync: false,
    interpolation: { escapeValue: false },
    saveMissing: true,
    missingKeyHandler: (_asked, _namespace, key) => onMissing(first, key),
    missingInterpolationHandler: (text: string, match: string[]) => {
      onMissing(first, `${match[0]} in “${text}”`)
      return '–'
    },
  })
  const nearest = (locale: string | null | undefined) => {
    const language = locale?.toLowerCase().split(/[-_]/)[0]
    return languages.find(candidate => candidate === language) ?? first
  }
  const cache = new Map<string, Words>()
  const zones = new Map<string, string>()
  /** The reader's zone where this machine knows it; asking for that is dear, and there are few. */
  const zoneFor = (zone: string): string => {
    const known = zones.get(zone) ?? (IANAZone.isValidZone(zone) ? zone : missionZone)
    zones.set(zone, known)
    return known
  }
  return {
    nearest,
    has: key => i18n.exists(key),
    words(locale, zone) {
      const language = nearest(locale)
      const readerZone = zone ? zoneFor(zone) : missionZone
      const key = `${language} ${readerZone}`
      const known = cache.get(key)
      if (known) return known
      const words = createWords(i18n.getFixedT(language), language, readerZone, missionZone)
      cache.set(key, words)
      return words
    },
  }
}

function createWords(t: TFunction, language: string, zone: string, missionZone: string): Words {
  const numbers = new Intl.NumberFormat(language)
  const lists = new Intl.ListFormat(language, { type: 'conjunction' })
  const local = (at: number) => DateTime.fromMillis(at, { zone, locale: language })
  const zoneMark = (at: DateTime) =>
    at.offset === at.setZone(missionZone).offset ? '' : ` ${at.offsetNameShort ?? at.toFormat('ZZ')}`
  const inZone = (at: number, format: string) => {
    const there = local(at)
    return there.toFormat(format) + zoneMark(there)
  }
  const plain = new Map<string, string>()
  /** A text without gaps is looked up once: cards and lists ask for the same ones again and again. */
  const plainText = (key: string): string => {
    const text = plain.get(key) ?? t(key, {})
    plain.set(key, text)
    return text
  }
  const words: Words = {
    language,
    zone,
    t: (key, values) => (values === undefined ? plainText(key) : t(key, values)),
    dateTime: at => inZone(at, 'd LLL HH:mm'),
    time: at => inZone(at, 'HH:mm'),
    date: at => local(at).toFormat('d LLL yyyy'),
    duration: ms =>
      durationParts(ms)
        .map(({ unit, amount }) => words.t(`units.${unit}`, { amount: numbers.format(amount) }))
        .join(' '),
    list: items => lists.format(items),
    number: n => numbers.format(n),
  }
  return words
}

function throwMissing(language: string, key: string): never {
  throw new Error(`no words for ${key} in ${language}`)
}
