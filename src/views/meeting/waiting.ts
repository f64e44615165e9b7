import type { OpenEntry, WaitingForums } from '../../operations/meeting.ts'
import type { Block } from '../../ports.ts'
import { actions, brief, button, context, section } from '../blocks.ts'
import type { ViewContext } from '../context.ts'
import { forumLine, forumTitle, guestName } from '../forum/phrases.ts'
import { entryText, meetingTitle } from './phrases.ts'

/** Shown of each kind; the rest is counted. */
const EACH = 3
const IN_GROUP = 10

/** What of groups waits for a person, for `/poc` and *What waits for me*. */
export function waitingForumBlocks(view: ViewContext, waiting: WaitingForums): Block[] {
  const { t, dateTime } = view.words
  return [
    ...part(view, 'reports', waiting.reports, facts => [
      section(
        t('meeting.waits.report', {
          title: brief(meetingTitle(view, facts), 150),
          at: dateTime(facts.meeting.at),
        }),
      ),
      actions(`waits:meeting:${facts.meeting.id}`, [
        button(t('meeting.button.nil'), 'meeting.nil', facts.meeting.id),
        button(t('meeting.button.report'), 'meeting.report', facts.meeting.id),
      ]),
    ]),
    ...part(view, 'entries', waiting.entries, each => [entryBlock(view, each, each.forum.forum.code)]),
    ...part(view, 'plans', waiting.plans, ({ plan }) => [
      section(`*${plan.code}* ${brief(plan.goal, 200)}`),
      actions(`waits:plan:${plan.id}`, [
        button(t('help.show'), 'plan.show', plan.id, { label: `${t('help.show')} ${plan.code}` }),
        button(t('plan.button.agree'), 'plan.agree', plan.id),
      ]),
    ]),
    ...part(view, 'reviews', waiting.reviews, ({ forum, crisis }) => [
      section(
        t('meeting.waits.review', {
          group: brief(forumTitle(view, forum), 150),
          at: dateTime(crisis.reviewDueAt ?? view.now),
        }),
        button(t('crisis.review'), 'crisis.review', forum.forum.id),
      ),
    ]),
    ...part(view, 'invites', waiting.invites, ({ forum, who }) => [
      section(
        t('meeting.waits.invite', {
          who: view.words.list(who.map(each => guestName(view, each))),
          group: forumLine(view, forum),
        }),
        button(t('help.show'), 'forum.show', forum.forum.id, {
          label: `${t('help.show')} ${forum.forum.code}`,
        }),
      ),
    ]),
  ]
}

function part<T>(
  view: ViewContext,
  kind: keyof WaitingForums,
  all: readonly T[],
  blocks: (each: T) => Block[],
): Block[] {
  if (all.length === 0) return []
  const { t } = view.words
  const rest = all.length - EACH
  return [
    section(`*${t(`meeting.waits.${kind}`, { count: all.length })}*`),
    ...all.slice(0, EACH).flatMap(blocks),
    ...(rest > 0 ? [context(t('meeting.more', { count: rest }))] : []),
  ]
}

/** What a group decided and is not carried out, each with *Carried out* for those who may say so. */
export function openEntryBlocks(view: ViewContext, open: readonly OpenEntry[]): Block[] {
  if (open.length === 0) return []
  const { t } = view.words
  const rest = open.length - IN_GROUP
  return [
    section(`*${t('meeting.waits.entries', { count: open.length })}*`),
    ...open.slice(0, IN_GROUP).map(each => entryBlock(view, each)),
    ...(rest > 0 ? [context(t('meeting.more', { count: rest }))] : []),
  ]
}

function entryBlock(view: ViewContext, { entry, own }: OpenEntry, code?: string): Block {
  const { t } = view.words
  const words =
    entry.kind === 'decision'
      ? entryText(view, entry)
      : t('meeting.waits.action', { text: brief(entry.text ?? '', 300) })
  return section(
    code ? t('meeting.waits.ofGroup', { code: `*${code}*`, entry: words }) : words,
    own ? button(t('meeting.button.done'), 'meeting.done', entry.id) : undefined,
  )
}
