import type { Channel } from '../../db/channels.ts'
import { findRole, LANGUAGES, type Language } from '../../domain/mission.ts'
import { TocsinError } from '../../errors.ts'
import { knownSector } from '../alert/place.ts'
import { type Ctx, inTransaction, type Open } from '../context.ts'
import { scheduleDigests } from '../digest.ts'
import { refuseTogether, tellTogether } from '../partner.ts'
import { heldRoles, registeredPerson } from '../permission.ts'
import type { Looked } from './facts.ts'
import { keepPartnerCard, partnerRecord } from './partner.ts'
import { withdrawPostings } from './removal.ts'

export interface RegisterInput {
  channelId: string
  teamId: string
  purpose: string
  sector?: string | null
  language: string
  digest: boolean
  looked: Looked
}

/**
 * The acting person, who may register channels: a role the mission file says so of, or one that administers a side.
 *
 * @throws TocsinError `not_registered`, `not_registrar`.
 */
export function requireRegistrar(ctx: Ctx) {
  const person = registeredPerson(ctx)
  const may = heldRoles(ctx).some(({ role }) => {
    const found = findRole(ctx.mission, role)
    return found !== undefined && (found.registersChannels || found.administers !== null)
  })
  if (!may) throw new TocsinError('not_registrar')
  return person
}

/**
 * Registers a channel, or changes what it serves. Who is in it was stored when it was looked at.
 *
 * @throws TocsinError `not_registrar`, `not_a_channel`, `unknown_term` (field named), `partner_together`.
 */
export async function registerChannel(ctx: Ctx, input: RegisterInput): Promise<Channel> {
  const registrar = requireRegistrar(ctx)
  const { channelId: id, purpose, digest, looked } = input
  if (!/^[CG]/.test(id)) throw new TocsinError('not_a_channel')
  if (!ctx.mission.purposes.some(candidate => candidate.id === purpose))
    throw new TocsinError('unknown_term', { field: 'purpose', details: { value: purpose } })
  const sector = knownSector(ctx, input.sector)
  if (purpose === 'sector' && sector === null)
    throw new TocsinError('unknown_term', { field: 'sector', details: { value: '' } })
  const language = knownLanguage(ctx, input.language)
  const { isPublic, sharedWith, at: membersAt } = looked
  const fields = {
    purpose,
    sector,
    language,
    digest,
    isPublic,
    sharedWith,
    membersAt,
    registeredBy: registrar.id,
  }
  return inTransaction(ctx, async (repos, open) => {
    const now = ctx.clock.now()
    await refuseTogether(open, registrar, id)
    const before = await repos.channels.byId(id)
    if (before) await repos.channels.update(id, fields)
    else await repos.channels.insert({ id, teamId: input.teamId, ...fields, registeredAt: now })
    await noteChannel(open, id, before ? 'channel.changed' : 'channel.registered', {
      purpose,
      sector,
      digest,
    })
    await scheduleDigests(open)
    const channel = await repos.channels.byId(id)
    if (!channel) throw new Error('a channel just registered is not there')
    await keepPartnerCard(open, channel)
    await tellTogether(open, id)
    return channel
  })
}

/**
 * Takes a channel off the register. Nobody watches any more who comes to it, so all that the bot said there of any
 * record goes with it.
 *
 * @returns how many messages are being deleted.
 * @throws TocsinError `not_registrar`, `channel_unknown`.
 */
export async function unregisterChannel(ctx: Ctx, channelId: string): Promise<number> {
  requireRegistrar(ctx)
  return inTransaction(ctx, async (repos, open) => {
    const channel = await repos.channels.byId(channelId)
    if (!channel) throw new TocsinError('channel_unknown')
    const said = (await repos.postings.standingAt(channelId)).filter(
      ({ holds, recordId }) => holds.length > 0 || recordId === partnerRecord(channelId),
    )
    await withdrawPostings(open, said)
    await repos.channels.remove(channelId)
    await repos.timers.cancel(`digest:${channelId}`)
    await noteChannel(open, channelId, 'channel.unregistered', { messages: said.length })
    return said.length
  })
}

/** One line of the trail about a channel. */
export async function noteChannel(
  open: Open,
  channelId: string,
  kind: string,
  data: Record<string, unknown>,
): Promise<void> {
  const now = open.clock.now()
  await open.tx.events.append({
    at: now,
    recordedAt: now,
    actor: open.actor.kind === 'person' ? open.actor.person.id : 'system',
    kind,
    recordKind: 'channel',
    recordId: channelId,
    data,
  })
}

function knownLanguage({ mission }: Ctx, value: string): Language {
  const language = LANGUAGES.find(candidate => candidate === value && mission.languages.includes(candidate))
  if (!language) throw new TocsinError('unknown_term', { field: 'language', details: { value } })
  return language
}
