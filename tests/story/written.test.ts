import { describe, expect, it } from 'vitest'
import type { Modal } from '../../rehearsal/driver/index.ts'
import { interactionBody, postSigned } from '../bot/support.ts'
import {
  cardIn,
  cardsIn,
  codeIn,
  fillAlert,
  MINUTE,
  openScene,
  raiseAlert,
  type Scene,
} from '../support/bot.ts'

describe('an answer that never reached the person', () => {
  it('because the bot ended: the form submitted again to the next bot is the same alert', async () => {
    const scene = await openScene()
    const modal = await scene.slack.as('joc.watch').command('/poc-alert').modal()
    await fillAlert(modal)
    await sendForm(scene, modal, 'Armed men moving towards the market')
    await scene.restart()
    await modal.submit()
    const code = await codeIn(modal)
    await scene.slack.settle()
    expect((await scene.bot.store.read.alerts.open()).map(alert => alert.code)).toEqual([code])
    expect(cardsIn(scene, 'joc.watch', '#poc-north', code)).toHaveLength(1)
  })
})

/** Sends the form to the bot behind the client's back, which checks no length and hears no answer. */
function sendForm(scene: Scene, modal: Modal, what: string): Promise<Response> {
  const { view, id, hash } = modal.view
  const option = (value: string) => ({ value, text: { type: 'plain_text', text: value } })
  const place = { type: 'external_select', selected_option: option('id:karamba-market') }
  const values = {
    what: { what: { type: 'plain_text_input', value: what } },
    urgency: { urgency: { type: 'radio_buttons', selected_option: option('imminent') } },
    place: { 'alert.place': place },
  }
  const submission = {
    type: 'view_submission',
    trigger_id: '9.9.9',
    user: { id: 'U0JOCWATCH', team_id: 'T0MISSION' },
    view: { ...view, id, hash, state: { values } },
  }
  const secret = scene.slack.env.SLACK_SIGNING_SECRET
  return postSigned(scene.bot.url, interactionBody(submission), { secret })
}

describe('what people write', () => {
  it('10,000 characters after the command open the form all the same, which says what does not fit', async () => {
    const scene = await openScene()
    const modal = await scene.slack
      .as('joc.watch')
      .command(`/poc-alert ${'Männer 🚨 '.repeat(1000)}`)
      .modal()
    expect(modal.text).toMatch(/holds 3,000 characters, and you typed more/)
    await modal.choose('Where', 'Karamba market', 'Karamba market')
    await modal.fill({ Urgency: 'Imminent' })
    await modal.submit()
    await codeIn(modal)
  })

  it('10,000 characters are on record whole, whatever a card shows of them', async () => {
    const scene = await openScene()
    const what = 'Zeugen melden 🚨 '.repeat(700).slice(0, 9_990)
    const modal = await scene.slack.as('joc.watch').command('/poc-alert').modal()
    await fillAlert(modal)
    const answer = await sendForm(scene, modal, what)
    expect(JSON.stringify(await answer.json())).toMatch(/Recorded as A-/)
    await scene.slack.settle()
    const [alert] = await scene.bot.store.read.alerts.open()
    expect(alert!.what).toBe(what.trim())
    await (await cardIn(scene, 'joc.watch', '#poc-north', alert!.code)).expectText(/Zeugen melden/)
    expect(scene.slack.workspace.deliveries.problems).toEqual([])
  })

  it('is shown, not obeyed: broadcasts, mentions, links and mark-up stay words, and scripts stay as written', async () => {
    const scene = await openScene({ start: '2026-11-23T04:00:00Z' })
    const what =
      '<!channel> <!here> @here @channel <@U0UNHCR> <!subteam^S1> *bold* _it_ `code` ~x~ &lt;!everyone&gt; ' +
      '<https://evil.example|the mission> 🚨 مسلحون يقتربون من السوق\n> quote\nsecond line'
    const code = await raiseAlert(scene, 'joc.watch', {
      what,
      typed: '<!here> *mill*',
      place: 'As said',
      channel: '#poc-north',
    })
    const card = await cardIn(scene, 'company.karamba', '#poc-north', code)
    for (const words of ['<!channel>', '@here', '<@U0UNHCR>', 'مسلحون يقتربون من السوق', '🚨'])
      expect(card.text).toContain(words)
    const information = await card.pick('alert.more', 'Add information').modal()
    await information.fill({ 'What you know': what })
    await information.submit()
    await card.pick('alert.more', 'Read-out').modal()
    await scene.slack.as('company.karamba').command('/poc <!channel>')
    await scene.pass(30 * MINUTE)
    await scene.slack
      .as('duty.karamba')
      .in('#poc-north')
      .expectCard(/digest/)

    const said = scene.slack.workspace.calls.all.flatMap(call => obeyed(call.args))
    expect(said.length).toBeGreaterThan(20)
    for (const text of said)
      expect(text).not.toMatch(/<!(channel|here|everyone|subteam)|<@U0UNHCR>|<https:\/\/evil/)
    const flags = scene.slack.workspace.calls.all.map(call => [call.args.link_names, call.args.parse])
    expect(flags.flat().filter(Boolean)).toEqual([])
  })
})

/** Every text of a call that Slack reads as mark-up: a message's own, and those of its blocks that say so. */
function obeyed(args: Record<string, unknown>): string[] {
  const parsed = Object.entries(args).map(([key, value]) =>
    typeof value === 'string' && /^(blocks|view|attachments)$/.test(key) ? JSON.parse(value) : value,
  )
  return [...(typeof args.text === 'string' ? [args.text] : []), ...markup(parsed)]
}

function markup(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(markup)
  if (typeof value !== 'object' || value === null) return []
  const { type, text } = value as { type?: unknown; text?: unknown }
  return [...(type === 'mrkdwn' ? [String(text)] : []), ...Object.values(value).flatMap(markup)]
}
