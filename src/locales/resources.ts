import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'

export interface Resources {
  [key: string]: string | Resources
}

/** Where the words lie: one folder per language, one JSON file per namespace. */
export const LOCALES_DIR = import.meta.dirname

const PLURAL = /^(.+)_other$/

/**
 * The words of one language, by namespace.
 *
 * Plural forms that no number below a thousand asks for (French and Spanish `many`, for millions) are taken from
 * `_other`, so that translators write the forms people meet.
 *
 * @throws Error when there are no words in this language.
 */
export function readResources(language: string, directory = LOCALES_DIR): Resources {
  const folder = join(directory, language)
  const files = readdirSync(folder).filter(file => file.endsWith('.json'))
  if (files.length === 0) throw new Error(`there are no words in ${folder}`)
  const categories = new Intl.PluralRules(language).resolvedOptions().pluralCategories
  const namespaces = files.map(file => {
    const words = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Resources
    return [basename(file, '.json'), withRarePlurals(words, categories)] as const
  })
  return Object.fromEntries(namespaces)
}

function withRarePlurals(words: Resources, categories: readonly string[]): Resources {
  const filled: Resources = {}
  for (const [key, value] of Object.entries(words)) {
    filled[key] = typeof value === 'string' ? value : withRarePlurals(value, categories)
    const stem = PLURAL.exec(key)?.[1]
    if (stem === undefined) continue
    for (const category of categories) {
      const form = `${stem}_${category}`
      if (!(form in words)) filled[form] = value
    }
  }
  return filled
}
