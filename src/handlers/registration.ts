import { administeredSide } from '../operations/administrators.ts'
import {
  askToJoin,
  confirmRegistration,
  type JoinInput,
  myself,
  readRegistration,
  refuseRegistration,
  waitingRegistrations,
} from '../operations/registration.ts'
import { myPhone } from '../operations/sms.ts'
import type { Block } from '../ports.ts'
import { saidModal } from '../views/alert/receipt.ts'
import {
  askedModal,
  joinModal,
  joinOffer,
  locationValue,
  meMessage,
  refuseModal,
  waitingMessage,
} from '../views/registration.ts'
import { phoneBlocks } from '../views/sms.ts'
import type { ActionCall, Call, CommandCall, Option, OptionsCall, ViewAnswer, ViewCall } from './contract.ts'
import { readForm, readMetadata } from './form.ts'
import { viewContext } from './view-context.ts'

/** Longest words of a place that fit an option's value beside its mark. */
const SAID_MAX = 140

/** *Join*, for somebody no side has confirmed; nothing for everybody else. */
export async function joinOffered(call: Pick<Call, 'ctx' | 'words'>): Promise<Block[]> {
  const { actor } = call.ctx
  if (actor.kind !== 'person' || actor.person.constituency !== null) return []
  return joinOffer(viewContext(call), await myself(call.ctx))
}

/** `/poc join`: the form by which a person says where they belong. */
export const joinCommand = (call: CommandCall) => openJoin(call)
/** *Join*, and *Change* on what the bot knows of a person. */
export const joinPressed = (call: ActionCall) => openJoin(call)

async function openJoin(call: Call): Promise<void> {
  await call.ui.open(joinModal(viewContext(call), await myself(call.ctx)))
}

/** `/poc me`: what the bot knows of the person, to them alone. */
export async function meCommand(call: CommandCall): Promise<void> {
  const view = viewContext(call)
  const message = meMessage(view, await myself(call.ctx))
  const confirmed = call.person.constituency !== null && call.person.closedAt === null
  const phone = confirmed && call.ctx.vault ? phoneBlocks(view, await myPhone(call.ctx)) : []
  await call.ui.tell({ ...message, blocks: [...(message.blocks ?? []), ...phone] })
}

/** `/poc people`, or its button in the App Home: who waits to be confirmed by the acting person's side. */
export async function peopleCommand(call: CommandCall | ActionCall): Promise<void> {
  const waiting = await waitingRegistrations(call.ctx)
  const side = administeredSide(call.ctx)?.side ?? 'mission'
  await call.ui.tell(waitingMessage(viewContext(call), side, waiting))
}

/** Suggests bases; the first option is always the words as typed. */
export async function locationOptions(call: OptionsCall): Promise<Option[]> {
  const query = call.query.trim()
  const typed = [...query].slice(0, SAID_MAX).join('')
  const bases = call.ctx.mission.bases.filter(({ name }) => name.toLowerCase().includes(query.toLowerCase()))
  return [
    ...(typed
      ? [
          {
            text: call.words.t('registration.join.asSaid', { words: typed }),
            value: `${locationValue.said}${typed}`,
          },
        ]
      : []),
    ...bases.slice(0, 90).map(({ id, name }) => ({ text: name, value: `${locationValue.base}${id}` })),
  ]
}

export async function joinSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const form = readForm(call.values)
  const national = form.choice('national')
  const facts = await askToJoin(call.ctx, {
    constituency: form.choice('constituency') ?? '',
    organisation: form.text('organisation'),
    section: form.text('section'),
    location: toLocation(form.choice('location')),
    national: national === null ? null : national === 'yes',
  })
  return { update: askedModal(viewContext(call), facts) }
}

export async function confirmPressed(call: ActionCall): Promise<void> {
  await confirmRegistration(call.ctx, { registrationId: call.value })
  await call.ui.tell({ text: `✅ ${call.words.t('registration.done.confirmed')}` })
}

/** *Refuse* asks why. */
export async function refusePressed(call: ActionCall): Promise<void> {
  await call.ui.open(refuseModal(viewContext(call), await readRegistration(call.ctx, call.value)))
}

export async function refuseSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const { registrationId = '' } = readMetadata<{ registrationId: string }>(call.privateMetadata)
  await refuseRegistration(call.ctx, { registrationId, reason: readForm(call.values).text('reason') })
  const { t } = call.words
  return {
    update: saidModal(
      viewContext(call),
      t('registration.refuse.title'),
      `✅ ${t('registration.done.refused')}`,
    ),
  }
}

function toLocation(value: string | null): JoinInput['location'] {
  if (value?.startsWith(locationValue.base)) return { base: value.slice(locationValue.base.length) }
  if (value?.startsWith(locationValue.said)) return { said: value.slice(locationValue.said.length) }
  return {}
}
