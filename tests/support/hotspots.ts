import { createHotspot } from '../../src/operations/hotspot.ts'
import type { Desk, Who } from './operations.ts'

/** A market under threat, as it is put on the list. */
export const market = {
  name: 'Karamba market',
  place: { id: 'karamba-market' },
  kind: 'market',
  threats: ['armed_attack'],
}

/** Puts it on the list, with what is changed. */
export async function listed(desk: Desk, change: object = {}, by: Who = 'pocAdviser') {
  return createHotspot(await desk.as(by), { ...market, ...change })
}
