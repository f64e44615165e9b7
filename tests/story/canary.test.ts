import { expect, it, onTestFinished } from 'vitest'
import { startGateway } from '../../rehearsal/gateway/index.ts'
import { backupDatabase, backupPath } from '../../src/db/backup.ts'
import { openPartners } from '../../src/db/partners.ts'
import { createGazetteer } from '../../src/domain/gazetteer.ts'
import { createIds } from '../../src/ids.ts'
import type { Ctx } from '../../src/operations/context.ts'
import { applyRetention } from '../../src/operations/retention.ts'
import { DAY, openScene, ownCard, raiseAlert, recordOf, type Scene } from '../support/bot.ts'
import { dataFiles, everywhere, found, keptLog } from '../support/everything.ts'
import { openDoors, postSigned } from '../support/field.ts'
import { silentLog } from '../support/store.ts'

/** Invented words that stand nowhere else: one per field of an identity. */
const IDENTITY = {
  name: 'Xanthorquil',
  reach: 'Zephyrnakt',
  language: 'Quovadrin',
  safeTimes: 'Wimblestok',
  note: 'Jubrillax',
}
const GROUP = 'Drozmakin'
const WORDS = {
  what: 'Vlorptengu',
  how: 'Hazzikrum',
  note: 'Pextoluma',
  end: 'Cruvandel',
  place: 'Yimbassok',
}

const DATABASE = /^tocsin\.db(-wal|-shm)?$/

/** The liaison assistant fills the form in; what it says of the refusals and the receipt is returned too. */
async function sealed(scene: Scene, code: string): Promise<string[]> {
  const card = await ownCard(scene, 'cla.karamba', code)
  const form = await card.pick('alert.more', 'Source (scellée)').modal()
  await form.fill({ ...IDENTITY, deputy: 'company.karamba' })
  const refused = await form.submit().expectErrors()
  await form.fill({ deputy: 'duty.karamba' })
  await form.submit()
  await scene.slack.settle()
  return [JSON.stringify(refused), form.text]
}

it('who a source is stands nowhere in clear: log, errors, health, Redis, Slack, index, database, write-ahead log, backups, exports or call sheets', async () => {
  const { log, text } = keptLog()
  const scene = await openScene({ bot: { log } })
  const code = await raiseAlert(scene, 'cla.karamba')
  const said = await sealed(scene, code)
  const list = await scene.slack.as('duty.karamba').in('#poc-north').command('/poc sources').modal()
  const asking = await list.pick('source.act', 'Open: who it is').modal()
  await asking.fill({ reason: 'To warn or protect the source' })
  await asking.submit()
  // Shown to the deputy, in the answer to their own modal: the only place there is.
  for (const word of Object.values(IDENTITY)) expect(asking.text).toContain(word)
  await asking.close()

  // A row that was tampered with: the error says so, and nothing of what was sealed.
  const { database } = scene.bot.store as unknown as { database: import('better-sqlite3').Database }
  const row = database.prepare('select wrapped_key from sources').pluck().get() as string
  database.prepare('update sources set wrapped_key = ?').run(`${row.slice(0, -4)}AAAA`)
  const again = await scene.slack.as('duty.karamba').in('#poc-north').command('/poc sources').modal()
  const failing = await again.pick('source.act', 'Open: who it is').modal()
  await failing.fill({ reason: 'To warn or protect the source' })
  const outcome = await failing.submit().result()
  database.prepare('update sources set wrapped_key = ?').run(row)

  const centre = scene.slack.as('joc.watch').in('#poc-north')
  await centre.command('/poc export mission_civilian')
  await centre.command('/poc callsheet')
  await scene.pass(DAY)
  await backupDatabase(scene.bot.store.path, backupPath(scene.config.dataDir, scene.clock.now(), 'by-hand'))
  const health = JSON.stringify(await scene.bot.health())
  const places = await everywhere(scene, `${text()}${said.join()}${JSON.stringify(outcome)}${health}`)
  for (const word of Object.values(IDENTITY)) expect([word, found(word, places)]).toEqual([word, []])

  // The search itself finds what is there.
  expect(found('market', places)).toEqual(expect.arrayContaining(['messages', 'calls', 'index']))
  expect(found('market', places).some(place => DATABASE.test(place))).toBe(true)
  expect(places.redis).toMatch(/timer|deliver/)
  const kept = [...places.files.keys()].join(' ')
  for (const file of [
    /appendonly/,
    /tocsin\.db-wal/,
    /backups\/\S+by-hand/,
    /exports\/\S+jsonl/,
    /call-sheets\/\S+pdf/,
  ])
    expect(kept).toMatch(file)
  expect(text()).toContain('"level"')
})

/** Invented, as a number and words of the field, and an owner's own number. */
const FIELD = { number: '770004711', words: 'Blorvantis', name: 'Krumhollen', owner: '660004712' }

it('numbers and words of the field stand nowhere in clear: log, answers, Redis, messages, index, database or write-ahead log', async () => {
  const { log, text } = keptLog()
  const gateway = await startGateway({
    secret: openDoors.INTAKE_SECRET,
    accountSid: 'ACtests',
    authToken: openDoors.TWILIO_AUTH_TOKEN,
    senders: ['+999205550900'],
    numbers: [],
  })
  onTestFinished(() => gateway.stop())
  const scene = await openScene({
    bot: { log },
    env: {
      ...openDoors,
      TWILIO_ACCOUNT_SID: 'ACtests',
      TWILIO_FROM: '+999205550900',
      TWILIO_API_URL: gateway.url,
    },
  })
  gateway.setBotUrl(scene.bot.url)
  await scene.slack.as('company.karamba').in('#poc-north').command('/poc me')
  const me = await scene.slack.as('company.karamba').expectEphemeral(/No telephone is kept/)
  const phone = await me.click('Receive texts…').modal()
  await phone.fill({ number: `+999${FIELD.owner}` })
  await phone.submit()
  await phone.close()

  const from = `+999${FIELD.number}`
  const answers: unknown[] = []
  for (const words of [FIELD.words, FIELD.words, `A KARAMBA 50 ${FIELD.words}`]) {
    const answered = await postSigned(scene, { from, text: words })
    answers.push(await answered.text(), [...answered.headers])
  }
  // One that is refused, and one that cannot be stored.
  answers.push(await (await postSigned(scene, { from, text: FIELD.words }, { at: 0 })).text())
  answers.push(await (await postSigned(scene, { from, text: `${FIELD.words} `.repeat(1500) })).text())
  await scene.slack.settle()
  const card = await (await scene.slack.as('cla.karamba').withApp()).expectCard(/C-/)
  const shown = await card.click('Rappeler : voir le numéro').modal()
  for (const word of [FIELD.number, FIELD.words]) expect(shown.text).toContain(word)
  const form = await shown.click('Lancer une alerte').modal()
  await form.fill({ what: 'Des hommes armés', urgency: 'imminent', name: FIELD.name })
  await form.choose('place', 'Karamba market', 'Karamba market')
  await form.submit()
  await form.close()
  await scene.slack.settle()
  expect(gateway.sent).toHaveLength(1)
  gateway.unsubscribed.add(`+999${FIELD.owner}`)
  await raiseAlert(scene, 'cla.karamba')
  await scene.pass(DAY)

  const health = JSON.stringify(await scene.bot.health())
  const places = await everywhere(scene, `${text()}${JSON.stringify(answers)}${health}`)
  // Where they were shown, in modals on one person's own screen: no message, and nowhere kept.
  const calls = JSON.stringify(
    scene.slack.workspace.calls.all.filter(({ method }) => !method.startsWith('views.')),
  )
  for (const word of Object.values(FIELD))
    expect([word, found(word, { ...places, calls })]).toEqual([word, []])
  expect(found(FIELD.number, places)).toEqual(['calls'])
})

it('nothing of a source’s sealed row is left in the file once it is erased', async () => {
  const scene = await openScene()
  const code = await raiseAlert(scene, 'cla.karamba')
  await sealed(scene, code)
  const { alert } = await recordOf(scene, code)
  const { read } = scene.bot.store
  const [link] = await read.sources.gradingsOf([alert.id])
  const before = await read.sources.byId(link!.sourceId)
  const list = await scene.slack.as('cla.karamba').in('#poc-north').command('/poc sources').modal()
  const sure = await list.pick('source.act', 'Effacer définitivement').modal()
  await sure.submit()
  await scene.bot.store.scrub()

  for (const [name, bytes] of dataFiles(scene)) {
    if (!DATABASE.test(name)) continue
    expect([name, bytes.includes(before!.sealed!.slice(0, 60))]).toEqual([name, false])
    expect([name, bytes.includes(before!.wrappedKey!.slice(0, 60))]).toEqual([name, false])
  }
})

it('the group alleged stands in its own layer and nowhere else; erased with the alert’s words it stands nowhere', async () => {
  const { log, text } = keptLog()
  const scene = await openScene({ bot: { log } })
  const code = await raiseAlert(scene, 'joc.watch', { what: WORDS.what })
  const { alert } = await recordOf(scene, code)
  await scene.bot.store.write(({ alerts }) =>
    alerts.setAttribution({
      alertId: alert.id,
      group: GROUP,
      saidBy: null,
      confidence: null,
      recordedBy: alert.raisedBy,
      recordedAt: scene.clock.now(),
    }),
  )
  const card = await ownCard(scene, 'joc.watch', code)
  const adding = await card.pick('alert.more', 'Add information').modal()
  await adding.fill({ note: WORDS.note })
  await adding.submit()
  await scene.slack.settle()
  const during = await everywhere(scene, text())
  expect(found(GROUP, during).every(place => DATABASE.test(place))).toBe(true)
  for (const word of [WORDS.what, WORDS.note])
    for (const place of ['log', 'redis']) expect(found(word, during)).not.toContain(place)

  const closing = await (await ownCard(scene, 'joc.watch', code))
    .pick('alert.more', 'Close with outcome')
    .modal()
  await closing.fill({ outcome: 'Threat averted', note: WORDS.end })
  await closing.submit()
  await scene.slack.settle()
  scene.clock.advance(scene.mission.retention.alerts + DAY)
  await applyRetention(systemOf(scene))
  await scene.bot.store.scrub()
  await scene.slack.settle()

  const after = await everywhere(scene, text())
  expect(found(GROUP, after)).toEqual([])
  // What was posted in Slack's threads is Slack's to keep; the cards, which hold the words themselves, are not.
  for (const word of [WORDS.what, WORDS.note, WORDS.end])
    expect([word, found(word, after).filter(place => place !== 'calls' && place !== 'messages')]).toEqual([
      word,
      [],
    ])
  expect(found(WORDS.what, after)).toEqual(['calls'])
  expect(await scene.bot.store.read.events.verify()).toMatchObject({ ok: true })
})

function systemOf({ bot, mission, clock, config }: Scene): Ctx {
  return {
    store: bot.store,
    mission,
    clock,
    gazetteer: createGazetteer(mission.gazetteer),
    ids: createIds(),
    log: silentLog,
    vault: null,
    partners: openPartners(config.dataDir),
    integration: { profile: mission.profile },
    actor: { kind: 'system' },
  }
}
