import { sideOf } from '../../domain/side.ts'
import type { ReleaseFacts } from '../../operations/release.ts'
import type { Block, Rendered } from '../../ports.ts'
import { actions, brief, button, context, fields, header, modal, section } from '../blocks.ts'
import { role, type ViewContext } from '../context.ts'
import { personName } from '../person.ts'
import { audienceText, marksText } from './phrases.ts'

/** Characters of what a proposal would show, beside everything else on its card. */
const PREVIEW_MAX = 2500
/** Proposals that stand among other things that wait. */
const WAITING = 4
/** People named one by one; more are counted. */
const NAMED = 40

/** The proposal, for whoever decides it and whoever made it. */
export function proposalCard(view: ViewContext, facts: ReleaseFacts, personId: string): Rendered {
  const { t } = view.words
  const { release, alert } = facts
  const decides = release.state === 'waiting' && release.proposedBy !== personId
  const title = t('release.card.title', { code: release.code })
  const text = t('release.card.spoken', {
    code: release.code,
    alert: alert.alert.code,
    audience: audienceText(view, release),
  })
  return {
    text: `${text} ${stateText(view, facts)}`,
    blocks: [
      header(title),
      section(
        t(`release.card.${release.what}`, {
          alert: alert.alert.code,
          audience: audienceText(view, release),
        }),
      ),
      section(`> ${brief(release.what === 'summary' ? release.summary : alert.alert.what, PREVIEW_MAX)}`),
      fields([
        `*${t('release.form.why')}*\n${brief(release.why, 1000)}`,
        `*${t('release.card.marks')}*\n${marksText(view, release)}`,
      ]),
      section(recipientsText(view, facts)),
      section(`*${stateText(view, facts)}*`),
      ...(decides
        ? [
            actions(`release:${release.id}`, [
              button(t('release.card.release'), 'release.release', release.id, { style: 'primary' }),
              button(t('release.card.refuse'), 'release.refuse', release.id),
            ]),
          ]
        : []),
      ...(release.state === 'released'
        ? [
            actions(`release:${release.id}:standing`, [
              button(t('release.form.narrow'), 'release.narrow', release.id, { style: 'danger' }),
            ]),
          ]
        : []),
    ],
  }
}

/** Proposals that wait for this person's decision; nothing where none does. */
export function waitingReleaseBlocks(view: ViewContext, waiting: readonly ReleaseFacts[]): Block[] {
  if (waiting.length === 0) return []
  const { t } = view.words
  const show = t('help.show')
  const line = ({ release, alert }: ReleaseFacts) =>
    t('release.card.spoken', {
      code: `*${release.code}*`,
      alert: alert.alert.code,
      audience: audienceText(view, release),
    })
  const rest = waiting.length - WAITING
  return [
    section(`*${t('release.waits', { count: waiting.length })}*`),
    ...waiting
      .slice(0, WAITING)
      .map(each =>
        section(
          line(each),
          button(show, 'release.show', each.release.id, { label: `${show} ${each.release.code}` }),
        ),
      ),
    ...(rest > 0 ? [context(t('release.rest', { count: rest }))] : []),
  ]
}

/** The proposal in a modal, for whoever decides it and does not have its card at hand. */
export function proposalModal(view: ViewContext, facts: ReleaseFacts, personId: string) {
  return modal(
    'release.proposal',
    { title: facts.release.code, close: view.words.t('alert.modal.close') },
    {},
    proposalCard(view, facts, personId).blocks ?? [],
  )
}

/** Who will read it, by where they belong; by name only the mission's international staff. */
function recipientsText(view: ViewContext, { recipients, release }: ReleaseFacts): string {
  const { t, list } = view.words
  const people = release.state === 'released' || release.state === 'waiting' ? recipients.people : []
  const byPart = Map.groupBy(people, ({ constituency }) => constituency)
  const lines = [...byPart].map(([constituency, members]) => {
    const named = members.filter(
      person => constituency !== null && sideOf(constituency) === 'mission' && !person.national,
    )
    const names = named.slice(0, NAMED).map(person => personName(view.words, person))
    return t(names.length > 0 ? 'release.card.partNamed' : 'release.card.part', {
      part: t(`alert.constituency.${constituency}`),
      count: members.length,
      names: list(names),
    })
  })
  return [`*${t('release.card.recipients', { count: people.length })}*`, ...lines].join('\n').slice(0, 2900)
}

function stateText(view: ViewContext, { release, decides }: ReleaseFacts): string {
  const { t, dateTime } = view.words
  return t(`release.state.${release.state}`, {
    role: role(view, decides),
    at: dateTime(release.narrowedAt ?? release.decidedAt ?? release.proposedAt),
  })
}

/** What was decided, to whoever proposed it. */
export function decidedMessage(view: ViewContext, facts: ReleaseFacts): Rendered {
  const { t } = view.words
  const { release, alert } = facts
  const lead = t(`release.decided.${release.state === 'refused' ? 'refused' : 'released'}`, {
    code: release.code,
    alert: alert.alert.code,
    audience: audienceText(view, release),
    role: role(view, facts.decides),
  })
  const text = release.reason
    ? `${lead} ${t('release.decided.reason', { reason: brief(release.reason, 1000) })}`
    : lead
  return { text, blocks: [section(text)] }
}
