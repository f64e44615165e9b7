import { NOTICE_KINDS } from '../domain/notice.ts'
import { noticeLimits, type SeenNotice } from '../operations/notice.ts'
import type { Rendered } from '../ports.ts'
import { previewAction } from './alert/preview.ts'
import { actions, brief, button, context, header, input, modal, radio, section, textInput } from './blocks.ts'
import { dayText, pair, type ViewContext } from './context.ts'
import { districtInput } from './gate.ts'

/** `/poc notify`: reference, district and validity; no place for anything else. */
export function notifyModal(view: ViewContext) {
  const { t } = view.words
  const day = (field: string, label: string) => input(field, label, { type: 'datepicker', action_id: field })
  return modal(
    'notice.add',
    { title: t('notice.form.title'), submit: t('notice.form.submit'), close: t('alert.modal.cancel') },
    {},
    [
      section(t('notice.form.about')),
      input('reference', t('notice.form.reference'), textInput('reference', { max: noticeLimits.reference })),
      input(
        'kind',
        t('notice.form.kind'),
        radio(
          'kind',
          NOTICE_KINDS.map(value => ({ value, text: t(`notice.kind.${value}`) })),
        ),
      ),
      districtInput(view),
      day('fromDay', t('notice.form.from')),
      day('toDay', t('notice.form.to')),
      previewAction(view, 'notice'),
    ],
  )
}

/** A notification: all of it for OCHA, the reference alone for those who plan there. */
export function noticeCard(view: ViewContext, seen: SeenNotice): Rendered {
  const { t } = view.words
  const { notice, full } = seen
  const title = t('notice.title', { code: notice.code })
  const over = notice.endedAt !== null || notice.expiresAt <= view.now
  const text = noticeText(view, seen)
  return {
    text: `${title}. ${text}. ${t('notice.noGuarantee')}`,
    blocks: [
      header(title),
      section(`${text}\n*${t(over ? 'notice.over' : 'notice.valid')}*`),
      ...(full && !over
        ? [actions(`notice:${notice.id}`, [button(t('notice.end'), 'notice.end', notice.id)])]
        : []),
      context(`⚠️ ${t('notice.noGuarantee')}`),
    ],
  }
}

function noticeText(view: ViewContext, { notice, full }: SeenNotice): string {
  const { t } = view.words
  const names = { district: brief(notice.district, 80), reference: brief(notice.reference, 60) }
  if (!full) return t('notice.bare', names)
  return t('notice.full', {
    ...names,
    kind: t(`notice.kind.${notice.kind}`),
    from: dayText(view, notice.fromDay),
    to: dayText(view, notice.toDay),
  })
}

/** What is notified, for one person. */
export function noticesMessage(view: ViewContext, all: readonly SeenNotice[]): Rendered {
  const { t } = view.words
  const lines = all.slice(0, 40).map(seen => `• ${noticeText(view, seen)}`)
  const title = t('notice.list')
  return {
    text: pair(view, title, view.words.number(all.length)),
    blocks: [
      header(title),
      section(lines.length === 0 ? t('notice.none') : lines.join('\n')),
      context(`⚠️ ${t('notice.noGuarantee')}`),
    ],
  }
}
