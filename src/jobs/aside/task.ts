import type { Mission } from '../../domain/mission.ts'

/** What a thread is asked for; ids and codes only. */
export type Task = { do: 'alert.csv'; personId: string; event: number }

/** What a thread is given to do it with. */
export interface AsideData {
  task: Task
  dataDir: string
  mission: Mission
  /** The moment it is done for (epoch ms). */
  now: number
}
