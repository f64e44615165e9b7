import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { loadMission } from '../../src/config.ts'
import { MissionError, parseMission, TASKABLE } from '../../src/domain/mission.ts'
import { mayTask } from '../../src/domain/tasking.ts'

const mission = await loadMission('missions/ombara.yaml')

describe('who may task whom', () => {
  it.each([
    ['force_hq', 'military', 'tasking'],
    ['force_hq', 'company_duty_officer', 'tasking'],
    ['head_of_office', 'sector_operations', 'request'],
    ['company_duty_officer', 'battalion_operations', null],
    ['police_hq', 'military', null],
    ['poc_adviser', 'ngo', 'request'],
    ['mission_leadership', 'human_rights_officer', 'request'],
    ['nobody_known', 'military', null],
  ] as const)('%s, %s: %s', (from, to, kind) => expect(mayTask(mission, from, to)).toBe(kind))

  it('goes by the row of a role before that of its constituency', () => {
    const table = [
      { from: 'joc_watch', to: 'military', kind: 'tasking' },
      { from: 'joc_watch', to: 'force_hq', kind: 'request' },
    ] as const
    expect(mayTask({ ...mission, tasking: table }, 'joc_watch', 'force_hq')).toBe('request')
  })

  it('never lets anybody task an agency, an NGO or human rights, whatever the table says', () => {
    for (const to of ['un_agency', 'ngo', 'human_rights', 'human_rights_officer']) {
      const tasking = [{ from: 'mission_leadership', to, kind: 'tasking' as const }]
      expect(mayTask({ ...mission, tasking }, 'mission_leadership', to)).toBe('request')
    }
    for (const to of ['host_state', 'oversight']) {
      const tasking = [{ from: 'mission_leadership', to, kind: 'request' as const }]
      expect(mayTask({ ...mission, tasking }, 'mission_leadership', to)).toBe(null)
    }
    expect(TASKABLE).toEqual(['military', 'police', 'mission_civilian'])
  })
})

describe('a mission file is refused for', () => {
  // biome-ignore lint/suspicious/noExplicitAny: tests break the file in ways its type forbids
  const problems = (change: (raw: any) => void) => {
    const raw = parse(readFileSync('missions/ombara.yaml', 'utf8'))
    change(raw)
    try {
      parseMission(raw, mission.gazetteer)
    } catch (error) {
      if (error instanceof MissionError) return error.problems.map(({ path, reason }) => `${path}: ${reason}`)
      throw error
    }
    return []
  }
  // biome-ignore lint/suspicious/noExplicitAny: as above
  const role = (raw: any, id: string) => raw.roles.find((one: any) => one.id === id)
  const row = (from: string, to: string, kind: string) => (raw: { tasking: object[] }) => {
    raw.tasking = [{ from, to, kind }]
  }

  it.each([
    [
      'a task given to an NGO',
      row('joc_watch', 'ngo', 'tasking'),
      /tasking\[0\]\.kind.*not the mission's to task/,
    ],
    [
      'a task given to a role of human rights',
      row('joc_watch', 'human_rights_officer', 'tasking'),
      /kind.*may be asked/,
    ],
    ['an unknown author', row('joc', 'police', 'request'), /tasking\[0\]\.from: No role has the id "joc"/],
    ['an unknown target', row('joc_watch', 'polise', 'request'), /tasking\[0\]\.to: No role or constituency/],
    [
      'a role that appoints to itself by way of others',
      // biome-ignore lint/suspicious/noExplicitAny: as above
      (raw: any) => {
        role(raw, 'mission_leadership').appointed_by = 'force_hq'
      },
      /would appoint to itself/,
    ],
    [
      'a role of the mission that one of a sector appoints to',
      // biome-ignore lint/suspicious/noExplicitAny: as above
      (raw: any) => {
        role(raw, 'force_hq').appointed_by = 'head_of_office'
      },
      /"force_hq" is held for the whole mission/,
    ],
    [
      'an adviser held per sector',
      // biome-ignore lint/suspicious/noExplicitAny: as above
      (raw: any) => {
        raw.mission.poc_adviser = 'head_of_office'
      },
      /mission\.poc_adviser: The role "head_of_office" is held per sector/,
    ],
  ])('%s', (_name, change, expected) => {
    expect(problems(change).join('\n')).toMatch(expected)
  })

  it('a pair of the table that stands there twice', () => {
    expect(
      problems(raw => {
        raw.tasking = [raw.tasking[0], { ...raw.tasking[0], kind: 'request' }]
      }),
    ).toEqual([expect.stringMatching(/tasking\[1\]: .*twice/)])
  })
})
