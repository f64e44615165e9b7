import type { Channel } from '../db/channels.ts'
import type { Release } from '../db/releases.ts'
import { textIn } from '../domain/mission.ts'
import { RELEASABLE_TO, RELEASED, SENSITIVITIES, TLPS } from '../domain/release.ts'
import { sideOf } from '../domain/side.ts'
import type { ReleaseFacts, ReleaseForm, Summary } from '../operations/release.ts'
import { releaseLimits } from '../operations/release.ts'
import type { Block, Rendered } from '../ports.ts'
import { previewAction } from './alert/preview.ts'
import {
  actions,
  brief,
  button,
  context,
  divider,
  fields,
  header,
  input,
  modal,
  multiSelect,
  radio,
  said,
  section,
  select,
  sentence,
  textInput,
} from './blocks.ts'
import { role, sector, type ViewContext } from './context.ts'
import { personName } from './person.ts'

/** Characters of what a proposal would show, beside everything else on its card. */
const PREVIEW_MAX = 2500
const SPOKEN_MAX = 300
const LINE_MAX = 140
/** Proposals that stand among other things that wait. */
const WAITING = 4
/** People named one by one; more are counted. */
const NAMED = 40

/** *Propose a release*: what, to whom, why it serves those at risk, how sensitive, and how far it may be passed on. */
export function proposeModal(view: ViewContext, form: ReleaseForm) {
  const { t } = view.words
  const { alert } = form.alert
  const choose = t('alert.details.choose')
  const part = view.mission.marks
  return modal(
    'release.propose',
    {
      title: t('release.form.title', { code: alert.code }),
      submit: t('release.form.submit'),
      close: t('alert.modal.cancel'),
    },
    { alertId: alert.id },
    [
      ...form.standing.flatMap(release => standingBlock(view, release)),
      ...(form.standing.length > 0 ? [divider()] : []),
      section(t('release.form.about')),
      input(
        'what',
        t('release.form.what'),
        radio(
          'what',
          RELEASED.map(value => ({ value, text: t(`release.what.${value}`) })),
          'summary',
        ),
      ),
      input(
        'summary',
        t('release.form.summary'),
        textInput('summary', { multiline: true, max: releaseLimits.summary }),
        { optional: true, hint: t('release.form.summaryHint') },
      ),
      input(
        'constituencies',
        t('release.form.constituencies'),
        multiSelect(
          'constituencies',
          choose,
          RELEASABLE_TO.filter(id => !alert.audience.includes(id)).map(value => ({
            value,
            text: t(`alert.constituency.${value}`),
          })),
        ),
        { optional: true },
      ),
      ...(form.channels.length > 0
        ? [
            input(
              'channels',
              t('release.form.channels'),
              multiSelect(
                'channels',
                choose,
                form.channels.map(channel => ({ value: channel.id, text: channelName(view, channel) })),
              ),
              { optional: true, hint: t('release.form.channelsHint') },
            ),
          ]
        : []),
      input('why', t('release.form.why'), textInput('why', { multiline: true, max: releaseLimits.why })),
      input(
        'sensitivity',
        t('release.form.sensitivity'),
        radio(
          'sensitivity',
          SENSITIVITIES.map(value => ({ value, text: t(`release.sensitivity.${value}`) })),
          part.sensitivity,
        ),
      ),
      input(
        'tlp',
        t('release.form.tlp'),
        select(
          'tlp',
          choose,
          TLPS.map(value => ({
            value,
            text: `${t(`release.tlp.${value}`)}: ${t(`release.onward.${value}`)}`,
          })),
          part.tlp,
        ),
      ),
      previewAction(view, 'release'),
      context(t('help.confidential')),
    ],
  )
}

function standingBlock(view: ViewContext, release: Release): Block[] {
  const { t, dateTime } = view.words
  const label = t('release.form.narrow')
  return [
    section(
      t('release.form.standing', {
        code: release.code,
        what: t(`release.what.${release.what}`),
        audience: audienceText(view, release),
        at: dateTime(release.decidedAt ?? release.proposedAt),
      }),
      button(label, 'release.narrow', release.id, { style: 'danger', label: `${label} ${release.code}` }),
    ),
  ]
}

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
      section(`>>> ${brief(release.what === 'summary' ? release.summary : alert.alert.what, PREVIEW_MAX)}`),
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

/** Who will read it, by where they belong; by name only the mission's international staff (R-074). */
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

/** The summary, and not one word more, for those to whom it was released. */
export function summaryCard(view: ViewContext, { release, exercise }: Summary): Rendered {
  const { t, dateTime } = view.words
  const title = [
    ...(exercise ? [t('alert.exercise')] : []),
    release.code,
    t('release.summary.title', { mission: view.mission.short }),
  ].join(' · ')
  return {
    text: `${said(title)}: ${sentence(brief(release.summary, SPOKEN_MAX))} ${marksText(view, release)}.`,
    blocks: [
      header(title),
      section(release.summary === '' ? `_${t('alert.card.erased')}_` : said(release.summary)),
      context(
        `${marksText(view, release)}. ${t(`release.onward.${release.tlp}`)}.`,
        t('release.summary.released', { at: dateTime(release.decidedAt ?? release.proposedAt) }),
      ),
    ],
  }
}

/** One line of a digest or of a list. */
export function summaryLine(view: ViewContext, { release, exercise }: Summary): string {
  const marks = exercise ? `${view.words.t('alert.exercise')} · ` : ''
  return `${marks}*${release.code}* ${brief(release.summary, LINE_MAX)} (${view.words.t(`release.tlp.${release.tlp}`)})`
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

/** Why it is not released. An agency may leave it out. */
export function refuseModal(view: ViewContext, { release }: ReleaseFacts, optional: boolean) {
  const { t } = view.words
  return modal(
    'release.refuse',
    {
      title: t('release.refuse.title', { code: release.code }),
      submit: t('release.refuse.submit'),
      close: t('alert.modal.cancel'),
    },
    { releaseId: release.id },
    [
      input(
        'reason',
        t('release.refuse.reason'),
        textInput('reason', { multiline: true, max: releaseLimits.reason }),
        { optional },
      ),
    ],
  )
}

/** "TLP:AMBER · sensitivity: moderate". */
export function marksText(
  { words: { t } }: ViewContext,
  marks: Pick<Release, 'tlp' | 'sensitivity'>,
): string {
  return t('release.marks', {
    tlp: t(`release.tlp.${marks.tlp}`),
    sensitivity: t(`release.sensitivity.${marks.sensitivity}`),
  })
}

/** "NGOs and #protection-forum". */
export function audienceText(
  view: ViewContext,
  release: Pick<Release, 'constituencies' | 'channels'>,
): string {
  return view.words.list([
    ...release.constituencies.map(id => view.words.t(`alert.constituency.${id}`)),
    ...release.channels.map(id => `<#${id}>`),
  ])
}

/** A registered channel in a menu, where Slack shows no name: its purpose, its sector and its id. */
export function channelName(view: ViewContext, channel: Channel): string {
  const purpose = view.mission.purposes.find(({ id }) => id === channel.purpose)
  const name = purpose ? textIn(purpose.name, view.words.language as 'en' | 'fr') : channel.purpose
  const where = channel.sector === null ? '' : `, ${sector(view, channel.sector)}`
  return `${name}${where} (${channel.id})`
}
