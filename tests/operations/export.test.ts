import { createHash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { acknowledge, addDetails } from '../../src/operations/alert.ts'
import { decideEarlyWarning, earlyWarningsWaiting } from '../../src/operations/early-warning.ts'
import { makeExport } from '../../src/operations/export.ts'
import { recordIncident } from '../../src/operations/incident.ts'
import { addReport } from '../../src/operations/report.ts'
import { recordResponse } from '../../src/operations/response.ts'
import { recordSource } from '../../src/operations/source.ts'
import { type Desk, MINUTE, openDesk, refusalCode } from '../support/operations.ts'
import { temporaryFolder } from '../support/store.ts'

async function linesOf(file: string): Promise<Record<string, unknown>[]> {
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line))
}

/** One alert of an agency and one of the mission, each with layers, a source and an answer. */
async function filled(desk: Desk) {
  const agency = await desk.raise({ what: 'Families are leaving' }, await desk.as('unhcr'))
  const mission = await desk.raise({ what: 'Armed men at the ford' })
  for (const { alert } of [agency, mission]) {
    const duty = await desk.as('duty')
    await acknowledge(await desk.as('company'), { alertId: alert.id })
    const restricted = desk.mission.taxonomy.perpetrators.find(term => term.restricted)!
    const { alert: now } = await desk.facts({ alert })
    await addDetails(duty, {
      alertId: alert.id,
      version: now.version,
      group: 'river_guard',
      perpetrator: restricted.id,
    })
    const grade = { reliability: 'A', credibility: 1, independent: true }
    await recordSource(duty, { alertId: alert.id, name: 'Amo the teacher', ...grade })
  }
  return { agency, mission }
}

it('holds everything of the holder’s records and nothing of any other holder’s', async () => {
  const desk = await openDesk()
  const { agency, mission } = await filled(desk)
  const { file } = await makeExport(desk.system, { holder: 'un_agency' })
  const lines = await linesOf(file)
  expect(lines.filter(({ type }) => type === 'alert').map(({ code }) => code)).toEqual([agency.alert.code])
  expect(lines.find(({ type }) => type === 'alert')).toMatchObject({
    what: 'Families are leaving',
    holder: 'un_agency',
    sources: { independent: 1, repeating: 0, grades: ['A1'] },
  })
  expect(new Set(lines.map(({ type }) => type))).toEqual(new Set(['alert', 'report', 'act', 'told', 'event']))
  expect(readFileSync(file, 'utf8')).not.toContain(mission.alert.code)
})

it('holds no source, no layer and nobody by name or id', async () => {
  const desk = await openDesk()
  const { agency } = await filled(desk)
  const { file, manifestFile } = await makeExport(desk.system, { holder: 'un_agency' })
  const text = readFileSync(file, 'utf8') + readFileSync(manifestFile, 'utf8')
  const people = await desk.store.read.people.all()
  const { code } = (await desk.store.read.sources.held())[0]!
  const restricted = desk.mission.taxonomy.perpetrators.filter(term => term.restricted).map(({ id }) => id)
  for (const word of ['Amo', 'river_guard', code, agency.alert.id, ...people.flatMap(p => [p.id, p.userId])])
    expect(text).not.toContain(word)
  for (const id of restricted) expect(text).not.toContain(`"perpetrator":"${id}"`)
})

it('takes along what its people gave to others’ alerts, what they recorded, and nothing others did there', async () => {
  const desk = await openDesk()
  const { agency, mission } = await filled(desk)
  const unhcr = await desk.as('unhcr')
  await desk.store.write(async ({ alerts }) => {
    const { version, audience } = (await alerts.byId(mission.alert.id))!
    await alerts.update(mission.alert.id, version, { audience: [...audience, 'un_agency'] })
  })
  await addReport(unhcr, { alertId: mission.alert.id, what: 'Thirty families at the school' })
  await addReport(await desk.as('duty'), { alertId: mission.alert.id, what: 'Smoke over the ford' })
  const given = { tier: 3, startedAt: desk.clock.now(), did: 'Shelter' }
  await recordResponse(unhcr, {
    ...given,
    alertId: mission.alert.id,
    responder: 'humanitarian_partner',
    naming: 'partner',
  })
  const { incident } = await recordIncident(unhcr, {
    subType: 'attack',
    at: desk.clock.now(),
    precision: 'hour',
    place: { id: 'karamba-market' },
    what: 'Two houses burnt',
    perpetrator: desk.mission.taxonomy.perpetrators.find(term => term.restricted)!.id,
    group: 'river_guard',
    harm: { injured: 2 },
    alertId: agency.alert.id,
  })
  await recordIncident(await desk.as('duty'), {
    subType: 'attack',
    at: desk.clock.now(),
    precision: 'hour',
    place: { id: 'karamba-market' },
    what: 'Shots in the night',
  })
  const { file } = await makeExport(desk.system, { holder: 'un_agency' })
  const lines = await linesOf(file)
  const of = (type: string) => lines.filter(line => line.type === type)
  expect(of('report').map(({ alert, what }) => [alert, what])).toEqual([
    [agency.alert.code, 'Families are leaving'],
    [mission.alert.code, 'Thirty families at the school'],
  ])
  expect(of('response')).toMatchObject([{ alert: mission.alert.code, tier: 3, did: 'Shelter' }])
  expect(of('incident')).toMatchObject([
    {
      code: incident.code,
      sub_type: 'attack',
      what: 'Two houses burnt',
      harm: { injured: 2 },
      perpetrator: null,
      alerts: [agency.alert.code],
    },
  ])
  expect(of('layer')).toEqual([])
})

it('holds the mission’s early-warning items with what was decided, and its quotes without a partner’s post', async () => {
  const desk = await openDesk()
  const codes: string[] = []
  for (let n = 0; n < 3; n++) {
    desk.clock.advance(MINUTE)
    const ctx = await desk.as('liaison')
    const { alert } = await desk.raise({ urgency: 'tension' }, ctx)
    await addDetails(ctx, { alertId: alert.id, version: alert.version, threat: 'crime' })
    codes.push(alert.code)
  }
  const joc = await desk.as('joc')
  const [item] = await earlyWarningsWaiting(joc)
  await decideEarlyWarning(joc, {
    warningId: item!.row.id,
    decision: 'act',
    reason: 'Patrol tonight',
  })
  const [first] = await desk.store.read.alerts.byIds([item!.alerts[0]!.alert.id])
  const said = { channel: 'C0', permalink: 'https://example.org/p1', saidAt: desk.clock.now() }
  for (const [ts, name] of [
    ['1', 'ngo'],
    ['2', 'duty'],
  ] as const)
    await desk.store.write(async ({ quotes, people }) => {
      const author = (await people.byId(await desk.id(name)))!
      await quotes.insert({
        ...said,
        ...{
          id: ts,
          ts,
          alertId: first!.id,
          teamId: null,
          authorId: author.id,
          authorRole: null,
          how: 'emoji' as const,
        },
        ...{
          constituency: author.constituency,
          text: `Said by ${name}`,
          state: 'stands' as const,
          agreed: true,
        },
        ...{ putBy: author.id, putAt: desk.clock.now(), editedTs: null, editedAt: null, withdrawnAt: null },
      })
    })
  const mission = await linesOf((await makeExport(desk.system, { holder: 'mission_civilian' })).file)
  expect(mission.filter(({ type }) => type === 'early_warning')).toMatchObject([
    { threat: 'crime', state: 'act', reason: 'Patrol tonight', alerts: codes },
  ])
  expect(mission.filter(({ type }) => type === 'quote')).toMatchObject([
    { text: 'Said by ngo', by: { constituency: null, role: null } },
    { text: 'Said by duty', by: { constituency: 'mission_civilian' } },
  ])
  const ngo = await linesOf((await makeExport(desk.system, { holder: 'ngo' })).file)
  expect(ngo).toMatchObject([{ type: 'quote', text: 'Said by ngo', by: { constituency: 'ngo' } }])
})

it('proves itself by a manifest with counts and digest, and is for its owner’s eyes alone', async () => {
  const desk = await openDesk()
  await filled(desk)
  const wanted = join(temporaryFolder(), 'ours.jsonl')
  const { file, manifestFile, manifest } = await makeExport(desk.system, {
    holder: 'un_agency',
    file: wanted,
  })
  expect(file).toBe(wanted)
  const bytes = readFileSync(file)
  expect(JSON.parse(readFileSync(manifestFile, 'utf8'))).toEqual(manifest)
  expect(manifest).toMatchObject({
    format: 'tocsin-export',
    version: 1,
    holder: 'un_agency',
    file: {
      name: 'ours.jsonl',
      bytes: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    },
  })
  const lines = await linesOf(file)
  expect(Object.values(manifest.counts).reduce((a, b) => a + b)).toBe(lines.length)
  for (const each of [file, manifestFile]) expect(statSync(each).mode & 0o077).toBe(0)
})

it('is for the administrator of the own side alone, and is logged before it is written', async () => {
  const desk = await openDesk()
  await filled(desk)
  await desk.appoint('unhcr', 'ocha_bridge_officer', null)
  const made = await makeExport(await desk.as('unhcr'), { holder: 'un_agency' })
  expect(made.manifest.counts.alert).toBe(1)
  expect(await desk.store.read.access.ofRecord('export', 'un_agency')).toEqual([
    expect.objectContaining({ layer: 'export', personId: await desk.id('unhcr') }),
  ])
  const refused: [Parameters<Desk['as']>[0], string][] = [
    ['joc', 'un_agency'],
    ['unhcr', 'mission_civilian'],
    ['head', 'mission_civilian'],
    ['joc', 'human_rights'],
    ['joc', 'everything'],
  ]
  for (const [name, holder] of refused)
    expect([name, holder, await refusalCode(makeExport(await desk.as(name), { holder }))]).toEqual([
      name,
      holder,
      'not_allowed',
    ])
  expect(await refusalCode(makeExport(desk.system, { holder: 'everything' }))).toBe('unknown_term')
})

it('never writes over a file that is there', async () => {
  const desk = await openDesk()
  const file = join(temporaryFolder(), 'ours.jsonl')
  await makeExport(desk.system, { holder: 'ngo', file })
  await expect(makeExport(desk.system, { holder: 'ngo', file })).rejects.toThrow('EEXIST')
  expect(readFileSync(file, 'utf8')).toBe('')
})
