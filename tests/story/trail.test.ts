import { expect, it } from 'vitest'
import { openScene, ownCard, raiseAlert, recordOf, type Scene } from '../support/bot.ts'

/** Mission leadership's aide becomes, for this test, the mission's oversight. */
async function appointOversight(scene: Scene, user = 'U0LEADERSHIP'): Promise<void> {
  const { store } = scene.bot
  const person = (await store.read.people.all()).find(({ userId }) => userId === user)
  await store.write(({ roles }) =>
    roles.insert({
      id: `oversight-${user}`,
      role: 'oversight',
      sector: null,
      personId: person!.id,
      rank: 0,
      since: scene.clock.now(),
    }),
  )
}

it('oversight reads what happened, by which post and when, and no word of it; its reading is logged', async () => {
  const scene = await openScene()
  const code = await raiseAlert(scene, 'cla.karamba', { what: 'Quorra men at the market' })
  await (await ownCard(scene, 'company.karamba', code)).click('Acknowledge')
  await scene.slack.settle()
  await appointOversight(scene)

  const modal = await scene.slack
    .as('mission.leadership')
    .in('#joc-watch')
    .command(`/poc trail ${code}`)
    .modal()
  await modal.expectText(/alert\.raised[\s\S]*alert\.acknowledge/)
  await modal.expectText(/Company duty officer/)
  await modal.expectText(/whole chain of events is as it was written/)
  expect(modal.text).not.toContain('Quorra')

  const { alert } = await recordOf(scene, code)
  const looks = await scene.bot.store.read.access.ofRecord('alert', alert.id)
  expect(looks.map(({ layer }) => layer)).toEqual(['trail'])
})

it('oversight reads who opened a source and why, and neither its code nor who it is', async () => {
  const scene = await openScene()
  await appointOversight(scene)
  const code = await raiseAlert(scene, 'cla.karamba')
  const form = await (await ownCard(scene, 'cla.karamba', code))
    .pick('alert.more', 'Source (scellée)')
    .modal()
  await form.fill({ name: 'Mama Tisu of the well' })
  await form.submit()
  const source = /S-\w{4}/.exec(form.text)![0]
  const list = await scene.slack.as('cla.karamba').in('#poc-north').command('/poc sources').modal()
  const asking = await list.pick('source.act', 'Ouvrir : qui c’est').modal()
  await asking.fill({ reason: 'Pour lui dire ce qui a été fait' })
  await asking.submit()

  const looks = await scene.slack
    .as('mission.leadership')
    .in('#joc-watch')
    .command('/poc trail access')
    .modal()
  await looks.expectText(/Community liaison assistant.*a source · To tell them what was done/)
  expect(looks.text).not.toContain(source)
  expect(looks.text).not.toContain('Tisu')
})

it('whoever is not oversight is refused, and oversight of one side finds no record of the other', async () => {
  const scene = await openScene()
  const code = await raiseAlert(scene, 'joc.watch')
  await scene.slack.as('joc.watch').in('#joc-watch').command(`/poc trail ${code}`).expectEphemeral()
  expect(scene.slack.workspace.viewsFor('U0JOCWATCH')).toEqual([])

  await appointOversight(scene, 'U0OCHA')
  const refused = scene.slack.as('ocha').in('#protection-forum').command(`/poc trail ${code}`)
  await refused.expectEphemeral()
  expect(scene.slack.workspace.viewsFor('U0OCHA')).toEqual([])
})

it('a changed event is said above the trail', async () => {
  const scene = await openScene()
  const code = await raiseAlert(scene, 'joc.watch')
  await appointOversight(scene)
  const { database } = scene.bot.store as unknown as { database: import('better-sqlite3').Database }
  database.exec(`drop trigger events_update; update events set actor = 'somebody' where seq = 1`)
  const modal = await scene.slack
    .as('mission.leadership')
    .in('#joc-watch')
    .command(`/poc trail ${code}`)
    .modal()
  await modal.expectText(/chain of events is broken/)
})

it('oversight learns that a specialist looked, and not at which alert; its own look is logged too', async () => {
  const scene = await openScene()
  const code = await raiseAlert(scene, 'joc.watch')
  const { alert } = await recordOf(scene, code)
  await appointOversight(scene)
  const { store } = scene.bot
  const look = { at: scene.clock.now(), personId: alert.raisedBy, recordKind: 'alert', recordId: alert.id }
  await store.write(({ access }) => access.add({ ...look, layer: 'sexual_violence' }))

  const aide = scene.slack.as('mission.leadership').in('#joc-watch')
  const week = await aide.command('/poc trail access').modal()
  await week.expectText(/JOC watch · a specialist’s layer/)
  expect(week.text).not.toContain(code)
  await week.close()
  const record = await aide.command(`/poc trail access ${code}`).modal()
  await record.expectText(/0 looks/)
  const again = await aide.command('/poc trail access').modal()
  await again.expectText(/Mission leadership and Independent oversight · the trail/)
})
