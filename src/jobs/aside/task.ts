import type { Mission } from '../../domain/mission.ts'
import type { Span } from '../../operations/alert/figures.ts'
import type { HotspotFile } from '../../operations/hotspot/file.ts'
import type { IndicatorForm } from '../../operations/indicators.ts'

/** What a thread is asked for; ids and codes only. */
export type Task =
  | { do: 'alert.csv'; personId: string; event: number }
  | { do: 'alert.figures'; personId: string; span: Span; sector: string | null }
  | { do: 'indicators'; personId: string; form: IndicatorForm }
  | { do: 'indicators.week'; channelId: string }
  | { do: 'hotspots'; personId: string; form: HotspotFile; sector: string | null }

/** What a thread is given to do it with. */
export interface AsideData {
  task: Task
  dataDir: string
  mission: Mission
  /** The moment it is done for (epoch ms). */
  now: number
}
