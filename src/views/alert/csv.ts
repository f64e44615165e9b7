import { DateTime } from 'luxon'
import type { CsvColumn } from '../../domain/csv.ts'
import type { Slot } from '../../domain/mission.ts'
import { verificationOf } from '../../domain/verification.ts'
import type { AlertFacts } from '../../operations/alert/facts.ts'
import { sector, term, type ViewContext } from '../context.ts'
import { authorName, outcome, placeText, stateText, whatText } from './phrases.ts'

/** An alert as one row of a file: what of it its reader may read, and nothing of a restricted layer. */
export interface AlertRow extends AlertFacts {
  /** The class of alleged perpetrators where this reader may read it; null else. */
  alleged: string | null
}

/** The columns of a file of alerts, with their titles in the reader's language. Layers have none. */
export function alertColumns(view: ViewContext): CsvColumn<AlertRow>[] {
  const { t, list } = view.words
  const when = (at: number | null | undefined) =>
    at === null || at === undefined
      ? null
      : DateTime.fromMillis(at, { zone: view.words.zone }).toFormat('yyyy-MM-dd HH:mm')
  const owner = (row: AlertRow, slot: Slot) => row.owners.find(each => each.owner.slot === slot)?.state
  const columns: Record<string, CsvColumn<AlertRow>['of']> = {
    code: ({ alert }) => alert.code,
    exercise: ({ alert }) => (alert.exercise ? t('list.yes') : null),
    raisedAt: ({ alert }) => when(alert.raisedAt),
    standing: ({ alert }) => t(`standing.${alert.lifecycle}`),
    verification: ({ verifications }) => t(`verification.state.${verificationOf(verifications)}`),
    urgency: ({ alert }) => t(`alert.urgency.${alert.urgency}`),
    sector: ({ alert }) => sector(view, alert.sector),
    place: row => placeText(view, row),
    how: ({ alert }) => alert.placeHow,
    lat: ({ alert }) => alert.lat,
    lon: ({ alert }) => alert.lon,
    what: row => whatText(view, row),
    threat: ({ alert }) => alert.threat && term(view, 'threats', alert.threat),
    cameBy: ({ alert }) => alert.cameBy && term(view, 'came_by', alert.cameBy),
    atRisk: ({ alert }) => list((alert.atRisk ?? []).map(({ kind }) => term(view, 'at_risk', kind))),
    people: ({ alert }) => {
      const known = (alert.atRisk ?? []).flatMap(({ count }) => count ?? [])
      return known.length > 0 ? known.reduce((sum, count) => sum + count, 0) : null
    },
    perpetrator: ({ alleged }) => alleged && term(view, 'perpetrators', alleged),
    askedFor: ({ alert }) => list((alert.askedFor ?? []).map(id => term(view, 'asked_for', id))),
    reports: ({ reports }) => reports.length,
    sources: ({ sources }) => sources.independent,
    raisedBy: row => unescaped(authorName(view, row)),
    ...Object.fromEntries(
      (['civilian', 'uniformed'] as const).flatMap(slot => [
        [slot, (row: AlertRow) => stateOf(view, row, owner(row, slot))],
        [`${slot}Acknowledged`, (row: AlertRow) => when(owner(row, slot)?.acknowledged?.at)],
        [`${slot}OnSite`, (row: AlertRow) => when(owner(row, slot)?.onSite?.at)],
      ]),
    ),
    outcome: row => outcome(view, row),
  }
  return Object.entries(columns).map(([key, of]) => ({ title: t(`list.column.${key}`), of }))
}

function stateOf(
  view: ViewContext,
  { alert }: AlertRow,
  state: AlertFacts['owners'][number]['state'] | undefined,
): string | null {
  return state ? unescaped(stateText(view, alert, state)) : null
}

/** What was made ready for Slack, as people typed it. */
const unescaped = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
