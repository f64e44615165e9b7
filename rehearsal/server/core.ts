import type { CallLog } from './calls.ts'
import type { Clock } from './clock.ts'
import type { Events } from './delivery/events.ts'
import type { Link } from './delivery/link.ts'
import type { DeliveryLog } from './delivery/log.ts'
import type { ResponseUrls } from './delivery/response-urls.ts'
import type { Triggers } from './delivery/triggers.ts'
import type { Faults } from './faults.ts'
import type { Manifest } from './manifest.ts'
import type { State } from './state/state.ts'

export interface Tokens {
  signingSecret: string
  botToken: string
  appToken: string
}

/** What every part of the workspace reaches for. Made once, by `startWorkspace`. */
export interface Core {
  state: State
  clock: Clock
  manifest: Manifest
  tokens: Tokens
  /** `http://127.0.0.1:port`, without a slash at the end. */
  url: string
  link: Link
  events: Events
  triggers: Triggers
  responseUrls: ResponseUrls
  faults: Faults
  calls: CallLog
  deliveries: DeliveryLog
  /** The options last offered to a person, by `surface|block|action`, so that only these may be chosen. */
  offered: Map<string, unknown[]>
}
