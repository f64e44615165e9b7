import { type Finding, findingKey } from '../../domain/matrix/checks.ts'
import { CATEGORIES } from '../../domain/matrix/entry.ts'
import { isPolitical, memberMedian } from '../../domain/matrix/reveal.ts'
import { outcomeOf } from '../../operations/matrix/facts.ts'
import { REASON } from '../../operations/matrix/reconcile.ts'
import type { RoundPart } from '../../operations/matrix/voice.ts'
import type { RoundFacts } from '../../operations/matrix.ts'
import type { Block } from '../../ports.ts'
import { brief, button, context, input, modal, radio, section, select, textInput } from '../blocks.ts'
import { roleNamed, type ViewContext } from '../context.ts'
import { PAGE, pager } from './pager.ts'
import { categoryText, findingText, highNeedText, placeName, rowText, sectorLines } from './phrases.ts'

const REASON_MAX = 300
/** Findings of one kind shown one by one; all of them can be waived at once. */
const OF_A_KIND = 8

/** Both sides beside each other, contested rows first: each with what the chair proposes, and with dissent. */
export function sidesModal(view: ViewContext, facts: RoundFacts, part: RoundPart, from = 0) {
  const { t } = view.words
  const { humanitarian } = part
  const rows = [...facts.rows].sort((a, b) => Number(b.contested) - Number(a.contested))
  const page = rows.slice(from, from + PAGE)
  return modal(
    'matrix.sides',
    { title: facts.round.code, close: t('alert.modal.done') },
    { roundId: facts.round.id, from },
    [
      ...(humanitarian && from === 0 && facts.highNeed.length > 0
        ? [section(highNeedText(view, facts))]
        : []),
      ...page.flatMap((row): Block[] => {
        const proposal = facts.proposals.get(row.hotspotId)
        const outcome = outcomeOf(facts, row.hotspotId)
        const members = humanitarian
          ? memberMedian(facts.entries.filter(({ hotspotId }) => hotspotId === row.hotspotId))
          : null
        const dissents = facts.dissents.filter(({ hotspotId }) => hotspotId === row.hotspotId)
        const text = [
          `${row.contested ? '❗ ' : ''}${placeName(view, facts.places, row.hotspotId)}`,
          rowText(view, row),
          ...(isPolitical(row) ? [t('matrix.political')] : []),
          ...sectorLines(view, facts, row.hotspotId),
          ...(members ? [t('matrix.memberMedian', { category: categoryText(view, members) })] : []),
          ...(proposal
            ? [
                t('matrix.proposedBecause', {
                  category: categoryText(view, proposal.category),
                  reason: brief(proposal.reason, REASON_MAX),
                }),
              ]
            : outcome
              ? [t('matrix.comesOut', { category: categoryText(view, outcome) })]
              : []),
          ...dissents.map(each =>
            t('matrix.dissentLine', {
              voice: t(`matrix.voice.${each.voice}`),
              category: categoryText(view, each.category),
              reason: brief(each.reason, REASON_MAX),
            }),
          ),
        ].join('\n')
        const choices = rowChoices(facts, part, dissents).map(kind => ({
          text: t(`matrix.row.${kind}`),
          value: `${kind}:${row.hotspotId}`,
        }))
        return [
          section(
            text,
            choices.length > 0 ? select('matrix.row', t('alert.button.more'), choices) : undefined,
          ),
        ]
      }),
      ...(rows.length === 0 ? [section(t('matrix.saidNothing'))] : []),
      ...pager(view, 'matrix.sides_page', facts.round.id, from, rows.length),
    ],
  )
}

/** What the acting person may do about a row now. */
function rowChoices({ round }: RoundFacts, part: RoundPart, dissents: RoundFacts['dissents']) {
  const talked = round.state === 'revealed'
  const own = dissents.some(({ byPerson }) => byPerson === part.personId)
  return [
    ...(part.leads && talked ? (['propose'] as const) : []),
    ...(talked || round.state === 'recommended' ? (['dissent'] as const) : []),
    ...(own ? (['take_back'] as const) : []),
  ]
}

/** A category with its reason: the chair's proposal, or a dissent. */
export function categoryModal(
  view: ViewContext,
  facts: RoundFacts,
  kind: 'propose' | 'dissent',
  opened: { hotspotId: string; parent: string; from: number },
) {
  const { t } = view.words
  const { hotspotId } = opened
  return modal(
    `matrix.${kind}`,
    { title: facts.round.code, submit: t(`matrix.form.${kind}`), close: t('alert.modal.cancel') },
    { roundId: facts.round.id, ...opened },
    [
      section(placeName(view, facts.places, hotspotId)),
      input(
        'category',
        t('matrix.form.category'),
        radio(
          'category',
          CATEGORIES.map(value => ({ value, text: categoryText(view, value) })),
        ),
      ),
      input('reason', t('matrix.form.reason'), textInput('reason', { multiline: true, max: REASON }), {
        hint: t(`matrix.form.${kind}Hint`),
      }),
    ],
  )
}

/** What speaks against adopting, each to be mended, or waived by name by whoever leads the round or adopts. */
export function checksModal(view: ViewContext, facts: RoundFacts, part: RoundPart) {
  const { t } = view.words
  const waive = (key: 'waive' | 'waiveAll', finding: string) =>
    part.leads || part.adopts
      ? button(
          t(`matrix.button.${key}`),
          key === 'waive' ? 'matrix.waive' : 'matrix.waive:all',
          `${facts.round.id}:${finding}`,
        )
      : undefined
  return modal(
    'matrix.checks',
    { title: facts.round.code, close: t('alert.modal.done') },
    { roundId: facts.round.id },
    [
      ...(facts.findings.length === 0 ? [section(t('matrix.noFindings'))] : []),
      ...[...Map.groupBy(facts.findings, ({ check }) => check)].flatMap(([check, found]) => [
        ...(found.length > 1 ? [section(`*${kindText(view, facts, found)}*`, waive('waiveAll', check))] : []),
        ...found
          .slice(0, OF_A_KIND)
          .map(finding =>
            section(
              found.length > 1
                ? placeText(view, facts, finding, found)
                : findingText(view, facts.places, finding),
              waive('waive', findingKey(finding)),
            ),
          ),
        ...(found.length > OF_A_KIND ? [context(t('matrix.more', { count: found.length - OF_A_KIND }))] : []),
      ]),
      ...waivedLines(view, facts).map(line => context(line)),
    ],
  )
}

const tiersOf = (finding: Finding): string => ('tiers' in finding ? finding.tiers.join() : '')

/** "5 places: no humanitarian contact". */
function kindText(view: ViewContext, { places }: RoundFacts, found: readonly Finding[]): string {
  const [first] = found
  if (!first) return ''
  const named = view.words.t('matrix.placesOfKind', { count: found.length })
  if (first.check !== 'tier_not_considered') return findingText(view, places, first, named)
  const tiers = found.flatMap(each => (each.check === 'tier_not_considered' ? each.tiers : []))
  return findingText(view, places, { ...first, tiers: [...new Set(tiers)].sort() }, named)
}

/** One place below what is found at several of them, with its tiers not considered where they differ from the others'. */
function placeText(
  view: ViewContext,
  { places }: RoundFacts,
  finding: Finding,
  found: readonly Finding[],
): string {
  if (!('hotspotId' in finding)) return findingText(view, places, finding)
  const name = placeName(view, places, finding.hotspotId)
  if (finding.check !== 'tier_not_considered' || new Set(found.map(tiersOf)).size === 1) return name
  const { t, list } = view.words
  return t('hotspot.named', { name, text: list(finding.tiers.map(tier => t(`matrix.tier.${tier}`))) })
}

/** What is waived by a finding's key, or by a check's name all of that kind. */
export function findingsAsked(view: ViewContext, facts: RoundFacts, asked: string): Block[] {
  const found = facts.findings.filter(each => each.check === asked || findingKey(each) === asked)
  const more = found.length - NAMED
  return [
    ...found.slice(0, NAMED).map(each => context(findingText(view, facts.places, each))),
    ...(more > 0 ? [context(view.words.t('matrix.more', { count: more }))] : []),
  ]
}

/** Waivers one form shows, and places that one of them names. */
const WAIVERS = 15
const NAMED = 5

/** What was waived, by which post and why: places waived together on one line. */
function waivedLines(view: ViewContext, { waived, places }: RoundFacts): string[] {
  const { t, list } = view.words
  const alike = Map.groupBy(waived, ({ finding, waiver }) =>
    JSON.stringify([{ ...finding, hotspotId: '' }, waiver.role, waiver.reason]),
  )
  const lines = [...alike.values()].flatMap(each => {
    const [first] = each
    if (!first) return []
    const names = each.flatMap(({ finding }) =>
      'hotspotId' in finding ? [placeName(view, places, finding.hotspotId)] : [],
    )
    const rest = names.length - NAMED
    const named = list([...names.slice(0, NAMED), ...(rest > 0 ? [t('matrix.more', { count: rest })] : [])])
    const by = t('matrix.waived', {
      role: roleNamed(view, first.waiver.role),
      reason: brief(first.waiver.reason, REASON_MAX),
    })
    return [`${findingText(view, places, first.finding, named)}\n${by}`]
  })
  const rest = lines.length - WAIVERS
  return [...lines.slice(0, WAIVERS), ...(rest > 0 ? [t('matrix.more', { count: rest })] : [])]
}
