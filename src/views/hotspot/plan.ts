/** The protection plan of a place: on its card, and the form in which lines are added. */
import { hotspotLimits } from '../../operations/hotspot/fields.ts'
import type { ShownPlan, ShownTier } from '../../operations/hotspot/plan.ts'
import type { HotspotFacts } from '../../operations/hotspot.ts'
import type { Block } from '../../ports.ts'
import { brief, button, context, input, modal, section, textInput } from '../blocks.ts'
import type { ViewContext } from '../context.ts'
import { stateMark, stateText, targetName } from '../tasking/phrases.ts'
import { hotspotName } from './phrases.ts'

/** Lines of one tier that a card shows, and that the form shows; more are counted. */
const ON_CARD = 3
const IN_FORM = 10
const RESULT_MAX = 90
const REASON_MAX = 200

/** One paragraph: each tier with its lines, or why it does not apply. */
export function planBlocks(view: ViewContext, plan: ShownPlan): Block[] {
  const { t } = view.words
  const lines = plan.tiers.flatMap(tier => tierLines(view, tier, ON_CARD))
  return [
    section(`*${t('hotspot.plan.title')}*\n${lines.join('\n')}`),
    ...(plan.physicalNeedOpen ? [context(`⚠️ ${t('hotspot.plan.physicalNeed')}`)] : []),
  ]
}

/** Tier by tier what is planned, with a button for a line and one for why there is none. */
export function planModal(view: ViewContext, { hotspot }: Pick<HotspotFacts, 'hotspot'>, plan: ShownPlan) {
  const { t } = view.words
  return modal(
    'hotspot.plan',
    { title: t('hotspot.plan.form', { code: hotspot.code }), close: t('alert.modal.done') },
    { hotspotId: hotspot.id },
    [
      section(hotspotName(view, { hotspot })),
      ...(plan.physicalNeedOpen ? [context(`⚠️ ${t('hotspot.plan.physicalNeed')}`)] : []),
      ...plan.tiers.flatMap(shown => [
        section(tierLines(view, shown, IN_FORM).join('\n')),
        {
          type: 'actions',
          elements: (['add_line', 'rule_out'] as const).map(act =>
            button(t(`hotspot.plan.${act}`), `hotspot.${act}:${shown.tier}`, `${hotspot.id}:${shown.tier}`, {
              label: t('hotspot.named', {
                name: t(`hotspot.plan.${act}`),
                text: t(`tasking.tier.${shown.tier}`),
              }),
            }),
          ),
        },
      ]),
      context(t('hotspot.plan.unarmed')),
    ],
  )
}

/** Why a tier does not apply to a place. */
export function ruleOutModal(
  view: ViewContext,
  { hotspot }: Pick<HotspotFacts, 'hotspot'>,
  tier: number,
  parent: string,
) {
  const { t } = view.words
  return modal(
    'hotspot.rule_out',
    { title: hotspot.code, submit: t('alert.modal.save'), close: t('alert.modal.cancel') },
    { hotspotId: hotspot.id, tier: String(tier), parent },
    [
      section(t(`tasking.tier.${tier}`)),
      input(
        'reason',
        t('hotspot.plan.because'),
        textInput('reason', { multiline: true, max: hotspotLimits.reason }),
        {
          hint: tier === 2 ? t('hotspot.plan.byCommand') : t('hotspot.plan.becauseHint'),
        },
      ),
    ],
  )
}

function tierLines(view: ViewContext, { tier, lines, notApplicable }: ShownTier, most: number): string[] {
  const { t } = view.words
  const name = `*${t(`tasking.tier.${tier}`)}*`
  if (lines.length === 0)
    return [
      notApplicable
        ? t('hotspot.named', {
            name,
            text: t('hotspot.plan.notApplicable', { reason: brief(notApplicable, REASON_MAX) }),
          })
        : t('hotspot.named', { name, text: t('hotspot.plan.nothing') }),
    ]
  const shown = lines.slice(-most).map(facts => {
    const { tasking } = facts
    const mode = tasking.unarmedMode ? ` (${t(`hotspot.mode.${tasking.unarmedMode}`)})` : ''
    return `• ${stateMark(facts)} *${tasking.code}* ${brief(tasking.result, RESULT_MAX)}${mode} · ${targetName(view, facts)} · ${stateText(view, facts)}`
  })
  const rest = lines.length - shown.length
  return [name, ...(rest > 0 ? [t('matrix.more', { count: rest })] : []), ...shown]
}
