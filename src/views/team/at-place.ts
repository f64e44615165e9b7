import type { TeamsAt } from '../../operations/team/at-place.ts'
import type { Block } from '../../ports.ts'
import { button, section } from '../blocks.ts'
import type { ViewContext } from '../context.ts'
import { kindName, named, standingFor, standingMark } from './phrases.ts'

/** Teams that the card of a place names; the last ones. */
const SHOWN = 4

/** Teams to a place, each with how it stands, and the notes of those who were there. Nothing where there were none. */
export function placeTeamBlocks(view: ViewContext, hotspotId: string, { teams, notes }: TeamsAt): Block[] {
  const { t } = view.words
  if (teams.length === 0) return []
  const lines = teams.slice(-SHOWN).map(({ facts, movements }) => {
    const standing = standingFor(facts, { movements })
    const state = t(`team.standing.${standing}`)
    return `${standingMark[standing]} ${named(view, `*${facts.team.code}* ${kindName(view, facts)}`, state)}`
  })
  return [
    section(`*${t('team.atPlace', { count: teams.length })}*\n${lines.join('\n')}`),
    ...(notes.length > 0
      ? [
          section(
            `📒 ${t('team.notesBefore', { count: notes.length })}`,
            button(t('help.show'), 'team.place_notes', hotspotId),
          ),
        ]
      : []),
  ]
}
