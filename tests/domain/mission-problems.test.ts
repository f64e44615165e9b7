import { readFileSync } from 'node:fs'
import { beforeEach, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import type { GazetteerRow } from '../../src/domain/gazetteer.ts'
import { MissionError, type MissionProblem, parseMission, TAXONOMY_LISTS } from '../../src/domain/mission.ts'

const place: GazetteerRow = {
  id: 'karamba',
  name: 'Karamba',
  aliases: [],
  kind: 'town',
  sector: 'north',
  district: 'Karamba',
  lat: -7,
  lon: -9,
}

// biome-ignore lint/suspicious/noExplicitAny: tests break the file in ways its type forbids
type Raw = any
let raw: Raw
beforeEach(() => {
  raw = parse(readFileSync('missions/ombara.yaml', 'utf8'))
})

function problems(content: unknown = raw, gazetteer: GazetteerRow[] = [place]): readonly MissionProblem[] {
  try {
    parseMission(content, gazetteer)
  } catch (error) {
    if (error instanceof MissionError) return error.problems
    throw error
  }
  return []
}

/** Expects exactly one problem, at this path, whose sentences hold these words. */
function expectProblem(path: string, reason: RegExp, remedy: RegExp) {
  const found = problems()
  expect(found.map(problem => problem.path)).toEqual([path])
  expect(found[0]!.reason).toMatch(reason)
  expect(found[0]!.remedy).toMatch(remedy)
}

const ladder = (id: string): Raw => raw.ladders.find((entry: Raw) => entry.id === id)

describe('a mission file is refused, with the place, the reason and the remedy, for', () => {
  it('an unknown role on a ladder, with the nearest known one', () => {
    ladder('military').rungs[0].role = 'company_duty_oficer'
    expectProblem(
      'ladders[0].rungs[0].role',
      /"company_duty_oficer"/,
      /Did you mean "company_duty_officer"\?/,
    )
  })

  it('an unknown sector, threat, ladder or role in the routing', () => {
    Object.assign(raw.routing[0], {
      sectors: ['nord'],
      threats: ['riot'],
      uniformed: 'army',
      inform: ['joc'],
    })
    expect(problems().map(problem => problem.path)).toEqual([
      'routing[0].uniformed',
      'routing[0].sectors[0]',
      'routing[0].threats[0]',
      'routing[0].inform[0]',
    ])
  })

  it('a sector and threats without a route, by their names', () => {
    raw.routing = [
      { sectors: ['north'], uniformed: 'military', civilian: 'civilian', inform: ['joc_watch'] },
      { threats: ['crime'], uniformed: 'police', civilian: 'civilian', inform: ['joc_watch'] },
    ]
    const found = problems()
    expect(found.map(problem => problem.path)).toEqual(['routing', 'routing'])
    expect(found[0]!.reason).toMatch(/sector "south" with "armed_attack".*a threat not yet known/)
    expect(found[0]!.reason).not.toMatch(/"crime"/)
    expect(found[1]!.reason).toMatch(/a place without a sector/)
  })

  it('a route that another above it hides', () => {
    raw.routing.unshift(raw.routing.pop())
    expectProblem('routing[0]', /never used/, /Move it to the end/)
  })

  it('a ladder in the wrong slot of a route', () => {
    raw.routing[2].civilian = 'police'
    expectProblem('routing[2].civilian', /"police" is uniformed/, /slot: civilian/)
  })

  it('a uniformed ladder that is neither military nor police', () => {
    Object.assign(ladder('police'), { constituency: 'mission_civilian' })
    ladder('police').rungs.splice(0, 2)
    expectProblem('ladders[1].constituency', /uniformed.*mission_civilian/, /military or police/)
  })

  it('a ladder that begins with somebody else’s role', () => {
    ladder('police').rungs.shift()
    ladder('police').rungs.shift()
    expectProblem(
      'ladders[1].rungs[0].role',
      /first owner.*mission_civilian, not to police/,
      /a role of police/,
    )
  })

  it('a liaison assistant on a ladder', () => {
    ladder('civilian').rungs[1].role = 'liaison_assistant'
    expectProblem('ladders[2].rungs[1].role', /owner: never/, /"inform"/)
  })

  it('an agency or NGO on a ladder, which the mission may ask but not task', () => {
    ladder('civilian').rungs[1].role = 'ocha_bridge_officer'
    expectProblem('ladders[2].rungs[1].role', /may ask but not task/, /Name a role of/)
  })

  it('somebody of another part, or of one sector, who would decide what is shown to others', () => {
    raw.releasing = {
      mission: 'ocha_bridge_officer',
      human_rights: 'poc_adviser',
      humanitarian: 'head_of_office',
    }
    expect(problems().map(({ path }) => path)).toEqual([
      'releasing.mission',
      'releasing.human_rights',
      'releasing.humanitarian',
    ])
    raw.releasing = { ...raw.releasing, mission: 'head_of_office' }
    expect(problems()[0]!.reason).toMatch(/held per sector/)
  })

  it('a ladder on which a place without a sector reaches nobody', () => {
    ladder('civilian').rungs.pop()
    expectProblem('ladders[2].rungs', /without a sector reaches nobody/, /scope: mission/)
  })

  it('a duration that is missing for an urgency and step', () => {
    ladder('military').due = structuredClone(ladder('military').due)
    delete ladder('military').due.imminent.decide
    expectProblem('ladders[0].due.imminent.decide', /duration for "decide" is missing/, /such as 10m/)
  })

  it('a duration that is none', () => {
    ladder('civilian').due.tension.climb = '4 hours'
    expectProblem('ladders[2].due.tension.climb', /"4 hours" is not a duration/, /90s, 10m, 2h or 3d/)
  })

  it('a step due before the one it follows', () => {
    ladder('civilian').due.tension.decide = '1h'
    expectProblem(
      'ladders[2].due.tension.decide',
      /after 1h, before "acknowledge" at 4h/,
      /count from raising/,
    )
  })

  it('an id used twice, in any list and in the gazetteer', () => {
    for (const list of [raw.sectors, raw.bases, raw.roles, raw.ladders, raw.channels.purposes])
      list.push(list[0])
    for (const list of TAXONOMY_LISTS) raw.taxonomy[list].push(raw.taxonomy[list][0])
    const paths = problems(raw, [place, place]).map(problem => problem.path)
    expect(paths).toHaveLength(6 + TAXONOMY_LISTS.length)
    expect(paths).toContain('gazetteer[1].id')
  })

  it('words missing in one of its languages', () => {
    delete raw.taxonomy.outcomes[1].name.fr
    expectProblem('taxonomy.outcomes[1].name.fr', /words in "fr" are missing.*en and fr/, /Add fr/)
  })

  it('a base without a sector', () => {
    delete raw.bases[2].sector
    expectProblem('bases[2].sector', /This base has no sector/, /Add the id of the sector/)
  })

  it('a zone that does not exist', () => {
    raw.mission.zone = 'Africa/Karamba'
    expectProblem('mission.zone', /No such time zone/, /IANA/)
  })

  it.each(['6:30', '24:00', '06:60', 'morning'])('a digest at %s', at => {
    raw.digest.at = at
    expectProblem('digest.at', /not a time of day/, /"06:30"/)
  })

  it('a restricted layer opened to a role that does not exist', () => {
    raw.layers.attribution[2] = 'force_hw'
    expectProblem('layers.attribution[2]', /No role has the id "force_hw"/, /Did you mean "force_hq"/)
  })

  it('an operations centre held per sector', () => {
    raw.mission.operations_centre = 'sector_operations'
    expectProblem('mission.operations_centre', /held per sector/, /scope: mission/)
  })

  it('a team that nobody of the mission file could approve or send people to', () => {
    raw.teams.approves = 'head_of_offices'
    expectProblem('teams.approves', /No role/, /head_of_office/)
    raw.teams.approves = 'head_of_office'
    raw.teams.sections[0].post = 'ocha_bridge_officer'
    expectProblem('teams.sections[0].post', /by its own choice/, /agencies: may or must/)
  })

  it('a threat list without one of the wider threats', () => {
    raw.taxonomy.threats = raw.taxonomy.threats.filter((threat: Raw) => threat.class !== 'hate_speech')
    raw.routing[0].threats = ['unrest']
    for (const section of raw.teams.sections)
      section.threats = section.threats?.filter((id: string) => id !== 'hate_speech')
    expectProblem('taxonomy.threats', /class "hate_speech"/, /class: hate_speech/)
  })

  it.each([
    ['threats', 'Ethnic violence', 'Violence'],
    ['threats', 'Attack', 'Attaque d’une tribu'],
    ['perpetrators', 'Hutu militia', 'Milice'],
    ['perpetrators', 'Fighters', 'Combattants peuls'],
    ['perpetrators', 'MUSLIM youth', 'Jeunes'],
    ['perpetrators', 'Anti-Serb crowd', 'Foule'],
  ])('%s that name a people or a faith: %s / %s', (list, en, fr) => {
    raw.taxonomy[list][1].name = { en, fr }
    expectProblem(`taxonomy.${list}[1]`, /names an ethnic group or a community/, /Name/)
  })

  it('a people’s name hidden in an id', () => {
    raw.taxonomy.perpetrators[0].id = 'tutsi_group'
    expectProblem('taxonomy.perpetrators[0]', /"tutsi"/, /Armed group/)
  })

  it('a class of perpetrators of its own making', () => {
    raw.taxonomy.perpetrators[0].class = 'rebels'
    expectProblem('taxonomy.perpetrators[0].class', /"rebels" is not one of/, /Write one of state_forces/)
  })

  it('a key it does not know, such as a misspelt one', () => {
    raw.routing[0].infrom = ['joc_watch']
    expectProblem('routing[0].infrom', /not a key known here/, /spelling/)
  })

  it('a seed holder of an unknown role', () => {
    raw.seed.holders[0].role = 'company_duty'
    expectProblem('seed.holders[0].role', /No role has the id "company_duty"/, /Known are/)
  })

  it('a seed holder without the sector its role needs, or with one it has no use for', () => {
    delete raw.seed.holders[0].sector
    raw.seed.holders.find((entry: Raw) => entry.role === 'force_hq').sector = 'north'
    const found = problems()
    expect(found.map(problem => problem.reason)).toEqual([
      expect.stringMatching(/held per sector, and no sector is given/),
      expect.stringMatching(/of the whole mission, yet a sector is given/),
    ])
  })

  it('a seed holder or alternate whose constituency nobody knows', () => {
    raw.seed.holders[0].alternates = ['T0MISSION/U0STRANGER']
    expectProblem('seed.holders[0].alternates[0]', /not among the people/, /constituency/)
  })

  it('a post given to two holders', () => {
    raw.seed.holders.push(raw.seed.holders[0])
    expectProblem(`seed.holders[${raw.seed.holders.length - 1}]`, /given twice/, /alternates/)
  })

  it('a holder that is no person', () => {
    raw.seed.holders[0].holder = 'U0COMPANYKARAMBA'
    expectProblem('seed.holders[0].holder', /does not name a person/, /T0123456\/U0123456/)
  })

  it('a seed channel with an unknown purpose, language or without its sector', () => {
    raw.mission.languages = ['en']
    for (const person of raw.seed.people) delete person.language
    raw.seed.channels[2].purpose = 'watch'
    delete raw.seed.channels[1].sector
    expect(problems().map(problem => problem.path)).toEqual([
      'seed.channels[1].language',
      'seed.channels[1].sector',
      'seed.channels[2].purpose',
    ])
  })

  it('a missing purpose that the bot looks for', () => {
    raw.channels.purposes.shift()
    raw.seed.channels.splice(0, 2)
    expectProblem('channels.purposes', /"sector" is missing/, /id: sector/)
  })

  it('an empty gazetteer, and a place in an unknown sector', () => {
    expect(problems(raw, [])).toMatchObject([{ path: 'mission.gazetteer' }])
    expect(problems(raw, [{ ...place, sector: 'west' }])).toMatchObject([{ path: 'gazetteer[0].sector' }])
  })

  it.each([[null], ['text'], [[]], [42]])('content that is no mission at all: %j', content => {
    expect(problems(content)).toMatchObject([{ path: 'the file', remedy: expect.stringMatching(/^Write/) }])
  })

  it('several mistakes at once, all of them', () => {
    raw.mission.zone = 'nowhere'
    raw.bases[0].lat = 'south'
    delete raw.digest
    expect(problems().map(problem => problem.path)).toEqual(['mission.zone', 'bases[0].lat', 'digest'])
  })
})

describe('words that merely contain a refused one', () => {
  it('are accepted', () => {
    raw.taxonomy.threats[0].name = {
      en: 'Harassment of traders by Karamba bandits',
      fr: 'Harcèlement au marché',
    }
    expect(problems()).toEqual([])
  })
})
