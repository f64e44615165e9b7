import type { Channel } from '../../db/channels.ts'
import { type ForumKind, INVITED, type Invited, type Language, sectorName } from '../../domain/mission.ts'
import { type ForumFacts, forumLimits } from '../../operations/forum.ts'
import { previewAction } from '../alert/preview.ts'
import {
  actions,
  brief,
  button,
  channelSelect,
  checkboxes,
  context,
  input,
  modal,
  multiSelect,
  section,
  select,
  textInput,
} from '../blocks.ts'
import { roleChoices, type ViewContext } from '../context.ts'
import { forumSummary } from './card.ts'
import { forumLine, forumName, guestName, kindName } from './phrases.ts'

/** What the form for a new group holds. */
export interface NewForumForm {
  kinds: readonly ForumKind[]
  kind: ForumKind
  /** Registered channels the person is in. */
  channels: readonly Channel[]
  /** Groups it may stand under. */
  parents: readonly ForumFacts[]
  /** Likely duplicates, shown before it is made. */
  alike: readonly ForumFacts[]
  sector: string | null
  alert: { id: string; code: string } | null
  name?: string | null
  /** What was typed for an alert and is none they may read. */
  unknownAlert?: string
}

/** `/poc-group new`, and calling a crisis: what the kind says is filled in. */
export function newForumModal(view: ViewContext, form: NewForumForm) {
  const { t } = view.words
  const { kind, mission } = { ...form, mission: view.mission }
  const language = view.words.language as Language
  const kinds = form.kinds.map(each => ({ text: kindName(view, each), value: each.id }))
  const roles = roleChoices(
    view,
    mission.roles.filter(
      ({ id, constituency }) => constituency !== 'host_state' && !mission.oversight.includes(id),
    ),
  )
  const sectors = mission.sectors.map(({ id }) => ({ text: sectorName(mission, id, language), value: id }))
  const guests = INVITED.map((who: Invited) => ({ text: guestName(view, who), value: who }))
  const crisis = kind.class === 'crisis'
  // Slack keeps what a field held through an update; under another name it begins with what the chosen kind says.
  const of = (field: string) => `${field}:${kind.id}`
  return modal(
    'forum.new',
    {
      title: t(crisis ? 'forum.form.crisis' : 'forum.form.title'),
      submit: t(crisis ? 'forum.form.call' : 'forum.form.make'),
      close: t('alert.modal.cancel'),
    },
    { alertId: form.alert?.id ?? null, alike: form.alike.map(({ forum }) => forum.id) },
    [
      ...(form.alert ? [section(t('forum.form.fromAlert', { code: form.alert.code }))] : []),
      ...(form.unknownAlert
        ? [section(t('forum.form.noAlert', { words: brief(form.unknownAlert, 60) }))]
        : []),
      ...(form.alike.length > 0
        ? [
            section(
              `⚠️ *${t('forum.form.alike')}*\n${form.alike.map(each => forumSummary(view, each)).join('\n')}`,
            ),
            actions(
              'forum:alike',
              form.alike
                .slice(0, 5)
                .map(each =>
                  button(
                    `${t('help.show')} ${each.forum.code}`,
                    `forum.show:${each.forum.id}`,
                    each.forum.id,
                  ),
                ),
            ),
          ]
        : []),
      input('kind', t('forum.form.kind'), select('forum.kind', t('duty.choose'), kinds, kind.id), {
        dispatch: true,
      }),
      ...(crisis
        ? [
            input(
              'situation',
              t('forum.form.situation'),
              textInput('situation', { multiline: true, max: forumLimits.situation }),
              {
                hint: t('forum.form.situationHint'),
              },
            ),
          ]
        : [
            input(
              'name',
              t('forum.form.name'),
              textInput('name', {
                max: forumLimits.name,
                initial: form.name ?? null,
                placeholder: kindName(view, kind),
              }),
              {
                optional: true,
              },
            ),
          ]),
      ...(kind.scope === 'sector' || crisis
        ? [
            input(
              'sector',
              t('forum.form.sector'),
              select('sector', t('duty.choose'), sectors, form.sector),
              {
                optional: kind.scope !== 'sector',
              },
            ),
          ]
        : []),
      input('chair', t('forum.form.chair'), select(of('chair'), t('duty.choose'), roles, kind.chair)),
      input(
        'members',
        t('forum.form.members'),
        multiSelect(of('members'), t('duty.choose'), roles, kind.members),
        {
          hint: t('forum.form.membersHint'),
        },
      ),
      input('invites', t('forum.form.invites'), checkboxes(of('invites'), guests, kind.invites), {
        optional: true,
        hint: t('forum.form.invitesHint'),
      }),
      input(
        'omission',
        t('forum.form.omission'),
        textInput('omission', { max: forumLimits.omission, multiline: true }),
        {
          optional: true,
          hint: t('forum.form.omissionHint'),
        },
      ),
      ...(crisis
        ? []
        : [
            input(
              'everyDays',
              t('forum.form.every'),
              {
                type: 'number_input',
                action_id: of('everyDays'),
                is_decimal_allowed: false,
                min_value: '1',
                max_value: '366',
                ...(kind.everyMs === null
                  ? {}
                  : { initial_value: String(Math.max(1, Math.round(kind.everyMs / 86_400_000))) }),
              },
              { optional: true, hint: t('forum.form.everyHint') },
            ),
          ]),
      ...(form.channels.length > 0
        ? [
            input('channel', t('forum.form.channel'), channelSelect('channel', t('duty.choose')), {
              optional: true,
              hint: t('forum.form.channelHint'),
            }),
          ]
        : []),
      ...(form.parents.length > 0 && !crisis
        ? [
            input(
              'parent',
              t('forum.form.parent'),
              select(
                'parent',
                t('duty.choose'),
                form.parents.map(each => ({
                  text: `${each.forum.code} · ${forumName(view, each)}`,
                  value: each.forum.id,
                })),
              ),
              { optional: true },
            ),
          ]
        : []),
      previewAction(view, 'group'),
      context(t('forum.form.about')),
    ],
  )
}

/** Another group does the work of one that does not meet. */
export function hostModal(view: ViewContext, facts: ForumFacts, hosts: readonly ForumFacts[]) {
  const { t } = view.words
  return modal(
    'forum.host',
    { title: t('forum.host.title'), submit: t('forum.host.submit'), close: t('alert.modal.cancel') },
    { forumId: facts.forum.id },
    [
      section(t('forum.host.about', { name: forumLine(view, facts) })),
      input(
        'host',
        t('forum.host.host'),
        select(
          'host',
          t('duty.choose'),
          hosts.map(each => ({
            text: `${each.forum.code} · ${forumName(view, each)}`,
            value: each.forum.id,
          })),
        ),
      ),
      input('why', t('forum.host.why'), textInput('why', { multiline: true, max: forumLimits.why })),
    ],
  )
}
