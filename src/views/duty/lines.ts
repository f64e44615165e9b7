import type { DutyPeriod, DutyTest } from '../../db/duties.ts'
import type { AlertFacts } from '../../operations/alert/facts.ts'
import type { Person } from '../../operations/context.ts'
import type { Block, Rendered } from '../../ports.ts'
import { actions, brief, button, context, section } from '../blocks.ts'
import { roleNamed, type ViewContext } from '../context.ts'
import { alertList } from '../help.ts'
import { personName } from '../person.ts'

const NOTE_MAX = 2500

/** A duty and what goes with it, as the one who stands it now reads it. */
export interface Taken {
  role: string
  /** Who had it before and what they left to know; null where nothing is known. */
  previous: (DutyPeriod & { person: Person }) | null
  waiting: AlertFacts[]
}

/** "You are on duty now": the note left, the alerts that wait, and a test message to ask for. */
export function yoursMessage(view: ViewContext, taken: Taken): Rendered {
  const { t } = view.words
  const title = t('duty.yours', { role: roleNamed(view, taken.role) })
  return {
    text: `${title} ${waitingText(view, taken)}`,
    blocks: [section(`*${title}*`), ...takenBlocks(view, taken)],
  }
}

/** What stands below the first line in a message and in a receipt. */
export function takenBlocks(view: ViewContext, { role, previous, waiting }: Taken): Block[] {
  const { t } = view.words
  return [
    ...(previous ? [section(noteText(view, previous))] : []),
    section(waitingText(view, { waiting })),
    ...alertList(view, waiting),
    actions('duty', [button(t('duty.test.ask'), 'duty.test', role)]),
    context(t('duty.off.how', { prefix: view.mission.commandPrefix })),
  ]
}

function noteText(view: ViewContext, { note, until, person }: NonNullable<Taken['previous']>): string {
  const { t, dateTime } = view.words
  const who = { person: personName(view.words, person), at: dateTime(until ?? view.now) }
  return note ? `${t('duty.note.left', who)}\n>${brief(note, NOTE_MAX)}` : t('duty.note.none', who)
}

function waitingText(view: ViewContext, { waiting }: Pick<Taken, 'waiting'>): string {
  const { t } = view.words
  return waiting.length === 0 ? t('duty.nothingWaits') : t('duty.waits', { count: waiting.length })
}

/** To whoever had the duty: somebody else has it now. */
export function takenMessage(view: ViewContext, role: string, by: DutyPeriod & { person: Person }): Rendered {
  return {
    text: view.words.t('duty.taken', {
      role: roleNamed(view, role),
      person: personName(view.words, by.person),
      at: view.words.dateTime(by.since),
    }),
  }
}

/** To whoever appoints and the operations centre: a test message found nobody. */
export function missedMessage(view: ViewContext, role: string, test: DutyTest): Rendered {
  return {
    text: view.words.t('duty.test.missed', {
      role: roleNamed(view, role),
      at: view.words.time(test.askedAt),
    }),
  }
}

/** To whoever appoints: posts nobody holds. */
export function vacantMessage(view: ViewContext, roles: readonly string[]): Rendered {
  const { t } = view.words
  const title = t('duty.vacant.title', { count: roles.length })
  const explain = t('duty.vacant.explain', { prefix: view.mission.commandPrefix })
  const names = roles.map(key => `• ${roleNamed(view, key)}`).join('\n')
  return {
    text: `${title} ${view.words.list(roles.map(key => roleNamed(view, key)))}. ${explain}`,
    blocks: [section(`*${title}*\n${names}`), context(explain)],
  }
}

/** A test message with its press, or what became of it. */
export function testCard(view: ViewContext, test: DutyTest): Rendered {
  const { t, time, duration } = view.words
  const role = roleNamed(view, test.sector ? `${test.role}@${test.sector}` : test.role)
  if (test.confirmedAt !== null) {
    const text = t('duty.test.confirmed', {
      role,
      at: time(test.confirmedAt),
      after: duration(Math.max(1000, test.confirmedAt - test.askedAt)),
    })
    return { text, blocks: [section(`✅ ${text}`)] }
  }
  const text = t('duty.test.text', { role, at: time(test.askedAt) })
  return {
    text,
    blocks: [
      section(`🔔 ${text}`),
      actions('test', [button(t('duty.test.confirm'), 'duty.confirm', test.id, { style: 'primary' })]),
    ],
  }
}
