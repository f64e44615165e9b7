import { parse } from 'csv-parse/sync'
import { expect, it } from 'vitest'
import { openScene, raiseAlert, type Scene } from '../support/bot.ts'

/** Files that stand in conversations, newest last. */
const files = (scene: Scene) => [...scene.slack.workspace.state.files.values()].filter(file => file.completed)

it('somebody goes through the alerts page by page, narrows them, looks at one and takes exactly those along', async () => {
  const scene = await openScene()
  const codes: string[] = []
  for (let n = 0; n < 11; n++)
    codes.push(await raiseAlert(scene, 'civil.affairs', { what: `=Shots, the ${n}th` }))
  const south = await raiseAlert(scene, 'civil.affairs', {
    what: 'Road closed',
    typed: 'Tashiro',
    place: 'Tashiro',
  })

  const list = await scene.slack.as('joc.watch').command('/poc-alert list').modal()
  await list.expectText(new RegExp(`Open.*${south}.*${codes[10]}`, 's'))
  expect(list.text).not.toContain(codes[0])
  expect(list.buttons).toContain('Older ▶')
  expect(list.buttons).not.toContain('◀ Newer')
  await list.click('Older ▶')
  await list.expectText(codes[0]!)
  await list.click('◀ Newer')
  await list.expectText(south)

  await list.click('Filter…')
  await list.expectText('With the words')
  await list.fill({ sector: 'north' })
  await list.submit()
  await list.expectText(/Open · Sector North/)
  expect(list.text).not.toContain(south)

  await list.click('CSV')
  await scene.slack.settle()
  const [file, ...others] = files(scene)
  expect(others).toEqual([])
  expect(file).toMatchObject({ altText: 'A table with 11 alerts, a row each, and their fields as columns.' })
  const rows = parse(Buffer.from(file!.bytes!), { bom: true, columns: true }) as Record<string, string>[]
  expect(rows.map(row => row.Code)).toEqual(codes.toReversed())
  expect(rows[0]!['What is happening']).toBe("'=Shots, the 10th")
  const direct = await scene.slack.as('joc.watch').withApp()
  expect(direct.messages.at(-1)?.text).toMatch(/^11 alerts as you may read them: Open · Sector North/)
}, 240_000)

it('a list is in its reader’s language, and words that are no filter are looked for', async () => {
  const scene = await openScene()
  await raiseAlert(scene, 'civil.affairs', { what: 'Des hommes en armes' })
  const code = await raiseAlert(scene, 'civil.affairs', { what: 'Maisons en feu' })
  const list = await scene.slack.as('head.karamba').command('/poc-alert list nord maisons').modal()
  await list.expectText(/Ouvertes · Secteur Nord · « maisons »/)
  expect(list.text.match(/A-[0-9A-Z]{4}/g)).toEqual([code])
  await list.click('Afficher')
  await (await scene.slack.as('head.karamba').modal()).expectText(/Maisons en feu/)
})
