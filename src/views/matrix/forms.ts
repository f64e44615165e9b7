import type { EntryRow } from '../../db/matrix.ts'
import { findingKey } from '../../domain/matrix/checks.ts'
import { CATEGORIES, RATIONALES } from '../../domain/matrix/entry.ts'
import { memberMedian } from '../../domain/matrix/reveal.ts'
import { outcomeOf } from '../../operations/matrix/facts.ts'
import { type OwnRatings, RATING_NOTE } from '../../operations/matrix/rate.ts'
import { REASON } from '../../operations/matrix/reconcile.ts'
import type { RoundFacts } from '../../operations/matrix.ts'
import type { Block } from '../../ports.ts'
import { previewAction } from '../alert/preview.ts'
import {
  brief,
  button,
  checkboxes,
  context,
  input,
  modal,
  radio,
  section,
  select,
  textInput,
} from '../blocks.ts'
import { roleNamed, sector, type ViewContext } from '../context.ts'
import { seasonNow } from '../hotspot/phrases.ts'
import { categoryText, findingText, highNeedText, placeName, rowText, sectorLines } from './phrases.ts'

/** Rows one modal shows; more are paged to. */
export const PAGE = 20
const REASON_MAX = 300
/** Findings of one kind shown one by one; all of them can be waived at once. */
const OF_A_KIND = 8

/**
 * Opens a round: which places, by when. The channel is the one the command was typed in.
 *
 * @param led sectors whose rounds the person leads; null for the whole mission.
 */
export function openRoundModal(
  view: ViewContext,
  channelId: string,
  closesAt: number,
  led: readonly string[] | null,
) {
  const { t } = view.words
  const ids = led ?? view.mission.sectors.map(({ id }) => id)
  const sectors = ids.map(id => ({ text: sector(view, id), value: id }))
  return modal(
    'matrix.open',
    { title: t('matrix.form.open'), submit: t('matrix.form.openSubmit'), close: t('alert.modal.cancel') },
    { channelId },
    [
      input(
        'sector',
        t('matrix.form.scope'),
        select('sector', t('matrix.wholeMission'), sectors, led ? (led[0] ?? null) : null),
        led ? {} : { optional: true, hint: t('matrix.form.scopeHint') },
      ),
      input('closesAt', t('matrix.form.closesAt'), {
        type: 'datetimepicker',
        action_id: 'closesAt',
        initial_date_time: Math.floor(closesAt / 1000),
      }),
      previewAction(view, 'matrix'),
      context(t('matrix.ranksPresence'), t('matrix.form.hidden')),
    ],
  )
}

/** One's own ratings, place by place: only what changed needs a form. */
export function ratingsModal(view: ViewContext, own: OwnRatings, from = 0) {
  const { t } = view.words
  const { facts } = own
  const listed = facts.places.filter(({ hotspot }) => hotspot.state === 'listed')
  const page = listed.slice(from, from + PAGE)
  return modal(
    'matrix.ratings',
    { title: facts.round.code, close: t('alert.modal.done') },
    { roundId: facts.round.id, from },
    [
      section(t('matrix.form.ratings')),
      ...page.map(({ hotspot }) => {
        const now = own.now.get(hotspot.id)
        const before = own.before.get(hotspot.id)
        const said = now
          ? entryText(view, now)
          : before
            ? t('matrix.form.lastTime', { said: entryText(view, before) })
            : t('matrix.notRated')
        const season = seasonNow(view, { hotspot })
        const lines = [
          `${placeName(view, facts.places, hotspot.id)}${season ? ` · ${season}` : ''}`,
          said,
          ...sectorLines(view, facts, hotspot.id),
        ]
        return section(
          lines.join('\n'),
          button(t('matrix.button.rate'), 'matrix.rate_place', `${facts.round.id}:${hotspot.id}`, {
            label: `${t('matrix.button.rate')} ${hotspot.code}`,
          }),
        )
      }),
      ...pager(view, 'matrix.ratings_page', facts.round.id, from, listed.length),
    ],
  )
}

function pager(view: ViewContext, action: string, roundId: string, from: number, count: number): Block[] {
  if (count <= PAGE) return []
  const { t } = view.words
  const to = (start: number, key: string) =>
    button(t(`matrix.button.${key}`), `${action}:${key}`, `${roundId}:${start}`)
  return [
    {
      type: 'actions',
      elements: [
        ...(from > 0 ? [to(Math.max(0, from - PAGE), 'previous')] : []),
        ...(from + PAGE < count ? [to(from + PAGE, 'next')] : []),
      ],
    },
  ]
}

function entryText(view: ViewContext, row: EntryRow): string {
  const { t, list } = view.words
  return t('matrix.sideView', {
    category: categoryText(view, row.category),
    likelihood: row.likelihood,
    impact: row.impact,
    reasons: list(row.rationale.map(id => t(`matrix.rationale.${id}`))),
  })
}

/** How one place is rated, filled in with what was said last. */
export function rateModal(
  view: ViewContext,
  own: OwnRatings,
  hotspotId: string,
  opened: { from: number; parent: string },
) {
  const { t } = view.words
  const { facts } = own
  const said = own.now.get(hotspotId) ?? own.before.get(hotspotId)
  const rules = view.mission.matrix
  const scale = (field: 'likelihood' | 'impact' | 'vulnerability', optional = false) => {
    const max = rules?.scales[field] ?? 5
    const choices = Array.from({ length: max }, (_, index) => {
      const value = String(index + 1)
      const end = index === 0 ? 'lowest' : index === max - 1 ? 'highest' : null
      return { value, text: end ? t(`hotspot.form.${end}`, { value }) : value }
    })
    const initial = said?.[field] ?? null
    return input(
      field,
      t(`matrix.form.${field}`),
      select(field, t('alert.details.choose'), choices, initial === null ? null : String(initial)),
      { optional },
    )
  }
  return modal(
    'matrix.rate',
    { title: facts.round.code, submit: t('alert.modal.save'), close: t('alert.modal.cancel') },
    { roundId: facts.round.id, hotspotId, ...opened },
    [
      section(placeName(view, facts.places, hotspotId)),
      scale('likelihood'),
      scale('impact'),
      scale('vulnerability', true),
      input(
        'category',
        t('matrix.form.category'),
        radio(
          'category',
          CATEGORIES.map(value => ({
            value,
            text: categoryText(view, value),
            description: t(`matrix.means.${value}`),
          })),
          said?.category,
        ),
      ),
      input(
        'rationale',
        t('matrix.form.rationale'),
        checkboxes(
          'rationale',
          RATIONALES.map(value => ({ value, text: t(`matrix.rationale.${value}`) })),
          said?.rationale ?? [],
        ),
      ),
      input('note', t('matrix.form.note'), textInput('note', { multiline: true, max: RATING_NOTE }), {
        optional: true,
      }),
    ],
  )
}

/** Both sides beside each other, contested rows first: each with what the chair proposes, and with dissent. */
export function sidesModal(view: ViewContext, facts: RoundFacts, humanitarian: boolean, from = 0) {
  const { t } = view.words
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
        const choices = ['propose', 'dissent', ...(dissents.length > 0 ? ['take_back'] : [])]
        return [
          section(
            text,
            select(
              'matrix.row',
              t('alert.button.more'),
              choices.map(kind => ({
                text: t(`matrix.row.${kind}`),
                value: `${kind}:${row.hotspotId}`,
              })),
            ),
          ),
        ]
      }),
      ...(rows.length === 0 ? [section(t('matrix.saidNothing'))] : []),
      ...pager(view, 'matrix.sides_page', facts.round.id, from, rows.length),
    ],
  )
}

/** A category with its reason: the chair's proposal, or a dissent. */
export function categoryModal(
  view: ViewContext,
  facts: RoundFacts,
  kind: 'propose' | 'dissent',
  opened: { hotspotId: string; parent: string },
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

/** What speaks against adopting, each to be mended or waived by name. */
export function checksModal(view: ViewContext, facts: RoundFacts) {
  const { t } = view.words
  return modal(
    'matrix.checks',
    { title: facts.round.code, close: t('alert.modal.done') },
    { roundId: facts.round.id },
    [
      ...(facts.findings.length === 0 ? [section(t('matrix.noFindings'))] : []),
      ...[...Map.groupBy(facts.findings, ({ check }) => check)].flatMap(([check, found]) => [
        ...(found.length > 1
          ? [
              section(
                `*${t('matrix.sameKind', { count: found.length })}*`,
                button(t('matrix.button.waiveAll'), 'matrix.waive:all', `${facts.round.id}:${check}`),
              ),
            ]
          : []),
        ...found
          .slice(0, OF_A_KIND)
          .map(finding =>
            section(
              findingText(view, facts.places, finding),
              button(t('matrix.button.waive'), 'matrix.waive', `${facts.round.id}:${findingKey(finding)}`),
            ),
          ),
        ...(found.length > OF_A_KIND ? [context(t('matrix.more', { count: found.length - OF_A_KIND }))] : []),
      ]),
      ...facts.waivers
        .slice(-20)
        .map(({ role, reason }) =>
          context(t('matrix.waived', { role: roleNamed(view, role), reason: brief(reason, REASON_MAX) })),
        ),
    ],
  )
}

/** A reason: for a waiver, or for sending back. */
export function reasonModal(
  view: ViewContext,
  facts: RoundFacts,
  callback: 'matrix.waive' | 'matrix.send_back',
  metadata: object,
) {
  const { t } = view.words
  return modal(
    callback,
    { title: facts.round.code, submit: t('alert.modal.save'), close: t('alert.modal.cancel') },
    { roundId: facts.round.id, ...metadata },
    [input('reason', t('matrix.form.reason'), textInput('reason', { multiline: true, max: REASON }))],
  )
}

/** How many units can be placed. */
export function unitsModal(view: ViewContext, facts: RoundFacts) {
  const { t } = view.words
  const element = {
    type: 'number_input',
    action_id: 'units',
    is_decimal_allowed: false,
    min_value: '0',
    ...(facts.round.units === null ? {} : { initial_value: String(facts.round.units) }),
  }
  return modal(
    'matrix.units',
    { title: facts.round.code, submit: t('alert.modal.save'), close: t('alert.modal.cancel') },
    { roundId: facts.round.id },
    [input('units', t('matrix.form.units'), element)],
  )
}
