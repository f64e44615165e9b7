import type { TeamFigures, WaitingTeam } from '../../operations/team/list.ts'
import type { TeamSeen } from '../../operations/team/reading.ts'
import type { Block, Rendered } from '../../ports.ts'
import { actions, brief, button, context, fitting, header, section } from '../blocks.ts'
import { pair, sector, type ViewContext } from '../context.ts'
import { daysText, sectionSaid, standingFor, standingMark, stateText, teamName } from './phrases.ts'

const ROOM = 7000
const SHOWN = 20
const WAITING = 5

function lineText(view: ViewContext, { facts, shown }: TeamSeen): string {
  const { t } = view.words
  const standing = standingFor(facts, shown)
  const where = sector(view, facts.team.sector)
  const days = shown.days ? ` · ${daysText(view, facts, shown)}` : ''
  return `${standingMark[standing]} ${teamName(view, facts)} · ${where}${days}\n*${t(`team.standing.${standing}`)}.* ${stateText(view, facts, shown)}`
}

const showButton = (view: ViewContext, { facts: { team } }: TeamSeen) =>
  button(view.words.t('help.show'), 'team.show', team.id, {
    label: `${view.words.t('help.show')} ${team.code}`,
  })

const emptyKey = {
  open: 'team.list.none',
  all: 'team.list.none',
  out: 'team.list.emptyOut',
  calendar: 'team.list.emptyCalendar',
} as const

/** Teams of a list, one line each with *Show*. */
export function teamList(
  view: ViewContext,
  which: 'open' | 'all' | 'out' | 'calendar',
  all: readonly TeamSeen[],
): Rendered {
  const { t } = view.words
  const title = t(`team.list.${which}`)
  const count = t('team.list.count', { count: all.length })
  const { shown, rest } = fitting(
    all.slice(0, SHOWN).map(seen => lineText(view, seen)),
    ROOM,
  )
  const more = rest + Math.max(0, all.length - SHOWN)
  return {
    text: `${title}. ${count}`,
    blocks: [
      header(title),
      ...(all.length === 0 ? [section(t(emptyKey[which], { prefix: view.mission.commandPrefix }))] : []),
      ...shown.map((text, at) => section(text, showButton(view, all[at] as TeamSeen))),
      ...(more > 0 ? [context(t('team.list.more', { count: more }))] : []),
      ...(all.length > 0 && (which === 'calendar' || which === 'out')
        ? [context(t('team.list.movements'))]
        : []),
      actions('team_list', [
        button(t('team.button.new'), 'team.new', 'list', { style: 'primary' }),
        ...(all.length > 0
          ? [
              button(t('team.button.csv'), 'team.file:csv', 'csv'),
              button(t('team.button.ics'), 'team.file:ics', 'ics'),
            ]
          : []),
      ]),
    ],
  }
}

const HELP = ['new', 'list', 'out', 'calendar', 'code', 'figures', 'files', 'me'] as const

/** `/poc-jpt help`: what can be said; `unknown` is what was said instead of it. */
export function teamHelp(view: ViewContext, unknown: string | null = null): Rendered {
  const { t } = view.words
  const prefix = view.mission.commandPrefix
  const title = t('team.help.title')
  const lines = HELP.map(key => `• ${t(`team.help.${key}`, { prefix })}`)
  const said = unknown === null ? [] : [t('team.help.unknown', { word: brief(unknown, 60) })]
  return {
    text: [...said, title, ...lines].join('\n'),
    blocks: [
      ...said.map(text => section(text)),
      header(title),
      section(lines.join('\n')),
      context(t('team.help.steps')),
      actions('team_list', [button(t('team.button.new'), 'team.new', 'list', { style: 'primary' })]),
    ],
  }
}

/** What of teams waits for a person, for `/poc`. */
export function waitingTeamBlocks(view: ViewContext, all: readonly WaitingTeam[]): Block[] {
  if (all.length === 0) return []
  const { t } = view.words
  const shown = all.slice(0, WAITING)
  return [
    section(`*${t('team.waits.title', { count: all.length })}*`),
    ...shown.map(seen =>
      section(`${teamName(view, seen.facts)}\n${t(`team.waits.${seen.why}`)}`, showButton(view, seen)),
    ),
    ...(all.length > shown.length
      ? [context(t('team.list.more', { count: all.length - shown.length }))]
      : []),
  ]
}

/** How fast teams go, what became of what they recommend, and who was where on how many days. */
export function figuresMessage(view: ViewContext, figures: TeamFigures): Rendered {
  const { t, number, duration, date } = view.words
  const title = t('team.figures.title')
  const lines =
    figures.proposed === 0
      ? [t('team.figures.none')]
      : [
          figures.went === 0
            ? t('team.figures.noneWent', { count: figures.proposed })
            : t('team.figures.teams', { count: figures.proposed, went: number(figures.went) }),
          ...(figures.toDeparture === null
            ? []
            : [t('team.figures.toDeparture', { span: duration(figures.toDeparture) })]),
          figures.recommendations === 0
            ? t('team.figures.noRecommendations')
            : t('team.figures.recommendations', {
                count: figures.recommendations,
                decided: number(figures.decided),
                done: number(figures.done),
                share: number(Math.round((100 * figures.done) / figures.recommendations)),
                refused: number(figures.refused),
              }),
        ]
  const places = Map.groupBy(figures.presence, ({ hotspot }) => hotspot.code)
  const texts = [...places.values()].map(rows => {
    const [{ hotspot }] = rows as [(typeof rows)[number]]
    const of = rows
      .toSorted((a, b) => b.days - a.days)
      .map(
        row =>
          `${row.section ? brief(sectionSaid(view, row.section), 60) : t(`alert.constituency.${row.constituency}`)} ${t('team.figures.days', { count: row.days })}`,
      )
    return `*${hotspot.code}* ${pair(view, brief(hotspot.name, 80), of.join(' · '))}`
  })
  const { shown, rest } = fitting(texts, ROOM)
  return {
    text: `${title}. ${lines[0]}`,
    blocks: [
      header(title),
      context(t('team.fromTo', { from: date(figures.from), to: date(figures.to) })),
      section(lines.map(line => `• ${line}`).join('\n')),
      section(
        `*${t('team.figures.presence')}*\n${texts.length === 0 ? t('team.figures.nobody') : shown.join('\n')}`.slice(
          0,
          2_900,
        ),
      ),
      ...(rest > 0 ? [context(t('team.list.more', { count: rest }))] : []),
      ...(figures.presence.length > 0
        ? [actions('team_figures', [button(t('team.button.presence'), 'team.file:presence', 'presence')])]
        : []),
    ],
  }
}

/** Notes that earlier teams left about a place. */
export function notesMessage(
  view: ViewContext,
  notes: readonly { code: string; words: string; at: number }[],
): Rendered {
  const { t, date } = view.words
  const title = t('team.notesBefore', { count: notes.length })
  return {
    text: title,
    blocks: [
      section(`*${title}*`),
      ...notes
        .slice(-10)
        .map(({ code, words, at }) => section(`📒 *${code}* · ${date(at)}\n${brief(words, 1_500)}`)),
    ],
  }
}
