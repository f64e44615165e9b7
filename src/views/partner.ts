/** Taking part unnamed: what cannot be hidden, who a reference is, leaving with all that was given. */
import type { ExportLine } from '../operations/export.ts'
import { type PartnerRead, UNNAMED_AS } from '../operations/partner.ts'
import type { Block, OutgoingFile, Rendered } from '../ports.ts'
import {
  actions,
  brief,
  button,
  checkboxes,
  context,
  input,
  modal,
  section,
  select,
  textInput,
} from './blocks.ts'
import type { ViewContext } from './context.ts'

/** *Take part unnamed*: says first what cannot be hidden. `hasKey`: whether an organisation can be sealed. */
export function unnamedModal(view: ViewContext, hasKey: boolean) {
  const { t } = view.words
  return modal(
    'partner.unnamed',
    { title: t('partner.form.title'), submit: t('partner.form.submit'), close: t('alert.modal.cancel') },
    {},
    [
      section(t('partner.form.hidden')),
      section(t('partner.form.notHidden')),
      input(
        'told',
        t('partner.form.toldLabel'),
        checkboxes('told', [{ value: 'told', text: t('partner.form.told') }]),
      ),
      input(
        // Slack would keep what stands under the same name in the form this one replaces.
        'partner_kind',
        t('registration.join.constituency'),
        select(
          'partner_kind',
          t('registration.join.constituencyHint'),
          UNNAMED_AS.map(id => ({ text: t(`registration.constituency.${id}`), value: id })),
          'ngo',
        ),
      ),
      ...(hasKey
        ? [
            input(
              'organisation',
              t('registration.join.organisation'),
              textInput('organisation', { max: 150 }),
              {
                optional: true,
                hint: t('partner.form.sealed'),
              },
            ),
          ]
        : [context(t('partner.form.noKey'))]),
    ],
  )
}

/** The receipt, with the reference. */
export function unnamedReceipt(view: ViewContext, reference: string, deciders: string) {
  const { t } = view.words
  return modal('partner.asked', { title: t('registration.asked.title'), close: t('alert.modal.done') }, {}, [
    section(`✅ ${t('partner.asked', { reference, deciders })}`),
    leaveUnnamed(view),
  ])
}

/** *Leave and take along what I gave*, in one press. */
export function leaveUnnamed({ words: { t } }: Pick<ViewContext, 'words'>): Block {
  return actions('partner', [button(t('partner.leave'), 'partner.leave', 'leave', { style: 'danger' })])
}

/** Which organisation a reference is, to an administrator of the humanitarian side alone. */
export function whichModal(view: ViewContext, { reference, organisation, because }: PartnerRead) {
  const { t } = view.words
  const text =
    organisation === null
      ? t(`partner.because.${because ?? 'never_said'}`, { reference })
      : t('partner.is', { reference, organisation: brief(organisation, 150) })
  return modal('partner.is', { title: reference, close: t('alert.modal.done') }, {}, [
    section(text),
    context(t('partner.logged')),
  ])
}

/** An unnamed partner shares a channel with others: to them, or to whoever administers their side. */
export function togetherMessage(
  { words: { t } }: Pick<ViewContext, 'words'>,
  { channel, reference, own }: { channel: string; reference: string; own: boolean },
): Rendered {
  const text = t(own ? 'partner.together.own' : 'partner.together.side', {
    channel: `<#${channel}>`,
    reference,
  })
  return {
    text: `⚠️ ${text}`,
    blocks: [section(`⚠️ ${text}`), ...(own ? [leaveUnnamed({ words: { t } as never })] : [])],
  }
}

/** All that a partner gave, as a file of JSON Lines. */
export function gaveFile(
  { words: { t } }: Pick<ViewContext, 'words'>,
  lines: readonly ExportLine[],
): Omit<OutgoingFile, 'channel'> {
  const text = t('partner.gave', { count: lines.length })
  return {
    name: 'gave.jsonl',
    title: 'gave.jsonl',
    bytes: Buffer.from(lines.map(line => `${JSON.stringify(line)}\n`).join(''), 'utf8'),
    altText: text,
    text,
  }
}
