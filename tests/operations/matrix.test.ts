import { describe, expect, it } from 'vitest'
import { voiceKey } from '../../src/domain/matrix/round.ts'
import { matrixRendering } from '../../src/jobs/rendering/matrix.ts'
import { createLocales } from '../../src/locales/index.ts'
import type { Ctx } from '../../src/operations/context.ts'
import { createHotspot, moveHotspot, setContact } from '../../src/operations/hotspot.ts'
import { visibleEntries } from '../../src/operations/matrix/rate.ts'
import * as matrix from '../../src/operations/matrix.ts'
import { roundCard } from '../../src/views/matrix/card.ts'
import { checksModal, sidesModal } from '../../src/views/matrix/reconcile.ts'
import { DAY, type Desk, openDesk, refusal, refusalCode, type Who } from '../support/operations.ts'

interface Round {
  desk: Desk
  roundId: string
  market: string
  mill: string
}

async function opened(): Promise<Round> {
  const desk = await openDesk()
  const chair = await desk.as('pocAdviser')
  const make = async (name: string) =>
    (
      await createHotspot(chair, {
        name,
        place: { id: 'karamba-market' },
        kind: 'market',
        threats: ['armed_attack'],
      })
    ).hotspot.id
  const market = await make('Market')
  const mill = await make('Mill')
  const { round } = await matrix.openRound(chair, { channelId: 'C0PROTECTION' })
  return { desk, roundId: round.id, market, mill }
}

async function ocha(desk: Desk): Promise<Ctx> {
  return desk.asPerson((await desk.store.read.people.byUser('T0MISSION', 'U0OCHA'))!)
}

const rating = { likelihood: 4, impact: 5, vulnerability: 5, rationale: ['threat'] }

async function rate({ desk, roundId }: Round, by: Who | Ctx, hotspotId: string, category: string) {
  const ctx = typeof by === 'string' ? await desk.as(by) : by
  return matrix.ratePlace(ctx, { roundId, hotspotId, category, ...rating })
}

describe('a review round', () => {
  it('is opened by the chair, one at a time over the same places, and asks each voice', async () => {
    const { desk, roundId } = await opened()
    const chair = await desk.as('pocAdviser')
    expect(await refusalCode(matrix.openRound(await desk.as('head'), { channelId: 'C0PROTECTION' }))).toBe(
      'not_allowed',
    )
    expect(await refusalCode(matrix.openRound(chair, { channelId: 'C0PROTECTION', sector: 'north' }))).toBe(
      'round_under_way',
    )
    expect(await refusalCode(matrix.openRound(chair, { channelId: 'C0NOWHERE' }))).toBe('round_channel')
    const { waiting } = await matrix.readRound(chair, roundId)
    expect(waiting).toHaveLength(5)
  })

  it('hides every number until it is revealed, and takes none afterwards', async () => {
    const round = await opened()
    const { desk, roundId, market } = round
    const facts = await rate(round, 'forceHq', market, 'must')
    expect(facts.rows).toEqual([])
    expect(visibleEntries(await desk.as('forceHq'), facts)).toHaveLength(1)
    expect(visibleEntries(await desk.as('policeHq'), facts)).toEqual([])
    await matrix.revealRound(await desk.as('pocAdviser'), roundId)
    expect(await refusalCode(rate(round, 'policeHq', market, 'could'))).toBe('round_moved')
  })

  it.each([
    [{ likelihood: 6 }, 'number_range', 'likelihood'],
    [{ impact: 0 }, 'number_range', 'impact'],
    [{ vulnerability: 9 }, 'number_range', 'vulnerability'],
    [{ rationale: [] }, 'text_missing', 'rationale'],
    [{ category: 'perhaps' }, 'unknown_term', 'category'],
  ])('refuses %j: %s beside %s', async (change, code, field) => {
    const { desk, roundId, market } = await opened()
    const input = { roundId, hotspotId: market, category: 'must', ...rating, ...change }
    expect(await refusal(matrix.ratePlace(await desk.as('forceHq'), input))).toMatchObject({ code, field })
  })

  it('refuses who speaks for nobody, and who spoke for the other side before', async () => {
    const round = await opened()
    const { desk, market } = round
    expect(await refusalCode(rate(round, await desk.stranger(), market, 'must'))).toBe('not_registered')
    await rate(round, 'unhcr', market, 'must')
    const id = await desk.id('unhcr')
    await desk.store.write(({ people }) => people.update(id, { constituency: 'mission_civilian' }))
    await desk.appoint('unhcr', 'civil_affairs', null)
    expect(await refusalCode(rate(round, 'unhcr', market, 'must'))).toBe('both_sides')
  })

  it('says that a place was taken off the list meanwhile', async () => {
    const round = await opened()
    const { desk, mill } = round
    await moveHotspot(await desk.as('pocAdviser'), { hotspotId: mill, to: 'removed', reason: 'Empty' })
    expect(await refusalCode(rate(round, 'forceHq', mill, 'must'))).toBe('place_gone')
  })

  it('reminds only those who have not answered, and nil is an answer', async () => {
    const round = await opened()
    const { desk, roundId, market, mill } = round
    await rate(round, 'forceHq', market, 'must')
    await rate(round, 'forceHq', mill, 'must')
    await matrix.answerNil(await desk.as('policeHq'), roundId)
    expect(await refusalCode(matrix.answerNil(await desk.as('policeHq'), roundId))).toBe('already_done')
    await desk.said()
    await desk.pass(DAY)
    const reminded = (await desk.said())
      .filter(({ kind }) => kind === 'matrix.reminder')
      .map(({ target }) => target)
    expect(reminded).toContain('U0OCHA')
    expect(reminded).not.toContain('U0FORCEHQ')
    expect(reminded).not.toContain('U0POLICEHQ')
    await desk.pass(2 * DAY)
    const kinds = (await desk.said()).map(({ kind, target }) => `${kind}@${target}`)
    expect(kinds).toContain('matrix.ready@U0POCADVISER')
  })

  it('asks who rated some of the places for the rest, and says so without a number of theirs', async () => {
    const round = await opened()
    const { desk, roundId, market, mill } = round
    await rate(round, 'forceHq', market, 'must')
    const facts = await matrix.readRound(await desk.as('pocAdviser'), roundId)
    expect(facts.waiting.map(voiceKey)).toContain('military')
    const view = {
      words: createLocales('UTC', ['en']).words('en'),
      mission: desk.mission,
      now: desk.clock.now(),
    }
    const card = JSON.stringify(roundCard(view, facts))
    expect(card).toMatch(/Military \(1 of 2\)/)
    expect(card).not.toMatch(/Must Protect/)
    await rate(round, 'forceHq', mill, 'could')
    const { waiting } = await matrix.readRound(await desk.as('pocAdviser'), roundId)
    expect(waiting.map(voiceKey)).not.toContain('military')
  })

  it('says why a row on which both sides agree is contested, and which rests on a political reason', async () => {
    const round = await opened()
    const { desk, roundId, market, mill } = round
    await rate(round, 'forceHq', market, 'must')
    await rate(round, 'policeHq', market, 'could')
    const ctx = await ocha(desk)
    await matrix.ratePlace(ctx, { roundId, hotspotId: market, category: 'must', ...rating })
    await matrix.ratePlace(ctx, {
      roundId,
      hotspotId: mill,
      category: 'could',
      ...rating,
      rationale: ['donor'],
    })
    const chair = await desk.as('pocAdviser')
    const facts = await matrix.revealRound(chair, roundId)
    const words = createLocales('UTC', ['en']).words('en')
    const view = { words, mission: desk.mission, now: desk.clock.now() }
    expect(JSON.stringify(roundCard(view, facts))).toMatch(
      /Market: mission 🔴 Must Protect, partners 🔴 Must Protect · components 2 categories apart/,
    )
    const part = { personId: '', humanitarian: false, leads: true, adopts: false, saysUnits: false }
    const sides = JSON.stringify(sidesModal(view, facts, part))
    expect(sides).toMatch(/Mill.*a political or donor’s reason is given/)
    const proposal = { roundId, category: 'must', reason: 'Seen on Tuesday' }
    await matrix.propose(chair, { ...proposal, hotspotId: market })
    const decided = await matrix.propose(chair, { ...proposal, hotspotId: mill })
    const checks = JSON.stringify(checksModal(view, decided, part))
    expect(checks).toMatch(/2 places: no civilian presence lately/)
  })

  it('waits for whom it asks, then for the chair, then for the forum, and for nobody else', async () => {
    const round = await opened()
    const { desk, roundId, market, mill } = round
    const waits = async (by: Who) =>
      (await matrix.waitingRounds(await desk.as(by))).map(({ why }) => why).join()
    // The ladder of the police ends with mission leadership, who speaks for the civilian sections.
    for (const who of ['forceHq', 'policeHq', 'humanRights', 'ocha'] as const)
      expect(await waits(who)).toBe('answer')
    expect(await waits('company')).toBe('')
    for (const place of [market, mill]) await rate(round, 'forceHq', place, 'must')
    expect(await waits('forceHq')).toBe('')
    await desk.pass(4 * DAY)
    const chair = await desk.as('pocAdviser')
    expect(await waits('pocAdviser')).toBe('reveal')
    await matrix.revealRound(chair, roundId)
    expect(await waits('pocAdviser')).toBe('reconcile')
    for (const hotspotId of [market, mill])
      await matrix.propose(chair, { roundId, hotspotId, category: 'must', reason: 'Seen' })
    await matrix.recommend(chair, roundId)
    expect(await waits('pocAdviser')).toBe('')
    expect(await waits('leadership')).toBe('adopt')
  })

  it('lets the chair hear at once when the last has answered, and at the hour by which answers are wanted', async () => {
    const { desk, roundId } = await opened()
    for (const who of ['forceHq', 'policeHq', 'dutyAlternate', 'humanRights'] as const)
      await matrix.answerNil(await desk.as(who), roundId)
    await desk.said()
    await matrix.answerNil(await ocha(desk), roundId)
    const ready = async () =>
      (await desk.said()).filter(({ kind }) => kind === 'matrix.ready').map(({ target }) => target)
    expect(await ready()).toEqual(['U0POCADVISER'])
    const chair = await desk.as('pocAdviser')
    await matrix.cancelRound(chair, roundId)
    const closesAt = desk.clock.now() + DAY / 4
    await matrix.openRound(chair, { channelId: 'C0PROTECTION', closesAt })
    await desk.pass(DAY / 4)
    expect(await ready()).toEqual(['U0POCADVISER'])
  })
})

it('two sides disagree, reconcile and adopt; the next round carries over and shows the difference', async () => {
  const round = await opened()
  const { desk, roundId, market, mill } = round
  const chair = await desk.as('pocAdviser')
  const leader = await desk.as('leadership')
  const cluster = await ocha(desk)
  await rate(round, 'forceHq', market, 'must')
  await rate(round, 'forceHq', mill, 'must')
  await rate(round, cluster, market, 'could')
  await rate(round, cluster, mill, 'must')
  const revealed = await matrix.revealRound(chair, roundId)
  expect(revealed.rows.map(({ contested }) => contested)).toEqual([true, false])
  expect(revealed.agreement).toMatchObject({ compared: 2, same: 1 })

  expect(await refusal(matrix.recommend(chair, roundId))).toMatchObject({
    code: 'rows_undecided',
    details: { count: 1 },
  })
  await matrix.dissent(cluster, { roundId, hotspotId: market, category: 'could', reason: 'People have left' })
  await matrix.propose(chair, { roundId, hotspotId: market, category: 'should', reason: 'Seen on Tuesday' })
  const recommended = await matrix.recommend(chair, roundId)
  expect(recommended.dissents).toMatchObject([{ voice: 'humanitarian_side', reason: 'People have left' }])
  expect(await refusalCode(matrix.adopt(chair, roundId))).toBe('not_allowed')

  const stands = await refusal(matrix.adopt(leader, roundId))
  expect(stands.code).toBe('checks_stand')
  const { findings } = await matrix.readRound(leader, roundId)
  for (const finding of findings) {
    const key = 'hotspotId' in finding ? `${finding.check}:${finding.hotspotId}` : finding.check
    await matrix.waive(leader, { roundId, finding: key, reason: 'Known, and planned for' })
  }
  const { version } = await matrix.adopt(leader, roundId)
  expect(version).toMatchObject({ number: 1, role: 'mission_leadership' })
  expect(version.tookPart.sort()).toEqual(['humanitarian_side', 'military'])
  expect((await matrix.readMatrix(chair)).places.map(({ row }) => row?.category)).toEqual(['must', 'should'])
  expect(await refusalCode(matrix.adopt(leader, roundId))).toBe('round_moved')

  const next = await matrix.openRound(chair, { channelId: 'C0PROTECTION' })
  const second = { ...round, roundId: next.round.id }
  expect(await refusalCode(matrix.confirmUnchanged(await desk.as('policeHq'), second.roundId))).toBe(
    'nothing_to_carry',
  )
  await rate(second, 'forceHq', market, 'must')
  expect((await matrix.confirmUnchanged(await desk.as('forceHq'), second.roundId)).confirmed).toBe(1)
  await rate(second, cluster, market, 'must')
  await matrix.confirmUnchanged(cluster, second.roundId)
  await matrix.revealRound(chair, second.roundId)
  await matrix.recommend(chair, second.roundId)
  for (const finding of (await matrix.readRound(leader, second.roundId)).findings) {
    const key = 'hotspotId' in finding ? `${finding.check}:${finding.hotspotId}` : finding.check
    await matrix.waive(leader, { roundId: second.roundId, finding: key, reason: 'As before' })
  }
  await matrix.adopt(leader, second.roundId)
  const difference = await matrix.readDifference(chair)
  expect(difference?.changes.map(({ change, place }) => `${place.hotspot.name}: ${change}`)).toEqual([
    'Market: up',
    'Mill: same',
  ])

  await desk.said()
  await desk.pass(30 * DAY)
  const stale = (await desk.said()).filter(({ kind }) => kind === 'matrix.stale')
  expect(stale.map(({ target }) => target)).toContain('U0POCADVISER')
  const reminder = matrixRendering.lines?.(createLocales('UTC', ['en']))['matrix.stale']
  const { id } = (await desk.store.read.people.byUser('T0MISSION', 'U0POCADVISER'))!
  const entry = { ...stale[0], kind: 'matrix.stale', target: `person:${id}`, data: {} }
  const said = JSON.stringify(await reminder?.(desk.system, entry as never, 0))
  expect(said, 'which places it is about').toMatch(/past their review.*Market.*Mill/)
})

it('a Must with an alert near and no tier 2 line, and more Musts than units, stand in the way', async () => {
  const round = await opened()
  const { desk, roundId, market, mill } = round
  const chair = await desk.as('pocAdviser')
  await setContact(await ocha(desk), { hotspotId: market, purpose: 'contact', post: 'Cluster coordinator' })
  for (const place of [market, mill]) {
    await rate(round, 'forceHq', place, 'must')
    await rate(round, await ocha(desk), place, 'must')
  }
  await matrix.sayUnits(await desk.as('forceHq'), { roundId, units: 1 })
  expect(await refusalCode(matrix.sayUnits(chair, { roundId, units: 9 }))).toBe('not_allowed')
  const { findings } = await matrix.revealRound(chair, roundId)
  const checks = findings.map(finding => finding.check)
  expect(checks).toContain('more_musts_than_units')
  expect(findings.filter(({ check }) => check === 'no_humanitarian_contact')).toMatchObject([
    { hotspotId: mill },
  ])
  // What is said of coverage is read where coverage is: not by an agency.
  const seen = (await matrix.readRound(await ocha(desk), roundId)).findings.map(finding => finding.check)
  expect(seen).not.toContain('more_musts_than_units')
  expect(seen).not.toContain('uncovered_without_unarmed_plan')
})

describe('levels', () => {
  it('lets a sector lead its own round; what it adopts feeds the mission’s, and neither hides the other', async () => {
    const round = await opened()
    const { desk, market } = round
    const chair = await desk.as('pocAdviser')
    await adoptAs(round, 'pocAdviser', 'should')
    const head = await desk.as('head')
    expect(await refusalCode(matrix.openRound(head, { channelId: 'C0PROTECTION' }))).toBe('not_allowed')
    expect(await refusalCode(matrix.openRound(head, { channelId: 'C0PROTECTION', sector: 'south' }))).toBe(
      'not_allowed',
    )
    desk.clock.advance(DAY)
    const { round: own } = await matrix.openRound(head, { channelId: 'C0PROTECTION', sector: 'north' })
    await adoptAs({ ...round, roundId: own.id }, 'head', 'must')
    const row = await matrix.rankOf(chair, market)
    expect(row).toMatchObject({ category: 'should', since: { sector: 'north', category: 'must' } })
    desk.clock.advance(DAY)
    const facts = await matrix.openRound(chair, { channelId: 'C0PROTECTION' })
    expect(facts.sectors.get(market)).toMatchObject({ sector: 'north', category: 'must' })
    await adoptAs({ ...round, roundId: facts.round.id }, 'pocAdviser', 'must')
    expect(await matrix.rankOf(chair, market)).toMatchObject({ category: 'must', since: null })
  })

  it('tells who speaks for the humanitarians of high need that ranks low, and the sector asks its own posts', async () => {
    const round = await opened()
    const { desk, market } = round
    await desk.said()
    const facts = await adoptAs(round, 'pocAdviser', 'could')
    expect(facts.highNeed).toEqual([market])
    const told = (await desk.said()).filter(({ kind }) => kind === 'matrix.high_need')
    expect(told.map(({ target }) => target)).toEqual(['U0OCHA'])
  })
})

/** A round on whose one rated place both sides agree, from rating to a version. */
async function adoptAs(round: Round, by: Who, category: string) {
  const { desk, roundId, market } = round
  const chair = await desk.as(by)
  await rate(round, 'forceHq', market, category)
  await rate(round, await ocha(desk), market, category)
  await matrix.revealRound(chair, roundId)
  // Leadership reads coverage, and so what it leaves open; the chair does not.
  const leader = await desk.as('leadership')
  const { findings } = await matrix.readRound(leader, roundId)
  for (const check of new Set(findings.map(finding => finding.check)))
    await matrix.waive(leader, { roundId, finding: check, reason: 'Known' })
  await matrix.recommend(chair, roundId)
  return (await matrix.adopt(await desk.as('leadership'), roundId)).facts
}
