import type { Config } from '../config.ts'
import { createVault, type Vault } from '../db/vault.ts'
import type { Services } from '../operations/context.ts'
import type { Log } from '../ports.ts'

/** The vault with the keys of the environment; null, and said in the log, where there are none. */
export function openVault(keys: Config['vault'], log: Log): Vault | null {
  if (keys) return createVault(keys)
  log.warn(
    { key: 'VAULT_KEY' },
    'no key for the source vault is given: sources cannot be recorded, and nothing is taken in from the field',
  )
  return null
}

/** Says in the log which keys are missing to open sources and numbers recorded earlier. */
export async function checkVaultKeys({ store, vault, log }: Services): Promise<void> {
  const known = new Set(vault?.keyIds)
  const needed = [...(await store.read.sources.keyIds()), ...(await store.read.contacts.keyIds())]
  const missing = [...new Set(needed)].filter(id => !known.has(id))
  if (missing.length > 0) log.error({ keyIds: missing }, 'some sources cannot be opened with the keys given')
}
