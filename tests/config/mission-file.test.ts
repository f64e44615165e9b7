import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { OMBARA } from '../../rehearsal/seed.ts'
import { loadMission, renderProblems } from '../../src/config.ts'
import { createGazetteer, gazetteerRowSchema, PLACE_KINDS } from '../../src/domain/gazetteer.ts'
import { missionFileSchema } from '../../src/domain/mission/schema.ts'
import {
  CONSTITUENCIES,
  MEANS,
  MissionError,
  type MissionProblem,
  PERPETRATOR_CLASSES,
  THREAT_CLASSES,
} from '../../src/domain/mission.ts'
import { nearestBase } from '../../src/domain/place.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-mission-'))
})

/** Writes the shipped mission with these changes and loads it. */
function load(changes: { yaml?: (text: string) => string; csv?: (text: string) => string } = {}) {
  const { yaml = same, csv = same } = changes
  const path = join(folder, 'mission.yaml')
  writeFileSync(path, yaml(readFileSync('missions/ombara.yaml', 'utf8')))
  writeFileSync(join(folder, 'ombara-places.csv'), csv(readFileSync('missions/ombara-places.csv', 'utf8')))
  return loadMission(path)
}

const same = (text: string) => text

async function problems(loading: Promise<unknown>): Promise<readonly MissionProblem[]> {
  const error = await loading.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (error instanceof MissionError) return error.problems
  throw error ?? new Error('the mission was accepted')
}

/** The line, from 1, on which this text stands first. */
const lineWith = (file: string, text: string) =>
  readFileSync(join(folder, file), 'utf8')
    .split('\n')
    .findIndex(line => line.includes(text)) + 1

describe('a mistake in the mission file', () => {
  it('is shown with its file and line', async () => {
    const found = await problems(
      load({ yaml: text => text.replace('zone: Africa/Lusaka', 'zone: Africa/Nowhere') }),
    )
    expect(found).toMatchObject([{ path: 'mission.zone', line: lineWith('mission.yaml', 'Africa/Nowhere') }])
    expect(renderProblems('Tocsin cannot start.', found)).toMatch(/mission\.yaml:\d+ mission\.zone\n/)
  })

  it('is found through an anchor used twice', async () => {
    const found = await problems(
      load({ yaml: text => text.replace('decide: 15m, on_site: 1h', 'decide: 1s, on_site: 1h') }),
    )
    expect(found.map(({ path, line }) => [path, line])).toEqual([
      ['ladders[0].due.happening_now.decide', lineWith('mission.yaml', 'decide: 1s')],
      ['ladders[1].due.happening_now.decide', lineWith('mission.yaml', 'decide: 1s')],
    ])
  })

  it('points a missing key at the entry that lacks it', async () => {
    const found = await problems(
      load({ yaml: text => text.replace('name: Mbessa base, sector: north,', 'name: Mbessa base,') }),
    )
    expect(found).toMatchObject([{ path: 'bases[1].sector', line: lineWith('mission.yaml', 'Mbessa base') }])
  })

  it('points an unknown key at the key itself', async () => {
    const found = await problems(
      load({ yaml: text => text.replace('  command_prefix: poc', '  prefix: poc') }),
    )
    expect(found).toContainEqual(
      expect.objectContaining({ path: 'mission.prefix', line: lineWith('mission.yaml', '  prefix: poc') }),
    )
  })

  it('that breaks YAML itself is shown with its line', async () => {
    const found = await problems(
      load({ yaml: text => text.replace('languages: [en, fr]', 'languages: [en, fr') }),
    )
    expect(found[0]!.reason).toMatch(/not readable YAML/)
    expect(found[0]!.line).toBeGreaterThan(1)
  })

  it('that names a key twice is refused, not silently decided', async () => {
    const found = await problems(
      load({ yaml: text => text.replace('  short: UNMOB', '  short: UNMOB\n  short: OTHER') }),
    )
    expect(found[0]).toMatchObject({ line: lineWith('mission.yaml', 'OTHER') })
  })

  it('such as an empty file is told', async () => {
    expect(await problems(load({ yaml: () => '' }))).toMatchObject([{ reason: 'The file is empty.' }])
  })

  it('such as no file at all is told', async () => {
    expect(await problems(loadMission(join(folder, 'none.yaml')))).toMatchObject([
      { reason: expect.stringMatching(/There is no file/) },
    ])
  })

  it('and one in the gazetteer are told together', async () => {
    const found = await problems(
      load({
        yaml: text => text.replace('zone: Africa/Lusaka', 'zone: Africa/Nowhere'),
        csv: text => text.replace(',village,north,', ',hamlet,north,'),
      }),
    )
    expect(found.map(({ path }) => path)).toEqual(['gazetteer.kind', 'mission.zone'])
  })
})

describe('a mistake in the gazetteer', () => {
  it('is shown with its own file and line', async () => {
    const found = await problems(load({ csv: text => text.replace('-7.0982', '91.5') }))
    expect(found).toMatchObject([
      {
        path: 'gazetteer.lat',
        line: lineWith('ombara-places.csv', '91.5'),
        reason: expect.stringMatching(/beyond 90/),
      },
    ])
    expect(found[0]!.file).toMatch(/ombara-places\.csv$/)
  })

  it('such as an unknown sector or a second use of an id is found in its line', async () => {
    const found = await problems(
      load({
        csv: text =>
          `${text}karamba,Twice,,village,north,Karamba,,-7,-9\nwest,West,,village,west,Karamba,,-7,-9\n`,
      }),
    )
    expect(found.map(({ path, line }) => [path, line])).toEqual([
      ['gazetteer.id', lineWith('ombara-places.csv', 'Twice')],
      ['gazetteer.sector', lineWith('ombara-places.csv', 'West,,')],
    ])
  })

  it('such as a missing or misspelt column is told by name', async () => {
    const found = await problems(load({ csv: text => text.replace('district', 'distrikt') }))
    expect(found[0]).toMatchObject({
      line: 1,
      reason: expect.stringMatching(/"district" is missing, "distrikt" is not known/),
    })
  })

  it('such as a line with too many cells is told by line', async () => {
    const found = await problems(load({ csv: text => `${text}x,X,,village,north,Karamba,-7,-9,extra\n` }))
    expect(found).toMatchObject([{ line: lineWith('ombara-places.csv', 'extra') }])
  })

  it('such as a file that is not there is told at the key that names it', async () => {
    const found = await problems(load({ yaml: text => text.replace('ombara-places.csv', 'places.csv') }))
    expect(found).toMatchObject([
      {
        path: 'mission.gazetteer',
        line: lineWith('mission.yaml', 'places.csv'),
        reason: expect.stringMatching(/no file/),
      },
    ])
  })

  it('is not the byte-order mark or the line ends of a spreadsheet', async () => {
    const mission = await load({ csv: text => `\uFEFF${text.replaceAll('\n', '\r\n')}` })
    expect(mission.gazetteer[0]).toMatchObject({
      id: 'karamba',
      aliases: ['Caramba', 'Karamba town', 'Karamba ville'],
    })
  })
})

describe('the shipped mission of Ombara', () => {
  it('loads, and its seed names only people and channels of the rehearsal', async () => {
    const { seed } = await load()
    const people = new Set(OMBARA.people.map(person => `${person.teamId}/${person.id}`))
    const channels = new Set(OMBARA.channels.map(channel => channel.id))
    const teams = new Set(OMBARA.teams.map(team => team.id))
    const named = [...seed.people, ...seed.holders.flatMap(entry => [entry.holder, ...entry.alternates])]
    expect(named.filter(({ team, user }) => !people.has(`${team}/${user}`))).toEqual([])
    expect(seed.channels.filter(({ team, channel }) => !teams.has(team) || !channels.has(channel))).toEqual(
      [],
    )
    expect(named.length).toBeGreaterThan(30)
  })

  it('registers everybody in its registered channels, so that none is shown less for a stranger’s sake', async () => {
    const { seed } = await load()
    const registered = new Set([...seed.people.map(person => person.user), OMBARA.app.botUserId])
    const members = OMBARA.channels
      .filter(channel => seed.channels.some(entry => entry.channel === channel.id))
      .flatMap(channel => channel.members)
    expect(members.filter(member => !registered.has(member))).toEqual([])
  })

  it('has an IDP settlement 0.8 km from Karamba base and places of one name in two districts', async () => {
    const mission = await load()
    const gazetteer = createGazetteer(mission.gazetteer)
    const settlement = gazetteer.search('Karamba East IDP settlement', { limit: 1 })[0]!
    const nearest = nearestBase(settlement, mission.bases, { sector: settlement.sector })!
    expect(nearest.base.id).toBe('karamba')
    expect(nearest.km).toBeCloseTo(0.8, 2)
    expect(gazetteer.search('Kiremo', { limit: 2 }).map(({ district }) => district)).toEqual([
      'Karamba',
      'Upper Orro',
    ])
    expect(gazetteer.matchIn('armed men moving towards Karamba market')?.name).toBe('Karamba market')
  })

  it('lies in the open South Atlantic, far from any real place', async () => {
    const mission = await load()
    for (const { lat, lon } of [...mission.bases, ...mission.gazetteer]) {
      expect(lat).toBeGreaterThanOrEqual(-9)
      expect(lat).toBeLessThanOrEqual(-6)
      expect(lon).toBeGreaterThanOrEqual(-11)
      expect(lon).toBeLessThanOrEqual(-7)
    }
  })
})

describe('docs/mission-file.md', () => {
  it('names every key of the mission file and every class and kind it may choose from', () => {
    const page = readFileSync('docs/mission-file.md', 'utf8')
    const words = new Set(page.match(/[a-z_0-9]+/g))
    const known = [
      ...keysOf(missionFileSchema),
      ...THREAT_CLASSES,
      ...PERPETRATOR_CLASSES,
      ...CONSTITUENCIES,
      ...MEANS,
      ...PLACE_KINDS,
      ...Object.keys(gazetteerRowSchema.shape),
    ]
    expect(known.length).toBeGreaterThan(100)
    expect(known.filter(key => !words.has(key))).toEqual([])
  })
})

/** Every key of a schema, at whatever depth. */
function keysOf(schema: unknown): string[] {
  const { shape, element, innerType } = (schema as { def: Record<string, unknown> }).def
  const keys = Object.entries((shape ?? {}) as Record<string, unknown>)
  const inner = [element, innerType].filter(part => part !== undefined)
  return [...keys.map(([key]) => key), ...keys.flatMap(([, part]) => keysOf(part)), ...inner.flatMap(keysOf)]
}
