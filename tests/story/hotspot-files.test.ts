import { expect, it } from 'vitest'
import { csvFile } from '../../src/domain/csv.ts'
import { picture } from '../../src/jobs/aside/picture.ts'
import { createLocales } from '../../src/locales/index.ts'
import type { Ctx } from '../../src/operations/context.ts'
import { layersFor } from '../../src/operations/hotspot/reading.ts'
import { createHotspot, reportCoverage } from '../../src/operations/hotspot.ts'
import { readMatrix } from '../../src/operations/matrix.ts'
import { hotspotColumns, hotspotGeoJson, type ShownPlace } from '../../src/views/hotspot/files.ts'
import { mapSvg } from '../../src/views/hotspot/map.ts'
import { matrixSvg } from '../../src/views/matrix/picture.ts'
import { matrixAlt } from '../../src/views/matrix/picture-text.ts'
import { type Desk, openDesk } from '../support/operations.ts'

const locales = createLocales('UTC', ['en', 'fr'])

async function placesFor(ctx: Ctx): Promise<ShownPlace[]> {
  const { places } = await readMatrix(ctx)
  return places.map(each => ({ ...each, layers: layersFor(ctx, each.place) }))
}

async function filled(): Promise<Desk> {
  const desk = await openDesk()
  const chair = await desk.as('pocAdviser')
  const names = ['Karamba market', '=SUM(A1)', 'Orro bridge']
  for (const [index, name] of names.entries()) {
    const { hotspot } = await createHotspot(chair, {
      name,
      place: { id: 'karamba-market' },
      kind: 'market',
      threats: ['armed_attack'],
      radiusKm: index === 0 ? 5 : null,
      perpetrators: ['state_forces'],
    })
    await reportCoverage(await desk.as('company'), { hotspotId: hotspot.id, coverage: 'static' })
    // Ranked as an adopted version would.
    await desk.store.write(async repos => {
      const round = {
        id: `r${index}`,
        code: `M-${index}`,
        exercise: false,
        holder: 'mission_civilian' as const,
        audience: [],
        sector: null,
        state: 'adopted' as const,
        channel: 'C0PROTECTION',
        openedBy: hotspot.createdBy,
        openedAt: index,
        closesAt: index,
        revealedAt: null,
        units: null,
        unitsBy: null,
        endedAt: index,
      }
      if (index > 0) return
      await repos.matrix.insertRound(round, [hotspot.id])
      await repos.matrix.insertVersion(
        {
          id: 'v',
          number: 1,
          sector: null,
          roundId: round.id,
          adoptedBy: hotspot.createdBy,
          role: 'mission_leadership',
          adoptedAt: 1,
          tookPart: [],
        },
        [
          {
            versionId: 'v',
            hotspotId: hotspot.id,
            category: 'must',
            likelihood: 4,
            impact: 5,
            rationale: ['threat'],
            reason: null,
            reviewBy: 1e13,
          },
        ],
      )
    })
  }
  return desk
}

it('pictures are drawn with their words, and say in words what they show', async () => {
  const desk = await filled()
  const places = await placesFor(await desk.as('battalion'))
  for (const language of ['en', 'fr']) {
    const view = { words: locales.words(language), mission: desk.mission, now: desk.clock.now() }
    for (const svg of [mapSvg(view, places), matrixSvg(view, places)]) {
      expect(svg.replace(/<[^>]*>/g, '').replace(/\s+/g, ' ')).toContain('Karamba market')
      expect((await picture(svg)).byteLength).toBeGreaterThan(5_000)
    }
    expect(matrixAlt(view, places)).toContain('Karamba market')
  }
})

it('files hold coverage and restricted classes only for whoever may read them, and obey nobody', async () => {
  const desk = await filled()
  const view = { words: locales.words('en'), mission: desk.mission, now: desk.clock.now() }
  const text = async (name: 'battalion' | 'unhcr') => {
    const places = await placesFor(await desk.as(name))
    const csv = Buffer.from(await csvFile(hotspotColumns(view), places)).toString()
    return `${csv}\n${JSON.stringify(hotspotGeoJson(view, places))}\n${mapSvg(view, places)}`
  }
  const agency = await text('unhcr')
  expect(agency).toContain('Karamba market')
  expect(agency).not.toMatch(/Standing presence|"coverage"|State forces|Karamba base/)
  expect(agency).toContain("'=SUM(A1)")
  const battalion = await text('battalion')
  expect(battalion).toMatch(/Standing presence/)
  expect(battalion).toMatch(/State forces/)
})
