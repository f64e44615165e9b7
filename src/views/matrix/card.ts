import { isPolitical } from '../../domain/matrix/reveal.ts'
import { outcomeOf } from '../../operations/matrix/facts.ts'
import type { RoundFacts } from '../../operations/matrix.ts'
import type { Block, Rendered } from '../../ports.ts'
import { actions, button, context, fitting, header, section, select } from '../blocks.ts'
import { sector, type ViewContext } from '../context.ts'
import { categoryText, placeName, roundTitle, waitingName } from './phrases.ts'

const ROOM = 5000

/** A review round at a glance: where it stands, who has not answered, what is contested, what comes next. */
export function roundCard(view: ViewContext, facts: RoundFacts): Rendered {
  const { t, dateTime } = view.words
  const { round } = facts
  const title = roundTitle(view, facts)
  const state = t(`matrix.state.${round.state}`, { at: dateTime(round.closesAt) })
  return {
    text: `${title}. ${state} ${answersText(view, facts)}`,
    blocks: [
      header(title),
      section(`*${state}*\n${answersText(view, facts)}`),
      ...fedBlocks(view, facts),
      ...(facts.rows.length > 0
        ? facts.rows.some(({ mission, humanitarian }) => mission ?? humanitarian)
          ? [section(agreementText(view, facts)), ...contestedBlocks(view, facts)]
          : [section(t('matrix.nothingRated'))]
        : []),
      ...(facts.findings.length > 0 && round.state !== 'adopted'
        ? [section(`⚠️ ${t('matrix.findings', { count: facts.findings.length })}`)]
        : []),
      context(t('matrix.ranksPresence')),
      ...roundActions(view, facts),
    ],
  }
}

/** The rounds under way: one with its card, several by a line each; with the button that opens another where one may. */
export function roundsMessage(view: ViewContext, rounds: readonly RoundFacts[], mayOpen: boolean): Rendered {
  const { t } = view.words
  const open = mayOpen
    ? [actions('matrix.rounds', [button(t('matrix.form.open'), 'matrix.open_another', 'round')])]
    : []
  const [only] = rounds
  if (only === undefined) return { text: t('matrix.noRound') }
  if (rounds.length === 1) {
    const card = roundCard(view, only)
    return { ...card, blocks: [...(card.blocks ?? []), ...open] }
  }
  const lines = rounds.map(facts =>
    section(
      `*${roundTitle(view, facts)}*\n${t(`matrix.state.${facts.round.state}`, { at: view.words.dateTime(facts.round.closesAt) })}`,
      button(t('help.show'), 'matrix.show', facts.round.id, {
        label: `${t('help.show')} ${facts.round.code}`,
      }),
    ),
  )
  return { text: t('matrix.underWay', { count: rounds.length }), blocks: [...lines, ...open] }
}

/** Which sectors' versions feed a round of the whole mission. */
function fedBlocks(view: ViewContext, { sectors, round }: RoundFacts): Block[] {
  const fed = [...Map.groupBy(sectors.values(), word => word.sector)]
  if (fed.length === 0 || round.state === 'adopted' || round.state === 'cancelled') return []
  const { t, list, date } = view.words
  const names = fed.map(([id, words]) => `${sector(view, id)} (${date(words[0]?.adoptedAt ?? 0)})`)
  return [context(t('matrix.fedBy', { sectors: list(names) }))]
}

/** Who has answered and, by name of the component, who has not (R-053). */
function answersText(view: ViewContext, facts: RoundFacts): string {
  const { waiting, round, places } = facts
  const { t, list } = view.words
  const count = t('matrix.places', {
    count: places.filter(({ hotspot }) => hotspot.state === 'listed').length,
  })
  if (round.state === 'cancelled' || (round.state !== 'open' && waiting.length === 0)) return count
  const names = list(waiting.map(voice => waitingName(view, facts, voice)))
  if (waiting.length === 0) return `${count} ${t('matrix.allAnswered')}`
  const key = round.state === 'open' ? 'matrix.notAnswered' : 'matrix.silent'
  return `${count} ${t(key, { voices: names })}`
}

function agreementText(view: ViewContext, { agreement }: RoundFacts): string {
  const { t, number } = view.words
  const said = t('matrix.agreement', { same: number(agreement.same), count: agreement.compared })
  return agreement.kappa === null
    ? said
    : `${said} ${t('matrix.kappa', { kappa: number(Math.round(agreement.kappa * 100) / 100) })}`
}

/** Only what is contested is talked about; what the chair proposes stands beside it. */
function contestedBlocks(view: ViewContext, facts: RoundFacts): Block[] {
  const { t } = view.words
  const rows = facts.rows.filter(({ contested }) => contested)
  if (rows.length === 0) return [section(t('matrix.nothingContested'))]
  const lines = rows.map(row => {
    const sides = [row.mission, row.humanitarian].map(side =>
      side ? categoryText(view, side.category) : t('matrix.saidNothing'),
    )
    const outcome = outcomeOf(facts, row.hotspotId)
    const dissents = facts.dissents.filter(({ hotspotId }) => hotspotId === row.hotspotId).length
    return [
      `• ${t('hotspot.named', {
        name: placeName(view, facts.places, row.hotspotId),
        text: t('matrix.sides', { mission: sides[0] ?? '', humanitarian: sides[1] ?? '' }),
      })}`,
      // Both sides say the same: the components of one do not.
      ...(row.distance === 0 ? [t('matrix.spread', { count: row.mission?.spread ?? 0 })] : []),
      ...(outcome ? [t('matrix.proposed', { category: categoryText(view, outcome) })] : []),
      ...(isPolitical(row) ? [t('matrix.political')] : []),
      ...(dissents > 0 ? [t('matrix.dissents', { count: dissents })] : []),
    ].join(' · ')
  })
  const { shown, rest } = fitting(lines, ROOM)
  const more = rest > 0 ? [t('matrix.more', { count: rest })] : []
  const text = [`*${t('matrix.contested', { count: rows.length })}*`, ...shown, ...more].join('\n')
  return [section(text)]
}

/** The block's id changes with each rendering, since Slack does not report the same choice of a menu twice. */
function roundActions(view: ViewContext, { round }: RoundFacts): Block[] {
  const { t } = view.words
  const press = (key: string, style?: 'primary') =>
    button(t(`matrix.button.${key}`), `matrix.${key}`, round.id, {
      ...(style ? { style } : {}),
      label: `${t(`matrix.button.${key}`)} ${round.code}`,
    })
  const more = (kinds: string[]) =>
    select(
      'matrix.more',
      t('alert.button.more'),
      kinds.map(kind => ({ text: t(`matrix.more_.${kind}`), value: `${kind}:${round.id}` })),
    )
  const blockId = `matrix:${round.id}:${round.state}:${view.now}`
  switch (round.state) {
    case 'open':
      return [
        actions(blockId, [
          press('rate', 'primary'),
          press('unchanged'),
          press('nil'),
          more(['reveal', 'units', 'cancel']),
        ]),
      ]
    case 'revealed':
      return [
        actions(blockId, [
          press('sides', 'primary'),
          press('checks'),
          press('recommend'),
          more(['units', 'cancel']),
        ]),
      ]
    case 'recommended':
      return [
        actions(blockId, [
          press('sides'),
          press('checks'),
          press('adopt', 'primary'),
          more(['send_back', 'cancel']),
        ]),
      ]
    case 'adopted':
      return [actions(blockId, [press('matrix')])]
    default:
      return []
  }
}
