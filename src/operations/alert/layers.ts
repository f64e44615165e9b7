import type { AlertLayer, Attribution } from '../../db/alert-layers.ts'
import type { ReprisalCheck } from '../../db/feedback.ts'
import { findTerm } from '../../domain/mission.ts'
import { type RoleLayer, SPECIALIST_LAYERS } from '../../domain/sharing.ts'
import { TocsinError } from '../../errors.ts'
import type { Ctx } from '../context.ts'
import { actingPerson } from '../permission.ts'
import type { AlertFacts } from './facts.ts'
import { actorAsReader, mayReadAlert, readAlert } from './reading.ts'

/** Who may say that a group is alleged: never a person, never a source. */
export const SAID_BY = [
  'victims',
  'witnesses',
  'community',
  'own_observation',
  'partner',
  'authorities',
  'media',
  'group_itself',
] as const
export type SaidBy = (typeof SAID_BY)[number]

/** How surely. */
export const CONFIDENCES = ['suspected', 'probable', 'confirmed'] as const
export type Confidence = (typeof CONFIDENCES)[number]

/** Those layers of an alert the acting person may read. */
export interface LayersRead {
  facts: AlertFacts
  attribution: Attribution | null
  /** The class of perpetrator, where the mission restricts it. */
  perpetrator: string | null
  specialist: AlertLayer[]
  /** What was asked and answered about reprisals. */
  reprisals: ReprisalCheck[]
}

/**
 * What of an alert is opened to the acting person by role; each reading of a layer leaves an access-log entry.
 *
 * @throws TocsinError `not_found`, `not_allowed` where no layer is theirs.
 */
export async function readLayers(ctx: Ctx, alertId: string): Promise<LayersRead> {
  const person = actingPerson(ctx)
  const facts = await readAlert(ctx, alertId)
  const reader = actorAsReader(ctx)
  const may = (layer: RoleLayer) => reader !== null && mayReadAlert(ctx, facts, layer, reader)
  const read = (['attribution', 'human_rights', ...SPECIALIST_LAYERS] as const).filter(may)
  if (read.length === 0) throw new TocsinError('not_allowed', { details: { code: facts.alert.code } })
  await ctx.store.write(async ({ access }) => {
    for (const layer of read)
      await access.add({
        at: ctx.clock.now(),
        personId: person.id,
        layer,
        recordKind: 'alert',
        recordId: alertId,
      })
  })
  const { alerts } = ctx.store.read
  const attributed = read.includes('attribution')
  const { perpetrator } = facts.alert
  const restricted =
    perpetrator !== null && (findTerm(ctx.mission, 'perpetrators', perpetrator)?.restricted ?? true)
  return {
    facts,
    attribution: attributed ? await alerts.attribution(alertId) : null,
    perpetrator: attributed && restricted ? perpetrator : null,
    reprisals: read.includes('human_rights') ? await ctx.store.read.feedback.checksOf(alertId) : [],
    specialist: (await alerts.layersOf([alertId])).filter(({ layer }) => may(layer)),
  }
}
