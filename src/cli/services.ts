import { type Environment, loadMission, readEnvironment, sealingKeys } from '../config.ts'
import { openPartners } from '../db/partners.ts'
import { openBeside, openStore, type Store } from '../db/store.ts'
import { createVault } from '../db/vault.ts'
import { createGazetteer } from '../domain/gazetteer.ts'
import { createIds } from '../ids.ts'
import type { Ctx } from '../operations/context.ts'
import type { Log } from '../ports.ts'

/** Says what matters to the terminal; nothing of a record. */
const log: Log = {
  debug() {},
  info() {},
  warn: (_fields, message) => console.error(message),
  error: (_fields, message) => console.error(message),
}

/**
 * Runs `work` as the bot itself on the store of a data folder, with the mission file and keys of the environment.
 *
 * @param how `alone`: the bot must be stopped; `beside`: it may run.
 * @throws ConfigError, MissionError, TocsinError `data_in_use`, MigrationError.
 */
export async function withServices<T>(
  dataDir: string,
  how: 'alone' | 'beside',
  work: (ctx: Ctx) => Promise<T>,
): Promise<T> {
  const cwd = process.cwd()
  const environment: Environment = readEnvironment(process.env, { cwd })
  const mission = await loadMission(environment.MISSION || 'missions/ombara.yaml')
  const keys = sealingKeys(environment, 'VAULT_KEY')
  const clock = { now: Date.now }
  const ids = createIds()
  const options = { dataDir, clock, ids, log }
  const store: Store = how === 'alone' ? await openStore(options) : openBeside(options)
  try {
    return await work({
      store,
      mission,
      gazetteer: createGazetteer(mission.gazetteer),
      clock,
      ids,
      log,
      vault: keys ? createVault(keys) : null,
      partners: openPartners(dataDir, sealingKeys(environment, 'PARTNER_KEY')),
      integration: { profile: mission.profile },
      actor: { kind: 'system' },
    })
  } finally {
    await store.scrub()
    await store.close()
  }
}
