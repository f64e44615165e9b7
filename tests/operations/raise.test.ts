import { describe, expect, it } from 'vitest'
import { routeFor } from '../../src/domain/mission.ts'
import { raise } from '../../src/operations/alert.ts'
import { type Desk, HOUR, MINUTE, openDesk, refusal, refusalCode } from '../support/operations.ts'

const channels = { north: 'C0POCNORTH', south: 'C0POCSOUTH', centre: 'C0JOCWATCH', forum: 'C0PROTECTION' }

describe('raising an alert', () => {
  it('is open to somebody no side has confirmed', async () => {
    const desk = await openDesk()
    const { alert } = await desk.raise({}, await desk.stranger())
    expect(alert).toMatchObject({ lifecycle: 'open', holder: 'mission_civilian', sector: 'north' })
  })

  it('is open to an NGO, which stays unnamed', async () => {
    const desk = await openDesk()
    const { alert, author, named } = await desk.raise({}, await desk.as('ngo'))
    expect(alert.holder).toBe('ngo')
    expect(alert.audience).not.toContain('ngo')
    expect(author?.role).toBeNull()
    expect(named).toContain(await desk.id('ngo'))
  })

  it('is not for the bot itself', async () => {
    const desk = await openDesk()
    expect(await refusalCode(desk.raise({}, desk.system))).toBe('not_allowed')
  })

  it('takes the same form twice as one alert', async () => {
    const desk = await openDesk()
    const [one, two] = await Promise.all([desk.raise({ requestKey: 'V1' }), desk.raise({ requestKey: 'V1' })])
    const entries = await desk.said()
    expect(two.alert.id).toBe(one.alert.id)
    expect(await desk.store.read.alerts.count()).toBe(1)
    expect(entries.filter(({ kind, target }) => kind === 'card' && target === channels.north)).toHaveLength(1)
  })

  it.each([
    [{ what: '   ' }, 'text_missing', 'what'],
    [{ what: 'x'.repeat(10_001) }, 'text_too_long', 'what'],
    [{ place: {} }, 'place_missing', 'place'],
    [{ place: { said: 'x'.repeat(151) } }, 'text_too_long', 'place'],
    [{ how: 'x'.repeat(501) }, 'text_too_long', 'how'],
    [{ urgency: 'soon' }, 'unknown_term', 'urgency'],
    [{ place: { said: 'here' }, sector: 'west' }, 'unknown_term', 'sector'],
  ])('refuses %j as %s beside %s, and writes nothing', async (change, code, field) => {
    const desk = await openDesk()
    expect(await refusal(desk.raise(change))).toMatchObject({ code, field })
    expect(await desk.store.read.alerts.count()).toBe(0)
  })

  it('keeps the words as they were said, whatever they would mean elsewhere', async () => {
    const desk = await openDesk()
    const what = `<!channel> @here *bold* مرحبا 🔥 ${'é'.repeat(9_000)}`
    const { alert } = await desk.raise({ what: `${what}\u0000\r\n`, place: { said: ' the big tree ' } })
    expect(alert).toMatchObject({ what, placeSaid: 'the big tree', placeId: null, lat: null })
  })

  it('gives a place of the gazetteer its name, its coordinates and the nearest base', async () => {
    const desk = await openDesk()
    const { alert, nearest } = await desk.raise()
    expect(alert).toMatchObject({ placeId: 'karamba-market', placeSaid: 'Karamba market', lat: -7.1045 })
    expect(nearest?.base.id).toBe('karamba')
    expect(nearest?.km).toBeCloseTo(2.06, 1)
  })

  it('falls back to the words where the gazetteer no longer has the place', async () => {
    const desk = await openDesk()
    const { alert } = await desk.raise({ place: { id: 'gone', said: 'Old mill' } })
    expect(alert).toMatchObject({ placeId: null, placeSaid: 'Old mill' })
  })
})

describe('the sector of an alert', () => {
  const words = { said: 'the big tree' }
  it.each([
    ['the place', { sector: 'south', channelId: channels.south }, 'north'],
    ['what was chosen', { place: words, sector: 'south', channelId: channels.north }, 'south'],
    ['the channel it was raised in', { place: words, channelId: channels.south }, 'south'],
  ])('is taken from %s', async (_, change, sector) => {
    const desk = await openDesk()
    const { alert } = await desk.raise(change)
    expect(alert).toMatchObject({ sector, triage: false })
  })

  it('stays open where nothing says it: the operations centre triages, and that is on record', async () => {
    const desk = await openDesk()
    const { alert, inform, owners } = await desk.raise({
      place: { id: 'middle-ground' },
      channelId: channels.forum,
    })
    expect(alert).toMatchObject({ sector: null, triage: true })
    expect(inform[0]).toEqual({ role: 'joc_watch', sector: null })
    expect(owners.map(({ posts, owner }) => posts[owner.rung]?.role)).toEqual([
      'mission_leadership',
      'force_hq',
    ])
    const entries = await desk.said()
    expect(
      entries.filter(({ target }) => target.startsWith('C')).map(({ kind, target }) => `${kind} ${target}`),
    ).toEqual([`card ${channels.centre}`, `alert.line ${channels.centre}`])
    expect(entries.map(({ target }) => target)).toContain('U0JOCWATCH')
  })
})

describe('the owners', () => {
  it('are one civilian and one uniformed post of the sector, never a liaison assistant', async () => {
    const desk = await openDesk()
    const { owners } = await desk.raise()
    expect(owners.map(({ owner, posts }) => [owner.slot, posts[0]])).toEqual([
      ['civilian', { role: 'field_office_duty_officer', sector: 'north' }],
      ['uniformed', { role: 'company_duty_officer', sector: 'north' }],
    ])
  })

  it('are of the police for unrest, crime, intimidation and hate speech, of the military otherwise', async () => {
    const { mission } = await openDesk()
    const police = mission.taxonomy.threats
      .filter(threat => routeFor(mission, { sector: 'north', threat: threat.id }).uniformed.id === 'police')
      .map(({ id }) => id)
    expect(police).toEqual(['unrest', 'crime', 'intimidation', 'hate_speech'])
  })

  it('are never liaison assistants, whatever the threat and the sector', async () => {
    const { mission } = await openDesk()
    for (const sector of ['north', 'south', null])
      for (const threat of [null, ...mission.taxonomy.threats.map(({ id }) => id)]) {
        const { civilian, uniformed } = routeFor(mission, { sector, threat })
        const roles = [civilian, uniformed].flatMap(({ rungs }) => rungs.map(({ role }) => role))
        expect(roles).not.toContain('liaison_assistant')
      }
  })

  it('hear of it at once, with JOC watch, sector operations, the duty liaison assistant and the author', async () => {
    const desk = await openDesk()
    await desk.raise({}, await desk.as('ngo'))
    const entries = await desk.said()
    expect(entries.every(({ kind, data }) => kind === 'card' || data.line === 'raised')).toBe(true)
    expect(new Set(entries.map(({ target }) => target))).toEqual(
      new Set([
        channels.north,
        channels.centre,
        'U0DUTYKARAMBA',
        'U0COMPANYKARAMBA',
        'U0JOCWATCH',
        'U0SECTORNORTH',
        'U0CLAKARAMBA',
        'U0NGO',
      ]),
    )
    expect(entries).toHaveLength(9)
  })

  it('have their clocks armed in the same breath, each its own', async () => {
    const desk = await openDesk()
    const { alert } = await desk.raise()
    for (const slot of ['civilian', 'uniformed']) {
      const timer = await desk.store.read.timers.byKey(`alert:${alert.id}:${slot}`)
      expect(timer).toMatchObject({ state: 'armed', slot, dueAt: alert.raisedAt + 10 * MINUTE })
    }
  })

  it('are skipped at once where a post is vacant; the next holds it with the same time to answer', async () => {
    const desk = await openDesk()
    await desk.vacate('company_duty_officer', 'north')
    const { owners, alert } = await desk.raise()
    const uniformed = owners[1]!
    expect(uniformed.told.map(({ rung, outcome }) => [rung, outcome])).toEqual([
      [0, 'vacant'],
      [1, 'told'],
    ])
    expect(uniformed.owner.rung).toBe(1)
    expect(uniformed.holder?.userId).toBe('U0BATTALIONNORTH')
    expect(uniformed.next).toEqual({ rung: 2, dueAt: alert.raisedAt + 10 * MINUTE })
  })

  it('are skipped at once where Slack cannot reach the holder, unless there is an alternate', async () => {
    const desk = await openDesk()
    await unreachable(desk, 'duty')
    await unreachable(desk, 'company')
    const { owners } = await desk.raise()
    expect(owners[0]?.told).toMatchObject([
      { rung: 0, outcome: 'told', people: [await desk.id('dutyAlternate')] },
    ])
    expect(owners[1]?.told).toMatchObject([
      { rung: 0, outcome: 'unreachable' },
      { rung: 1, outcome: 'told' },
    ])
  })

  it('are nobody where a whole ladder is vacant: those informed hear so at once, and once', async () => {
    const desk = await openDesk()
    for (const role of ['company_duty_officer', 'battalion_operations', 'sector_operations'])
      await desk.vacate(role, 'north')
    await desk.vacate('force_hq', null)
    const facts = await desk.raise()
    const entries = await desk.said()
    const exhausted = entries.filter(({ data }) => data.line === 'exhausted')
    expect(exhausted.map(({ target, data }) => [target, data.slot])).toEqual([
      [channels.north, 'uniformed'],
      ['U0JOCWATCH', 'uniformed'],
      ['U0CLAKARAMBA', 'uniformed'],
    ])
    expect((await desk.owner(facts, 'uniformed')).next).toBeNull()
    await desk.pass(6 * HOUR)
    const later = (await desk.said()).filter(({ data }) => data.line === 'exhausted')
    expect(later.every(({ data }) => data.slot === 'civilian')).toBe(true)
  })
})

describe('what is on record of raising', () => {
  it('holds ids and codes; the words stand apart and can be erased', async () => {
    const desk = await openDesk()
    const { alert } = await desk.raise({ what: 'Armed men at the well', how: 'Behind the church' })
    const [event] = await desk.store.read.events.ofRecord('alert', alert.id)
    expect(event).toMatchObject({ kind: 'alert.raised', actor: await desk.id('liaison') })
    expect(JSON.stringify(event?.data)).not.toMatch(/well|church/)
    expect(await desk.store.read.events.words(event!.seq)).toMatchObject({ how: 'Behind the church' })
  })

  it('is nothing at all when the disk is full, and the next attempt succeeds', async () => {
    const desk = await openDesk()
    const { database } = desk.store
    const before = database.prepare('select count(*) from outbox').pluck().get()
    database.pragma(`max_page_count = ${database.pragma('page_count', { simple: true })}`)
    expect(await refusalCode(desk.raise({ what: 'x'.repeat(10_000) }))).toBe('not_stored')
    expect(await desk.store.read.alerts.count()).toBe(0)
    expect(database.prepare('select count(*) from outbox').pluck().get()).toBe(before)
    database.pragma('max_page_count = 1000000')
    expect((await desk.raise()).alert.code).toMatch(/^A-/)
  })
})

it('takes at most so many statements to raise an alert as keeps it near a millisecond', async () => {
  const desk = await openDesk()
  const ctx = await desk.as('liaison')
  const statements = counted(desk)
  await raise(ctx, {
    what: 'Armed men',
    place: { id: 'karamba-market' },
    urgency: 'imminent',
    requestKey: 'V1',
  })
  expect(statements()).toBeLessThan(110)
})

async function unreachable(desk: Desk, name: Parameters<Desk['id']>[0]): Promise<void> {
  const id = await desk.id(name)
  await desk.store.write(({ people }) => people.update(id, { unreachableAt: desk.clock.now() }))
}

/** Calls of the repositories in one transaction. */
function counted(desk: Desk): () => number {
  let calls = 0
  const { store } = desk
  const write = store.write.bind(store)
  store.write = fn =>
    write(repos => {
      const watched = new Proxy(repos, {
        get: (target, noun) =>
          new Proxy(Reflect.get(target, noun), {
            get: (repo, verb) => {
              calls++
              return Reflect.get(repo, verb)
            },
          }),
      })
      return fn(watched)
    })
  return () => calls
}
