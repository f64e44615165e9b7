import type { GateLink, Suspension } from '../../db/gates.ts'
import { awaitedOf } from '../../domain/gate.ts'
import { type GateTemplate, type Language, type RoleRef, textIn } from '../../domain/mission.ts'
import type { EscortMonth, RegisterEntry, SeenGate } from '../../operations/gate.ts'
import type { Block, Rendered } from '../../ports.ts'
import { actions, bare, brief, button, context, fitting, header, section } from '../blocks.ts'
import { pair, role, type ViewContext } from '../context.ts'
import type { ReminderItem } from '../reminder.ts'
import { gateName, lastMoment, standingText, suspensionLine } from './card.ts'

const ROOM = 6_000
const SHOWN = 15

/** `/poc gate`: what waits for this person, what they may open, what they may see. */
export function gatesMessage(
  view: ViewContext,
  {
    waiting,
    others,
    opens,
  }: { waiting: readonly SeenGate[]; others: readonly SeenGate[]; opens: readonly GateTemplate[] },
): Rendered {
  const { t } = view.words
  const title = t('gate.list.title')
  const lead =
    waiting.length === 0 ? t('gate.list.waitsNone') : t('gate.list.waits', { count: waiting.length })
  const prefix = view.mission.commandPrefix
  return {
    text: `${title}. ${lead}`,
    blocks: [
      header(title),
      section(`*${lead}*`),
      ...gateItems(view, waiting),
      ...(others.length > 0 ? [section(`*${t('gate.list.others')}*`), ...gateItems(view, others)] : []),
      ...(opens.length > 0
        ? [
            actions(
              'gate:open',
              opens
                .slice(0, 20)
                .map(template =>
                  button(
                    t('gate.list.open', { name: textIn(template.name, view.words.language as Language) }),
                    `gate.ask:${template.id}`,
                    template.id,
                  ),
                ),
            ),
          ]
        : []),
      context(t('gate.list.more', { prefix })),
    ],
  }
}

/** Gates that wait for somebody and those they asked for, each below a line of its own; nothing where there are none. */
export function waitingGates(
  view: ViewContext,
  waiting: readonly SeenGate[],
  asked: readonly SeenGate[],
): Block[] {
  const { t } = view.words
  const lead = pair(view, t('gate.list.title'), t('gate.list.waits', { count: waiting.length }))
  return [
    ...(waiting.length > 0 ? [section(`*${lead}*`), ...gateItems(view, waiting.slice(0, 5))] : []),
    ...(asked.length > 0
      ? [section(`*${t('gate.list.asked')}*`), ...gateItems(view, asked.slice(0, 5))]
      : []),
  ]
}

/** Gates with a button each; those that find no room are counted. */
export function gateItems(view: ViewContext, gates: readonly SeenGate[]): Block[] {
  const { t } = view.words
  const texts = gates.slice(0, SHOWN).map(seen => gateLine(view, seen))
  const { shown } = fitting(texts, ROOM)
  const rest = gates.length - shown.length
  const show = t('help.show')
  return [
    ...shown.map((text, index) => {
      const { id, code } = gates[index]!.facts.gate
      return section(text, button(show, 'gate.show', id, { label: `${show} ${code}` }))
    }),
    ...(rest > 0 ? [context(t('gate.list.rest', { count: rest }))] : []),
  ]
}

/** One line: code, name, how it stands, and how long it has waited. */
export function gateLine(view: ViewContext, seen: SeenGate): string {
  const { gate } = seen.facts
  const unit = gate.words.unit && seen.reads.open ? ` · ${brief(gate.words.unit, 60)}` : ''
  const district = gate.district && seen.reads.open ? ` · ${brief(gate.district, 60)}` : ''
  const waits = awaitedOf(gate.kind, gate.state) !== null && !seen.facts.expired
  const { t, duration } = view.words
  const age = waits
    ? ` ${t('gate.list.waiting', { span: duration(Math.max(60_000, view.now - gate.askedAt)) })}`
    : ''
  return `*${gate.code}* · ${gateName(view, seen.facts)}${unit}${district}\n${standingText(view, seen)}${age}`
}

/** `/poc gate support`: the register of support to forces outside the UN. */
export function registerMessage(view: ViewContext, entries: readonly RegisterEntry[]): Rendered {
  const { t } = view.words
  const title = t('gate.register.title')
  const lines = entries.map(entry => `• ${entryText(view, entry)}`)
  const { shown, rest } = fitting(lines, ROOM)
  return {
    text: `${title}. ${t('gate.register.count', { count: entries.length })}`,
    blocks: [
      header(title),
      section(lines.length === 0 ? t('gate.register.count', { count: 0 }) : shown.join('\n')),
      ...(rest > 0 ? [context(t('gate.list.rest', { count: rest }))] : []),
      context(t('gate.card.statusOnly'), t('gate.card.exempt')),
    ],
  }
}

/** "G-7K4Q · 2nd Battalion, its commander · logistics: cleared, 30 Nov". */
function entryText(view: ViewContext, entry: RegisterEntry): string {
  const { gate, commander } = entry
  const who = commander ? `, ${brief(commander, 60)}` : ''
  return `${gate.code} · ${brief(gate.words.unit ?? '', 60)}${who} · ${entryStanding(view, entry)}`
}

/** An entry as an option of a form: its unit, and under it how it stands, for the room of one line holds not both. */
export function entryChoice(view: ViewContext, entry: RegisterEntry): { text: string; description: string } {
  const { gate } = entry
  const played = gate.exercise ? `${view.words.t('alert.exercise')} · ` : ''
  return {
    text: `${played}${gate.code} · ${bare(gate.words.unit ?? '')}`,
    description: entryStanding(view, entry),
  }
}

function entryStanding(view: ViewContext, { gate, expired }: RegisterEntry): string {
  const { t, date } = view.words
  const state = expired ? t('gate.register.expired') : t(`gate.state.${gate.state}`)
  const last = lastMoment(gate)
  const day = last === null ? '' : date(last)
  const standing =
    last === null ? state : expired ? `${state}, ${day}` : t('gate.register.until', { state, day })
  return pair(view, t(`gate.about.${gate.about}`), standing)
}

/** `/poc gate suspended`: what sections suspended, and when it begins again. */
export function suspendedMessage(view: ViewContext, rows: readonly Suspension[]): Rendered {
  const { t } = view.words
  const title = t('gate.suspension.list')
  const { shown, rest } = fitting(
    rows.map(row => `• ${suspensionLine(view, row)}`),
    ROOM,
  )
  return {
    text: pair(view, title, view.words.number(rows.length)),
    blocks: [
      header(title),
      section(rows.length === 0 ? t('gate.suspension.none') : shown.join('\n')),
      ...(rest > 0 ? [context(t('gate.list.rest', { count: rest }))] : []),
    ],
  }
}

/** `/poc gate escorts`: counts by month, for the humanitarian country team. */
export function figuresMessage(view: ViewContext, months: readonly EscortMonth[]): Rendered {
  const { t, number, duration } = view.words
  const title = t('gate.figures.title')
  const said = (count: number | null) => (count === null ? t('gate.figures.few') : number(count))
  const lines = months.map(({ month, asked, granted, refused, open, waitMs }) => {
    const line = t('gate.figures.line', {
      month,
      asked: said(asked),
      granted: said(granted),
      refused: said(refused),
      open: said(open),
    })
    return waitMs === null
      ? line
      : `${line}. ${t('gate.figures.wait', { span: duration(Math.max(60_000, waitMs)) })}`
  })
  return {
    text: [title, ...lines].join('. '),
    blocks: [
      header(title),
      section(lines.length === 0 ? t('gate.figures.none') : lines.join('\n')),
      context(t('gate.figures.hidden')),
    ],
  }
}

/** What was decided, or what ran out, to one of those it concerns. */
export function gateMessage(view: ViewContext, seen: SeenGate, line: string): Rendered {
  const { t, dateTime } = view.words
  const { gate } = seen.facts
  const last = seen.facts.acts.at(-1)
  const code = gate.code
  const unit = gate.words.unit && seen.reads.open ? ` · ${brief(gate.words.unit, 60)}` : ''
  const name = `${gateName(view, seen.facts)}${unit}`
  const at = dateTime(lastMoment(gate) ?? gate.dueAt ?? view.now)
  const lead = t(`gate.line.${line}`, {
    code,
    name,
    at,
    state: t(`gate.state.${gate.state}`),
    role: role(view, seen.facts.decides),
  })
  const reason =
    line === 'decided' && seen.reads.closed && last?.reason
      ? ` ${t('gate.line.reason', { reason: brief(last.reason, 800) })}`
      : ''
  return { text: `${lead}${reason}`, blocks: [section(`${lead}${reason}`)] }
}

/** Asks a section to call before it uses its contacts; why is said on the phone. */
export function callFirstMessage(
  view: ViewContext,
  gate: { id: string; district: string; days: number; askedAt: number; exercise: boolean },
  calls: { name: string; phone: string | null },
): Rendered {
  const { t, date } = view.words
  const district = brief(gate.district, 80)
  const lead = t(calls.phone ? 'gate.callFirst.leadPhone' : 'gate.callFirst.lead', {
    district,
    days: t('gate.card.days', { count: gate.days, day: date(gate.askedAt) }),
    role: calls.name,
    phone: calls.phone ?? '',
  })
  return {
    text: played(view, gate, lead),
    blocks: [
      section(`☎️ *${played(view, gate, lead)}*\n${t('gate.callFirst.why')}`),
      // What an exercise asks for is not suspended: the list of what is would hold it.
      ...(gate.exercise
        ? []
        : [
            actions(`gate:${gate.id}:suspend`, [
              button(t('gate.callFirst.suspend'), 'suspension.add', gate.id),
            ]),
          ]),
    ],
  }
}

/** Something went ahead of a gate: on which ground, by which post, and why; to whoever decides the gate. */
export function aheadMessage(
  view: ViewContext,
  template: GateTemplate,
  link: Pick<GateLink, 'ground' | 'reason' | 'at'> & { exercise: boolean },
  by: RoleRef | null,
): Rendered {
  const { t, dateTime } = view.words
  const text = t('gate.ahead', {
    name: textIn(template.name, view.words.language as Language),
    ground: t(`gate.exemption.${link.ground}`),
    by: by ? role(view, by) : t('gate.card.theMission'),
    at: dateTime(link.at),
    reason: brief(link.reason ?? '', 800),
  })
  const said = played(view, link, text)
  return { text: said, blocks: [section(said)] }
}

/** A sentence, with the mark of an exercise before it where it is one. */
const played = (view: ViewContext, { exercise }: { exercise: boolean }, text: string) =>
  exercise ? `${view.words.t('alert.exercise')} · ${text}` : text

/** A clearance that runs out soon, in a reminder. */
export function gateReminder(view: ViewContext, seen: SeenGate): ReminderItem {
  const { gate } = seen.facts
  const show = view.words.t('help.show')
  return {
    recordId: gate.id,
    text: gateMessage(view, seen, 'expires_soon').text,
    button: button(show, 'gate.show', gate.id, { label: `${show} ${gate.code}` }),
  }
}

/** What was suspended and should have begun again, in a reminder. */
export function suspensionReminder(view: ViewContext, row: Suspension): ReminderItem {
  const restart = view.words.t('gate.suspension.restart')
  return {
    recordId: row.id,
    text: suspensionLine(view, row),
    button: button(restart, 'suspension.restart', row.id, { label: `${restart} ${row.code}` }),
  }
}
