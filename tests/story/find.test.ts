import { it } from 'vitest'
import { openScene, raiseAlert } from '../support/bot.ts'

it('finds across all records page by page, and opens what stands behind a code of a message', async () => {
  const scene = await openScene()
  const code = await raiseAlert(scene, 'joc.watch', { what: 'Men at the mill zanzibarine' })
  const watch = scene.slack.as('joc.watch')
  const found = await watch.command('/poc find zanzibarine').modal()
  await found.expectText(/1 found/)
  await found.expectText(code)
  // What is looked for can be changed where the answer stands.
  await found.fill({ typed: 'zanzibarine since:yesterday' })
  await found.submit()
  await found.expectText(/Not understood, so it narrowed nothing: since:yesterday/)
  await found.expectText(code)
  await found.close()
  const none = await scene.slack.as('unhcr').command('/poc find zanzibarine').modal()
  await none.expectText(/Nothing that you may read fits/)
  await none.close()

  await watch.in('#joc-watch').say(`What about ${code}?`)
  const message = await watch.in('#joc-watch').expectMessage(/What about/)
  const opened = await message.shortcut('Open a code').modal()
  await opened.expectText(/zanzibarine/)
})
