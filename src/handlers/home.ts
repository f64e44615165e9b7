import { waitingFor } from '../operations/alert.ts'
import { personalDigest } from '../operations/digest.ts'
import { readHome } from '../operations/home.ts'
import { digestMessage } from '../views/digest.ts'
import { closedHome, homeView } from '../views/home.ts'
import type { ActionCall, EventCall, Family } from './contract.ts'
import * as registration from './registration.ts'
import { viewContext } from './view-context.ts'
import { alsoWaits } from './waiting.ts'

/**
 * The App Home was opened: duty, what waits for this person, quick buttons, settings; also for those who run no
 * commands.
 */
async function opened(call: EventCall): Promise<void> {
  if (call.event.tab !== 'home') return
  const view = viewContext(call)
  const { person } = call
  const joining = await registration.joinOffered(call)
  if (person && person.closedAt !== null) return call.publishHome(closedHome(view, joining))
  const known = person !== null && person.constituency !== null
  await call.publishHome(
    homeView(view, {
      waiting: await waitingFor(call.ctx),
      joining,
      also: known ? await alsoWaits({ ...call, person }) : [],
      home: known ? await readHome(call.ctx) : null,
    }),
  )
}

/** *Digest now*: the digest as this person may read it, to them alone. */
async function digestPressed(call: ActionCall): Promise<void> {
  await call.ui.tell(digestMessage(viewContext(call), await personalDigest(call.ctx)))
}

export const homeFamily: Family = {
  actions: { 'digest.now': digestPressed },
  events: { app_home_opened: opened },
}
