import type { Layer } from '../../domain/sharing.ts'
import type { Preview } from '../../operations/alert/preview.ts'
import type { Block } from '../../ports.ts'
import { actions, button, context, fitting, modal, section } from '../blocks.ts'
import { role, type ViewContext } from '../context.ts'

/** Characters one of the two lists may take. */
const ROOM = 2500

/** Who will see an alert and what each will read; to whoever asks, alone. */
export function previewModal(view: ViewContext, { of, anybody, channels, posts }: Preview) {
  const { t } = view.words
  const line = (who: string, reads: string) => t('alert.preview.line', { who, reads })
  const places = channels.map(({ id, layers, obstacle }) =>
    line(
      `<#${id}>`,
      obstacle === null
        ? readsText(view, of, layers)
        : `${t('alert.preview.nothing')} ${t(`alert.preview.because.${obstacle.because}`)}`,
    ),
  )
  const author = t(of === 'alert' ? 'alert.author' : 'alert.preview.you')
  const people = posts.map(({ role: ref, layers }) =>
    line(ref ? role(view, ref) : author, readsText(view, of, layers)),
  )
  return modal('alert.preview', { title: t('alert.preview.title'), close: t('alert.modal.close') }, {}, [
    section(`*${t('alert.preview.channels')}*\n${listed(view, places, 'noChannel')}`),
    section(`*${t('alert.preview.people')}*\n${listed(view, people)}`),
    ...(anybody.length > 0
      ? [
          section(
            `*${t('alert.preview.anybody')}*\n${t('alert.preview.parts', { parts: parts(view, anybody) })}`,
          ),
        ]
      : []),
    context(t('alert.preview.rule')),
  ])
}

function listed(view: ViewContext, lines: string[], none = 'none'): string {
  if (lines.length === 0) return view.words.t(`alert.preview.${none}`)
  const { shown, rest } = fitting(lines, ROOM)
  return [...shown, ...(rest > 0 ? [view.words.t('channel.andMore', { count: rest })] : [])].join('\n')
}

const parts = ({ words }: ViewContext, anybody: Preview['anybody']): string =>
  words.list(anybody.map(id => words.t(`alert.constituency.${id}`)))

/** *Who will see this* on the form of a record, by the name its draft goes by. */
export function previewAction(view: ViewContext, noun: string): Block {
  return actions('preview', [button(view.words.t('alert.preview.button'), 'preview.show', noun)])
}

function readsText(view: ViewContext, of: Preview['of'], layers: readonly Layer[]): string {
  const { t, list } = view.words
  if (!layers.includes('record')) return t('alert.preview.nothing')
  if (of !== 'alert') return t(`alert.preview.${of === 'summary' ? 'summary' : 'all'}`)
  const more = layers.filter(layer => layer !== 'record').map(layer => t(`alert.preview.layer.${layer}`))
  return more.length > 0 ? t('alert.preview.recordAnd', { layers: list(more) }) : t('alert.preview.record')
}
