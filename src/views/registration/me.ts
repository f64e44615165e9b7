import type { Myself } from '../../operations/registration.ts'
import type { Rendered } from '../../ports.ts'
import { actions, button, context, header, section } from '../blocks.ts'
import { role, type ViewContext } from '../context.ts'
import { leaveUnnamed } from '../partner.ts'
import { belonging } from '../person.ts'
import { joinActions } from './join.ts'

/** `/poc me`: what the bot knows of a person, to them alone. */
export function meMessage(view: ViewContext, { person, roles, administers, last }: Myself): Rendered {
  const { t, list, dateTime } = view.words
  const held = roles.map(ref =>
    ref.rank === 0 ? role(view, ref) : t('registration.me.alternate', { role: role(view, ref) }),
  )
  const confirmed = person.constituency !== null
  const unnamed = person.reference !== null
  const unsaid = last?.registration.state === 'confirmed' && last.registration.national === null
  const lines = [
    confirmed ? t('registration.me.as', { as: belonging(view.words, person) }) : t('registration.me.nobody'),
    ...(confirmed
      ? [
          t('registration.me.national', {
            answer: t(
              unsaid
                ? 'registration.me.nationalUnsaid'
                : person.national
                  ? 'registration.join.yes'
                  : 'registration.join.no',
            ),
          }),
        ]
      : []),
    held.length > 0 ? t('registration.me.roles', { roles: list(held) }) : t('registration.me.noRoles'),
    t('registration.me.language', {
      language: t(`settings.languages.${view.words.language}`),
      zone: view.words.zone,
    }),
  ]
  const waits =
    last?.registration.state === 'waiting'
      ? t('registration.me.waits', {
          at: dateTime(last.registration.askedAt),
          as: belonging(view.words, last.registration),
        })
      : null
  const buttons = confirmed
    ? actions('me', [
        button(t('registration.me.change'), 'registration.join', 'change'),
        button(t('registration.me.leave'), 'handover.open', 'self'),
      ])
    : joinActions(view, waits !== null)
  const leaving = unnamed ? [leaveUnnamed(view)] : []
  return {
    text: `${t('registration.me.title')}. ${lines[0]}`,
    blocks: [
      header(t('registration.me.title')),
      section(lines.join('\n')),
      ...(waits ? [section(waits)] : []),
      ...(unnamed && confirmed ? [] : [buttons]),
      ...leaving,
      ...(administers
        ? [
            section(
              t('registration.me.administers', {
                side: t(`registration.side.${administers}`),
                prefix: view.mission.commandPrefix,
              }),
            ),
          ]
        : []),
      context(t('registration.me.note')),
    ],
  }
}
