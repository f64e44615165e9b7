import type { Locales } from '../../locales/index.ts'
import { runDigest } from '../../operations/digest.ts'
import { runRetention } from '../../operations/retention.ts'
import type { Renderer, TimerHandler } from '../contract.ts'
import { alertCardRenderer, alertLineRenderer, alertTimer } from './alert.ts'
import { digestRenderer } from './digest.ts'

/** How each kind of outbox entry is rendered. A `card` says in its data of which kind of record. */
export function renderers(locales: Locales): Record<string, Renderer> {
  return {
    card: alertCardRenderer(locales),
    'alert.line': alertLineRenderer(locales),
    digest: digestRenderer(locales),
  }
}

/** What each kind of timer does when it is due. */
export const timerHandlers: Record<string, TimerHandler> = {
  'alert.step': alertTimer,
  digest: runDigest,
  retention: runRetention,
}
