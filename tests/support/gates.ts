import type { Gate } from '../../src/db/gates.ts'
import { askGate, decideGate } from '../../src/operations/gate.ts'
import { DAY, type Desk } from './operations.ts'

/** An entry of the register as human rights opens it. */
export const entry = {
  template: 'due_diligence',
  about: 'logistics',
  fields: { unit: '2nd Brigade', commander: 'Brigadier Quagga', assessment: 'Zorilla: two open cases' },
}

/** The day after so many, as a form gives it. */
export const day = (desk: Desk, days: number): string =>
  new Date(desk.clock.now() + days * DAY).toISOString().slice(0, 10)

/** An entry that leadership cleared for so many days. */
export async function cleared(desk: Desk, days = 30, more: object = {}): Promise<Gate> {
  const { gate } = await askGate(await desk.as('humanRights'), { ...entry, ...more })
  await decideGate(await desk.as('leadership'), {
    gateId: gate.id,
    decision: 'cleared',
    expiresDay: day(desk, days),
  })
  return gate
}
