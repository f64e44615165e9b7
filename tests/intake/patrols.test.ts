/** Where patrols have been, from operations, over real HTTP. */
import { expect, it } from 'vitest'
import { signatureOf } from '../../src/intake/signed.ts'
import { openScene, ownCard, raiseAlert, type Scene } from '../support/bot.ts'
import { INTAKE_SECRET, openDoors } from '../support/field.ts'

function send(scene: Scene, type: string, body: string, secret = INTAKE_SECRET) {
  const timestamp = String(Math.floor(Date.now() / 1000))
  return fetch(`${scene.bot.url}/intake/patrols`, {
    method: 'POST',
    headers: {
      'content-type': type,
      'x-tocsin-timestamp': timestamp,
      'x-tocsin-signature': signatureOf(secret, timestamp, body),
    },
    body,
  })
}

it('patrols sent as CSV or JSON are taken in once, mistakes are named, and the card says when one was near', async () => {
  const scene = await openScene({ env: openDoors })
  const code = await raiseAlert(scene, 'joc.watch')
  const own = await ownCard(scene, 'joc.watch', code)
  await own.expectText(/[Ll]ast patrol.*not known/)
  const at = new Date(scene.clock.now() - 3_600_000).toISOString()
  const csv = `at,unit,base,place\n${at},Company patrol,karamba,Karamba market\nyesterday,Company patrol,,Karamba\n`
  const first = await send(scene, 'text/csv', csv)
  expect(first.status).toBe(200)
  expect(await first.json()).toMatchObject({ ok: true, stored: 1, problems: [{ line: 3 }] })
  const row = { at, unit: 'Company patrol', base: 'karamba', place: 'Karamba market' }
  const again = await send(scene, 'application/json', JSON.stringify({ patrols: [row] }))
  expect(await again.json()).toMatchObject({ stored: 0, repeated: 1 })
  expect(await scene.bot.store.read.patrols.lastImport()).toBe(scene.clock.now())
  await (await ownCard(scene, 'company.karamba', code)).click('Acknowledge')
  await scene.slack.settle()
  await own.expectText(/Last patrol within 10 km: .*ago/)
})

it('a wrong signature, or no list, takes nothing in and says why', async () => {
  const scene = await openScene({ env: openDoors })
  const forged = await send(scene, 'text/csv', 'at,unit,base,place\n', 'another-secret-of-nobody')
  expect(forged.status).toBe(401)
  const empty = await send(scene, 'application/json', '{"rows":[]}')
  expect(empty.status).toBe(422)
  expect(await scene.bot.store.read.patrols.lastImport()).toBeNull()
})
