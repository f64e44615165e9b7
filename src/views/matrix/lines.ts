import type { Version } from '../../db/matrix.ts'
import type { HotspotFacts } from '../../operations/hotspot.ts'
import type { RoundFacts, WaitingRound } from '../../operations/matrix.ts'
import type { Block, Rendered } from '../../ports.ts'
import { actions, button, context, section } from '../blocks.ts'
import { sector, type ViewContext } from '../context.ts'
import { hotspotName } from '../hotspot/phrases.ts'
import { laterSelect } from '../reminder.ts'
import { highNeedText, roundTitle, waitingName } from './phrases.ts'

/** One line in the round's thread: what happened to it. */
export function roundLine(view: ViewContext, { round }: RoundFacts, line: string): Rendered {
  return { text: view.words.t(`matrix.line.${line}`, { code: round.code }) }
}

/** To whoever answers for a voice that has not answered yet. */
export function reminderMessage(view: ViewContext, facts: RoundFacts): Rendered {
  const { t, dateTime } = view.words
  const text = t('matrix.reminder', { round: roundTitle(view, facts), at: dateTime(facts.round.closesAt) })
  return {
    text,
    blocks: [
      section(`${text}\n${t('matrix.nilIsAnswer')}`),
      actions(`matrix.reminder:${facts.round.id}`, [
        button(t('matrix.button.rate'), 'matrix.rate', facts.round.id, { style: 'primary' }),
        button(t('matrix.button.unchanged'), 'matrix.unchanged', facts.round.id),
        button(t('matrix.button.nil'), 'matrix.nil', facts.round.id),
        laterSelect(view, 'matrix', facts.round.id),
      ]),
    ],
  }
}

/** Rounds one answer names. */
const WAITING = 3

/** Rounds that wait for somebody, for what waits beside alerts. */
export function waitingRoundBlocks(view: ViewContext, rounds: readonly WaitingRound[]): Block[] {
  const { t, dateTime } = view.words
  return rounds.slice(0, WAITING).map(({ round, why }) => {
    const text = `*${roundTitle(view, { round })}*\n${t(`matrix.waits.${why}`, { at: dateTime(round.closesAt) })}`
    const label = `${t('help.show')} ${round.code}`
    return section(text, button(t('help.show'), 'matrix.show', round.id, { label }))
  })
}

/** To the chair: all have answered, or the time for it is over. */
export function readyMessage(view: ViewContext, facts: RoundFacts): Rendered {
  const { t, list } = view.words
  const silent = list(facts.waiting.map(voice => waitingName(view, facts, voice)))
  const text =
    facts.waiting.length === 0
      ? t('matrix.readyAll', { round: roundTitle(view, facts) })
      : t('matrix.readyLate', { round: roundTitle(view, facts), voices: silent })
  return {
    text,
    blocks: [
      section(text),
      actions(`matrix.ready:${facts.round.id}`, [button(t('help.show'), 'matrix.show', facts.round.id)]),
    ],
  }
}

/** To whoever speaks for the humanitarians: places to look at where aid is compared. */
export function highNeedMessage(view: ViewContext, facts: RoundFacts): Rendered {
  const text = `${roundTitle(view, facts)}\n${highNeedText(view, facts)}`
  return { text, blocks: [section(text), context(view.words.t('matrix.ranksPresence'))] }
}

/** Places one reminder names. */
const STALE = 10

/** To the chair: rows of a version are past their review, with the places among them that the chair may read. */
export function staleMessage(
  view: ViewContext,
  version: Version,
  places: readonly HotspotFacts[] = [],
): Rendered {
  const { t } = view.words
  const where = version.sector === null ? t('matrix.wholeMission') : sector(view, version.sector)
  const text = t('matrix.staleRows', { where, prefix: view.mission.commandPrefix })
  const later = laterSelect(view, 'matrix_version', version.id)
  const names = places.slice(0, STALE).map(({ hotspot }) => `• ${hotspotName(view, { hotspot })}`)
  const rest = places.length - names.length
  const lines = [text, ...names, ...(rest > 0 ? [t('matrix.more', { count: rest })] : [])].join('\n')
  return { text, blocks: [section(lines), actions(`matrix.stale:${version.id}`, [later])] }
}
