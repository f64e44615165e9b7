import { describe, expect, it } from 'vitest'
import { isTaken } from '../../src/db/errors.ts'
import { anAct, anAlert, aPerson, ownersOf } from '../support/records.ts'
import { testStore } from '../support/store.ts'

async function withAlert() {
  const opened = await testStore()
  await opened.store.write(async ({ people, alerts }) => {
    await people.insert(aPerson())
    await alerts.insert(anAlert(), ownersOf('alert-1'))
  })
  return opened
}

describe('people, roles and channels', () => {
  it('finds a person by their Slack user and takes no Slack user twice', async () => {
    const { store } = await testStore()
    await store.write(({ people }) => people.insert(aPerson({ userId: 'U7', national: true })))
    expect(await store.read.people.byUser('T1', 'U7')).toEqual(aPerson({ userId: 'U7', national: true }))
    expect(await store.read.people.byUser('T2', 'U7')).toBeNull()
    const again = store.write(({ people }) => people.insert(aPerson({ id: 'person-2', userId: 'U7' })))
    await expect(again).rejects.toSatisfy(error => isTaken(error, 'people.team_id'))
    await store.write(({ people }) =>
      people.update('person-1', { constituency: null, section: 'Human Rights' }),
    )
    expect(await store.read.people.all()).toMatchObject([{ constituency: null, section: 'Human Rights' }])
    expect(await store.read.people.count()).toBe(1)
  })

  it('names holders in order of rank, only while they hold the role', async () => {
    const { store } = await testStore()
    await store.write(async ({ people, roles }) => {
      for (const id of ['a', 'b', 'c']) await people.insert(aPerson({ id }))
      const duty = { role: 'duty_officer', sector: 'north' }
      await roles.insert({ id: '1', ...duty, personId: 'b', rank: 1, since: 0 })
      await roles.insert({ id: '2', ...duty, personId: 'a', rank: 0, since: 0, until: 100 })
      await roles.insert({ id: '3', ...duty, personId: 'c', rank: 0, since: 100 })
      await roles.insert({ id: '4', role: 'duty_officer', sector: null, personId: 'c', rank: 0, since: 0 })
    })
    const { roles } = store.read
    expect((await roles.holders('duty_officer', 'north', 99)).map(holder => holder.personId)).toEqual([
      'a',
      'b',
    ])
    expect((await roles.holders('duty_officer', 'north', 100)).map(holder => holder.personId)).toEqual([
      'c',
      'b',
    ])
    expect((await roles.holders('duty_officer', null, 5))[0]).toMatchObject({ rank: 0, person: { id: 'c' } })
    expect(await roles.rolesOf('c', 100)).toEqual([
      { role: 'duty_officer', sector: null, rank: 0 },
      { role: 'duty_officer', sector: 'north', rank: 0 },
    ])
    expect(await roles.rolesOf('a', 100)).toEqual([])
  })

  it('lists members with their constituency, and strangers as strangers', async () => {
    const { store } = await testStore()
    const channel = { teamId: 'T1', purpose: 'alerts', language: 'en', digest: true, registeredAt: 1 }
    await store.write(async ({ people, channels }) => {
      await people.insert(aPerson({ id: 'a', userId: 'UA', constituency: 'police' }))
      await channels.insert({ ...channel, id: 'C1', sector: 'north' })
      await channels.insert({ ...channel, id: 'C2', sector: null })
      await channels.setMembers('C1', [{ teamId: 'T1', userId: 'UA' }], 50)
      await channels.addMember('C1', { teamId: 'T9', userId: 'UX' })
      await channels.addMember('C1', { teamId: 'T9', userId: 'UX' })
    })
    expect(await store.read.channels.members('C1')).toMatchObject([
      { userId: 'UA', constituency: 'police', person: { id: 'a' } },
      { userId: 'UX', constituency: null, person: null },
    ])
    expect(await store.read.channels.byId('C1')).toMatchObject({
      membersAt: 50,
      digest: true,
      isPublic: false,
    })
    const ids = async (sector?: string | null) =>
      (await store.read.channels.byPurpose('alerts', sector)).map(({ id }) => id)
    expect([await ids(), await ids('north'), await ids(null)]).toEqual([['C1', 'C2'], ['C1'], ['C2']])
    await store.write(({ channels }) => channels.removeMember('C1', { teamId: 'T9', userId: 'UX' }))
    await store.write(({ channels }) => channels.setMembers('C2', [], 60))
    expect(await store.read.channels.members('C1')).toHaveLength(1)
  })
})

describe('alerts', () => {
  it('come back as they were stored, by id, code and form', async () => {
    const { store } = await testStore()
    const alert = anAlert({
      requestKey: 'V1',
      lat: 3.5,
      lon: -12.25,
      exercise: true,
      atRisk: [{ kind: 'idps', count: null }],
      askedFor: ['patrol'],
    })
    await store.write(async ({ people, alerts }) => {
      await people.insert(aPerson())
      await alerts.insert(alert, ownersOf(alert.id))
    })
    const { alerts } = store.read
    expect(await alerts.byId('alert-1')).toEqual(alert)
    expect(await alerts.byCode('A-7K4Q')).toEqual(alert)
    expect(await alerts.byRequestKey('V1')).toEqual(alert)
    expect(await alerts.byIds(['nobody', 'alert-1'])).toEqual([alert])
    expect((await alerts.owners('alert-1')).map(({ slot }) => slot)).toEqual(['civilian', 'uniformed'])
    expect(await alerts.byId('nobody')).toBeNull()
  })

  it('keep an unknown as NULL, never as the word null', async () => {
    const { store } = await withAlert()
    const row = store.database.prepare('select at_risk, asked_for, place_id from alerts').get()
    expect(row).toEqual({ at_risk: null, asked_for: null, place_id: null })
  })

  it('never share a code, and the transaction can try another', async () => {
    const { store } = await withAlert()
    await store.write(async ({ alerts }) => {
      const taken = await alerts.insert(anAlert({ id: 'alert-2' }), []).catch(error => error)
      expect(isTaken(taken, 'alerts.code')).toBe(true)
      await alerts.insert(anAlert({ id: 'alert-2', code: 'A-9999' }), [])
    })
    expect(await store.read.alerts.byCode('A-9999')).toMatchObject({ id: 'alert-2' })
    expect(await store.read.alerts.count()).toBe(2)
  })

  it('refuse an edit of a version that is no longer there', async () => {
    const { store } = await withAlert()
    const edit = (version: number, sector: string) =>
      store.write(({ alerts }) => alerts.update('alert-1', version, { sector }))
    expect(await edit(1, 'south')).toBe(true)
    expect(await edit(1, 'west')).toBe(false)
    expect(await store.read.alerts.byId('alert-1')).toMatchObject({ sector: 'south', version: 2 })
  })

  it('keep their acts in the order of recording', async () => {
    const { store } = await withAlert()
    await store.write(({ alerts }) => alerts.addAct(anAct({ id: 'z', recordedAt: 5 })))
    await store.write(({ alerts }) => alerts.addAct(anAct({ id: 'b', kind: 'information', recordedAt: 4 })))
    expect((await store.read.alerts.acts('alert-1')).map(({ id }) => id)).toEqual(['z', 'b'])
    expect(await store.read.alerts.actsOf(['alert-1', 'alert-2'])).toHaveLength(2)
  })

  it('tell each rung once per step and round', async () => {
    const { store } = await withAlert()
    const rung = {
      alertId: 'alert-1',
      slot: 'civilian' as const,
      step: 'acknowledge' as const,
      rung: 1,
      round: 0,
      dueAt: 1,
      at: 2,
      outcome: 'told' as const,
      people: ['person-1'],
      means: ['mention'],
      late: false,
    }
    const tell = (round: number) => store.write(({ alerts }) => alerts.addRung({ ...rung, round }))
    expect([await tell(0), await tell(0), await tell(1)]).toEqual([true, false, true])
    expect((await store.read.alerts.rungs('alert-1'))[0]).toEqual(rung)
  })

  it('are found as open, as raised since and as ended since', async () => {
    const { store } = await withAlert()
    await store.write(async ({ alerts }) => {
      await alerts.insert(anAlert({ id: 'new', code: 'A-1', raisedAt: 500 }), [])
      await alerts.insert(anAlert({ id: 'quiet', code: 'A-2', raisedAt: 10 }), [])
      await alerts.addAct(anAct({ kind: 'close', slot: null, recordedAt: 400 }))
      await alerts.setState('alert-1', { lifecycle: 'closed', outcome: 'protected' })
      await alerts.setOwnerRung('new', 'civilian', 2)
    })
    const { alerts } = store.read
    expect((await alerts.open()).map(({ id }) => id)).toEqual(['new', 'quiet'])
    expect((await alerts.raisedOrEndedSince(300)).map(({ id }) => id)).toEqual(['alert-1', 'new'])
    expect(await alerts.byId('alert-1')).toMatchObject({
      lifecycle: 'closed',
      outcome: 'protected',
      version: 2,
    })
  })

  it('keep the alleged group apart from the alert', async () => {
    const { store } = await withAlert()
    const row = { alertId: 'alert-1', group: 'Group X', recordedBy: 'person-1', recordedAt: 1 }
    await store.write(({ alerts }) => alerts.setAttribution(row))
    await store.write(({ alerts }) => alerts.setAttribution({ ...row, group: 'Group Y' }))
    expect(await store.read.alerts.attribution('alert-1')).toEqual({
      ...row,
      group: 'Group Y',
      saidBy: null,
      confidence: null,
    })
    expect(await store.read.alerts.search('Group', 5)).toEqual([])
  })
})

describe('the smaller nouns', () => {
  it('remember one card per record and target', async () => {
    const { store } = await testStore()
    const card = { recordId: 'alert-1', target: 'C1', channel: 'C1', ts: '1.0', postedAt: 1 }
    await store.write(({ cards }) => cards.put(card))
    await store.write(({ cards }) => cards.put({ ...card, ts: '2.0' }))
    expect(await store.read.cards.ofRecord('alert-1')).toEqual([{ ...card, ts: '2.0' }])
    expect(await store.read.cards.byMessage('C1', '2.0')).toMatchObject({ recordId: 'alert-1' })
    expect(await store.write(({ cards }) => cards.remove('alert-1', 'C1'))).toBe(true)
    expect(await store.read.cards.get('alert-1', 'C1')).toBeNull()
  })

  it('take one digest per channel and day', async () => {
    const { store } = await testStore()
    const claim = (day: string, kind: 'daily' | 'weekly' = 'daily') =>
      store.write(({ digests }) => digests.claim({ channelId: 'C1', kind, day, dueAt: 1, at: 2, late: true }))
    expect([await claim('2026-03-02'), await claim('2026-03-02'), await claim('2026-03-03')]).toEqual([
      true,
      false,
      true,
    ])
    expect(await claim('2026-03-03', 'weekly')).toBe(true)
    expect(await store.read.digests.last('C1', 'daily')).toMatchObject({ day: '2026-03-03', late: true })
  })

  it('remember facts, outages and who was shown a restricted layer', async () => {
    const { store } = await testStore()
    const look = {
      at: 1,
      personId: 'person-1',
      layer: 'attribution',
      recordKind: 'alert',
      recordId: 'alert-1',
    }
    await store.write(async ({ meta, access }) => {
      await meta.set('heartbeat', '1')
      await meta.set('heartbeat', '2')
      await meta.addOutage(10, 20)
      await meta.addOutage(30, 40)
      await access.add(look)
    })
    expect(await store.read.meta.get('heartbeat')).toBe('2')
    expect(await store.read.meta.outagesSince(40)).toMatchObject([{ fromAt: 30, toAt: 40 }])
    expect(await store.read.access.ofRecord('alert', 'alert-1')).toEqual([{ ...look, reason: null }])
  })

  it('store what Slack sent once, work it off and forget its body', async () => {
    const { store } = await testStore()
    const add = (id: string, receivedAt: number) =>
      store.write(({ inbox }) => inbox.add({ id, kind: 'event', body: { text: 'x' }, receivedAt }))
    expect([await add('E1', 2), await add('E1', 3), await add('E2', 1)]).toEqual([true, false, true])
    expect((await store.read.inbox.next(9)).map(({ id }) => id)).toEqual(['E2', 'E1'])
    await store.write(({ inbox }) => inbox.done('E2'))
    expect(store.database.prepare(`select body from inbox where id = 'E2'`).get()).toEqual({ body: null })
    const fail = () => store.write(({ inbox }) => inbox.failed('E1', 'boom'))
    expect([await fail(), await fail(), await fail(), await fail()]).toEqual([
      'waiting',
      'waiting',
      'failed',
      null,
    ])
    expect(await store.read.inbox.next(9)).toEqual([])
    expect(await store.write(({ inbox }) => inbox.purge(2))).toBe(1)
    expect(await add('E1', 9)).toBe(false)
  })
})
