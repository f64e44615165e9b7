import type { Repos } from '../db/store.ts'
import { exposedPartners } from '../domain/partner.ts'
import { sideOf } from '../domain/side.ts'
import { TocsinError } from '../errors.ts'
import { administrators, requireAdministrator } from './administrators.ts'
import { passDutiesOn } from './alert/climb.ts'
import { freeCode } from './code.ts'
import { type Ctx, inTransaction, type Open, type Person } from './context.ts'
import { reviewVacancies } from './duty/vacancy.ts'
import { lapseHandovers } from './handover.ts'
import { endRoles } from './people.ts'
import { actingPerson, joiningPerson } from './permission.ts'
import { putRequest, type RegistrationFacts } from './registration.ts'
import { lineAt, note, personTarget } from './telling.ts'
import { optionalText, textLimits } from './text.ts'

/** What a partner unnamed may be: those of the humanitarian side. */
export const UNNAMED_AS = ['ngo', 'un_agency'] as const

export interface UnnamedInput {
  constituency: string
  /** Sealed under the humanitarian side's key; may be left out. */
  organisation?: string | null
  /** They said that they have read what cannot be hidden. */
  told: boolean
}

/**
 * Asks the humanitarian side to take part without being named: under a reference, with no organisation, section or
 * place in the database. What was said of them before is forgotten at once.
 *
 * @throws TocsinError `unknown_term`, `partner_not_told`, `partner_together` (details.channels) where they share a
 *   registered channel with others than humanitarians, `no_partner_key`, `text_too_long` (field organisation).
 */
export async function joinUnnamed(ctx: Ctx, input: UnnamedInput): Promise<RegistrationFacts> {
  const person = joiningPerson(ctx)
  const constituency = UNNAMED_AS.find(id => id === input.constituency)
  if (!constituency)
    throw new TocsinError('unknown_term', { field: 'constituency', details: { value: input.constituency } })
  if (!input.told) throw new TocsinError('partner_not_told', { field: 'told' })
  const organisation = optionalText(input.organisation, 'organisation', textLimits.place)
  if (organisation !== null && !ctx.partners.hasKey)
    throw new TocsinError('no_partner_key', { field: 'organisation' })
  const repos = ctx.store.read
  await requireApart(repos, person)
  const reference = person.reference ?? (await freeReference(ctx))
  // On disk before the request: a name sealed for nobody harms nobody, a request whose name is lost misleads.
  if (organisation !== null) ctx.partners.seal(reference, organisation)
  return inTransaction(ctx, async (tx, open) => {
    await tx.registrations.forgetWhere(person.id)
    await tx.people.update(person.id, {
      organisation: null,
      section: null,
      location: null,
      name: null,
      reference,
    })
    return putRequest(open, person, {
      constituency,
      organisation: null,
      reference,
      section: null,
      base: null,
      location: '',
      national: null,
    })
  })
}

/** Who a reference stands for. */
export interface PartnerRead {
  reference: string
  /** Null: `because` says why it is not known. */
  organisation: string | null
  because: 'no_key' | 'other_key' | 'never_said' | 'damaged' | null
}

/**
 * Which organisation an unnamed partner is, for an administrator of the humanitarian side; each look leaves an entry
 * in the access log.
 *
 * @throws TocsinError `not_registered`, `not_allowed`, `not_found`.
 */
export async function readPartner(ctx: Ctx, reference: string): Promise<PartnerRead> {
  requireAdministrator(ctx, 'humanitarian')
  const reader = actingPerson(ctx)
  const person = (await ctx.store.read.people.all()).find(each => each.reference === reference)
  if (!person) throw new TocsinError('not_found')
  await inTransaction(ctx, repos =>
    repos.access.add({
      at: ctx.clock.now(),
      personId: reader.id,
      layer: 'partner',
      recordKind: 'person',
      recordId: person.id,
    }),
  )
  const found = ctx.partners.open(reference)
  return {
    reference,
    organisation: found.known,
    because: found.known === null ? found.because : null,
  }
}

/**
 * An unnamed partner leaves, in one press: which organisation they are is forgotten, what they hold ends, and a file
 * with all they gave comes by direct message. Nobody is asked.
 *
 * @throws TocsinError `not_found` for everybody else.
 */
export async function leaveUnnamed(ctx: Ctx): Promise<void> {
  const person = joiningPerson(ctx)
  const { reference } = person
  if (reference === null) throw new TocsinError('not_found')
  ctx.partners.forget(reference)
  await inTransaction(ctx, async (repos, open) => {
    await passDutiesOn(open, [person.id], async () => {
      await endRoles(open, person.id)
      await lapseHandovers(open, person)
      await repos.registrations.supersede(person.id, ctx.clock.now())
      await repos.people.update(person.id, { constituency: null, reference: null })
    })
    await note(open, { kind: 'person', id: person.id }, 'partner.left', { reference })
    await lineAt(open, 'partner.gave', person.id, personTarget(person.id))
    await reviewVacancies(open)
  })
}

/**
 * Puts the name of every unnamed partner under the current key of the humanitarian side, so that the keys of before can
 * be thrown away.
 *
 * @returns how many were moved, and how many open with none of the keys given.
 * @throws TocsinError `not_allowed` for a person, `no_partner_key`.
 */
export async function rotatePartners(ctx: Ctx): Promise<{ moved: number; unopened: number }> {
  if (ctx.actor.kind !== 'system') throw new TocsinError('not_allowed')
  if (!ctx.partners.hasKey) throw new TocsinError('no_partner_key')
  const { moved, unopened } = ctx.partners.rotate()
  if (moved > 0)
    await inTransaction(ctx, (_, open) =>
      note(open, { kind: 'store', id: 'partners' }, 'partners.rotated', { moved, unopened }),
    )
  return { moved, unopened }
}

/**
 * Who is in a channel was read anew, or it was registered: unnamed partners who share it with others than
 * humanitarians are told, and the humanitarian side with them; once, until they are apart again. Nobody of the
 * mission is: to be told would tell them who it is.
 */
export async function tellTogether(open: Open, channelId: string): Promise<void> {
  const exposed = await togetherIn(open.tx, channelId)
  for (const person of exposed) {
    if (await wasTold(open, person.id, channelId)) continue
    await note(open, { kind: 'person', id: person.id }, 'partner.together', { channel: channelId })
    const told = await administrators(open.tx, open.mission, 'humanitarian', open.clock.now())
    for (const { id } of [person, ...told.filter(each => each.id !== person.id)])
      await lineAt(open, 'partner.together', person.id, personTarget(id), { channel: channelId })
  }
}

/**
 * A humanitarian does not register a channel that puts an unnamed partner together with others.
 *
 * @throws TocsinError `partner_together` for somebody of the humanitarian side; the mission's people are told nothing.
 */
export async function refuseTogether(open: Open, registrar: Person, channelId: string): Promise<void> {
  if (registrar.constituency === null || sideOf(registrar.constituency) !== 'humanitarian') return
  if ((await togetherIn(open.tx, channelId)).length > 0)
    throw new TocsinError('partner_together', { details: { channels: [`<#${channelId}>`] } })
}

async function togetherIn(repos: Repos, channelId: string): Promise<Person[]> {
  const channel = await repos.channels.byId(channelId)
  const members = await repos.channels.members(channelId)
  return exposedPartners(
    channel?.isPublic ?? false,
    members.map(({ person }) => person),
  )
}

async function wasTold(open: Open, personId: string, channelId: string): Promise<boolean> {
  const events = await open.tx.events.ofRecord('person', personId)
  const left = events.findLastIndex(({ kind }) => kind === 'partner.left')
  return events
    .slice(left + 1)
    .some(({ kind, data }) => kind === 'partner.together' && data.channel === channelId)
}

/** @throws TocsinError `partner_together` where they are in a registered channel with others than humanitarians. */
async function requireApart(repos: Repos, person: Person): Promise<void> {
  const channels: string[] = []
  for (const { id, isPublic } of await repos.channels.all()) {
    const members = (await repos.channels.members(id)).map(member => member.person)
    if (!members.some(member => member?.id === person.id)) continue
    const asUnnamed = members.map(member =>
      member?.id === person.id
        ? { ...member, constituency: 'ngo' as const, reference: 'asked' }
        : member && { ...member, reference: null },
    )
    if (exposedPartners(isPublic, asUnnamed).length > 0) channels.push(id)
  }
  if (channels.length > 0)
    throw new TocsinError('partner_together', { details: { channels: channels.map(id => `<#${id}>`) } })
}

async function freeReference({ ids, store }: Ctx): Promise<string> {
  const people = await store.read.people.all()
  return freeCode(ids, 'P', async code => people.find(({ reference }) => reference === code) ?? null)
}
