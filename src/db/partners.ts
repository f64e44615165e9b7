/** Which organisation an unnamed partner is: a sealed file of its own, beside the database and in none of its backups. */
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createVault, keyIdOf, type Sealed } from './vault.ts'

/** The name of the file in the data folder. */
export const PARTNERS_FILE = 'partners.sealed'

/** What is known of a reference: its organisation, or why it is not. */
export type PartnerKnown =
  | { known: string }
  | { known: null; because: 'no_key' | 'other_key' | 'never_said' | 'damaged' }

/** The sealed file. Names go in and come out; nothing of them is written anywhere else. */
export interface PartnerFile {
  /** Whether there is a key: without one nothing can be sealed or opened, and the bot runs. */
  readonly hasKey: boolean
  /** Seals an organisation under its reference, on disk when this returns. @throws Error without a key. */
  seal(reference: string, organisation: string): void
  open(reference: string): PartnerKnown
  /** The organisation is gone from the file; harmless where it was never in it. Needs no key. */
  forget(reference: string): void
}

/** What a sealed name is bound to: it opens under no other reference, and as nothing else. */
const bound = (reference: string): string => `partner:${reference}`

interface Contents {
  format: 'tocsin-partners'
  version: 1
  partners: Record<string, Sealed>
}

/** @param key 32 bytes, held by the humanitarian side; left out, references alone are known. */
export function openPartners(dataDir: string, key?: Uint8Array): PartnerFile {
  const path = join(dataDir, PARTNERS_FILE)
  const vault = key && createVault({ current: key, old: [] })

  const read = (): Contents =>
    existsSync(path)
      ? (JSON.parse(readFileSync(path, 'utf8')) as Contents)
      : { format: 'tocsin-partners', version: 1, partners: {} }

  /** Whole or as it was: written beside it and moved into its place. */
  function write(contents: Contents): void {
    const fresh = `${path}.new`
    writeFileSync(fresh, `${JSON.stringify(contents, null, 1)}\n`, { mode: 0o600 })
    const file = openSync(fresh, 'r+')
    fsyncSync(file)
    closeSync(file)
    renameSync(fresh, path)
  }

  return {
    hasKey: vault !== undefined,
    seal(reference, organisation) {
      if (!vault) throw new Error('there is no key to seal which organisation a partner is')
      const contents = read()
      contents.partners[reference] = vault.seal(bound(reference), { organisation })
      write(contents)
    },
    open(reference) {
      if (!vault || !key) return { known: null, because: 'no_key' }
      const sealed = read().partners[reference]
      if (!sealed) return { known: null, because: 'never_said' }
      if (sealed.keyId !== keyIdOf(key)) return { known: null, because: 'other_key' }
      try {
        return { known: vault.open<{ organisation: string }>(bound(reference), sealed).organisation }
      } catch {
        return { known: null, because: 'damaged' }
      }
    },
    forget(reference) {
      const contents = read()
      if (!(reference in contents.partners)) return
      delete contents.partners[reference]
      write(contents)
    },
  }
}
