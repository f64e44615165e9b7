import type { NewEntry } from '../../src/db/outbox.ts'
import type { NewPerson } from '../../src/db/people.ts'
import type { Act, Alert, AlertOwner } from '../../src/domain/alert.ts'

/** A registered person of the mission, with what a test wants different. */
export function aPerson(change: Partial<NewPerson> = {}): NewPerson {
  const id = change.id ?? 'person-1'
  return {
    id,
    teamId: 'T1',
    userId: `U-${id}`,
    constituency: 'mission_civilian',
    organisation: null,
    name: null,
    reference: null,
    section: 'Civil Affairs',
    location: null,
    national: false,
    locale: 'en-GB',
    zone: 'UTC',
    unreachableAt: null,
    closedAt: null,
    settings: null,
    createdAt: 0,
    ...change,
  }
}

export function anAlert(change: Partial<Alert> = {}): Alert {
  return {
    id: 'alert-1',
    code: 'A-7K4Q',
    version: 1,
    exercise: false,
    holder: 'mission_civilian',
    audience: ['mission_civilian', 'military', 'police'],
    raisedBy: 'person-1',
    raisedAt: 0,
    raisedIn: null,
    what: 'Armed men moving towards Karamba market',
    urgency: 'imminent',
    placeId: null,
    placeSaid: 'Karamba market',
    placeHow: null,
    lat: null,
    lon: null,
    precision: null,
    sector: 'north',
    triage: false,
    threat: null,
    cameBy: null,
    atRisk: null,
    perpetrator: null,
    askedFor: null,
    lifecycle: 'open',
    outcome: null,
    requestKey: null,
    naming: 'partner',
    tlp: null,
    sensitivity: null,
    eventAt: null,
    eventPrecision: null,
    scope: null,
    mergedInto: null,
    ...change,
  }
}

export function ownersOf(alertId: string): AlertOwner[] {
  return [
    { alertId, slot: 'civilian', ladder: 'civilian', rung: 0 },
    { alertId, slot: 'uniformed', ladder: 'military', rung: 0 },
  ]
}

export function anAct(change: Partial<Act> = {}): Act {
  return {
    id: 'act-1',
    alertId: 'alert-1',
    slot: 'civilian',
    kind: 'acknowledge',
    at: 0,
    recordedAt: 0,
    byPerson: 'person-1',
    role: null,
    means: 'slack',
    reason: null,
    until: null,
    who: null,
    note: null,
    ...change,
  }
}

export function anEntry(change: Partial<NewEntry> = {}): NewEntry {
  return {
    id: 'entry-1',
    kind: 'line',
    recordId: 'alert-1',
    target: 'C1',
    data: {},
    urgent: false,
    ...change,
  }
}
