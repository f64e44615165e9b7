import {
  ESCORT_PRIORITIES,
  GATE_CHECKS,
  GATE_CODES,
  GATE_FIELDS,
  type GateDecision,
  needsExpiry,
  needsReason,
} from '../../domain/gate.ts'
import type { GateTemplate } from '../../domain/mission.ts'
import { gateLimits, type SeenGate, suspensionLimits } from '../../operations/gate.ts'
import type { Block } from '../../ports.ts'
import { previewAction } from '../alert/preview.ts'
import {
  brief,
  checkboxes,
  context,
  input,
  modal,
  option,
  plain,
  radio,
  section,
  select,
  textInput,
} from '../blocks.ts'
import { role, type ViewContext } from '../context.ts'
import { exerciseInput } from '../exercise.ts'
import { standingText } from './card.ts'

/** The form of a gate; `seen` fills it in again for an escort that was returned. */
export function askModal(view: ViewContext, template: GateTemplate, seen: SeenGate | null = null) {
  const { t } = view.words
  const { kind } = template
  const gate = seen?.facts.gate ?? null
  const decides = role(view, { role: template.decides, sector: null })
  const codes = GATE_CODES[kind]?.filter(code => code !== 'humanitarian')
  const choose = t('alert.details.choose')
  return modal(
    seen ? 'gate.again' : 'gate.ask',
    { title: t(`gate.form.${kind}.title`), submit: t('gate.form.submit'), close: t('alert.modal.cancel') },
    { template: template.id, ...(gate ? { gateId: gate.id } : {}) },
    [
      section(t(`gate.form.${kind}.about`, { role: decides })),
      ...(kind === 'consultation' || kind === 'escort' ? [section(`*${t('gate.secure')}*`)] : []),
      ...(codes && !gate
        ? [
            input(
              'about',
              t(`gate.about.${kind}`),
              select(
                'about',
                choose,
                codes.map(value => ({ value, text: t(`gate.about.${value}`) })),
              ),
            ),
          ]
        : []),
      ...(kind === 'due_diligence' || gate ? [] : [districtInput(view)]),
      ...(kind === 'consultation'
        ? [
            input('days', t('gate.field.days'), textInput('days', { max: 2 }), {
              hint: t('gate.form.daysHint'),
            }),
          ]
        : []),
      ...(kind === 'returns' ? [checksInput(view, kind, [])] : []),
      ...(kind === 'escort' ? escortFields(view, seen) : fieldInputs(view, template, {})),
      ...(gate ? [] : [previewAction(view, 'gate'), exerciseInput(view)]),
      context(t('help.confidential')),
    ],
  )
}

function escortFields(view: ViewContext, seen: SeenGate | null): Block[] {
  const { t } = view.words
  const words = seen?.facts.gate.words ?? {}
  const all = fieldInputs(view, { kind: 'escort' }, words)
  const at = GATE_FIELDS.escort.findIndex(({ id }) => id === 'triedHow')
  const day = (field: 'fromDay' | 'toDay') => {
    const initial = seen?.facts.gate[field]
    return input(field, t(`gate.field.${field}`), {
      type: 'datepicker',
      action_id: field,
      ...(initial ? { initial_date: initial } : {}),
    })
  }
  const tried = checksInput(view, 'escort', seen?.facts.gate.tried ?? [])
  const priority = input(
    'priority',
    t('gate.field.priority'),
    select(
      'priority',
      t('alert.details.choose'),
      ESCORT_PRIORITIES.map(value => ({ value, text: t(`gate.priority.${value}`) })),
      seen?.facts.gate.priority ?? 'routine',
    ),
  )
  return [day('fromDay'), day('toDay'), priority, ...all.slice(0, at), tried, ...all.slice(at)]
}

/** What was tried first, or what holds of a return: nothing needs to be ticked. */
function checksInput(view: ViewContext, kind: 'escort' | 'returns', ticked: readonly string[]): Block {
  const { t } = view.words
  const words = kind === 'escort' ? 'tried' : 'returns'
  const choices = (GATE_CHECKS[kind] ?? []).map(value => ({ value, text: t(`gate.${words}.${value}`) }))
  return input(
    'tried',
    t(kind === 'escort' ? 'gate.field.tried' : 'gate.field.holds'),
    checkboxes('tried', choices, ticked),
    { optional: true, hint: t(kind === 'escort' ? 'gate.form.triedHint' : 'gate.form.holdsHint') },
  )
}

function fieldInputs(
  view: ViewContext,
  { kind }: Pick<GateTemplate, 'kind'>,
  words: Readonly<Record<string, string>>,
): Block[] {
  const { t } = view.words
  return GATE_FIELDS[kind].map(({ id, max, optional = false, oneLine = false, read }) =>
    input(
      id,
      t(`gate.field.${kind}.${id}`),
      textInput(id, { multiline: !oneLine, max, initial: words[id] ?? null }),
      { optional, ...(kind === 'due_diligence' ? { hint: t(`gate.form.read.${read}`) } : {}) },
    ),
  )
}

/** A district of the gazetteer, by typing a part of its name. */
export function districtInput(
  view: ViewContext,
  options: { optional?: boolean; initial?: string | null } = {},
): Block {
  const { t } = view.words
  const { optional = false, initial = null } = options
  return input(
    'district',
    t('gate.field.district'),
    {
      type: 'external_select',
      action_id: 'gate.district',
      placeholder: plain(t('gate.form.districtHint'), 150),
      min_query_length: 0,
      ...(initial ? { initial_option: option({ text: initial, value: initial }) } : {}),
    },
    { optional },
  )
}

/** *Decide*: what this person may decide, with the words and the day it asks for. */
export function decideModal(view: ViewContext, seen: SeenGate) {
  const { t } = view.words
  const { gate } = seen.facts
  const decisions = seen.decisions.filter(decision => decision !== 'withdrawn')
  const named = (some: readonly GateDecision[]) => view.words.list(some.map(id => t(`gate.decision.${id}`)))
  const reasoned = decisions.filter(needsReason)
  const dated = decisions.filter(needsExpiry)
  return modal(
    'gate.decide',
    {
      title: t('gate.decide.title', { code: gate.code }),
      submit: t('gate.decide.submit'),
      close: t('alert.modal.cancel'),
    },
    { gateId: gate.id },
    [
      section(standingText(view, seen)),
      ...assessmentBlocks(view, seen),
      input(
        'decision',
        t('gate.decide.decision'),
        radio(
          'decision',
          decisions.map(value => ({ value, text: t(`gate.decision.${value}`) })),
          decisions.length === 1 ? decisions[0] : undefined,
        ),
      ),
      input(
        'reason',
        t(`gate.decide.reason.${gate.kind}`),
        textInput('reason', { multiline: true, max: gateLimits.reason }),
        {
          optional: true,
          ...(reasoned.length > 0
            ? { hint: t('gate.decide.reasonHint', { decisions: named(reasoned) }) }
            : {}),
        },
      ),
      ...(dated.length > 0
        ? [
            input(
              'expiresDay',
              t('gate.decide.expires'),
              { type: 'datepicker', action_id: 'expiresDay' },
              { optional: true, hint: t('gate.decide.expiresHint', { decisions: named(dated) }) },
            ),
          ]
        : []),
    ],
  )
}

/** What human rights wrote of a unit, for those who may read it. */
export function assessmentModal(view: ViewContext, seen: SeenGate) {
  const { t } = view.words
  return modal('gate.assessment', { title: t('gate.card.assessment'), close: t('alert.modal.close') }, {}, [
    ...assessmentBlocks(view, seen),
    context(t('gate.assessment.logged')),
  ])
}

/** Unit, commander and assessment; nothing where the reader sees only how it stands. */
function assessmentBlocks(view: ViewContext, { facts: { gate }, reads }: SeenGate): Block[] {
  if (gate.kind !== 'due_diligence' || !reads.closed) return []
  return GATE_FIELDS.due_diligence.flatMap(({ id, max }) => {
    const words = gate.words[id]
    return words ? [section(`*${view.words.t(`gate.field.due_diligence.${id}`)}*\n${brief(words, max)}`)] : []
  })
}

/** *Go on with it on record*: by name and reason. */
export function proceedModal(view: ViewContext, { facts: { gate, decides } }: SeenGate) {
  const { t } = view.words
  return modal(
    'gate.proceed',
    {
      title: t('gate.proceed.title', { code: gate.code }),
      submit: t('gate.proceed.submit'),
      close: t('alert.modal.cancel'),
    },
    { gateId: gate.id },
    [
      section(
        t(gate.state === 'concern' ? 'gate.proceed.concern' : 'gate.proceed.silence', {
          role: role(view, decides),
        }),
      ),
      input(
        'reason',
        t('gate.proceed.reason'),
        textInput('reason', { multiline: true, max: gateLimits.reason }),
      ),
    ],
  )
}

/** *We suspend something*: what, and when it begins again. */
export function suspendModal(view: ViewContext, gateId: string) {
  const { t } = view.words
  return modal(
    'suspension.add',
    { title: t('gate.suspension.form'), submit: t('alert.modal.save'), close: t('alert.modal.cancel') },
    { gateId },
    [
      section(t('gate.suspension.about')),
      input(
        'what',
        t('gate.suspension.what'),
        textInput('what', { multiline: true, max: suspensionLimits.what }),
      ),
      input(
        'restartDay',
        t('gate.suspension.day'),
        { type: 'datepicker', action_id: 'restartDay' },
        {
          hint: t('gate.suspension.dayHint'),
        },
      ),
    ],
  )
}
