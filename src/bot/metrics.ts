import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Store } from '../db/store.ts'
import type { PayloadKind } from './payload.ts'

/** Figures for a monitoring system; a registry of its own per bot. Labels are kinds and codes, never ids or words. */
export interface Metrics {
  acknowledged(kind: PayloadKind, ms: number): void
  /** A second delivery of what was already attended to. */
  repeated(kind: PayloadKind): void
  refused(kind: PayloadKind, code: string): void
  /** A request turned away before it reached Bolt. */
  turnedAway(reason: string): void
  /** The figures in Prometheus' text format. */
  page(): Promise<{ type: string; body: string }>
}

export function createMetrics(store: Store): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const acknowledged = new Histogram({
    name: 'tocsin_acknowledged_seconds',
    help: 'Time from a request of Slack to its answer',
    labelNames: ['kind'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 3],
    registers,
  })
  const counter = <T extends string>(name: string, help: string, labelNames: T[]) =>
    new Counter({ name, help, labelNames, registers })
  const repeated = counter('tocsin_repeated_total', 'Deliveries that had been attended to before', ['kind'])
  const refused = counter('tocsin_refused_total', 'Requests answered with a refusal', ['kind', 'code'])
  const turnedAway = counter('tocsin_turned_away_total', 'Requests refused before Bolt', ['reason'])
  new Gauge({
    name: 'tocsin_outbox_entries',
    help: 'Messages not in Slack yet',
    labelNames: ['state'],
    registers,
    async collect() {
      const { waiting, claimed, parked } = await store.read.outbox.counts()
      this.set({ state: 'waiting' }, waiting)
      this.set({ state: 'claimed' }, claimed)
      this.set({ state: 'parked' }, parked)
    },
  })
  return {
    acknowledged: (kind, ms) => acknowledged.observe({ kind }, ms / 1000),
    repeated: kind => repeated.inc({ kind }),
    refused: (kind, code) => refused.inc({ kind, code }),
    turnedAway: reason => turnedAway.inc({ reason }),
    page: async () => ({ type: registry.contentType, body: await registry.metrics() }),
  }
}
