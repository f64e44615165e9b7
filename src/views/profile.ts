/** How closely the sides work together: what holds, what would change, and the other side's agreement. */
import { PROFILES, type Profile, type ProfileChange } from '../domain/profile.ts'
import type { ProfileFacts } from '../operations/profile.ts'
import type { Block, Rendered } from '../ports.ts'
import { actions, button, context, divider, header, input, modal, radio, section } from './blocks.ts'
import type { ViewContext } from './context.ts'

/** `/poc profile`. `changes`: what each other profile would change; a form for administrators alone. */
export function profileModal(
  view: ViewContext,
  { profile, proposal }: ProfileFacts,
  changes: readonly ProfileChange[],
  administers: boolean,
) {
  const { t } = view.words
  return modal(
    'profile.change',
    {
      title: t('profile.title'),
      ...(administers ? { submit: t('profile.submit') } : {}),
      close: t('alert.modal.close'),
    },
    {},
    [
      section(
        t('profile.now', { profile: t(`profile.name.${profile}`), about: t(`profile.about.${profile}`) }),
      ),
      ...(proposal
        ? [section(`⏳ ${t('profile.waits', { profile: t(`profile.name.${proposal.to}`) })}`)]
        : []),
      divider(),
      ...changes.map(change => section(`*${t(`profile.name.${change.to}`)}*\n${changeText(view, change)}`)),
      ...(administers
        ? [
            input(
              'profile',
              t('profile.label'),
              radio(
                'profile',
                PROFILES.filter(id => id !== profile).map(value => ({
                  value,
                  text: t(`profile.name.${value}`),
                })),
              ),
            ),
          ]
        : []),
      context(t('profile.rule'), t('profile.keeps')),
    ],
  )
}

/** What changes, one thing a line. */
export function changeText(view: ViewContext, { readers, naming, partnerCard }: ProfileChange): string {
  const { t, list } = view.words
  const names = (ids: ProfileChange['readers']['added']) => list(ids.map(id => t(`alert.constituency.${id}`)))
  const lines = [
    ...(readers.added.length > 0 ? [t('profile.change.added', { readers: names(readers.added) })] : []),
    ...(readers.removed.length > 0 ? [t('profile.change.removed', { readers: names(readers.removed) })] : []),
    ...(naming === null ? [] : [t(`profile.change.naming.${naming}`)]),
    ...(partnerCard === null ? [] : [t(`profile.change.card.${partnerCard ? 'on' : 'off'}`)]),
  ]
  return lines.map(line => `• ${line}`).join('\n')
}

/** To the administrators of the other side: sharing more needs their agreement. */
export function profileCard(
  view: ViewContext,
  facts: ProfileFacts,
  change: ProfileChange | null,
  decides: boolean,
): Rendered {
  const { t } = view.words
  if (!facts.proposal || !change) {
    const text = t('profile.settled', { profile: t(`profile.name.${facts.profile}`) })
    return { text, blocks: [section(text)] }
  }
  const text = t('profile.asked', {
    side: t(`registration.side.${facts.proposal.side}`),
    profile: t(`profile.name.${facts.proposal.to}`),
  })
  const buttons: Block[] = decides
    ? [
        actions('profile', [
          button(t('profile.agree'), 'profile.agree', 'agree', { style: 'primary' }),
          button(t('profile.refuse'), 'profile.refuse', 'refuse', { style: 'danger' }),
        ]),
      ]
    : []
  return {
    text,
    blocks: [
      header(t('profile.title')),
      section(`${text}\n${changeText(view, change)}`),
      ...buttons,
      context(t('profile.rule'), t('profile.keeps')),
    ],
  }
}

/** To the administrators of both sides, once it holds. */
export function changedMessage(view: ViewContext, change: ProfileChange): Rendered {
  const text = view.words.t('profile.changed', { profile: view.words.t(`profile.name.${change.to}`) })
  return { text, blocks: [section(`ℹ️ ${text}\n${changeText(view, change)}`)] }
}

export function refusedMessage({ words: { t } }: ViewContext, to: Profile): Rendered {
  const text = t('profile.refused', { profile: t(`profile.name.${to}`) })
  return { text, blocks: [section(text)] }
}
