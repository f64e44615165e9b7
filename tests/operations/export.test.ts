import { createHash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { acknowledge, addDetails } from '../../src/operations/alert.ts'
import { makeExport } from '../../src/operations/export.ts'
import { recordSource } from '../../src/operations/source.ts'
import { type Desk, openDesk, refusalCode } from '../support/operations.ts'
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
