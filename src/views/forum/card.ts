import type { Invited } from '../../domain/mission.ts'
import type { ForumFacts } from '../../operations/forum.ts'
import type { Block, Rendered } from '../../ports.ts'
import { actions, brief, button, context, fields, fitting, header, section } from '../blocks.ts'
import { role, type ViewContext } from '../context.ts'
import { forumLine, forumName, forumTitle, guestName, invitesText, membersText } from './phrases.ts'

/** What a group's card offers whoever reads it. */
export interface ForumReader {
  /** Whose invitation they answer. */
  invites: readonly Invited[]
  /** Whether they may keep it; everybody in a channel is offered it, and refused by the operation. */
  keeps: boolean
  /** Its channel holds somebody who may not read it. */
  barred: boolean
  /** What a crisis forum's card says beside. */
  more?: readonly Block[]
}

const DAY_MS = 86_400_000

/** A group: who belongs, who was invited, when it meets. */
export function forumCard(view: ViewContext, facts: ForumFacts, reader: ForumReader): Rendered {
  const { t } = view.words
  const { forum, chair } = facts
  const title = forumTitle(view, facts)
  const lead = t(`forum.state.${forum.state}`, { chair: role(view, chair) })
  const next = nextText(view, facts)
  return {
    // What a telephone shows of a call-in: that one is called, and to what.
    text:
      forum.class === 'crisis' && forum.state === 'active'
        ? t('crisis.calledIn', { title, situation: brief(forum.situation ?? '', 300) })
        : `${title}. ${lead}`,
    blocks: [
      header(title),
      ...(forum.situation ? [section(`> ${brief(forum.situation, 1_500)}`)] : []),
      fields([
        `*${t('forum.card.chair')}*\n${role(view, chair)}`,
        ...(next ? [`*${t('forum.card.next')}*\n${next}`] : []),
        `*${t('forum.card.members')}*\n${membersText(view, facts)}`,
        ...(facts.invites.length > 0
          ? [`*${t('forum.card.invited')}*\n${invitesText(view, facts).join('\n')}`]
          : []),
        ...(forum.channelId ? [`*${t('forum.card.channel')}*\n<#${forum.channelId}>`] : []),
        ...(facts.parent ? [`*${t('forum.card.parent')}*\n${facts.parent.code}`] : []),
      ]),
      ...standing(view, facts, reader),
      ...(reader.more ?? []),
      ...answers(view, facts, reader.invites),
      ...keeping(view, facts, reader.keeps),
      context(readersText(view, facts)),
    ],
  }
}

/** When it meets next, else that nothing is planned, and how often it meets; null for one that does not meet. */
function nextText(view: ViewContext, { forum, meetings }: ForumFacts): string | null {
  const { t, dateTime } = view.words
  // A crisis forum's card has a clock of its own.
  if (forum.state !== 'active' || forum.class === 'crisis') return null
  const running = meetings.find(({ state }) => state === 'open')
  if (running) return t('forum.card.now')
  const next = meetings.find(({ state }) => state === 'planned')
  if (next) return dateTime(next.at)
  return forum.everyMs === null
    ? t('forum.card.whenCalled')
    : t('forum.card.every', { count: days(forum.everyMs) })
}

const days = (ms: number): number => Math.max(1, Math.round(ms / DAY_MS))

function standing(view: ViewContext, facts: ForumFacts, { barred }: ForumReader): Block[] {
  const { t, date } = view.words
  const { hostedBy, hosts, forum } = facts
  const texts = [
    ...(hostedBy
      ? [t('forum.card.hostedBy', { host: hostedBy.host.code, at: date(hostedBy.hosting.since) })]
      : []),
    ...hosts.map(other => t('forum.card.hosts', { code: other.code })),
    ...(forum.omission ? [t('forum.card.omission', { why: brief(forum.omission, 500) })] : []),
    ...(barred ? [t('forum.card.barred')] : []),
  ]
  return texts.length > 0 ? [section(texts.join('\n'))] : []
}

function answers(view: ViewContext, { forum, invites }: ForumFacts, mine: readonly Invited[]): Block[] {
  const { t } = view.words
  if (mine.length === 0 || forum.state === 'closed') return []
  return mine.map(who => {
    const accepted = invites.some(each => each.who === who && each.state === 'accepted')
    const name = guestName(view, who)
    return actions(`forum:${forum.id}:${who}`, [
      ...(accepted
        ? []
        : [
            button(t('forum.invite.accept', { who: name }), `forum.accept:${who}`, forum.id, {
              style: 'primary',
            }),
          ]),
      button(
        t(accepted ? 'forum.invite.leave' : 'forum.invite.decline', { who: name }),
        `forum.decline:${who}`,
        forum.id,
      ),
    ])
  })
}

/** What those who keep it can do with it. */
function keeping(view: ViewContext, { forum, meetings }: ForumFacts, keeps: boolean): Block[] {
  const { t } = view.words
  if (!keeps || forum.state === 'closed') return []
  const meets = meetings.some(({ state }) => state === 'planned' || state === 'open')
  const plain = forum.class !== 'crisis'
  const buttons = [
    ...(forum.state === 'active' && forum.class !== 'cluster'
      ? [button(t('plan.button.new'), 'plan.new', `forum:${forum.id}`)]
      : []),
    ...(forum.state === 'active' && plain && !meets
      ? [button(t('forum.card.plan'), 'meeting.plan', forum.id, { style: 'primary' })]
      : []),
    ...(forum.state === 'active' && plain
      ? [
          button(t('forum.card.host'), 'forum.host', forum.id),
          button(t('forum.card.close'), 'forum.close', forum.id, {
            confirm: { text: t('forum.card.closeConfirm'), deny: t('alert.modal.cancel') },
          }),
        ]
      : []),
    ...(forum.state === 'hosted' ? [button(t('forum.card.return'), 'forum.return', forum.id)] : []),
  ]
  return buttons.length > 0 ? [actions(`forum:${forum.id}:keep`, buttons)] : []
}

function readersText(view: ViewContext, { forum, audience }: ForumFacts): string {
  const { t, list } = view.words
  if (forum.membersOnly || audience.length === 0) return t('forum.card.readMembers')
  return t('forum.card.readComponents', { readers: list(audience.map(id => t(`alert.constituency.${id}`))) })
}

/** One group in two lines: what it is, who chairs it and when it meets. */
export function forumSummary(view: ViewContext, facts: ForumFacts): string {
  const { t } = view.words
  const next = nextText(view, facts)
  const state = t(`forum.state.${facts.forum.state}`, { chair: role(view, facts.chair) })
  return `${forumLine(view, facts)}\n${state}${next ? ` · ${t('forum.list.next', { at: next })}` : ''}`
}

const ROOM = 7_000

/** `/poc-group`: the groups somebody may read, and what they may make. */
export function forumList(
  view: ViewContext,
  all: readonly ForumFacts[],
  { mayMake, sought = '' }: { mayMake: boolean; sought?: string },
): Rendered {
  const { t } = view.words
  const title = t('forum.list.title')
  const count = t('forum.list.count', { count: all.length })
  const unknown = sought ? t('forum.list.unknown', { words: brief(sought, 60) }) : null
  const lines = all.map(facts => forumSummary(view, facts))
  const { shown, rest } = fitting(lines.slice(0, 40), ROOM)
  return {
    text: unknown ?? `${title}. ${count}`,
    blocks: [
      header(title),
      ...(unknown ? [section(unknown)] : []),
      ...(all.length === 0 ? [section(t('forum.list.none'))] : []),
      ...shown.map((text, index) => {
        const { forum } = all[index] as ForumFacts
        const label = `${t('help.show')} ${forum.code}`
        return section(text, button(t('help.show'), 'forum.show', forum.id, { label }))
      }),
      ...(rest + Math.max(0, all.length - 40) > 0 ? [context(count)] : []),
      ...(mayMake ? [actions('forum:new', [button(t('forum.list.new'), 'forum.new', 'new')])] : []),
      context(t('forum.list.more', { prefix: view.mission.commandPrefix })),
    ],
  }
}

/** To the chairs of both: one group does another's work, or gives it back. */
export function hostingLine(view: ViewContext, facts: ForumFacts): Rendered {
  const { t } = view.words
  const { hostedBy, forum } = facts
  const name = brief(forumName(view, facts), 150)
  const text = hostedBy
    ? t('forum.line.hosted', {
        code: forum.code,
        name,
        host: hostedBy.host.code,
        why: brief(hostedBy.hosting.why, 500),
      })
    : t('forum.line.returned', { code: forum.code, name })
  return { text, blocks: [section(text)] }
}
