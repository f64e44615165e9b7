import type { Gate, Suspension } from '../../db/gates.ts'
import { GATE_CHECKS, GATE_FIELDS } from '../../domain/gate.ts'
import { type Language, textIn } from '../../domain/mission.ts'
import type { SeenGate } from '../../operations/gate.ts'
import { parseRoleKey } from '../../operations/permission.ts'
import type { Block, Rendered } from '../../ports.ts'
import { actions, begun, brief, button, context, fields, header, section } from '../blocks.ts'
import { dayText, pair, role, type ViewContext } from '../context.ts'
import { personName } from '../person.ts'

/** Characters of what was written, over all fields of a card. */
const ROOM = 6_000
const FIELD_MAX = 900
/** The field of the register that stands on no card: it is opened, and that is logged. */
const OPENED = 'assessment'

/** The name of a gate in the reader's language; an exercise before it. */
export function gateName(
  view: ViewContext,
  { gate, template }: Pick<SeenGate['facts'], 'gate' | 'template'>,
): string {
  const name = template ? textIn(template.name, view.words.language as Language) : gate.template
  return gate.exercise ? `${view.words.t('alert.exercise')} · ${name}` : name
}

/** A gate as one person may see it: how it stands for all who may know of it, what was written for those who decide. */
export function gateCard(view: ViewContext, seen: SeenGate): Rendered {
  const { t } = view.words
  const { facts } = seen
  const { gate } = facts
  const title = t('gate.card.title', { code: gate.code, name: gateName(view, facts) })
  const standing = standingText(view, seen)
  return {
    text: `${title}. ${standing}`,
    blocks: [
      header(title),
      section(`*${standing}*`),
      fields(factsOf(view, seen)),
      ...wordsOf(view, seen),
      ...historyOf(view, seen),
      ...buttonsOf(view, seen),
      context(...remarks(view, seen)),
    ],
  }
}

/** The last minute a decision holds (epoch ms): its last day is read as that day, not as the midnight behind it. */
export const lastMoment = ({ expiresAt }: Pick<Gate, 'expiresAt'>): number | null =>
  expiresAt === null ? null : expiresAt - 60_000

/** "Waits for Mission leadership." "Cleared until 30 Nov." */
export function standingText(view: ViewContext, { facts }: Pick<SeenGate, 'facts'>): string {
  const { t, dateTime } = view.words
  const { gate, deciders, unit, expired } = facts
  if (facts.paused) return t('gate.standing.paused')
  if (expired) return t('gate.standing.expired', { at: dateTime(lastMoment(gate) ?? view.now) })
  const decides = role(view, gate.state === 'endorsed' && unit ? unit : facts.decides)
  if (gate.state === 'waiting') {
    const vacant = deciders.length === 0
    if (vacant) return t('gate.standing.vacant', { role: decides })
    if (gate.dueAt === null) return t('gate.standing.waiting', { role: decides })
    const over = gate.dueAt <= view.now
    return t(over ? 'gate.standing.clockOver' : 'gate.standing.clock', {
      role: decides,
      at: dateTime(gate.dueAt),
    })
  }
  if (gate.expiresAt !== null)
    return t('gate.standing.until', {
      state: t(`gate.state.${gate.state}`),
      at: dateTime(lastMoment(gate) ?? gate.expiresAt),
    })
  return gate.state === 'endorsed'
    ? t('gate.standing.endorsed', { role: decides })
    : `${t(`gate.state.${gate.state}`)}.`
}

function factsOf(view: ViewContext, { facts, reads, decides }: SeenGate): string[] {
  const { t, date, dateTime } = view.words
  const { gate, asker, unit } = facts
  const part = t(`alert.constituency.${asker.constituency ?? gate.holder}`)
  // Which organisation asked is for those who decide; the unit deals with OCHA (R-074).
  const organisation = decides
    ? brief(asker.organisation ?? asker.section ?? part, 80)
    : t('gate.card.partner')
  const who = gate.kind === 'escort' ? organisation : begun(part)
  return [
    `*${t('gate.card.asked')}*\n${t('gate.card.askedBy', { who, at: dateTime(gate.askedAt) })}`,
    `*${t('gate.card.decides')}*\n${role(view, facts.decides)}`,
    ...(gate.about ? [`*${t(`gate.about.${gate.kind}`)}*\n${t(`gate.about.${gate.about}`)}`] : []),
    ...(gate.priority ? [`*${t('gate.card.priority')}*\n${t(`gate.priority.${gate.priority}`)}`] : []),
    ...(gate.district ? [`*${t('gate.field.district')}*\n${brief(gate.district, 80)}`] : []),
    ...(gate.days
      ? [`*${t('gate.card.window')}*\n${t('gate.card.days', { count: gate.days, day: date(gate.askedAt) })}`]
      : []),
    ...(gate.fromDay && gate.toDay && reads.command
      ? [
          `*${t('gate.card.window')}*\n${t('gate.card.fromTo', { from: dayText(view, gate.fromDay), to: dayText(view, gate.toDay) })}`,
        ]
      : []),
    ...(unit ? [`*${t('gate.card.unit')}*\n${role(view, unit)}`] : []),
  ]
}

function wordsOf(view: ViewContext, { facts, reads }: SeenGate): Block[] {
  const { t } = view.words
  const { gate } = facts
  const checks = reads.closed ? (GATE_CHECKS[gate.kind] ?? []) : []
  const tried = checks.length > 0 ? [section(checksText(view, gate, checks))] : []
  let room = ROOM
  const said = GATE_FIELDS[gate.kind].flatMap(({ id, read }) => {
    const words = gate.words[id]
    if (!words || !reads[read] || id === OPENED) return []
    const text = brief(words, Math.min(FIELD_MAX, Math.max(room, 60)))
    room -= text.length
    return [section(`*${t(`gate.field.${gate.kind}.${id}`)}*\n${text}`)]
  })
  return [...said, ...tried]
}

/** What was tried first; of a return, what holds and what does not. */
function checksText(view: ViewContext, { kind, tried }: Gate, checks: readonly string[]): string {
  const { t, list } = view.words
  if (kind === 'returns') {
    const marked = checks.map(code => `${tried.includes(code) ? '☑️' : '⬜'} ${t(`gate.returns.${code}`)}`)
    return [`*${t('gate.field.holds')}*`, ...marked].join('\n')
  }
  const said =
    tried.length === 0
      ? t('gate.card.nothingTried')
      : list(tried.map((code, index) => begun(t(`gate.tried.${code}`), index === 0)))
  return `*${t('gate.field.tried')}*\n${said}`
}

/** What was decided, by which post; the grounds for those who read what was written. */
function historyOf(view: ViewContext, { facts, reads }: SeenGate): Block[] {
  const { t, dateTime } = view.words
  const lines = facts.acts.map(({ act, as, at, reason }) => {
    const post = as === null ? t('gate.card.whoAsked') : role(view, parseRoleKey(as))
    const name = act === 'proceeding' ? facts.wentOn : null
    const by = name && !name.national ? `${post}, ${personName(view.words, name)}` : post
    const line = t('gate.card.act', { at: dateTime(at), by, state: t(`gate.state.${act}`) })
    return reason && reads.closed ? pair(view, line, brief(reason, 500)) : line
  })
  return lines.length === 0 ? [] : [section(lines.slice(-6).join('\n'))]
}

function buttonsOf(view: ViewContext, { facts, reads, decisions, proceeds }: SeenGate): Block[] {
  const { t } = view.words
  const { gate } = facts
  const deciding = decisions.filter(decision => decision !== 'withdrawn')
  const returned = gate.state === 'returned' && decisions.includes('withdrawn')
  const primary = { style: 'primary' } as const
  const elements = [
    ...(deciding.length > 0
      ? [
          button(
            t(
              gate.state === 'waiting' || gate.state === 'endorsed' ? 'gate.card.decide' : 'gate.card.change',
            ),
            'gate.decide',
            gate.id,
            gate.state === 'waiting' ? primary : {},
          ),
        ]
      : []),
    ...(gate.words[OPENED] && reads.closed
      ? [button(t('gate.card.assessment'), 'gate.assessment', gate.id)]
      : []),
    ...(returned ? [button(t('gate.card.again'), 'gate.again', gate.id, primary)] : []),
    ...(proceeds ? [button(t('gate.card.proceed'), 'gate.proceed', gate.id)] : []),
    ...(decisions.includes('withdrawn') ? [button(t('gate.card.withdraw'), 'gate.withdraw', gate.id)] : []),
  ]
  return elements.length === 0 ? [] : [actions(`gate:${gate.id}`, elements)]
}

function remarks(view: ViewContext, { facts, reads }: SeenGate): string[] {
  const { t } = view.words
  const { kind } = facts.gate
  return [
    ...(kind === 'consultation' || kind === 'escort' ? [t('gate.secure')] : []),
    ...(facts.notified.length > 0 && reads.closed
      ? [
          t('gate.card.notified', {
            references: view.words.list(facts.notified.map(text => brief(text, 40))),
          }),
        ]
      : []),
    ...(reads.closed || (kind === 'escort' && reads.command) ? [] : [t('gate.card.statusOnly')]),
    ...(kind === 'escort' ? [t('gate.card.lastResort')] : []),
    ...(kind === 'due_diligence' ? [t('gate.card.exempt')] : []),
    ...(kind === 'consultation' ? [t('gate.card.imminent')] : []),
    ...(kind === 'opinion' ? [t('gate.card.notHumanitarian')] : []),
    ...(kind === 'returns' ? [t('gate.card.voluntary')] : []),
  ]
}

/** What a section suspended, with the button that says it began again for those who answer for it. */
export function suspensionCard(view: ViewContext, row: Suspension, answers: boolean): Rendered {
  const { t, dateTime } = view.words
  const title = t('gate.suspension.title', { code: row.code })
  const state =
    row.restartedAt === null
      ? t('gate.suspension.until', { day: dayText(view, row.restartDay) })
      : t('gate.suspension.restarted', { at: dateTime(row.restartedAt) })
  return {
    text: `${title}. ${state}`,
    blocks: [
      header(title),
      section(`${suspensionLine(view, row)}\n*${state}*`),
      ...(answers && row.restartedAt === null
        ? [
            actions(`suspension:${row.id}`, [
              button(t('gate.suspension.restart'), 'suspension.restart', row.id),
            ]),
          ]
        : []),
    ],
  }
}

/** One line of the list of what is suspended. */
export function suspensionLine(view: ViewContext, row: Suspension): string {
  return view.words.t('gate.suspension.line', {
    code: row.code,
    district: brief(row.district, 80),
    who: row.as ? role(view, parseRoleKey(row.as)) : view.words.t(`alert.constituency.${row.holder}`),
    what: brief(row.what, 300),
    day: dayText(view, row.restartDay),
  })
}
