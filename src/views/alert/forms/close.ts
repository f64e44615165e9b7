import type { RoleRef } from '../../../domain/mission.ts'
import { TIERS } from '../../../domain/response.ts'
import type { ClosingFacts } from '../../../operations/alert/closing.ts'
import type { AlertFacts } from '../../../operations/alert/facts.ts'
import { ONGOING } from '../../../operations/alert.ts'
import { roleKey } from '../../../operations/permission.ts'
import type { Block } from '../../../ports.ts'
import { bare, context, input, modal, radio, section, select, textInput } from '../../blocks.ts'
import { post, termOptions, type ViewContext } from '../../context.ts'
import { when } from '../phrases.ts'
import { roleInput } from './fields.ts'

/** What stood in the form when it came back. */
export interface TypedClose {
  outcome: string | null
  note: string
  tiers: Readonly<Record<string, string>>
}

/**
 * The outcome for civilians and a note; a threat that goes on is offered so that its refusal can say what to do. What
 * is known of responses is shown as it will be written down; where physical protection was needed and not given, the
 * form says so and takes the command decision.
 */
export function closeModal(
  view: ViewContext,
  facts: Pick<AlertFacts, 'alert' | 'specialist'>,
  closing: ClosingFacts,
  roles: readonly RoleRef[] = [],
  typed?: TypedClose,
) {
  const { t } = view.words
  const { alert } = facts
  const choices = [...termOptions(view, 'outcomes'), { text: t('alert.close.ongoing'), value: ONGOING }]
  const unmet = closing.needsPhysical && (!closing.met || typed !== undefined)
  return modal(
    'alert.close',
    {
      title: t('alert.close.title', { code: alert.code }),
      submit: t('alert.close.submit'),
      close: t('alert.modal.cancel'),
    },
    { alertId: alert.id },
    [
      ...(unmet ? [section(`⚠️ ${t('alert.close.unmet')}`)] : []),
      input(
        'outcome',
        t('alert.close.outcome'),
        select('outcome', t('alert.details.choose'), choices, typed?.outcome),
      ),
      input(
        'note',
        t('alert.close.note'),
        textInput('note', { multiline: true, max: 3000, initial: typed?.note }),
        { hint: t('alert.close.noteHint') },
      ),
      ...knownInputs(view, facts, closing, typed),
      ...(unmet ? commandInputs(view, facts, closing) : []),
      ...roleInput(view, roles),
    ],
  )
}

/** "Patrol Bravo, since 02:10, there 02:40": one choice each, made already. */
function knownInputs(
  view: ViewContext,
  { alert, specialist }: Pick<AlertFacts, 'alert' | 'specialist'>,
  { known }: ClosingFacts,
  typed: TypedClose | undefined,
): Block[] {
  if (known.length === 0) return []
  const { t } = view.words
  const tiers = TIERS.map(tier => ({ value: String(tier), text: t(`response.tierChoice.${tier}`) }))
  return [
    context(t('alert.close.known')),
    ...known.map(({ actId, responder, who, tier, startedAt, arrivedAt }) => {
      const name = who && specialist.length === 0 ? bare(who) : t(`response.responder.${responder}`)
      const times = [
        t('response.started', { at: when(view, alert, startedAt) }),
        arrivedAt === null
          ? t('response.neverThere')
          : t('response.arrived', { at: when(view, alert, arrivedAt) }),
      ]
      return input(
        `tier_${actId}`,
        `${name}, ${times.join(', ')}`,
        select(`tier_${actId}`, t('alert.details.choose'), tiers, typed?.tiers[actId] ?? String(tier)),
      )
    }),
  ]
}

function commandInputs(
  view: ViewContext,
  { alert }: Pick<AlertFacts, 'alert'>,
  { commands }: ClosingFacts,
): Block[] {
  const { t } = view.words
  const choose = t('alert.details.choose')
  const posts = commands.map(ref => ({ value: roleKey(ref), text: post(view, alert, ref) }))
  const means = (['phone', 'radio'] as const).map(value => ({ value, text: t(`response.means.${value}`) }))
  return [
    input('commandRole', t('alert.close.commandRole'), select('commandRole', choose, posts), {
      optional: true,
      hint: t('alert.close.commandHint'),
    }),
    input(
      'commandReason',
      t('alert.close.commandReason'),
      select('commandReason', choose, termOptions(view, 'not_acting')),
      { optional: true },
    ),
    input(
      'commandNote',
      t('alert.close.commandNote'),
      textInput('commandNote', { multiline: true, max: 3000 }),
      { optional: true },
    ),
    input('commandMeans', t('alert.close.commandMeans'), radio('commandMeans', means, 'phone')),
  ]
}
