/** What one voice says of the places of a round: its list, and the form for one of them. */
import type { EntryRow } from '../../db/matrix.ts'
import { CATEGORIES, RATIONALES } from '../../domain/matrix/entry.ts'
import { voiceKey } from '../../domain/matrix/round.ts'
import { type OwnRatings, RATING_NOTE } from '../../operations/matrix/rate.ts'
import {
  begun,
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
import type { ViewContext } from '../context.ts'
import { seasonNow } from '../hotspot/phrases.ts'
import { PAGE, pager } from './pager.ts'
import { categoryText, placeName, sectorLines } from './phrases.ts'

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
      context(t(`matrix.form.as.${voiceKey(own.voice)}`)),
      section(t(own.before.size > 0 ? 'matrix.form.ratings' : 'matrix.form.ratingsFirst')),
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
          RATIONALES.map(value => ({ value, text: begun(t(`matrix.rationale.${value}`)) })),
          said?.rationale ?? [],
        ),
      ),
      input('note', t('matrix.form.note'), textInput('note', { multiline: true, max: RATING_NOTE }), {
        optional: true,
      }),
    ],
  )
}
