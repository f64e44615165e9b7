import type { VacantPost } from '../../operations/duty/vacancy.ts'
import type { Accountable, Answerable, WhoAnswer } from '../../operations/duty/who.ts'
import type { Rendered } from '../../ports.ts'
import { brief, context, header, section } from '../blocks.ts'
import { role, sector, type ViewContext } from '../context.ts'
import { personName } from '../person.ts'
import { byAuthor, taskLines } from './call-sheet.ts'

/** Answers one message shows. */
const SHOWN = 12
const WORDS_MAX = 100

/** Who answers, and the next above; private. */
export function whoMessage(view: ViewContext, words: string, found: WhoAnswer): Rendered {
  const { t } = view.words
  const prefix = view.mission.commandPrefix
  if (found.about === 'nothing')
    return { text: t('duty.who.nothing', { words: brief(words, WORDS_MAX), prefix }) }
  const title = titleOf(view, found)
  const lines = found.answers.slice(0, SHOWN).map(answer => answerText(view, answer))
  return {
    text: [title, ...lines.map(line => line.replaceAll('*', '').replaceAll('\n', ' '))].join('\n'),
    blocks: [section(`*${title}*`), ...lines.map(line => section(line)), context(t('duty.who.phone'))],
  }
}

/** `/poc who` alone. */
export function whoUsage(view: ViewContext): Rendered {
  return { text: view.words.t('duty.who.usage', { prefix: view.mission.commandPrefix }) }
}

function titleOf(view: ViewContext, found: Exclude<WhoAnswer, { about: 'nothing' }>): string {
  const { t } = view.words
  switch (found.about) {
    case 'role':
      return t('duty.who.role')
    case 'sector':
      return t('duty.who.sector', { sector: sector(view, found.sector) })
    case 'place':
      return t('duty.who.place', { place: brief(found.place, WORDS_MAX), sector: sector(view, found.sector) })
    case 'alert':
      return t('duty.who.alert', { code: found.code })
  }
}

function answerText(view: ViewContext, answer: Answerable): string {
  const first = view.words.t('alert.labelled', {
    label: `*${role(view, answer.ref)}*`,
    text: personText(view, answer),
  })
  if (!answer.above) return first
  const above = { role: role(view, answer.above.ref), person: personText(view, answer.above) }
  return `${first}\n${view.words.t('duty.who.above', above)}`
}

function personText(view: ViewContext, { ref, person, manned, base }: Accountable): string {
  const { t } = view.words
  const phone = view.mission.roles.find(({ id }) => id === ref.role)?.phone
  const who = person
    ? personName(view.words, person)
    : !manned
      ? t('duty.who.nobody')
      : base
        ? t('duty.sheet.at', { base: brief(base, WORDS_MAX) })
        : t('duty.who.manned')
  return phone ? `${who}, ☎ ${phone}` : who
}

/** `/poc who tasks`: who may task whom, and who may only ask. */
export function tasksMessage(view: ViewContext): Rendered {
  const { t } = view.words
  const authors = [...byAuthor(view.mission.tasking)]
  if (authors.length === 0) return { text: t('duty.tasks.none') }
  const lines = authors.map(
    ([from, rows]) => `*${role(view, { role: from, sector: null })}*\n${taskLines(view, rows).join('\n')}`,
  )
  return {
    text: [t('duty.tasks.title'), ...lines.map(line => line.replaceAll('*', ''))].join('\n'),
    blocks: [
      header(t('duty.tasks.title')),
      context(t('duty.tasks.explain')),
      ...lines.slice(0, 45).map(line => section(line)),
    ],
  }
}

/** `/poc vacancies`; private. */
export function vacanciesMessage(view: ViewContext, vacant: readonly VacantPost[]): Rendered {
  const { t, date, list } = view.words
  if (vacant.length === 0) return { text: t('duty.vacant.none') }
  const title = t('duty.vacant.title', { count: vacant.length })
  const lines = vacant.map(({ ref, since, manned, standIn }) => {
    const head = `• *${role(view, ref)}*, ${t('duty.vacant.since', { day: date(since) })}`
    const person = standIn ? personName(view.words, standIn) : t('duty.vacant.somebody')
    const alerts = view.mission.ladders.some(({ rungs }) => rungs.some(rung => rung.role === ref.role))
    const missing = t(alerts ? 'duty.vacant.nobody' : 'duty.vacant.noAlerts')
    return `${head}. ${manned ? t('duty.vacant.standIn', { person }) : missing}`
  })
  return {
    text: `${title} ${list(vacant.map(({ ref }) => role(view, ref)))}.`,
    blocks: [section(`*${title}*`), ...lines.slice(0, 40).map(line => section(line))],
  }
}
