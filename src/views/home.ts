import type { AlertFacts } from '../operations/alert/facts.ts'
import type { Home } from '../operations/home.ts'
import type { Block } from '../ports.ts'
import { actions, button, context, divider, header, section } from './blocks.ts'
import { role, type ViewContext } from './context.ts'
import { forumLine } from './forum/phrases.ts'
import { alertList, waitingBlocks } from './help.ts'
import { settingsButton } from './settings.ts'

/** Slack takes no more blocks in a view. */
const MOST_BLOCKS = 100
const ROLES = 12
const VACANT = 10
const FOLLOWED = 5

/** What stands in a person's App Home. */
export interface HomeParts {
  waiting: AlertFacts[]
  joining: readonly Block[]
  also: readonly Block[]
  /** Null for somebody whom no side has confirmed. */
  home: Home | null
}

/** The App Home: duty, quick buttons, what waits; for administrators who and what waits for them. */
export function homeView(view: ViewContext, { waiting, joining, also, home }: HomeParts) {
  const { t } = view.words
  const title = t('help.title', { mission: view.mission.short })
  const head = [
    header(title),
    ...joining,
    ...(home ? [section(dutyText(view, home)), ...meetingBlocks(view, home)] : []),
    actions('home', [
      button(t('help.raiseButton'), 'alert.raise', 'help', { style: 'primary' }),
      ...(home?.mayTakeDuty && home.duties.length === 0
        ? [button(t('home.takeDuty'), 'duty.take', 'home')]
        : []),
      ...(home && home.duties.length > 0 ? [button(t('home.endDuty'), 'duty.leave', 'home')] : []),
      ...(home
        ? [button(t('home.task'), 'tasking.new', 'none'), button(t('home.digest'), 'digest.now', 'home')]
        : []),
      button(t('list.title'), 'alert.list', 'help'),
      ...(home ? [button(t('find.button'), 'find.form', 'home')] : []),
      ...(home ? [button(t('subscription.button'), 'subscription.open', 'help'), settingsButton(view)] : []),
    ]),
    divider(),
  ]
  const end = [
    ...(home ? adminBlocks(view, home) : []),
    divider(),
    context(
      t('help.pager'),
      t('help.confidential'),
      t('home.refreshed', { at: view.words.dateTime(view.now) }),
    ),
  ]
  const room = MOST_BLOCKS - head.length - end.length
  const waits = [...waitingBlocks(view, waiting, also), ...followedBlocks(view, waiting, home)]
  const cut = waits.length > room
  const shown = cut ? [...waits.slice(0, room - 1), context(t('home.more', commands(view)))] : waits
  return { type: 'home' as const, blocks: [...head, ...shown, ...end] }
}

/** The App Home of somebody whose access was closed, who may only ask to join. */
export function closedHome(view: ViewContext, joining: readonly Block[]) {
  return {
    type: 'home' as const,
    blocks: [header(view.words.t('help.title', { mission: view.mission.short })), ...joining],
  }
}

const commands = (view: ViewContext) => ({ prefix: view.mission.commandPrefix })

function dutyText(view: ViewContext, { duties, roles, mayTakeDuty }: Home): string {
  const { t, dateTime, list } = view.words
  const held = roles.slice(0, ROLES).map(each => role(view, each))
  return [
    ...(duties.length > 0
      ? duties.map(({ since, ...ref }) =>
          t('home.onDuty', { role: role(view, ref), since: dateTime(since), ...commands(view) }),
        )
      : mayTakeDuty
        ? [t('home.offDuty')]
        : []),
    held.length > 0 ? t('home.roles', { roles: list(held) }) : t('home.noRoles'),
  ].join('\n')
}

/** Alerts they raised or follow that wait for somebody else. */
function followedBlocks(view: ViewContext, waiting: readonly AlertFacts[], home: Home | null): Block[] {
  const own = (home?.followed ?? []).filter(({ alert }) => !waiting.some(each => each.alert.id === alert.id))
  if (own.length === 0) return []
  return [section(`*${view.words.t('help.yours')}*`), ...alertList(view, own.slice(0, FOLLOWED))]
}

/** The next meetings of one's groups, a line each. */
function meetingBlocks(view: ViewContext, { meetings }: Home): Block[] {
  const { t, dateTime } = view.words
  if (meetings.length === 0) return []
  const lines = meetings.map(({ forum, at }) => `${dateTime(at)} · ${forumLine(view, forum)}`)
  return [section(`🗓️ *${t('home.meetings')}*\n${lines.join('\n')}`)]
}

function adminBlocks(view: ViewContext, { peopleWaiting, messages, vacant }: Home): Block[] {
  const { t, list } = view.words
  const named = vacant.slice(0, VACANT)
  const vacantKey = named.length < vacant.length ? 'home.vacantMore' : 'home.vacant'
  const lines = [
    ...(peopleWaiting === null
      ? []
      : [t(peopleWaiting === 0 ? 'home.nobodyWaits' : 'home.people', { count: peopleWaiting })]),
    ...(messages === null ? [] : [t(messages.parked > 0 ? 'home.stuck' : 'home.flows', { ...messages })]),
    ...(vacant.length === 0
      ? []
      : [t(vacantKey, { count: vacant.length, roles: list(named.map(({ ref }) => role(view, ref))) })]),
  ]
  const buttons = [
    ...(peopleWaiting ? [button(t('home.peopleButton'), 'people.waiting', 'home')] : []),
    ...(vacant.length > 0 ? [button(t('home.vacantButton'), 'duty.vacancies', 'home')] : []),
  ]
  if (lines.length === 0) return []
  return [
    divider(),
    section(`*${t('home.keeping')}*\n${lines.join('\n')}`),
    ...(buttons.length > 0 ? [actions('home.keeping', buttons)] : []),
  ]
}
