/** What is said of an alert in voices of their own: shown in a modal to one person, never in a channel. */

import type { EntriesRead, EntryRead } from '../operations/entry.ts'
import type { Block } from '../ports.ts'
import { previewAction } from './alert/preview.ts'
import { actions, button, context, divider, input, modal, radio, said, section, textInput } from './blocks.ts'
import { roleNamed, type ViewContext } from './context.ts'

/** Entries one modal shows, newest last. */
const SHOWN = 15
const WORDS_MAX = 2800
const NOTE_MAX = 3000

/** *Entries and dissent* under *More…*: what may be read, and a form for one's own. */
export function entriesModal(view: ViewContext, { facts, entries, kinds }: EntriesRead) {
  const { t } = view.words
  const shown = entries.slice(-SHOWN)
  return modal(
    'entry.write',
    {
      title: facts.alert.code,
      ...(kinds.length > 0 ? { submit: t('entry.form.submit') } : {}),
      close: t('alert.modal.close'),
    },
    { alertId: facts.alert.id },
    [
      ...(shown.length === 0 ? [section(t('entry.none'))] : shown.flatMap(each => entryBlocks(view, each))),
      ...(entries.length > shown.length
        ? [context(t('entry.more', { count: entries.length - shown.length }))]
        : []),
      ...(kinds.length === 0
        ? []
        : [
            divider(),
            input(
              'kind',
              t('entry.form.kind'),
              radio(
                'kind',
                kinds.map(value => ({
                  value,
                  text: t(`entry.kind.${value}`),
                  description: t(`entry.reads.${value}`),
                })),
                kinds.includes('dissent') ? 'dissent' : kinds[0],
              ),
            ),
            input('text', t('entry.form.text'), textInput('text', { multiline: true, max: NOTE_MAX }), {
              hint: t('entry.form.hint'),
            }),
            previewAction(view, 'entry'),
          ]),
      context(t('help.confidential')),
    ],
  )
}

function entryBlocks(view: ViewContext, { entry, versions, own }: EntryRead): Block[] {
  const { t, dateTime } = view.words
  const by = entry.role ? roleNamed(view, entry.role) : t(`alert.constituency.${entry.holder}`)
  const by_ = entry.holder === 'un_agency' || entry.holder === 'ngo' ? t('alert.humanitarianPartner') : by
  const last = versions.at(-1)
  const head = `*${t(`entry.kind.${entry.kind}`)}* · ${own ? t('entry.yours') : by_} · ${dateTime(entry.at)}`
  if (entry.withdrawnAt !== null)
    return [section(`${head}\n${t('entry.withdrawn', { at: dateTime(entry.withdrawnAt) })}`)]
  const words =
    last?.text === null || last === undefined ? t('entry.erased') : said(last.text).slice(0, WORDS_MAX)
  const changed =
    versions.length > 1
      ? [context(t('entry.changed', { count: versions.length - 1, at: dateTime(last?.at ?? entry.at) }))]
      : []
  return [
    section(`${head}\n${words}`),
    ...changed,
    ...(own
      ? [
          actions(`e-${entry.id}`, [
            button(t('entry.edit'), 'entry.edit', entry.id, { label: `${t('entry.edit')} ${entry.code}` }),
            button(t('entry.withdraw'), 'entry.withdraw', entry.id, {
              style: 'danger',
              label: `${t('entry.withdraw')} ${entry.code}`,
            }),
          ]),
        ]
      : []),
  ]
}

/** *Change* on an entry of one's own. */
export function editEntryModal(view: ViewContext, { entry, versions }: EntryRead) {
  const { t } = view.words
  return modal(
    'entry.edit',
    { title: entry.code, submit: t('alert.modal.save'), close: t('alert.modal.cancel') },
    { entryId: entry.id },
    [
      input(
        'text',
        t(`entry.kind.${entry.kind}`),
        textInput('text', { multiline: true, max: NOTE_MAX, initial: versions.at(-1)?.text ?? null }),
        { hint: t('entry.form.hint') },
      ),
    ],
  )
}
