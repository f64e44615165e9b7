import { describe, expect, it } from 'vitest'
import { cardIn, openScene, raiseAlert } from '../support/bot.ts'

describe.each(['http', 'socket'] as const)('/poc, over %s', connection => {
  it('explains itself on one screen, says that nothing waits, and opens the form', async () => {
    const { slack } = await openScene({ connection })
    const help = await slack
      .as('duty.karamba')
      .command('/poc')
      .expectEphemeral(/Nothing waits for you/)
    for (const command of ['/poc-alert', '/poc-digest']) expect(help.text).toContain(command)
    expect(help.text).toMatch(/not a pager/)
    const modal = await help.click('Raise an alert').modal()
    expect(modal.title).toBe('Raise an alert')
  })

  it('lists what waits for the person, with the most urgent first, and nothing that waits for others', async () => {
    const scene = await openScene({ connection })
    const calm = await raiseAlert(scene, 'joc.watch', { urgency: 'tension' })
    const hot = await raiseAlert(scene, 'joc.watch', { urgency: 'happening_now' })
    const help = await scene.slack
      .as('company.karamba')
      .command('/poc')
      .expectEphemeral(/2 alerts wait/)
    expect(help.text.indexOf(hot)).toBeLessThan(help.text.indexOf(calm))
    await scene.slack
      .as('company.tashiro')
      .command('/poc')
      .expectEphemeral(/Nothing waits/)
  })
})

describe('/poc', () => {
  it('finds an alert by its code, however it is typed', async () => {
    const scene = await openScene()
    const code = await raiseAlert(scene, 'joc.watch')
    for (const typed of [code, code.toLowerCase(), code.replace('-', '')])
      await scene.slack.as('duty.karamba').command(`/poc ${typed}`).expectEphemeral(new RegExp(code))
  })

  it('finds alerts by words of what happened and where, and shows one on request', async () => {
    const scene = await openScene()
    const one = await raiseAlert(scene, 'joc.watch', { what: 'Cattle stolen by riders' })
    const two = await raiseAlert(scene, 'joc.watch', { what: 'Riders seen again' })
    const found = await scene.slack
      .as('duty.karamba')
      .command('/poc riders')
      .expectEphemeral(/2 alerts/)
    expect(found.text).toContain(one)
    expect(found.text).toContain(two)
    await scene.slack.as('duty.karamba').command('/poc cattle').expectEphemeral(new RegExp(one))
    const shown = await found.click('Show').expectEphemeral(/Nearest base/)
    expect(shown.text).toMatch(/Riders/)
  })

  it('answers a code that does not exist and one that is not theirs to see with the same words', async () => {
    const scene = await openScene()
    const code = await raiseAlert(scene, 'joc.watch')
    const hidden = await scene.slack
      .as('unhcr')
      .command(`/poc ${code}`)
      .expectEphemeral(/No alert/)
    const absent = await scene.slack
      .as('unhcr')
      .command('/poc A-0000')
      .expectEphemeral(/No alert/)
    expect(hidden.text.replace(code, '')).toBe(absent.text.replace('A-0000', ''))
  })

  it('no longer lists an alert that was closed', async () => {
    const scene = await openScene()
    const code = await raiseAlert(scene, 'joc.watch')
    const close = await (await cardIn(scene, 'joc.watch', '#poc-north', code))
      .pick('alert.more', 'Close with outcome')
      .modal()
    await close.fill({ outcome: 'Unfounded', note: 'Smoke of a kiln' })
    await close.submit()
    await scene.slack
      .as('company.karamba')
      .command('/poc')
      .expectEphemeral(/Nothing waits/)
  })
})

describe('the home tab', () => {
  it('says what waits and opens the form', async () => {
    const scene = await openScene()
    const code = await raiseAlert(scene, 'joc.watch')
    const home = await scene.slack.as('company.karamba').home()
    await home.expectText(new RegExp(code))
    const modal = await home.click('Raise an alert').modal()
    expect(modal.title).toBe('Raise an alert')
  })
})
