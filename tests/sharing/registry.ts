import { readdirSync } from 'node:fs'
import type { Noun } from './noun.ts'

const folder = new URL('./nouns/', import.meta.url)

/** Every noun of `nouns/`, by its name. */
export const nouns: ReadonlyMap<string, Noun> = new Map(
  await Promise.all(
    readdirSync(folder)
      .filter(file => file.endsWith('.ts'))
      .sort()
      .map(async (file): Promise<[string, Noun]> => {
        const { noun } = (await import(new URL(file, folder).href)) as { noun: Noun }
        return [file.replace(/\.ts$/, ''), noun]
      }),
  ),
)

/** All that nouns say under one heading, put together; a name said twice is a mistake. */
export function together<K extends 'acts' | 'opens' | 'apart' | 'silent' | 'onlyTo'>(key: K) {
  const all = new Map<string, NonNullable<Noun[K]>[string]>()
  for (const [name, noun] of nouns)
    for (const [each, value] of Object.entries(noun[key] ?? {})) {
      if (all.has(each)) throw new Error(`${each} stands twice under ${key}, once in ${name}`)
      all.set(each, value as NonNullable<Noun[K]>[string])
    }
  return all
}
