import { type ForumKind, type Invited, type Language, textIn } from '../../domain/mission.ts'
import type { ForumFacts } from '../../operations/forum.ts'
import { brief } from '../blocks.ts'
import { role, sector, type ViewContext } from '../context.ts'

/** What a kind of group is called in the reader's language. */
export const kindName = (view: ViewContext, kind: ForumKind): string =>
  textIn(kind.name, view.words.language as Language)

/** What a group is called: its own name, else its kind's, with the sector where it has one. Raw, not yet mrkdwn. */
export function forumName(view: ViewContext, { forum, kind }: Pick<ForumFacts, 'forum' | 'kind'>): string {
  const { t } = view.words
  const own = forum.name || (kind ? kindName(view, kind) : t(`forum.class.${forum.class}`))
  return forum.sector === null ? own : t('forum.inSector', { name: own, sector: sector(view, forum.sector) })
}

/** "F-7K4Q · Protection working group", with the mark of an exercise. Raw, not yet mrkdwn. */
export function forumTitle(view: ViewContext, facts: Pick<ForumFacts, 'forum' | 'kind'>): string {
  const { t } = view.words
  const name = `${facts.forum.code} · ${forumName(view, facts)}`
  return facts.forum.exercise ? `${t('alert.exercise')} ${name}` : name
}

/** The same on one line of mrkdwn. */
export const forumLine = (view: ViewContext, facts: Pick<ForumFacts, 'forum' | 'kind'>): string =>
  `*${facts.forum.code}* · ${brief(forumName(view, facts), 150)}`

/** The posts that belong to it, the chair's first, as many as can be read. */
export function membersText(view: ViewContext, { posts }: Pick<ForumFacts, 'posts'>): string {
  const { list, t } = view.words
  const named = posts.slice(0, POSTS).map(ref => role(view, ref))
  const rest = posts.length - named.length
  return rest > 0 ? t('forum.card.membersAndMore', { roles: named.join(', '), count: rest }) : list(named)
}

const POSTS = 20

/** How those invited answered, each in words. */
export function invitesText(view: ViewContext, { invites }: Pick<ForumFacts, 'invites'>): string[] {
  const { t } = view.words
  return invites.map(({ who, state }) => t(`forum.invite.${state}`, { who: guestName(view, who) }))
}

export const guestName = (view: ViewContext, who: Invited): string => view.words.t(`forum.guest.${who}`)
