import type { Release } from '../../db/releases.ts'
import { RELEASABLE_TO, RELEASED, SENSITIVITIES, TLPS } from '../../domain/release.ts'
import type { ReleaseFacts, ReleaseForm } from '../../operations/release.ts'
import { releaseLimits } from '../../operations/release.ts'
import type { Block } from '../../ports.ts'
import { previewAction } from '../alert/preview.ts'
import {
  button,
  channelSelect,
  context,
  divider,
  input,
  modal,
  multiSelect,
  radio,
  section,
  select,
  textInput,
} from '../blocks.ts'
import type { ViewContext } from '../context.ts'
import { audienceText } from './phrases.ts'

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
              channelSelect('channels', choose, { several: true }),
              {
                optional: true,
                hint: t('release.form.channelsHint'),
              },
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
            text: t('alert.labelled', {
              label: t(`release.tlp.${value}`),
              text: t(`release.onward.${value}`),
            }),
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
