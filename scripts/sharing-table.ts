/** `npm run docs:sharing`: writes the tables of docs/sharing.md, worked out by the rule itself. */
import { readFile, writeFile } from 'node:fs/promises'
import { loadMission } from '../src/config.ts'
import type { Meeting } from '../src/db/meetings.ts'
import { componentsOf } from '../src/domain/forum.ts'
import type { GateKind } from '../src/domain/gate.ts'
import { CONSTITUENCIES, type Constituency, type ForumKind, type Mission } from '../src/domain/mission.ts'
import {
  type ChannelReader,
  LAYERS,
  mayRead,
  type PersonReader,
  type RoleLayer,
  type Shared,
  type SharingRules,
} from '../src/domain/sharing.ts'
import { sharedMeeting } from '../src/operations/forum/facts.ts'
import { type GateFacts, gateShared } from '../src/operations/gate/facts.ts'

const FILE = new URL('../docs/sharing.md', import.meta.url)
const MISSION = new URL('../missions/ombara.yaml', import.meta.url)
const NOW = 0

const constituencyNames: Readonly<Record<Constituency, string>> = {
  military: 'Military',
  police: 'UN police',
  mission_civilian: 'Civilian sections',
  human_rights: 'Human rights',
  un_agency: 'UN agencies',
  ngo: 'NGOs',
  host_state: 'Host State',
}
/** Layers that are opened to a part of the mission or to roles; a release has readers of its own. */
type Tabled = 'record' | RoleLayer

const layerNames: Readonly<Record<Tabled, string>> = {
  record: 'Alert',
  attribution: 'Who is alleged',
  command: 'Command',
  human_rights: 'Human rights',
  child_protection: 'Child protection',
  sexual_violence: 'Sexual violence',
}

const tabled = LAYERS.filter((layer): layer is Tabled => layer in layerNames)

/** Ways in which something is shown, with the reader each is asked for and the layers it can hold at all. */
const surfaces: readonly { name: string; reader: 'channel' | 'person'; layers: readonly Tabled[] }[] = [
  { name: 'Card in a channel', reader: 'channel', layers: ['record', 'attribution'] },
  { name: 'Thread, notification', reader: 'channel', layers: ['record'] },
  { name: 'Digest in a channel', reader: 'channel', layers: ['record'] },
  { name: 'Direct message', reader: 'person', layers: ['record', 'attribution'] },
  { name: 'Search, App Home, own digest, read-out', reader: 'person', layers: ['record'] },
  {
    name: '*Restricted details*',
    reader: 'person',
    layers: ['attribution', 'child_protection', 'sexual_violence'],
  },
  { name: '*Own entries and dissent*', reader: 'person', layers: ['record', 'command', 'human_rights'] },
]

/** The tables as Markdown. */
export function sharingTables(mission: Mission): string {
  const rules: SharingRules = {
    now: NOW,
    staleMembershipMs: mission.staleMembershipMs,
    layers: mission.layers,
  }
  return [
    '### Who reads what of an alert',
    '',
    table(
      ['', ...tabled.map(layer => layerNames[layer])],
      CONSTITUENCIES.map(id => [
        constituencyNames[id],
        ...tabled.map(layer => readerCell(mission, rules, id, layer)),
      ]),
    ),
    '',
    '**all**: everybody of it. **role**: only holders of the roles the mission file opens the layer to. **named**: only its author and those on its owners’ ladders. **no**: nobody. The same alert, once it names forces of the host State:',
    '',
    table(
      ['', ...tabled.map(layer => layerNames[layer])],
      [
        [
          constituencyNames.host_state,
          ...tabled.map(layer => readerCell(mission, rules, 'host_state', layer, true)),
        ],
      ],
    ),
    '',
    '### Who reads the other records',
    '',
    table(
      ['', ...CONSTITUENCIES.map(id => constituencyNames[id])],
      otherRecords(mission).map(({ name, shared }) => [
        name,
        ...CONSTITUENCIES.map(id => otherCell(rules, id, shared)),
      ]),
    ),
    '',
    '**named**: only who is a party to it, by post or by name: who asked or was asked, who decides, its members, its team. What is named in a digest, a list, a file, figures, a calendar, an agenda or minutes is read there by whoever reads the record itself. Who a source is, is read by its recorder and a deputy alone.',
    '',
    '### Where each layer can appear',
    '',
    table(
      ['', ...tabled.map(layer => layerNames[layer])],
      surfaces.map(({ name, reader, layers }) => [
        name,
        ...tabled.map(layer =>
          layers.includes(layer) ? surfaceCell(mission, rules, reader, layer) : 'never',
        ),
      ]),
    ),
  ].join('\n')
}

function readerCell(
  mission: Mission,
  rules: SharingRules,
  constituency: Constituency,
  layer: Tabled,
  namesState = false,
): string {
  const record = (named: string[]): Shared => ({
    holder: 'mission_civilian',
    audience: mission.audiences.alert,
    named,
    namesState,
  })
  const roles = layer === 'record' ? [] : mission.layers[layer].map(role => ({ role, sector: null }))
  const reader = (held: PersonReader['roles']): PersonReader => ({
    kind: 'person',
    personId: 'x',
    constituency,
    roles: held,
  })
  if (mayRead(record([]), layer, reader([]), rules)) return 'all'
  if (mayRead(record([]), layer, reader(roles), rules)) return 'role'
  if (mayRead(record(['x']), layer, reader([]), rules)) return 'named'
  return mayRead(record(['x']), layer, reader(roles), rules) ? 'named, with role' : 'no'
}

/** Every other kind of record with what its own code says of its readers, when it is made as the mission file has it. */
function otherRecords(mission: Mission): { name: string; shared: Shared }[] {
  const holder = 'mission_civilian'
  const of = (audience: readonly Constituency[]): Shared => ({ holder, audience, named: ['x'] })
  const gate = (kind: GateKind) =>
    gateShared({
      gate: { kind, holder },
      ...{ asker: { id: 'x' }, deciders: [], command: [], unitPeople: [], acts: [] },
    } as unknown as GateFacts)
  const named = { ...sharedMeeting({ holder, audience: [] as Constituency[] } as Meeting, { named: ['x'] }) }
  const forum = (kind: ForumKind) =>
    of(kind.reads === 'members' ? [] : componentsOf(mission, kind.members, []))
  return [
    { name: 'Report, response, incident', shared: of(mission.audiences.alert) },
    { name: 'Early warning', shared: of(mission.audiences.alert) },
    { name: 'Hotspot, review round, matrix', shared: of(mission.audiences.hotspot) },
    { name: 'Tasking', shared: of(mission.taskings.audience) },
    { name: 'Report of a component, situation report', shared: of(mission.componentReports?.audience ?? []) },
    ...mission.forums.kinds.map(kind => ({
      name: `${kind.name.en}: group, meeting, plan`,
      shared: forum(kind),
    })),
    ...mission.teams.kinds.map(kind => ({ name: `${kind.name.en}: team`, shared: of(kind.audience) })),
    ...mission.teams.kinds.flatMap(kind =>
      kind.restricted
        ? [{ name: `${kind.name.en}: findings (and the human rights layer)`, shared: of([]) }]
        : [],
    ),
    { name: 'Days, times and members of a team', shared: named },
    { name: 'Due diligence: that it runs', shared: gate('due_diligence') },
    { name: 'Consultation before force', shared: gate('consultation') },
    { name: 'Escort asked for', shared: gate('escort') },
    { name: 'Opinion on a project or a return', shared: gate('opinion') },
    { name: 'Request to release, request for information', shared: named },
    { name: 'Concern, notified movement, call back', shared: named },
    { name: 'Posture, suspension, drawdown, handover', shared: named },
    { name: 'Table-top exercise (and the components whose posts play)', shared: named },
  ]
}

function otherCell(rules: SharingRules, constituency: Constituency, shared: Shared): string {
  const reader = (personId: string): PersonReader => ({ kind: 'person', personId, constituency, roles: [] })
  if (mayRead(shared, 'record', reader(''), rules)) return 'all'
  return mayRead(shared, 'record', reader('x'), rules) ? 'named' : 'no'
}

function surfaceCell(
  mission: Mission,
  rules: SharingRules,
  kind: 'channel' | 'person',
  layer: Tabled,
): string {
  const record: Shared = { holder: 'mission_civilian', audience: mission.audiences.alert, named: [] }
  const [constituency = null] = mission.audiences.alert
  const role = layer === 'record' ? undefined : mission.layers[layer][0]
  const cleared = { personId: 'x', constituency, roles: role ? [{ role, sector: null }] : [] }
  const stranger = { personId: '', constituency: null, roles: [] }
  const room = (members: ChannelReader['members']): ChannelReader => ({
    kind: 'channel',
    isPublic: false,
    members,
    membersAt: NOW,
  })
  if (kind === 'person')
    return mayRead(record, layer, { kind: 'person', ...cleared }, rules) ? 'if this person may' : 'never'
  const all = mayRead(record, layer, room([cleared]), rules)
  return all && !mayRead(record, layer, room([cleared, stranger]), rules) ? 'if everybody in it may' : 'never'
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

const BEGIN = '<!-- tables: npm run docs:sharing -->'
const END = '<!-- end of tables -->'

/** The page with its tables as they now are. @throws Error when the page has lost their marks. */
export async function sharingPage(): Promise<{ is: string; shouldBe: string }> {
  const is = await readFile(FILE, 'utf8')
  const from = is.indexOf(BEGIN)
  const to = is.indexOf(END)
  if (from < 0 || to < from) throw new Error(`docs/sharing.md has lost the marks "${BEGIN}" and "${END}"`)
  const tables = sharingTables(await loadMission(MISSION.pathname))
  return { is, shouldBe: `${is.slice(0, from + BEGIN.length)}\n\n${tables}\n\n${is.slice(to)}` }
}

if (import.meta.main) await writeFile(FILE, (await sharingPage()).shouldBe)
