import { parse } from 'csv-parse/sync'
import { expect, it } from 'vitest'
import type { Card, Modal } from '../../rehearsal/driver/index.ts'
import { DAY, openScene, raiseAlert, type Scene } from '../support/bot.ts'

/** Twelve places nearest to Kowa base: name, where, kind. The first is the one that stays Must. */
const PLACES = [
  ['Amber Hills', 'Low Hollow', 'village'],
  ['Bellweather', 'Kowa', 'town'],
  ['Cinder Well', 'Kowa market', 'market'],
  ['Dusty Ford', 'Kowa health post', 'base_surroundings'],
  ['Elder Grove', 'Kowa North IDP settlement', 'idp_settlement'],
  ['Flint Ridge', 'Belisse', 'village'],
  ['Gull Rock', 'Belisse mill', 'farming_area'],
  ['Hollow Oak', 'Andoko', 'village'],
  ['Iron Spring', 'Andoko diggings', 'route'],
  ['Juniper Bend', 'Salt Road junction', 'route'],
  ['Kestrel Farm', 'Old Ferry', 'border_area'],
  ['Lantern Hill', 'Kowa', 'return_area'],
] as const
const FUNCTIONS = [
  'Early warning network',
  'Camp security',
  'Community liaison',
  'Mediation between herders and farmers',
  'Human rights monitoring',
  'Rule of law support',
  'Escorts of market days',
]

async function list(scene: Scene, [name, where, kind]: (typeof PLACES)[number]): Promise<string> {
  const form = await scene.slack.as('poc.adviser').command('/poc-hotspot new').modal()
  await form.choose('place', where, where)
  await form.fill({ name, kind, threats: ['armed_attack'] })
  await form.submit()
  await form.expectText(/Recorded as H-/)
  const [code = ''] = /H-[0-9A-Z]{4}/.exec(form.text) ?? []
  await form.close()
  await scene.slack.settle()
  return code
}

const drawdown = async (scene: Scene, who = 'mission.leadership') =>
  (await scene.slack.as(who).withApp()).expectCard(/Closure of Kowa base/)

const places = (text: string) => Number(/Places not settled: (\d+)/.exec(text)?.[1])
const left = (text: string) => Number(/Left to nobody: (\d+)/.exec(text)?.[1])

async function settle(scene: Scene, fields: Parameters<Modal['fill']>[0]): Promise<string> {
  const form = await (await drawdown(scene)).click('Settle…').modal()
  const { text } = form
  await form.fill(fields)
  await form.submit()
  await form.expectText(/Recorded/)
  await form.close()
  await scene.slack.settle()
  return text
}

async function answer(scene: Scene, label: 'Accept' | 'Decline…', name: string): Promise<void> {
  const card = await (await scene.slack.as('unhcr').withApp()).expectCard(
    new RegExp(`take this over[^]*${name}`),
  )
  if (label === 'Accept') await card.click('Accept')
  else {
    const form = await card.click('Decline…').modal()
    await form.submit()
    await form.close()
  }
  await scene.slack.settle()
}

it('X-05: a base closes over twelve places, and what is left to nobody is on one page; the worst place stays Must', async () => {
  const scene = await openScene()
  const codes: string[] = []
  for (const place of PLACES) codes.push(await list(scene, place))

  // Declared: what the base leaves behind is listed, and it cannot be closed over it.
  await scene.slack.as('mission.leadership').command('/poc drawdown')
  const none = await scene.slack.as('mission.leadership').expectEphemeral(/None is declared/)
  const form = await none.click('Declare…').modal()
  const day = new Date(scene.clock.now() + 60 * DAY).toISOString().slice(0, 10)
  await form.fill({ kind: 'base_closure', base: 'kowa', day, functions: FUNCTIONS.join('\n') })
  await form.submit()
  await form.expectText(/Recorded as D-/)
  await form.close()
  await scene.slack.settle()
  const card = await drawdown(scene)
  const uncovered = places(card.text)
  expect(uncovered).toBeGreaterThanOrEqual(PLACES.length)
  expect(left(card.text)).toBe(uncovered + FUNCTIONS.length)
  await card.click('Base is closed')
  await scene.slack.as('mission.leadership').expectEphemeral(/Not closed: nobody has said who covers/)

  // Four are covered from elsewhere; for every other place an unarmed plan is demanded in words.
  const refused = await card.click('Settle…').modal()
  await refused.fill({ line: 'unarmed' })
  await refused.submit().expectErrors()
  await refused.close()
  for (let n = 0; n < uncovered; n++) {
    const line = n < 4 ? 'base' : 'unarmed'
    const how = n < 4 ? 'Tashiro base patrols on market days' : 'Visits every ten days, peace committee'
    expect(await settle(scene, { line, lineText: how })).toMatch(/Place|Hotspot/)
  }
  expect(places((await drawdown(scene)).text)).toBe(0)

  // The country team is asked for seven functions; three find somebody, one is declined, the rest nobody was asked.
  for (const label of ['Accept', 'Accept', 'Accept', 'Decline…'] as const) {
    const text = await settle(scene, { receiver: 'U0UNHCR', needed: 'Two staff', available: 'One post' })
    const name = FUNCTIONS.find(each => text.includes(each)) ?? 'no function'
    await answer(scene, label, name)
  }
  expect(left((await drawdown(scene)).text)).toBe(4)
  await (await drawdown(scene)).click('Base is closed')
  await scene.slack.settle()
  const tables = () =>
    [...scene.slack.workspace.state.files.values()].filter(
      file => file.completed && file.name.endsWith('.csv'),
    )
  // Leadership, the operations centre and the adviser; the files are made aside.
  await expect.poll(() => tables().length, { timeout: 30_000 }).toBe(3)
  const rows = parse(Buffer.from(tables()[0]!.bytes!), { bom: true, columns: true }) as Record<
    string,
    string
  >[]
  const toNobody = rows.filter(row => row['Left to nobody'] === 'yes')
  expect(toNobody.map(row => row.State).sort()).toEqual([
    'Declined',
    'Nobody asked yet',
    'Nobody asked yet',
    'Nobody asked yet',
  ])
  expect(rows.filter(row => row['In the base’s stead'] === 'An unarmed plan')).toHaveLength(uncovered - 4)

  // The gap shows, and the worst of them stays Must: with a line of physical protection, not with an unarmed one alone.
  const [hills = ''] = codes
  const alert = await raiseAlert(scene, 'joc.watch', { typed: 'Kowa market' })
  const place = await scene.slack
    .as('joc.watch')
    .in('#poc-south')
    .expectCard(new RegExp(`${hills} · `))
  const link = await place.pick('hotspot.more', 'Rattacher une alerte ou un incident').modal()
  await link.choose('record', alert, `${alert} · Kowa market`)
  await link.submit()
  await link.close()
  const coverage = await place.pick('hotspot.more', 'Signaler la couverture').modal()
  await coverage.fill({ coverage: 'none' })
  await coverage.submit()
  await coverage.close()
  await scene.slack.settle()

  const open = await scene.slack
    .as('poc.adviser')
    .in('#protection-forum')
    .command('/poc-hotspot round')
    .modal()
  await open.fill({ sector: 'south' })
  await open.submit()
  await open.close()
  await scene.slack.settle()
  for (const who of ['sector.south', 'ocha']) await rateFirst(scene, who)
  const round = await scene.slack
    .as('poc.adviser')
    .in('#protection-forum')
    .expectCard(/Review of hotspots/)
  await round.pick('matrix.more', 'Show both sides')
  await scene.slack.settle()
  const physical = new RegExp(`${hills}[^\\n]*Must Protect with an imminent physical threat`)
  const unarmed = new RegExp(`${hills}[^\\n]*no unarmed plan`)
  const checks = async () => {
    const modal = await round.click('Checks').modal()
    const { text } = modal
    await modal.close()
    return text
  }
  expect(await checks()).toMatch(physical)
  expect(await checks()).toMatch(unarmed)

  await addLine(scene, 'joc.watch', hills, {
    tier: 1,
    to: 'Field office duty officer, Sector South',
    mode: 'peace_committee',
  })
  await accept(scene, 'duty.tashiro')
  expect(await checks()).toMatch(physical)
  expect(await checks()).not.toMatch(unarmed)
  await addLine(scene, 'battalion.south', hills, { tier: 2, to: 'Company duty officer, Sector South' })
  await accept(scene, 'company.tashiro')
  expect(await checks()).not.toMatch(physical)

  await waiveAll(scene, round)
  await round.click('Recommend')
  await scene.slack.settle()
  const forum = await (await scene.slack.as('mission.leadership').withApp()).expectCard(/Review of hotspots/)
  await forum.click('Adopt')
  await scene.slack.settle()
  await forum.expectText(/Adopted as a version/)
  await scene.slack.as('joc.watch').command('/poc-hotspot matrix south')
  await scene.slack.as('joc.watch').expectEphemeral(new RegExp(`${hills} Amber Hills[^]*Must Protect`))
  await scene.slack.as('joc.watch').command('/poc-hotspot gaps south')
  await scene.slack.as('joc.watch').expectEphemeral(new RegExp(`${hills}[^]*Must Protect, and no troops`))
}, 300_000)

async function rateFirst(scene: Scene, who: string): Promise<void> {
  const card = await (await scene.slack.as(who).withApp()).expectCard(/Review of hotspots/)
  const ratings = await card.click('Rate').modal()
  const form = await ratings.click('Rate').modal()
  await form.expectText(/Amber Hills/)
  await form.fill({ likelihood: '5', impact: '5', category: 'must', rationale: ['threat'] })
  await form.submit()
  await ratings.close()
  await scene.slack.settle()
}

async function addLine(
  scene: Scene,
  who: string,
  code: string,
  line: { tier: number; to: string; mode?: string },
): Promise<void> {
  const card = await scene.slack
    .as(who)
    .in('#poc-south')
    .expectCard(new RegExp(`${code} · `))
  const plan = await card.pick('hotspot.more', 'Plan de protection').modal()
  const form = await plan.click(`hotspot.add_line:${line.tier}`).modal()
  await form.choose('to', line.to, line.to)
  await form.fill({
    result: 'People sleep in their own houses',
    dueAt: Math.floor((scene.clock.now() + 3 * DAY) / 1000),
    ...(line.mode ? { mode: line.mode } : {}),
  })
  await form.submit()
  await scene.slack.settle()
  await plan.close()
}

async function accept(scene: Scene, who: string): Promise<void> {
  const card = await (await scene.slack.as(who).withApp()).expectCard(/People sleep in their own houses/)
  await card.click('Accept')
  await scene.slack.settle()
}

/** Waives by name what still stands, all of a kind at once where there are several. */
async function waiveAll(scene: Scene, round: Card): Promise<void> {
  for (;;) {
    const modal = await round.click('Checks').modal()
    const { text } = modal
    if (text.includes('Nothing speaks against')) {
      await modal.close()
      return
    }
    const waiver = await modal
      .click(text.includes('Waive all of these') ? 'Waive all of these' : 'Waive')
      .modal()
    await waiver.fill({ reason: 'Known since the base closed, and planned for' })
    await waiver.submit()
    await modal.close()
    await scene.slack.settle()
  }
}
