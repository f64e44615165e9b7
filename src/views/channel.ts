/** A channel as its registrar sees it: who is in it, what may be shown there, and the card partners work from. */
import { CONSTITUENCIES, type Constituency, textIn } from '../domain/mission.ts'
import { isUniformed } from '../domain/side.ts'
import type { ChannelFacts, Insider, Obstacle } from '../operations/channel/facts.ts'
import type { ExposedNotice } from '../operations/channel/recheck.ts'
import type { Block, Rendered } from '../ports.ts'
import { actions, button, context, fitting, input, modal, radio, section, select } from './blocks.ts'
import { sector, type ViewContext } from './context.ts'
import { personName } from './person.ts'

/** People named one by one; the others are counted. */
const NAMED = 20
/** Characters of a list of people or codes. */
const ROOM = 1500

export interface ChannelForm {
  teamId: string
  /** The look the form was drawn from. */
  looked: { isPublic: boolean; sharedWith: string[]; at: number }
}

/** `/poc channel`: registers the channel, says what may be posted there, or takes it off the register. */
export function channelModal(view: ViewContext, facts: ChannelFacts, form: ChannelForm) {
  const { t } = view.words
  const { channel } = facts
  const language = view.words.language as 'en' | 'fr'
  const purposes = view.mission.purposes.map(({ id, name }) => ({ text: textIn(name, language), value: id }))
  const sectors = view.mission.sectors.map(({ id }) => ({ text: sector(view, id), value: id }))
  const languages = view.mission.languages.map(value => ({ text: t(`channel.language.${value}`), value }))
  const yesNo = ['yes', 'no'].map(value => ({ text: t(`channel.digest.${value}`), value }))
  const choose = t('alert.details.choose')
  return modal(
    'channel.register',
    {
      title: t('channel.title'),
      submit: t(channel ? 'alert.modal.save' : 'channel.register'),
      close: t('alert.modal.cancel'),
    },
    { channelId: facts.id, ...form },
    [
      section(t(channel ? 'channel.isRegistered' : 'channel.notRegistered', { channel: `<#${facts.id}>` })),
      input('purpose', t('channel.purpose'), select('purpose', choose, purposes, channel?.purpose)),
      input('sector', t('channel.sector'), select('sector', choose, sectors, channel?.sector), {
        optional: true,
        hint: t('channel.sectorHint'),
      }),
      input(
        'language',
        t('channel.languageLabel'),
        select('language', choose, languages, channel?.language ?? view.mission.languages[0]),
      ),
      input(
        'digest',
        t('channel.digestLabel'),
        radio('digest', yesNo, (channel?.digest ?? true) ? 'yes' : 'no'),
      ),
      section(`*${t('channel.insiders')}*\n${insidersText(view, facts.members)}`),
      section(`*${t('channel.shows')}*\n${showsText(view, facts.obstacle)}`),
      ...exposedBlocks(view, facts),
      ...(channel
        ? [actions('channel', [button(t('channel.unregister'), 'channel.unregister', facts.id)])]
        : []),
      context(t('channel.listsVisible')),
    ],
  )
}

function exposedBlocks(view: ViewContext, { id, exposed }: ChannelFacts): Block[] {
  const count = exposed.postings.length
  if (count === 0) return []
  const { t } = view.words
  return [
    section(
      `⚠️ ${t('channel.exposed', { count })}`,
      button(t('channel.withdraw', { count }), 'channel.withdraw', id, { style: 'danger' }),
    ),
  ]
}

/** How many of each part of the mission and its partners are in it; the uniformed are marked. */
function insidersText(view: ViewContext, members: readonly Insider[]): string {
  const { t } = view.words
  if (members.length === 0) return t('channel.nobody')
  const counted = Map.groupBy(members, ({ constituency }) => constituency)
  const known = CONSTITUENCIES.flatMap(id => {
    const count = counted.get(id)?.length
    return count ? [`• ${t('alert.labelled', { label: belongsTo(view, id), text: String(count) })}`] : []
  })
  const strangers = counted.get(null) ?? []
  const unknown =
    strangers.length > 0
      ? [`• ⚠️ ${t('channel.strangers', { count: strangers.length, people: people(view, strangers) })}`]
      : []
  return [...known, ...unknown].join('\n')
}

function belongsTo(view: ViewContext, id: Constituency): string {
  const name = view.words.t(`alert.constituency.${id}`)
  return isUniformed(id) ? `${name} ${view.words.t('channel.uniformed')}` : name
}

function showsText(view: ViewContext, obstacle: Obstacle | null): string {
  const { t } = view.words
  if (obstacle === null) return t('channel.mayShow')
  return `${obstacleText(view, obstacle)}\n${t('channel.reachedAnyway')}`
}

/** What keeps alerts out of a channel, with those who may not read them. */
function obstacleText(view: ViewContext, obstacle: Obstacle): string {
  const { t } = view.words
  return obstacle.because === 'members'
    ? t('channel.because.members', { people: withReasons(view, obstacle.members) })
    : t(`channel.because.${obstacle.because}`)
}

/** Those who may not read, each with what they are. */
function withReasons(view: ViewContext, members: readonly Insider[]): string {
  const { t } = view.words
  const { shown } = fitting(
    members.slice(0, NAMED).map(({ userId, constituency }) =>
      t('channel.person', {
        person: `<@${userId}>`,
        is: constituency ? t(`alert.constituency.${constituency}`) : t('channel.stranger'),
      }),
    ),
    ROOM,
  )
  const rest = members.length - shown.length
  return `${view.words.list(shown)}${rest > 0 ? ` ${t('channel.andMore', { count: rest })}` : ''}`
}

function people(view: ViewContext, members: readonly Insider[]): string {
  const shown = members.slice(0, NAMED).map(member => personName(view.words, member))
  const rest = members.length - shown.length
  return `${view.words.list(shown)}${rest > 0 ? ` ${view.words.t('channel.andMore', { count: rest })}` : ''}`
}

/** To the registrar, once: somebody in the channel may not read what stands there. */
export function exposedMessage(view: ViewContext, notice: ExposedNotice): Rendered {
  const { t, list } = view.words
  const channel = `<#${notice.channelId}>`
  const { shown } = fitting(notice.codes, ROOM)
  const who = notice.members.length > 0 ? withReasons(view, notice.members) : t('channel.because.public')
  const lead = t('channel.notice.lead', { channel })
  return {
    text: `${lead} ${t('channel.notice.count', { count: notice.messages })}`,
    blocks: [
      section(`⚠️ *${lead}*\n${who}`),
      section(
        [
          t('channel.notice.count', { count: notice.messages }),
          ...(shown.length > 0 ? [t('channel.notice.codes', { codes: list(shown) })] : []),
          t('channel.notice.stopped'),
          t('channel.reachedAnyway'),
        ].join('\n'),
      ),
      actions(`channel:${notice.channelId}`, [
        button(t('channel.withdraw', { count: notice.messages }), 'channel.withdraw', notice.channelId, {
          style: 'danger',
        }),
        button(t('channel.look'), 'channel.look', notice.channelId),
      ]),
    ],
  }
}

/** The pinned card of a channel shared with another workspace. */
export function partnerCard(view: ViewContext): Rendered {
  const { t } = view.words
  const title = t('channel.partner.title', { mission: view.mission.short })
  return {
    text: `${title}. ${t('channel.partner.text')}`,
    blocks: [
      section(`*${title}*\n${t('channel.partner.text')}`),
      actions('partner', [
        button(t('help.raiseButton'), 'alert.raise', 'partner', { style: 'primary' }),
        button(t('channel.partner.waits'), 'partner.waits', 'partner'),
        button(t('find.button'), 'find.form', 'partner'),
        button(t('gate.partner'), 'gate.ask:partner', 'escort-of-partner'),
        button(t('channel.partner.ask'), 'inquiry.ask', 'partner'),
        button(t('concern.button'), 'concern.new', 'partner'),
      ]),
      context(t('channel.partner.named'), t('help.pager'), t('help.confidential')),
    ],
  }
}
