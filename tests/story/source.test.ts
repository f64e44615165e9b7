import { expect, it } from 'vitest'
import type { Card, Modal } from '../../rehearsal/driver/index.ts'
import { cardIn, openScene, ownCard, raiseAlert, recordOf, type Scene } from '../support/bot.ts'

const NAME = 'Mama Tisu of the well'

/** The liaison assistant seals who warned, from the alert's own card. */
async function sealSource(scene: Scene, code: string, fields: Record<string, string> = {}): Promise<Modal> {
  const card = await ownCard(scene, 'cla.karamba', code)
  const modal = await card.pick('alert.more', 'Source (scellée)').modal()
  await modal.fill({ name: NAME, reach: '+999 20 555 0777', deputy: 'duty.karamba', ...fields })
  await modal.submit()
  return modal
}

/** The modal that lists a person's sources. */
async function mySources(scene: Scene, who: string): Promise<Modal> {
  return scene.slack.as(who).in('#poc-north').command('/poc sources').modal()
}

it('a liaison assistant seals a source; the card counts it and names neither it nor its code', async () => {
  const scene = await openScene()
  const code = await raiseAlert(scene, 'cla.karamba')
  const receipt = await sealSource(scene, code)
  await receipt.expectText(/Scellé sous S-\w{4}/)
  const source = /S-\w{4}/.exec(receipt.text)![0]
  await scene.slack.settle()

  const card = await cardIn(scene, 'company.karamba', '#poc-north', code)
  await card.expectText(/1 independent source, graded F6/)
  for (const word of [NAME, '0777', source]) expect(card.text).not.toContain(word)
})

it('the deputy opens it by saying why, and the access log holds that before it is shown', async () => {
  const scene = await openScene()
  const code = await raiseAlert(scene, 'cla.karamba')
  await sealSource(scene, code)
  const list = await mySources(scene, 'duty.karamba')
  await list.expectText(/you are deputy/)
  expect(list.text).not.toContain(NAME)

  const asking = await list.pick('source.act', 'Open: who it is').modal()
  await asking.fill({ reason: 'To warn or protect the source' })
  await asking.submit()
  await asking.expectText(NAME)

  const [deputy] = (await scene.bot.store.read.people.all()).filter(p => p.userId === 'U0DUTYKARAMBA')
  const { alert } = await recordOf(scene, code)
  const [link] = await scene.bot.store.read.sources.gradingsOf([alert.id])
  expect(await scene.bot.store.read.access.ofRecord('source', link!.sourceId)).toEqual([
    expect.objectContaining({ personId: deputy!.id, layer: 'source', reason: 'warn' }),
  ])
})

it('without a reason nothing is opened and nothing is logged', async () => {
  const scene = await openScene()
  const code = await raiseAlert(scene, 'cla.karamba')
  await sealSource(scene, code)
  const list = await mySources(scene, 'duty.karamba')
  const asking = await list.pick('source.act', 'Open: who it is').modal()
  await asking.submit().expectErrors()
  expect(asking.text).not.toContain(NAME)
  expect(await scene.bot.store.read.access.between(0, Number.MAX_SAFE_INTEGER)).toEqual([])
})

it('the duty officer of the other owner, the watch and the adviser learn neither the source nor its code', async () => {
  const scene = await openScene()
  const code = await raiseAlert(scene, 'cla.karamba')
  const source = /S-\w{4}/.exec((await sealSource(scene, code)).text)![0]
  for (const who of ['company.karamba', 'joc.watch', 'poc.adviser']) {
    const list = await mySources(scene, who)
    await list.expectText(/You have recorded no source/)
    expect(list.text).not.toContain(source)
    const found = scene.slack.as(who).in('#joc-watch')
    expect(found.messages.map(message => JSON.stringify(message)).join()).not.toContain(source)
  }
})

it('a source erased by its recorder is gone for both; the alert keeps its count and the trail verifies', async () => {
  const scene = await openScene()
  const code = await raiseAlert(scene, 'cla.karamba')
  await sealSource(scene, code)
  const sure = await (await mySources(scene, 'duty.karamba')).pick('source.act', 'Erase for good').modal()
  await sure.submit()
  await sure.expectText(/Erased/)
  await scene.slack.settle()

  const card: Card = await cardIn(scene, 'company.karamba', '#poc-north', code)
  await card.expectText(/1 independent source, graded F6/)
  const { alert } = await recordOf(scene, code)
  const [link] = await scene.bot.store.read.sources.gradingsOf([alert.id])
  const row = await scene.bot.store.read.sources.byId(link!.sourceId)
  expect(row).toMatchObject({ sealed: null, wrappedKey: null, keyId: null })
  expect(await scene.bot.store.read.events.verify()).toMatchObject({ ok: true })
})

it('a second alert by the same source is linked by its recorder, and graded for itself', async () => {
  const scene = await openScene()
  const first = await raiseAlert(scene, 'cla.karamba')
  await sealSource(scene, first)
  const second = await raiseAlert(scene, 'cla.karamba', { what: 'The same men at the mill' })
  const list = await mySources(scene, 'cla.karamba')
  const link = await list.pick('source.act', 'À l’origine d’une autre alerte').modal()
  await link.fill({ alert: second.toLowerCase(), reliability: 'B', credibility: '2' })
  await link.submit()
  await scene.slack.settle()
  await (await cardIn(scene, 'company.karamba', '#poc-north', second)).expectText(/graded B2/)
  await (await cardIn(scene, 'company.karamba', '#poc-north', first)).expectText(/graded F6/)
})

it('a bot without a key runs, and says that sources cannot be recorded', async () => {
  const scene = await openScene({ env: { VAULT_KEY: '' } })
  const code = await raiseAlert(scene, 'joc.watch')
  const card = await ownCard(scene, 'joc.watch', code)
  await card.pick('alert.more', 'Source (sealed)').expectEphemeral(/no key for sealing sources/)
})
