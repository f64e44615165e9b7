/** Which organisation an unnamed partner is: a sealed file of its own, beside the database and in none of its backups. */
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createVault, type Sealed, VaultError, type VaultKeys } from './vault.ts'

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
  /**
   * Puts every name under the current key, on disk when this returns, so that the keys of before can be thrown away.
   * @returns how many were moved, and how many open with none of the keys given.
   * @throws Error without a key.
   */
  rotate(): { moved: number; unopened: number }
}

/** What a sealed name is bound to: it opens under no other reference, and as nothing else. */
const bound = (reference: string): string => `partner:${reference}`

interface Contents {
  format: 'tocsin-partners'
  version: 1
  partners: Record<string, Sealed>
}

/** @param keys held by the humanitarian side, with those of before; left out, references alone are known. */
export function openPartners(dataDir: string, keys?: VaultKeys): PartnerFile {
  const path = join(dataDir, PARTNERS_FILE)
  const vault = keys && createVault(keys)

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
      if (!vault) return { known: null, because: 'no_key' }
      const sealed = read().partners[reference]
      if (!sealed) return { known: null, because: 'never_said' }
      try {
        return { known: vault.open<{ organisation: string }>(bound(reference), sealed).organisation }
      } catch (error) {
        const missing = error instanceof VaultError && error.code === 'key_missing'
        return { known: null, because: missing ? 'other_key' : 'damaged' }
      }
    },
    forget(reference) {
      const contents = read()
      if (!(reference in contents.partners)) return
      delete contents.partners[reference]
      write(contents)
    },
    rotate() {
      if (!vault) throw new Error('there is no key to seal which organisation a partner is')
      const contents = read()
      let moved = 0
      let unopened = 0
      for (const [reference, sealed] of Object.entries(contents.partners)) {
        try {
          const row = vault.rewrap(bound(reference), sealed)
          if (!row) continue
          contents.partners[reference] = row
          moved++
        } catch (error) {
          if (!(error instanceof VaultError)) throw error
          unopened++
        }
      }
      if (moved > 0) write(contents)
      return { moved, unopened }
    },
  }
}
