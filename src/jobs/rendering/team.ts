import { DateTime } from 'luxon'
import { csvText } from '../../domain/csv.ts'
import type { Reader } from '../../domain/sharing.ts'
import type { Locales } from '../../locales/index.ts'
import { personReader } from '../../operations/channel.ts'
import type { Ctx, Person } from '../../operations/context.ts'
import { type TeamFacts, teamFacts } from '../../operations/team/facts.ts'
import { teamFileLines } from '../../operations/team/list.ts'
import { askTeamQuestion } from '../../operations/team/questions.ts'
import { mayReadTeam } from '../../operations/team/readers.ts'
import { teamShownTo } from '../../operations/team/reading.ts'
import { watchTeam } from '../../operations/team/watch.ts'
import { button, section } from '../../views/blocks.ts'
import type { ViewContext } from '../../views/context.ts'
import type { ReminderItem } from '../../views/reminder.ts'
import { hiddenTeam, teamCard } from '../../views/team/card.ts'
import { presenceColumns, teamCalendar, teamColumns } from '../../views/team/files.ts'
import { isAlarm, questionCard, teamLine } from '../../views/team/lines.ts'
import { teamName } from '../../views/team/phrases.ts'
import type { Delivery, Renderer } from '../contract.ts'
import { audience } from './audience.ts'
import { toPerson } from './gate.ts'
import type { RenderingFamily } from './index.ts'

const gone: Delivery = { do: 'drop', code: 'gone' }
const notTheirs: Delivery = { do: 'drop', code: 'not_for_this_audience' }

async function factsOf(ctx: Ctx, id: string): Promise<TeamFacts | null> {
  const team = await ctx.store.read.teams.byId(id)
  return team ? teamFacts(ctx.store.read, ctx.mission, ctx.clock.now(), team) : null
}

/** A team for everybody its target could hold; nothing where one of them may not read it. */
function forAudience(
  locales: Locales,
  render: (
    ctx: Ctx,
    view: ViewContext,
    facts: TeamFacts,
    reader: Reader,
    entry: Parameters<Renderer>[1],
  ) => Promise<Delivery>,
): Renderer {
  return async (ctx, entry) => {
    const facts = await factsOf(ctx, entry.recordId)
    const to = facts && (await audience(ctx, locales, entry.target))
    if (!facts || !to) return gone
    const view = { words: to.words, mission: ctx.mission, now: ctx.clock.now() }
    if (mayReadTeam(ctx, facts, 'record', to.reader)) return render(ctx, view, facts, to.reader, entry)
    // A card left standing would go on showing what these readers may not see.
    const stands = entry.kind === 'card' && (await ctx.store.read.cards.get(facts.team.id, entry.target))
    return stands ? { do: 'card', recordId: facts.team.id, message: hiddenTeam(view) } : notTheirs
  }
}

const card = (locales: Locales) =>
  forAudience(locales, async (ctx, view, facts, reader) => ({
    do: 'card',
    recordId: facts.team.id,
    message: teamCard(view, facts, await teamShownTo(ctx, facts, reader)),
  }))

const line = (locales: Locales) =>
  forAudience(locales, async (ctx, view, facts, reader, entry) => {
    const line = String(entry.data.line)
    const message = teamLine(view, facts, await teamShownTo(ctx, facts, reader), line)
    if (!message) return { do: 'drop', code: 'overtaken' }
    // Lives may hang on it: it comes as a message of its own, not under a card of days ago.
    if (isAlarm(line)) return { do: 'line', message }
    return { do: 'line', message, threadOf: facts.team.id }
  })

/** A question for the one person who was asked; of reprisals an answer for the human rights roles alone. */
const question = (locales: Locales) =>
  toPerson(locales, async (ctx, view, entry, person) => {
    const row = await ctx.store.read.teams.question(entry.recordId)
    const facts = row && (await factsOf(ctx, row.teamId))
    if (!row || !facts) return gone
    const own = row.asked === person.id
    if (!own) {
      const roles = await ctx.store.read.roles.rolesOf(person.id, ctx.clock.now())
      const specialist = roles.some(({ role }) => ctx.mission.layers.human_rights.includes(role))
      if (row.kind !== 'reprisal' || row.answer === null || !specialist) return notTheirs
    }
    return { do: 'card', recordId: row.id, message: questionCard(view, { question: row, facts }, own) }
  })

const titles: Readonly<Record<string, string>> = {
  invitation: 'team.invitation',
  ics: 'team.calendarTitle',
  presence: 'team.presenceTitle',
}

/** A file for the one person it is for, from what they may read at this moment. */
const file = (locales: Locales) =>
  toPerson(locales, async (ctx, view, entry, person) => {
    const roles = await ctx.store.read.roles.rolesOf(person.id, view.now)
    const own: Ctx = { ...ctx, actor: { kind: 'person', person, roles } }
    const kind = String(entry.data.file)
    const pieces: string[] = []
    let count = 0
    let name = view.words.t('team.fileName')
    if (kind === 'invitation') {
      const facts = await factsOf(ctx, String(entry.data.team))
      const reader: Reader = { kind: 'person', personId: person.id, constituency: person.constituency, roles }
      if (!facts) return gone
      if (!mayReadTeam(ctx, facts, 'movements', reader)) return notTheirs
      const shown = await teamShownTo(ctx, facts, reader)
      pieces.push(teamCalendar(view, [{ facts, shown }], true))
      name = facts.team.code
      count = 1
    } else if (kind === 'presence') {
      const presence = await teamFileLines(own, 'presence')
      count = presence.length
      for await (const piece of csvText(presenceColumns(view), presence)) pieces.push(piece)
    } else {
      const all = await teamFileLines(own, kind === 'ics' ? 'ics' : 'csv')
      count = all.length
      if (kind === 'ics') pieces.push(teamCalendar(view, all))
      else for await (const piece of csvText(teamColumns(view), all)) pieces.push(piece)
    }
    if (count === 0) {
      const text = view.words.t(`team.done.noFile.${kind}`)
      return { do: 'line', message: { text, blocks: [section(text)] } }
    }
    const title = view.words.t(titles[kind] ?? 'team.fileTitle', {
      count,
      code: name,
    })
    const day = DateTime.fromMillis(view.now, { zone: view.words.zone }).toISODate()
    const ending = kind === 'ics' || kind === 'invitation' ? 'ics' : 'csv'
    return {
      do: 'file',
      recordId: entry.recordId,
      file: {
        name: kind === 'invitation' ? `${name}.ics` : `tocsin-${name}-${day}.${ending}`,
        title,
        bytes: Buffer.from(pieces.join(''), 'utf8'),
        altText: title,
        text: title,
      },
    }
  })

/** A report that is awaited, as a thing to be reminded of. */
export async function teamReminded(
  ctx: Ctx,
  view: ViewContext,
  id: string,
  person: Person,
): Promise<ReminderItem | null> {
  const facts = await factsOf(ctx, id)
  const reader = await personReader(ctx.store.read, person, ctx.clock.now())
  if (facts?.team.state !== 'back' || !mayReadTeam(ctx, facts, 'record', reader)) return null
  const { code } = facts.team
  const due = facts.team.reportDueAt === null ? '' : view.words.dateTime(facts.team.reportDueAt)
  const text = `${teamName(view, facts)}\n${view.words.t('team.reportDue', { due })}`
  const show = view.words.t('help.show')
  return { recordId: id, text, button: button(show, 'team.show', id, { label: `${show} ${code}` }) }
}

export const teamRendering: RenderingFamily = {
  cards: locales => ({ team: card(locales), team_question: question(locales) }),
  lines: locales => ({ 'team.line': line(locales), 'team.file': file(locales) }),
  timers: { 'team.watch': watchTeam, 'team.question': askTeamQuestion },
}
