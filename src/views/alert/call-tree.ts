import { findRole, type Language, type LocalText, type Slot } from '../../domain/mission.ts'
import type { DutyNumber } from '../../operations/alert/call-tree.ts'
import type { AlertFacts } from '../../operations/alert/facts.ts'
import { ownerIn } from '../../operations/alert/owner.ts'
import { modal, said, section } from '../blocks.ts'
import { post, role, type ViewContext } from '../context.ts'

/** The posts of one owner from the lowest up, each with its telephone; `named` puts people beside a post. */
export function callTreeLines(
  view: ViewContext,
  facts: AlertFacts,
  slot: Slot,
  named: (rung: number) => string[] = () => [],
): string[] {
  const { t } = view.words
  return ownerIn(facts, slot).posts.map((ref, rung) => {
    const phone = findRole(view.mission, ref.role)?.phone
    return `• ${[post(view, facts.alert, ref), ...named(rung), phone ?? t('alert.line.noPhone')].join(' ')}`
  })
}

/** *Call tree* on the card: both owners, and the operations centre below. */
export function callTreeModal(view: ViewContext, facts: AlertFacts) {
  const { t } = view.words
  const centre = view.mission.operationsCentre
  const phone = findRole(view.mission, centre.role)?.phone ?? t('alert.line.noPhone')
  return modal('alert.call_tree', { title: t('limits.tree.title'), close: t('alert.modal.close') }, {}, [
    section(t('limits.tree.lead', { code: facts.alert.code })),
    ...facts.owners.map(({ owner }) =>
      section(`*${t(`alert.slot.${owner.slot}`)}*\n${callTreeLines(view, facts, owner.slot).join('\n')}`),
    ),
    section(`*${role(view, centre)}* ${phone}`),
    ...(view.mission.casevac ? [section(casevacText(view))] : []),
  ])
}

/** "CASEVAC or a life in danger now: phone …", of the mission's own number. */
export function casevacText(view: ViewContext): string {
  const { casevac } = view.mission
  if (!casevac) return ''
  return view.words.t('limits.casevac.card', { name: nameOf(view, casevac.name), phone: said(casevac.phone) })
}

/** Whom to ring, and that nothing was asked for here. */
export function casevacModal(view: ViewContext, { name, role: ref, phone }: DutyNumber) {
  const { t } = view.words
  const who = name ? nameOf(view, name) : ref ? role(view, ref) : ''
  return modal('alert.casevac', { title: t('limits.casevac.title'), close: t('alert.modal.close') }, {}, [
    section(t('limits.casevac.ring', { name: who, phone: said(phone) || t('alert.line.noPhone') })),
    section(t('limits.casevac.notHere')),
  ])
}

function nameOf(view: ViewContext, name: LocalText): string {
  const language = view.words.language as Language
  return said(name[language] ?? Object.values(name)[0] ?? '')
}
