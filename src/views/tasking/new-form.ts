import { activitiesOf, EXEMPTIONS } from '../../domain/gate.ts'
import { UNARMED_MODES } from '../../domain/hotspot.ts'
import type { RoleRef, Side } from '../../domain/mission.ts'
import { isAskedAsWhole, type Origin, tiersOf } from '../../domain/tasking.ts'
import { isReachable } from '../../operations/alert/facts.ts'
import { roleKey } from '../../operations/permission.ts'
import { type TaskingFacts, taskingLimits } from '../../operations/tasking.ts'
import type { Block } from '../../ports.ts'
import { previewAction } from '../alert/preview.ts'
import {
  actions,
  button,
  type Choice,
  checkboxes,
  context,
  input,
  modal,
  option,
  plain,
  section,
  select,
  textInput,
} from '../blocks.ts'
import { role, type ViewContext } from '../context.ts'
import { exerciseInput } from '../exercise.ts'

export interface NewTaskingForm {
  origin: Origin
  /** The code of the record it comes from. */
  originCode: string | null
  /** It comes from an exercise, and is one. */
  exercise?: boolean
  /** The protection plan it was opened from, which shows the line once it is recorded. */
  planView?: string | null
  /** In which the person may ask whom they chose; they are asked which where there are several. */
  roles: readonly RoleRef[]
  role?: string | null
  to?: { text: string; value: string } | null
  /** What choosing `to` came to; null before. */
  target?: { kind: 'tasking' | 'request'; asWhole: boolean; standing: string | null } | null
  result?: string
  /** Which tier the form begins with; left out: physical protection. */
  tier?: number
  /** The POC unit would own it: asked whether another should. */
  warnUnit?: boolean
}

/** Who is to do what by when. What more is needed appears with whom is chosen. */
export function newTaskingModal(view: ViewContext, form: NewTaskingForm) {
  const { t } = view.words
  const { roles, target } = form
  const to = {
    type: 'external_select',
    action_id: 'tasking.to',
    placeholder: plain(t('tasking.form.toHint'), 150),
    min_query_length: 0,
    ...(form.to ? { initial_option: option(form.to) } : {}),
  }
  return modal(
    'tasking.new',
    { title: t('tasking.form.title'), submit: t('tasking.form.submit'), close: t('alert.modal.cancel') },
    {
      origin: form.origin,
      originCode: form.originCode,
      exercise: form.exercise ?? false,
      planView: form.planView ?? null,
    },
    [
      ...(form.originCode
        ? [
            context(
              t(form.exercise ? 'tasking.form.fromExercise' : 'tasking.form.from', { code: form.originCode }),
            ),
          ]
        : []),
      input('to', t('tasking.form.to'), to, { dispatch: true }),
      ...(roles.length > 1
        ? [
            input(
              'role',
              t('alert.form.asRole'),
              select(
                'role',
                t('alert.details.choose'),
                roles.map(ref => ({ text: role(view, ref), value: roleKey(ref) })),
                form.role,
              ),
            ),
          ]
        : []),
      ...(target ? targetBlocks(view, target) : []),
      ...(form.warnUnit
        ? [
            section(`⚠️ ${t('tasking.form.unitWarning')}`),
            input(
              'unit',
              t('tasking.form.unitLabel'),
              checkboxes('unit', [{ text: t('tasking.form.unitYes'), value: 'yes' }]),
              { optional: true },
            ),
          ]
        : []),
      input(
        'result',
        t('tasking.field.result'),
        textInput('result', { multiline: true, initial: form.result ?? null, max: taskingLimits.result }),
        { hint: t('tasking.form.resultHint') },
      ),
      input('dueAt', t('tasking.form.due'), { type: 'datetimepicker', action_id: 'dueAt' }),
      tierInput(view, form.tier, target?.asWhole ? 'humanitarian' : 'mission'),
      activityInput(view, target?.asWhole ? 'humanitarian' : 'mission'),
      ...(form.origin.kind === 'hotspot' ? [modeInput(view)] : []),
      input(
        'place',
        t('tasking.field.place'),
        {
          type: 'external_select',
          action_id: 'alert.place',
          placeholder: plain(t('alert.raise.whereHint'), 150),
          min_query_length: 1,
        },
        { optional: true, hint: form.originCode ? t('tasking.form.placeHint') : undefined },
      ),
      input(
        'steps',
        t('tasking.field.steps'),
        textInput('steps', { multiline: true, max: taskingLimits.steps }),
        { optional: true, hint: t('tasking.form.stepsHint') },
      ),
      ...(form.target?.kind === 'tasking' ? supportInputs(view) : []),
      previewAction(view, 'tasking'),
      input(
        'restricted',
        t('tasking.form.readers'),
        checkboxes('restricted', [{ text: t('tasking.form.restricted'), value: 'yes' }]),
        { optional: true },
      ),
      ...(form.originCode ? [] : [exerciseInput(view)]),
    ],
  )
}

/** Which tier it serves. Nobody asks agencies or NGOs for physical protection, so it is not offered for them. */
function tierInput(view: ViewContext, chosen: number | undefined, side: Side): Block {
  const { t } = view.words
  const tiers = tiersOf(side)
  const begin = tiers.find(tier => tier === chosen) ?? (side === 'mission' ? 2 : 3)
  // Slack keeps what was chosen for as long as the menu is called the same.
  const menu = side === 'mission' ? 'tier' : 'tier.asked'
  const choices: Choice[] = tiers.map(tier => ({ text: t(`tasking.tier.${tier}`), value: String(tier) }))
  return input(
    'tier',
    t('tasking.field.tier'),
    select(menu, t('alert.details.choose'), choices, String(begin)),
  )
}

/** The catalogue of unarmed modes (1.20): beside troops or where they cannot be, and never in their place. */
function modeInput(view: ViewContext): Block {
  const { t } = view.words
  const modes = UNARMED_MODES.map(value => ({ value, text: t(`hotspot.mode.${value}`) }))
  return input('mode', t('tasking.form.mode'), select('mode', t('alert.details.choose'), modes), {
    optional: true,
    hint: t('tasking.form.modeHint'),
  })
}

/** What the work is first of all for; work of the mission cannot be called humanitarian. */
function activityInput(view: ViewContext, side: Side): Block {
  const { t } = view.words
  const choices = activitiesOf(side).map(value => ({ value, text: t(`gate.about.${value}`) }))
  return input(
    'activity',
    t('gate.about.opinion'),
    select('activity', t('alert.details.choose'), choices, 'protection'),
    side === 'mission' ? { hint: t('tasking.form.activityHint') } : {},
  )
}

/** Support to forces outside the UN goes by an entry of the register; where the mission keeps none, nothing is asked. */
function supportInputs(view: ViewContext): Block[] {
  const { t } = view.words
  if (!view.mission.gates.some(({ kind }) => kind === 'due_diligence')) return []
  const entry = {
    type: 'external_select',
    action_id: 'gate.support',
    placeholder: plain(t('gate.onTasking.choose'), 150),
    min_query_length: 0,
  }
  const grounds = EXEMPTIONS.map(value => ({ value, text: t(`gate.exemption.${value}`) }))
  return [
    input('support', t('gate.onTasking.support'), entry, {
      optional: true,
      hint: t('gate.onTasking.supportHint'),
    }),
    input(
      'exemption',
      t('gate.onTasking.exemption'),
      select('exemption', t('alert.details.choose'), grounds),
      {
        optional: true,
        hint: t('gate.onTasking.exemptionHint'),
      },
    ),
  ]
}

function targetBlocks(view: ViewContext, target: NonNullable<NewTaskingForm['target']>): Block[] {
  const { t } = view.words
  if (target.asWhole)
    return [
      context(t('tasking.form.askedFreely')),
      input(
        'organisation',
        t('tasking.form.organisation'),
        textInput('organisation', { max: taskingLimits.organisation }),
        { optional: true, hint: t('tasking.form.organisationHint') },
      ),
    ]
  return [
    context(t(`tasking.form.kind.${target.kind}`)),
    input(
      'person',
      t('tasking.form.person'),
      {
        type: 'users_select',
        action_id: 'person',
        ...(target.standing ? { initial_user: target.standing } : {}),
      },
      { optional: true, hint: t('tasking.form.personHint') },
    ),
  ]
}

const receiptKey = ({ tasking, asked }: TaskingFacts) =>
  !isAskedAsWhole(tasking.toConstituency) ? 'told' : asked.some(isReachable) ? 'asked' : 'unreached'

/** The modal's answer: that it stands, under which code, and who was told. */
export function taskingReceipt(view: ViewContext, facts: TaskingFacts, to: string) {
  const { t, dateTime } = view.words
  const { tasking } = facts
  return modal('tasking.receipt', { title: t('tasking.receipt.title'), close: t('alert.modal.done') }, {}, [
    section(`✅ *${t('tasking.receipt.recorded', { code: tasking.code })}*`),
    section(t(`tasking.receipt.${receiptKey(facts)}`, { to, at: dateTime(tasking.dueAt) })),
    actions('receipt', [button(t('help.show'), 'tasking.show', tasking.id)]),
  ])
}
