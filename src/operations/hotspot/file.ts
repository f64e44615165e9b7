import { TocsinError } from '../../errors.ts'
import { knownSector } from '../alert/place.ts'
import { type Ctx, inTransaction } from '../context.ts'
import { registeredPerson } from '../permission.ts'
import { lineAt, personTarget } from '../telling.ts'

/** What can be made of the hotspots. */
export const HOTSPOT_FILES = ['matrix', 'map', 'csv', 'geojson'] as const
export type HotspotFile = (typeof HOTSPOT_FILES)[number]

/** Under which record a file of this form stands, so that a new one takes the former one's place. */
export const hotspotFileRecord = (form: HotspotFile): string => `hotspots:${form}`

/**
 * Has a picture or a file of the hotspots made for the acting person, who gets it by direct message; the one they had
 * before is deleted. The access log holds it.
 *
 * @throws TocsinError `not_registered`, `unknown_term`.
 */
export async function requestHotspotFile(
  ctx: Ctx,
  input: { form: string; sector?: string | null },
): Promise<void> {
  const person = registeredPerson(ctx)
  const form = HOTSPOT_FILES.find(id => id === input.form)
  if (!form) throw new TocsinError('unknown_term', { details: { value: input.form } })
  const sector = knownSector(ctx, input.sector)
  await inTransaction(ctx, async (repos, open) => {
    await repos.access.add({
      at: ctx.clock.now(),
      personId: person.id,
      layer: 'export',
      recordKind: 'access',
      recordId: hotspotFileRecord(form),
    })
    await lineAt(open, 'hotspot.file', hotspotFileRecord(form), personTarget(person.id), { form, sector })
  })
}
