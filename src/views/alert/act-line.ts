import { clip } from '../../../blockkit/index.ts'
import type { Act } from '../../domain/alert.ts'
import type { Urgency } from '../../domain/mission.ts'
import { isGround, type VerificationState } from '../../domain/verification.ts'
import type { AlertFacts } from '../../operations/alert/facts.ts'
import { said } from '../blocks.ts'
import { sector, term, type ViewContext } from '../context.ts'
import { actorName, decisionText, when } from './phrases.ts'

/** Slack advises no longer texts, and cuts none below 40,000. */
const NOTE_MAX = 3500

/** What an act was, by which post, in one line; null where there is nothing that everybody may be told. */
export function actText(view: ViewContext, facts: AlertFacts, act: Act): string | null {
  const { t } = view.words
  const lead = leadText(view, facts, act)
  if (lead === null) return null
  const recorded =
    act.means === 'slack'
      ? []
      : act.means === 'sms'
        ? [`(${t('alert.by.sms')})`]
        : [
            t('alert.line.recorded', {
              means: t(`alert.by.${act.means}`),
              at: when(view, { raisedAt: act.recordedAt }, act.at),
            }),
          ]
  return [lead, ...recorded, ...(act.note ? [clip(said(act.note), NOTE_MAX)] : [])].join(' ')
}

function leadText(view: ViewContext, facts: AlertFacts, act: Act): string | null {
  const { t } = view.words
  const by = actorName(view, facts, act)
  const reason = (list: 'cannot_take' | 'outcomes' | 'not_acting') =>
    act.reason ? term(view, list, act.reason) : ''
  switch (act.kind) {
    case 'respond':
    case 'watch':
    case 'not_acting':
      return t('alert.line.decision', { by, decision: decisionText(view, facts.alert, act) })
    case 'cannot_take':
      return t('alert.line.cannot_take', { by, reason: reason('cannot_take') })
    case 'command':
      return t('alert.line.command', { by, reason: reason('not_acting') })
    case 'close':
      return t('alert.line.close', { by, outcome: reason('outcomes') })
    case 'withdraw':
      return t(`alert.line.${act.reason === 'exercise_ended' ? act.reason : act.kind}`, { by })
    case 'urgency':
      return t('alert.line.urgency', { by, from: urgency(view, act.who), to: urgency(view, act.reason) })
    case 'triage': {
      const others = correctText(view, by, act, 'sector')
      const put = t('alert.line.triage', { by, sector: sector(view, facts.alert.sector) })
      return others ? `${put}\n${others}` : put
    }
    case 'correct':
      return correctText(view, by, act)
    case 'verify':
      return verifyText(view, by, act)
    case 'report':
      return t('report.act', { by })
    case 'reopen':
      return t('standing.reopen.line', { by })
    case 'merge':
    case 'unmerge':
      return joinedText(view, facts, act, by)
    default:
      return t(`alert.line.${act.kind}`, { by })
  }
}

function verifyText(view: ViewContext, by: string, act: Act): string {
  const { t } = view.words
  const state = t(`verification.state.${act.reason as VerificationState}`)
  const ground = isGround(act.who) ? t(`verification.ground.${act.who}`) : null
  return ground ? t('verification.lineGround', { by, state, ground }) : t('verification.line', { by, state })
}

/** The other alert by its code only where these readers may read it too. */
function joinedText(view: ViewContext, facts: AlertFacts, act: Act, by: string): string {
  const { t } = view.words
  const { alert, into, joined } = facts
  if (act.kind === 'unmerge')
    return t(`report.joined.${act.who === 'here' ? 'undoneHere' : 'undone'}`, { by })
  if (act.who !== 'here') {
    const code = into?.readable ? into.facts.alert.code : null
    return code ? t('report.joined.lineInto', { by, code }) : t('report.joined.lineIntoHidden', { by })
  }
  const other = joined.find(each => each.alert.id === act.reason && each.alert.id !== alert.id)
  return other
    ? t('report.joined.line', { by, code: other.alert.code })
    : t('report.joined.lineHidden', { by })
}

/**
 * The fields a thread may name. Who is alleged is not among them: a change that the card does not show would give a
 * restricted class away.
 */
const changedFields = [
  'place',
  'how',
  'sector',
  'threat',
  'cameBy',
  'atRisk',
  'askedFor',
  'eventAt',
  'eventPrecision',
  'scope',
  'tlp',
  'sensitivity',
]

function correctText(view: ViewContext, by: string, act: Act, except?: string): string | null {
  const { t, list } = view.words
  const fields = (act.reason ?? '')
    .split(',')
    .filter(field => changedFields.includes(field) && field !== except)
    .map(field => t(`alert.changed.${field}`))
  return fields.length > 0 ? t('alert.line.correct', { by, fields: list(fields) }) : null
}

const urgency = (view: ViewContext, value: string | null): string =>
  value ? view.words.t(`alert.urgency.${value as Urgency}`) : ''
