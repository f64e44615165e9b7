import type { DigestKind } from '../../domain/digest.ts'
import type { Mission } from '../../domain/mission.ts'
import type { Profile } from '../../domain/profile.ts'
import type { Span } from '../../operations/alert/figures.ts'
import type { HotspotFile } from '../../operations/hotspot/file.ts'
import type { IndicatorForm } from '../../operations/indicators.ts'
import type { MadeDigest } from './digest.ts'
import type { MadeFile } from './index.ts'

/** A digest that is asked for; ids alone, and the time it looks back on (epoch ms). */
export interface DigestTask {
  do: 'digest'
  /** A channel, or `person:` and an id for somebody's own. */
  target: string
  kind: DigestKind
  window: { from: number; to: number }
  /** When it should have gone out, where it is late. */
  dueAt: number | null
  /** Alerts that a person subscribed to. */
  listed: string[]
}

/** What a thread is asked for; ids and codes only. */
export type Task =
  | { do: 'alert.csv'; personId: string; event: number }
  | { do: 'alert.figures'; personId: string; span: Span; sector: string | null }
  | { do: 'indicators'; personId: string; form: IndicatorForm }
  | { do: 'indicators.week'; channelId: string }
  | { do: 'hotspots'; personId: string; form: HotspotFile; sector: string | null }
  | DigestTask

export type FileTask = Exclude<Task, DigestTask>

/** What comes of a task. */
export type Made<T extends Task> = T extends DigestTask ? MadeDigest : MadeFile

/** What a thread is started with. */
export interface AsideData {
  dataDir: string
  mission: Mission
}

/** A question to a thread. */
export interface Asked {
  task: Task
  /** The moment it is done for (epoch ms). */
  now: number
  /** That holds now. */
  profile: Profile
}

export type Answer = { made: unknown } | { failed: Error }
