import type { Layer } from '../../domain/sharing.ts'
import type { Preview } from '../../operations/alert/preview.ts'
import { context, fitting, modal, section } from '../blocks.ts'
import { role, type ViewContext } from '../context.ts'

/** Characters one of the two lists may take. */
const ROOM = 2500

/** Who will see an alert and what each will read; to whoever asks, alone. */
export function previewModal(view: ViewContext, { channels, posts }: Preview) {
  const { t } = view.words
  const places = channels.map(({ id, layers, obstacle }) =>
    obstacle === null
      ? `• <#${id}>: ${readsText(view, layers)}`
      : `• <#${id}>: ${t('alert.preview.nothing')} ${t(`alert.preview.because.${obstacle.because}`)}`,
  )
  const people = posts.map(
    ({ role: ref, layers }) => `• ${ref ? role(view, ref) : t('alert.author')}: ${readsText(view, layers)}`,
  )
  return modal('alert.preview', { title: t('alert.preview.title'), close: t('alert.modal.close') }, {}, [
    section(`*${t('alert.preview.channels')}*\n${listed(view, places)}`),
    section(`*${t('alert.preview.people')}*\n${listed(view, people)}`),
    context(t('alert.preview.rule')),
  ])
}

function listed(view: ViewContext, lines: string[]): string {
  if (lines.length === 0) return view.words.t('alert.preview.none')
  const { shown, rest } = fitting(lines, ROOM)
  return [...shown, ...(rest > 0 ? [view.words.t('channel.andMore', { count: rest })] : [])].join('\n')
}

function readsText(view: ViewContext, layers: readonly Layer[]): string {
  const { t, list } = view.words
  if (!layers.includes('record')) return t('alert.preview.nothing')
  const more = layers.filter(layer => layer !== 'record').map(layer => t(`alert.preview.layer.${layer}`))
  return more.length > 0 ? t('alert.preview.recordAnd', { layers: list(more) }) : t('alert.preview.record')
}
