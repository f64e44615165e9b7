import { type Language, roleName } from '../../domain/mission.ts'
import type { Layer } from '../../domain/sharing.ts'
import type { Preview } from '../../operations/alert/preview.ts'
import type { Block } from '../../ports.ts'
import { actions, button, context, fitting, modal, section } from '../blocks.ts'
import { role, type ViewContext } from '../context.ts'

/** Characters one of the two lists may take. */
const ROOM = 2500

/** Who will see a record and which parts of it each will read; to whoever asks, alone. */
export function previewModal(view: ViewContext, preview: Preview) {
  const { t } = view.words
  const { of, anybody, channels, posts, notes } = preview
  const line = (who: string, reads: string) => t('alert.preview.line', { who, reads })
  const places = channels.map(({ id, layers, obstacle }) =>
    line(
      `<#${id}>`,
      obstacle === null
        ? readsText(view, preview, layers)
        : `${t('alert.preview.nothing')} ${t(`alert.preview.because.${obstacle.because}`)}`,
    ),
  )
  const author = t(of === 'alert' || of === 'marked' ? 'alert.author' : 'alert.preview.you')
  const people = posts.map(({ role: ref, layers, of: less = of }) =>
    line(ref ? role(view, ref) : author, readsText(view, { ...preview, of: less }, layers)),
  )
  const restricted = of === 'summary' ? [] : restrictedLines(view, preview)
  return modal('alert.preview', { title: t('alert.preview.title'), close: t('alert.modal.close') }, {}, [
    section(`*${t('alert.preview.channels')}*\n${listed(view, places, 'noChannel')}`),
    section(`*${t('alert.preview.people')}*\n${listed(view, people)}`),
    ...(anybody.length > 0
      ? [
          section(
            `*${t('alert.preview.anybody')}*\n${t('alert.preview.parts', {
              parts: parts(view, anybody),
              reads: readsText(view, preview, ['record']),
            })}`,
          ),
        ]
      : []),
    ...(restricted.length > 0
      ? [section(`*${t('alert.preview.restricted')}*\n${listed(view, restricted)}`)]
      : []),
    context(...notes.map(note => t(`alert.preview.note.${note}`)), t('alert.preview.rule')),
  ])
}

/** Each part that only some read, with the posts it is opened to. */
function restrictedLines(view: ViewContext, { restricted }: Preview): string[] {
  const { t, list, language } = view.words
  return restricted.map(({ layer, roles }) => {
    const names = roles.map(id => roleName(view.mission, { role: id, sector: null }, language as Language))
    return t('alert.preview.line', {
      who: t(`alert.preview.layer.${layer}`),
      reads: names.length > 0 ? list(names) : t('alert.preview.none'),
    })
  })
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

/** "the face and the details, who is alleged": the parts by name. */
function readsText(
  { words: { t, list } }: ViewContext,
  { of, restricted }: { of: Preview['of'] | 'reference'; restricted: Preview['restricted'] },
  layers: readonly Layer[],
): string {
  if (!layers.includes('record')) return t('alert.preview.nothing')
  const whole = of === 'record' && restricted.length === 0 ? 'all' : of
  const more = layers.filter(layer => layer !== 'record').map(layer => t(`alert.preview.layer.${layer}`))
  const details = of === 'alert' ? [t('alert.preview.reads.details')] : []
  return list([t(`alert.preview.reads.${whole}`), ...details, ...more])
}
