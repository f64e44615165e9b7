import { mayRead, type PersonReader } from '../../domain/sharing.ts'
import type { TeamState } from '../../domain/team.ts'
import { factsOfAll } from '../alert/facts.ts'
import { mayReadAlert } from '../alert/reading.ts'
import { callbackFacts } from '../callback/facts.ts'
import { personReader, sharingRules } from '../channel.ts'
import type { Open, Person } from '../context.ts'
import { earlyWarningFacts, mayReadEarlyWarning } from '../early-warning.ts'
import { factsOfForums, mayReadForum } from '../forum/facts.ts'
import { factsOfGates, mayReadGate } from '../gate/facts.ts'
import { sharedHotspot } from '../hotspot/facts.ts'
import { incidentFacts, mayReadIncident } from '../incident/facts.ts'
import { mayReadInquiry } from '../inquiry.ts'
import { sharedRound } from '../matrix/facts.ts'
import { plansShared } from '../plan/facts.ts'
import { summariesFor } from '../release/read.ts'
import { factsOfTaskings, mayReadTasking } from '../tasking/facts.ts'
import { factsOfTeams } from '../team/facts.ts'
import { mayReadTeam } from '../team/readers.ts'

/** Taskings and incidents looked through, the newest. */
const LOOKED_AT = 3_000

/** Whether one person may read each of the records of a kind, by code; read once for all of them. */
type Codes = (person: Person, reader: PersonReader) => Promise<string[]> | string[]

/** One per kind of record with readers of its own: a noun adds its own here, and a sentence to `compromised.text`. */
const kinds: Readonly<Record<string, (open: Open) => Promise<Codes>>> = {
  async alert(open) {
    const rows = await open.tx.alerts.raisedOrEndedSince(0)
    const all = await factsOfAll(open.tx, open.mission, open.clock.now(), rows)
    return (_, reader) =>
      all.filter(facts => mayReadAlert(open, facts, 'record', reader)).map(({ alert }) => alert.code)
  },
  async summary(open) {
    return async (_, reader) =>
      (await summariesFor(open, reader, () => true, open.tx)).map(({ release }) => release.code)
  },
  async hotspot(open) {
    const rows = [...(await open.tx.hotspots.listed()), ...(await open.tx.hotspots.listed(true))]
    return (_, reader) =>
      rows
        .filter(row => mayRead(sharedHotspot(open.mission, row), 'record', reader, sharingRules(open)))
        .map(({ code }) => code)
  },
  async matrix(open) {
    const rounds = await open.tx.matrix.roundsUnderWay()
    return (_, reader) =>
      rounds
        .filter(round => mayRead(sharedRound(round), 'record', reader, sharingRules(open)))
        .map(({ code }) => code)
  },
  async tasking(open) {
    const rows = await open.tx.taskings.newest(LOOKED_AT)
    const all = await factsOfTaskings(open.tx, open.mission, open.clock.now(), rows)
    return (_, reader) =>
      all.filter(facts => mayReadTasking(open, facts, reader)).map(({ tasking }) => tasking.code)
  },
  async incident(open) {
    const rows = await open.tx.incidents.newest(LOOKED_AT)
    const all = await Promise.all(rows.map(row => incidentFacts(open, row)))
    return (_, reader) =>
      all.filter(facts => mayReadIncident(open, facts, 'record', reader)).map(({ incident }) => incident.code)
  },
  async team(open) {
    const all = await teamsOf(open)
    return (_, reader) =>
      all.filter(facts => mayReadTeam(open, facts, 'record', reader)).map(({ team }) => team.code)
  },
  /** Where and when people go: of teams that are not back. */
  async movements(open) {
    const all = (await teamsOf(open)).filter(({ team }) => UNDER_WAY.includes(team.state))
    return (_, reader) =>
      all.filter(facts => mayReadTeam(open, facts, 'movements', reader)).map(({ team }) => team.code)
  },
  async group(open) {
    const all = await factsOfForums(open, open.tx, await open.tx.forums.all())
    return (_, reader) =>
      all.filter(facts => mayReadForum(open, facts, reader)).map(({ forum }) => forum.code)
  },
  async plan(open) {
    const ids = (await open.tx.plans.all()).map(({ id }) => id)
    const all = await plansShared(open, open.tx, ids)
    return (_, reader) =>
      all
        .filter(({ shared }) => mayRead(shared, 'record', reader, sharingRules(open)))
        .map(({ code }) => code)
  },
  async gate(open) {
    const all = await factsOfGates(open, await open.tx.gates.all())
    return (_, reader) =>
      all.filter(facts => mayReadGate(open, facts, 'command', reader)).map(({ gate }) => gate.code)
  },
  /** Number and words open by a press: those whose press it could have been. */
  async callback(open) {
    const rows = await open.tx.callbacks.open()
    const all = await Promise.all(rows.map(row => callbackFacts(open, open.tx, row)))
    return ({ id }) =>
      all.filter(({ handlers }) => handlers.includes(id)).map(({ callback }) => callback.code)
  },
  async early_warning(open) {
    const rows = await open.tx.earlyWarnings.open()
    const all = await Promise.all(rows.map(({ id }) => earlyWarningFacts(open, id)))
    return (_, reader) =>
      all.flatMap(item => (item && mayReadEarlyWarning(open, item, reader) ? [item.row.code] : []))
  },
  async inquiry(open) {
    const rows = await open.tx.inquiries.all()
    return async person => {
      const codes: string[] = []
      for (const row of rows) if (await mayReadInquiry(open, row, person)) codes.push(row.code)
      return codes
    }
  },
}

const UNDER_WAY: readonly TeamState[] = ['proposed', 'composing', 'out']

const teamsOf = async (open: Open) =>
  factsOfTeams(open.tx, open.mission, open.clock.now(), await open.tx.teams.all())

/** Every kind of record whose codes are listed, for the view that says them and its test. */
export const READABLE_KINDS: readonly string[] = Object.keys(kinds)

/**
 * Codes of what each person may read at this moment, by kind of record, and of the alerts of which a layer was opened
 * by them, by layer. Kinds of which they read nothing are left out.
 */
export async function readableBy(
  open: Open,
  people: readonly Person[],
): Promise<Map<string, Record<string, string[]>>> {
  const now = open.clock.now()
  const readers = await Promise.all(
    Object.entries(kinds).map(async ([kind, of]) => [kind, await of(open)] as const),
  )
  const all = new Map<string, Record<string, string[]>>()
  for (const person of people) {
    const reader = await personReader(open.tx, person, now)
    const found: Record<string, string[]> = {}
    for (const [kind, codes] of readers) {
      const readable = await codes(person, reader)
      if (readable.length > 0 || kind === 'alert') found[kind] = readable
    }
    all.set(person.id, { ...found, ...(await openedBy(open, person)) })
  }
  return all
}

/** Alerts of which a layer was shown to the person. Which sources they looked at is not said: a code is for two alone. */
async function openedBy(open: Open, person: Person): Promise<Record<string, string[]>> {
  const shown = (await open.tx.access.ofPerson(person.id)).filter(
    ({ recordKind, layer }) => recordKind === 'alert' && layer !== 'source',
  )
  const alerts = await open.tx.alerts.byIds([...new Set(shown.map(({ recordId }) => recordId))])
  const codes = new Map(alerts.map(({ id, code }) => [id, code]))
  return Object.fromEntries(
    [...Map.groupBy(shown, ({ layer }) => layer)].map(([layer, rows]) => [
      layer,
      [...new Set(rows.flatMap(({ recordId }) => codes.get(recordId) ?? []))],
    ]),
  )
}
