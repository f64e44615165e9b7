import type { Post } from '../../operations/alert/chain.ts'
import type { AlertFacts } from '../../operations/alert/facts.ts'
import type { PlaceDoubt } from '../../operations/alert/place.ts'
import type { Block } from '../../ports.ts'
import { actions, bare, brief, button, context, modal, section } from '../blocks.ts'
import { post, type ViewContext } from '../context.ts'
import { hatChoices } from './forms/fields.ts'
import { kilometres } from './phrases.ts'

/** The modal's answer to raising: that it is recorded, under which code, and who has been told. */
export function receiptModal(view: ViewContext, facts: AlertFacts, doubt: PlaceDoubt | null = null) {
  const { t, time, list } = view.words
  const { alert } = facts
  const owners = facts.owners.map(({ owner, posts, told }) => {
    const row = told.findLast(candidate => candidate.outcome === 'told')
    const ref = row && posts[row.rung]
    return t('alert.receipt.owner', {
      slot: t(`alert.slot.${owner.slot}`),
      post: ref ? post(view, alert, ref) : t('alert.owner.nobody'),
    })
  })
  // Slack need not let a bot write to somebody of another workspace, so they are promised no direct message.
  const fromNgo = facts.author?.person.constituency === 'ngo'
  const informed = facts.inform.map(ref => post(view, alert, ref))
  return modal(
    'alert.receipt',
    { title: t('alert.receipt.title'), close: t('alert.modal.done') },
    { alertId: alert.id },
    [
      section(
        `✅ *${t('alert.receipt.recorded', { code: alert.code, at: time(alert.raisedAt) })}*\n${brief(alert.placeSaid, 150)} · ${t(`alert.urgency.${alert.urgency}`)}`,
      ),
      section(
        [
          t('alert.receipt.told'),
          ...owners,
          ...(informed.length > 0 ? [`• ${t('alert.receipt.informed', { roles: list(informed) })}`] : []),
        ].join('\n'),
      ),
      ...(doubt ? doubtBlocks(view, facts, doubt) : []),
      ...(alert.triage ? [context(t('alert.receipt.triage'))] : []),
      context(t(fromNgo ? 'alert.receipt.nextNgo' : 'alert.receipt.next')),
      actions('receipt', [
        button(t('alert.more.details'), 'alert.details', alert.id, { style: 'primary' }),
        button(t('alert.more.correct'), 'alert.correct', alert.id),
        button(t('limits.casevac.button'), 'alert.casevac', alert.id, { style: 'danger' }),
      ]),
    ],
  )
}

/** A place and a position that disagree: asked about, and nothing waits for the answer. */
function doubtBlocks(view: ViewContext, { alert }: AlertFacts, { place, position, km }: PlaceDoubt): Block[] {
  const { t } = view.words
  const named = brief(place.name, 60)
  const text = t('alert.receipt.doubt', {
    place: named,
    position: brief(position.written, 60),
    km: kilometres(view, km),
  })
  return [
    section(text),
    actions('doubt', [
      button(t('alert.receipt.takeName', { place: bare(place.name) }), 'alert.take_place:name', alert.id),
      button(t('alert.receipt.takePosition'), 'alert.take_place:position', alert.id),
    ]),
  ]
}

/** Asks somebody who holds several posts for which owner, and as which of them, they press (R-027). */
export function whichOwnerModal(view: ViewContext, facts: AlertFacts, action: string, hats: readonly Post[]) {
  const { t } = view.words
  const buttons = hatChoices(view, facts.alert, hats).map(({ text, value }) =>
    button(text, `${action}:${value}`, facts.alert.id, { style: 'primary' }),
  )
  return modal(
    'alert.which',
    { title: facts.alert.code, close: t('alert.modal.cancel') },
    { alertId: facts.alert.id },
    [section(t('alert.form.forOwner')), actions('which', buttons)],
  )
}

/** A modal that only says something: what was recorded, or why not. */
export function saidModal(view: ViewContext, title: string, text: string, more: readonly Block[] = []) {
  return modal('said', { title, close: view.words.t('alert.modal.done') }, {}, [section(text), ...more])
}
