import type { TeamFacts } from '../../operations/team/facts.ts'
import { answersFor } from '../../operations/team/readers.ts'
import type { TeamShown } from '../../operations/team/reading.ts'
import type { Block } from '../../ports.ts'
import { actions, brief, button, context, section } from '../blocks.ts'
import { role, type ViewContext } from '../context.ts'
import { personName } from '../person.ts'
import { memberName, named, sectionName, sectionPlain, suggestedText } from './phrases.ts'

/** People of one section that a card names. */
const SUGGESTED = 4

/** A line for each section that was asked, whatever it answered: who is missing is part of a team (R-034). */
export function compositionBlocks(view: ViewContext, facts: TeamFacts, shown: TeamShown): Block[] {
  const { t, list } = view.words
  const { sections, members, team, kind } = facts
  const going = (id: string | null) => members.filter(({ row }) => row.section === id)
  const people = (of: TeamFacts['members']) =>
    of
      .map(member => {
        const leads = member.person.id === team.lead ? ` ${t('team.leads')}` : ''
        return `${memberName(view, member)}${leads}`
      })
      .join(', ')
  const lines = sections.map(({ section: id, state, reason }) => {
    const name = sectionName(view, id)
    const says = (mark: string, text: string) => `${mark} ${named(view, `*${name}*`, text)}`
    if (state === 'confirmed') return says('✅', shown.movements ? people(going(id)) : t('team.section.goes'))
    if (state === 'none') return says('➖', t('team.section.none', { reason: brief(reason ?? '', 200) }))
    return silentText(view, facts, id, name)
  })
  const guests = going(null)
  const guestText = shown.movements
    ? list(guests.map(member => memberName(view, member)))
    : t('team.partners', { count: guests.length })
  const unasked = view.mission.teams.sections.filter(({ id }) => !sections.some(row => row.section === id))
  const speaks = sections.filter(({ section: id }) => answersFor(facts, shown, id))
  return [
    section(
      [
        `*${t('team.field.sections')}*`,
        ...(lines.length > 0 ? lines : [t('team.noSections')]),
        ...(guests.length > 0 ? [`🤝 ${t('team.guests', { who: guestText })}`] : []),
      ].join('\n'),
    ),
    ...(unasked.length > 0
      ? [context(t('team.unasked', { sections: list(unasked.map(({ id }) => sectionName(view, id))) }))]
      : []),
    ...askBlocks(view, shown),
    ...(team.state === 'composing' && speaks.length > 0
      ? [
          actions(
            `team_sections:${team.id}`,
            speaks.slice(0, 5).map(({ section: id, state }) =>
              button(
                t(state === 'asked' ? 'team.button.answer' : 'team.button.answerAgain', {
                  section: sectionPlain(view, id),
                }),
                `team.section:${id}`,
                team.id,
                state === 'asked' ? { style: 'primary' } : {},
              ),
            ),
          ),
        ]
      : []),
    ...(shown.personId === null && kind.agencies !== 'never' && team.state === 'composing'
      ? [context(t('team.openToPartners'))]
      : []),
    ...(isInvited(facts, shown)
      ? [
          context(t('team.invited')),
          actions(`team_guest:${team.id}`, [
            button(t('team.button.join'), 'team.join', team.id),
            button(t('team.button.stay'), 'team.stay', team.id),
          ]),
        ]
      : []),
  ]
}

/** Whom the reader is asked to send, with those they could. */
function askBlocks(view: ViewContext, { people }: TeamShown): Block[] {
  const { t } = view.words
  return [...people].slice(0, 5).map(([id, { free, taken }]) => {
    const names = free.slice(0, SUGGESTED).map(one => `• ${suggestedText(view, one)}`)
    const others = taken.slice(0, SUGGESTED).map(person => personName(view.words, person))
    return section(
      [
        `👉 *${t('team.ask', { section: sectionName(view, id) })}*`,
        ...(names.length > 0 ? [t('team.suggest.title'), ...names] : [t('team.suggest.nobody')]),
        ...(others.length > 0 ? [t('team.suggest.taken', { who: others.join(', ') })] : []),
      ].join('\n'),
    )
  })
}

/** A section that has not answered: nobody is asked before it is taken up, nor where nobody stands its post. */
function silentText(view: ViewContext, facts: TeamFacts, id: string, name: string): string {
  const { t } = view.words
  const { team, chiefs, approverPosts } = facts
  const says = (mark: string, text: string) => `${mark} ${named(view, `*${name}*`, text)}`
  if (team.state === 'proposed') return says('⏳', t('team.section.wanted'))
  if (team.state === 'declined' || team.state === 'cancelled') return `▫️ *${name}*`
  if (team.state !== 'composing') return says('➖', t('team.section.silent'))
  if ((chiefs.get(id) ?? []).length > 0) return says('⏳', t('team.section.asked'))
  const [decides] = approverPosts
  return says('⏳', t('team.section.vacant', { role: decides ? role(view, decides) : t('alert.someone') }))
}

const isInvited = ({ team, kind }: TeamFacts, { humanitarian }: TeamShown): boolean =>
  humanitarian && kind.agencies !== 'never' && team.state === 'composing'
