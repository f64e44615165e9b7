import type { Config } from '../config.ts'
import type { Store } from '../db/store.ts'
import type { Mission } from '../domain/mission.ts'
import type { Poll } from '../intake/poll.ts'
import type { Clock } from '../ports.ts'

/** A gateway that is polled and silent for longer is a problem worth saying. */
const SILENT_MS = 10 * 60_000

/** What keeps telephone gateways from working, as codes of the health page. */
export function gatewayProblemsOf(deps: {
  config: Pick<Config, 'intake' | 'sms'>
  mission: Mission
  hasVault: boolean
  poll: Pick<Poll, 'lastOk'> | undefined
  store: Store
  clock: Clock
}): () => Promise<string[]> {
  const { config, mission, hasVault, poll, store, clock } = deps
  const { twilio, rapidproToken, koboSecret, secret } = config.intake
  const isOpen = [twilio, rapidproToken, koboSecret, secret, config.intake.poll].some(
    key => key !== undefined,
  )
  const texts = mission.ladders.some(({ rungs }) => rungs.some(({ means }) => means.includes('sms')))
  const startedAt = clock.now()
  /** Where nobody asked for texts, none is missed. */
  const missed = async () => texts && !config.sms && (await store.read.contacts.phones()).length > 0
  return async () => [
    ...(isOpen && !hasVault ? ['intake_no_vault'] : []),
    ...((await missed()) ? ['sms_no_gateway'] : []),
    ...(poll && clock.now() - (poll.lastOk() ?? startedAt) > SILENT_MS ? ['poll_silent'] : []),
  ]
}
