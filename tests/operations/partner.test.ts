import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openPartners, PARTNERS_FILE } from '../../src/db/partners.ts'
import { renderers } from '../../src/jobs/rendering/index.ts'
import { createLocales } from '../../src/locales/index.ts'
import { recheckChannel } from '../../src/operations/channel/recheck.ts'
import { registerChannel } from '../../src/operations/channel/register.ts'
import { joinUnnamed, leaveUnnamed, readPartner, rotatePartners } from '../../src/operations/partner.ts'
import { confirmRegistration } from '../../src/operations/registration.ts'
import { type Desk, openDesk, refusal, refusalCode, type Who } from '../support/operations.ts'

const NAME = 'Medics Without Limits'
const asked = { constituency: 'ngo', organisation: NAME, told: true }
const CHANNEL = 'C0PROTECTION'

/** The NGO coordinator, confirmed as an unnamed partner by the bridge officer. */
async function unnamed(desk: Desk, input: Partial<typeof asked> = {}): Promise<string> {
  const { registration } = await joinUnnamed(await desk.as('ngo'), { ...asked, ...input })
  await confirmRegistration(await desk.as('ocha'), { registrationId: registration.id })
  return registration.reference!
}

async function putTogether(desk: Desk, ...names: Who[]): Promise<void> {
  const people = await Promise.all(names.map(async name => desk.store.read.people.byId(await desk.id(name))))
  await desk.store.write(async ({ channels }) => {
    await channels.update(CHANNEL, { isPublic: false })
    await channels.setMembers(
      CHANNEL,
      people.map(person => person!),
      desk.clock.now(),
    )
  })
}

it('the organisation stands sealed in a file of its own, and nowhere in the database', async () => {
  const desk = await openDesk()
  const reference = await unnamed(desk)
  const path = join(desk.dataDir, PARTNERS_FILE)
  expect(statSync(path).mode & 0o077).toBe(0)
  expect(readFileSync(path, 'utf8')).not.toContain(NAME)
  await desk.store.scrub()
  expect(readFileSync(desk.store.path).includes(NAME)).toBe(false)
  const person = await desk.store.read.people.byId(await desk.id('ngo'))
  expect(person).toMatchObject({ constituency: 'ngo', organisation: null, location: '', reference })
  expect(desk.system.partners.open(reference)).toEqual({ known: NAME })
})

it('what was said of them before is forgotten when they ask', async () => {
  const desk = await openDesk()
  const id = await desk.id('ngo')
  await desk.store.write(({ people }) => people.update(id, { organisation: NAME, location: 'Karamba' }))
  await joinUnnamed(await desk.as('ngo'), asked)
  expect(await desk.store.read.people.byId(id)).toMatchObject({ organisation: null, location: null })
})

it('nobody takes part unnamed before they were told what cannot be hidden', async () => {
  const desk = await openDesk()
  expect(await refusalCode(joinUnnamed(await desk.as('ngo'), { ...asked, told: false }))).toBe(
    'partner_not_told',
  )
})

it('an administrator of the humanitarian side alone reads which organisation it is, and that is logged', async () => {
  const desk = await openDesk()
  const reference = await unnamed(desk)
  const look = async (name: Who) => readPartner(await desk.as(name), reference)
  expect(await look('ocha')).toMatchObject({ organisation: NAME })
  for (const name of ['joc', 'pocAdviser', 'ngo', 'humanRights'] as const)
    expect(await refusalCode(look(name))).toBe('not_allowed')
  const looks = await desk.store.read.access.ofRecord('person', await desk.id('ngo'))
  expect(looks.map(({ layer }) => layer)).toEqual(['partner'])
})

it('without the key the bot runs, asks for no name and shows the reference', async () => {
  const desk = await openDesk({ partnerKey: null })
  expect(await refusal(joinUnnamed(await desk.as('ngo'), asked))).toMatchObject({
    code: 'no_partner_key',
    field: 'organisation',
  })
  const reference = await unnamed(desk, { organisation: '' })
  expect(await readPartner(await desk.as('ocha'), reference)).toMatchObject({
    reference,
    organisation: null,
    because: 'no_key',
  })
})

it('another key opens nothing', async () => {
  const desk = await openDesk()
  const reference = await unnamed(desk)
  const other = openPartners(desk.dataDir, { current: Buffer.alloc(32, 1), old: [] })
  expect(other.open(reference)).toEqual({ known: null, because: 'other_key' })
})

it('names move to a new key, after which that one alone opens them; what no key opens is counted and left as it is', async () => {
  const desk = await openDesk()
  const reference = await unnamed(desk)
  const before = Buffer.alloc(32, 9)
  const after = Buffer.alloc(32, 1)
  const rotate = (current: Uint8Array, ...old: Uint8Array[]) =>
    rotatePartners({ ...desk.system, partners: openPartners(desk.dataDir, { current, old }) })
  expect(await rotate(after)).toEqual({ moved: 0, unopened: 1 })
  expect(openPartners(desk.dataDir, { current: before, old: [] }).open(reference)).toEqual({ known: NAME })
  expect(await rotate(after, before)).toEqual({ moved: 1, unopened: 0 })
  expect(await rotate(after, before)).toEqual({ moved: 0, unopened: 0 })
  const openWith = (key: Uint8Array) => openPartners(desk.dataDir, { current: key, old: [] }).open(reference)
  expect(openWith(after)).toEqual({ known: NAME })
  expect(openWith(before)).toEqual({ known: null, because: 'other_key' })
  expect((await desk.store.read.events.ofRecord('store', 'partners')).map(({ data }) => data)).toEqual([
    { moved: 1, unopened: 0 },
  ])
  expect(await refusalCode(rotatePartners(await desk.as('ocha')))).toBe('not_allowed')
})

it('in a channel with the mission nobody joins unnamed; whoever is put into one is told, and the mission is not', async () => {
  const desk = await openDesk()
  await putTogether(desk, 'ngo', 'joc')
  expect(await refusal(joinUnnamed(await desk.as('ngo'), asked))).toMatchObject({
    code: 'partner_together',
    details: { channels: [`<#${CHANNEL}>`] },
  })
  await putTogether(desk, 'ngo', 'ocha')
  const reference = await unnamed(desk)
  await desk.said()
  await putTogether(desk, 'ngo', 'ocha', 'joc')
  await recheckChannel(desk.system, CHANNEL, true)
  await recheckChannel(desk.system, CHANNEL, true)
  const told = (await desk.said()).filter(({ kind }) => kind === 'partner.together')
  expect(told.map(({ target }) => target).sort()).toEqual(['U0NGO', 'U0OCHA'])
  const render = renderers(createLocales('UTC', ['en', 'fr']))['partner.together']!
  const entry = { ...told[0]!, target: `person:${await desk.id('joc')}` }
  expect(await render(desk.system, entry as never, 0)).toMatchObject({ do: 'drop' })
  const own = { ...told[0]!, target: `person:${await desk.id('ocha')}` }
  expect(JSON.stringify(await render(desk.system, own as never, 0))).toContain(reference)
})

it('a humanitarian cannot register a channel that puts them together', async () => {
  const desk = await openDesk()
  await unnamed(desk)
  await putTogether(desk, 'ngo', 'joc')
  const register = async (name: Who) =>
    registerChannel(await desk.as(name), {
      channelId: CHANNEL,
      teamId: 'T0MISSION',
      purpose: 'forum',
      language: 'en',
      digest: false,
      looked: { isPublic: false, sharedWith: [], at: desk.clock.now() },
    })
  expect(await refusalCode(register('ocha'))).toBe('partner_together')
  await desk.said()
  await register('pocAdviser')
  expect((await desk.said()).some(({ kind }) => kind === 'partner.together')).toBe(true)
})

it('leaving takes one press: the name is forgotten, and a file of all they gave comes to them alone', async () => {
  const desk = await openDesk()
  const reference = await unnamed(desk)
  const { alert } = await desk.raise({ what: 'The mill burns' }, await desk.as('ngo'))
  await desk.said()
  await leaveUnnamed(await desk.as('ngo'))
  const id = await desk.id('ngo')
  expect(desk.system.partners.open(reference)).toMatchObject({ known: null, because: 'never_said' })
  expect(await desk.store.read.people.byId(id)).toMatchObject({ constituency: null, reference: null })
  const gave = (await desk.said()).find(({ kind }) => kind === 'partner.gave')!
  const render = renderers(createLocales('UTC', ['en', 'fr']))['partner.gave']!
  const made = await render(desk.system, { ...gave, target: `person:${id}` } as never, 0)
  const text = made.do === 'file' ? Buffer.from(made.file.bytes).toString('utf8') : ''
  expect(text).toContain(alert.code)
  expect(text).toContain('The mill burns')
  const other = { ...gave, target: `person:${await desk.id('ocha')}` }
  expect(await render(desk.system, other as never, 0)).toMatchObject({ do: 'drop' })
  expect(await refusalCode(leaveUnnamed(await desk.as('ngo')))).toBe('not_found')
})
