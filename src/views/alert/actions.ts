import { isWarning } from '../../domain/alert.ts'
import { isOverdue, type OwnerState } from '../../domain/awaited.ts'
import type { AlertFacts } from '../../operations/alert/facts.ts'
import type { Block } from '../../ports.ts'
import { actions, button, type Choice, type ChoiceGroup, groupedSelect, select } from '../blocks.ts'
import { termOptions, type ViewContext } from '../context.ts'

/**
 * What can be done from the card now: the next step of the owners as buttons, the rest behind *More…*. A card for one
 * person (`personId`) offers the steps of the owners they can answer for, and none to those who are only informed.
 * The block's id changes with each rendering, since Slack keeps a menu's choice for as long as its block has the same
 * id, and does not report the same choice twice.
 */
export function cardActions(view: ViewContext, facts: AlertFacts, personId?: string): Block {
  const { alert } = facts
  const owners = facts.owners.filter(
    ({ people }) => personId === undefined || people.flat().some(({ id }) => id === personId),
  )
  const answers = owners.length > 0
  const blockId = `alert:${alert.id}:${facts.acts.length + facts.sources.grades.length}:${view.now}`
  if (alert.lifecycle !== 'open')
    return actions(blockId, [
      ...standsInstead(view, facts),
      cardButton(view, facts, 'readOut', 'alert.read_out'),
      menu(
        view,
        facts,
        'more',
        'alert.more',
        endedKinds(facts).map(kind => moreChoice(view, kind)),
      ),
    ])

  const any = (...steps: OwnerState['awaiting'][]) =>
    owners.some(({ state }) => steps.includes(state.awaiting))
  const undecided = any('acknowledge', 'decide')
  return actions(blockId, [
    ...(any('acknowledge') ? [cardButton(view, facts, 'acknowledge', 'alert.acknowledge', 'primary')] : []),
    ...(undecided
      ? [
          cardButton(view, facts, 'respond', 'alert.respond'),
          cardButton(view, facts, 'watch', 'alert.watch'),
          menu(view, facts, 'notActing', 'alert.not_acting', termOptions(view, 'not_acting')),
        ]
      : []),
    ...(any('on_site') ? [cardButton(view, facts, 'onSite', 'alert.on_site', 'primary')] : []),
    ...(any('on_site', 'close') ? [cardButton(view, facts, 'close', 'alert.close')] : []),
    ...(answers ? [] : [cardButton(view, facts, 'readOut', 'alert.read_out')]),
    ...(ringsNow(view, facts, personId) ? [cardButton(view, facts, 'callTree', 'alert.call_tree')] : []),
    groupedMenu(view, facts, moreGroups(view, { answers, undecided })),
  ])
}

/** Something awaited is past due, and this is the card of somebody who may ring the posts up. */
function ringsNow(view: ViewContext, facts: AlertFacts, personId: string | undefined): boolean {
  if (personId === undefined || !facts.owners.some(({ state }) => isOverdue(state, view.now))) return false
  const inChain = facts.owners.flatMap(({ people }) => people.flat())
  return [...inChain, ...facts.informed].some(({ id }) => id === personId)
}

function cardButton(
  view: ViewContext,
  { alert }: AlertFacts,
  key: string,
  action: string,
  style?: 'primary',
): object {
  const text = label(view, alert, key)
  return button(text, action, alert.id, { style, label: `${text} ${alert.code}` })
}

/** A warning asks for a decision, an alert for somebody to go: the same acts in other words. */
function label(view: ViewContext, { urgency }: AlertFacts['alert'], key: string): string {
  const decides = key === 'respond' || key === 'watch' || key === 'notActing'
  return view.words.t(decides && isWarning(urgency) ? `alert.warning.button.${key}` : `alert.button.${key}`)
}

/** Each value names the alert too, for a menu's choice comes without the card it was made on. */
function menu(
  view: ViewContext,
  { alert }: AlertFacts,
  key: string,
  action: string,
  choices: Choice[],
): object {
  const values = choices.map(choice => ({ ...choice, value: `${choice.value}:${alert.id}` }))
  return select(action, label(view, alert, key), values)
}

function groupedMenu(view: ViewContext, { alert }: AlertFacts, groups: readonly ChoiceGroup[]): object {
  const own = groups.map(({ label: name, choices }) => ({
    label: name,
    choices: choices.map(choice => ({ ...choice, value: `${choice.value}:${alert.id}` })),
  }))
  return groupedSelect('alert.more', label(view, alert, 'more'), own)
}

/** The alert this one was joined to, for those who may read it. */
function standsInstead(view: ViewContext, { into }: AlertFacts): object[] {
  if (!into?.readable) return []
  const { id, code } = into.facts.alert
  return [button(view.words.t('report.joined.show', { code }), 'alert.show', id, { style: 'primary' })]
}

/** What can still be done with an alert that has ended. */
function endedKinds({ alert }: AlertFacts): string[] {
  return alert.lifecycle === 'merged'
    ? ['reports', 'unmerge']
    : ['verify', 'response', 'reports', 'incident', 'reopen']
}

const moreChoice = (view: ViewContext, kind: string): Choice => ({
  text: view.words.t(`alert.more.${kind}`),
  value: kind,
})

/** The rarer acts, and what the card no longer shows as a button, by what somebody comes for. */
function moreGroups(
  view: ViewContext,
  { answers, undecided }: Record<'answers' | 'undecided', boolean>,
): ChoiceGroup[] {
  const groups = {
    look: ['timeline', 'call_tree', ...(answers ? ['read_out'] : []), 'preview'],
    say: ['information', 'details', 'correct', 'verify', 'reports', 'source', 'layers', 'entry'],
    act: [
      'recorded',
      ...(answers && !undecided ? ['respond', 'watch', 'not_acting'] : []),
      'response',
      ...(answers ? ['cannot_take'] : []),
      'task',
      'team',
      'crisis',
      'hotspot',
      'authorities',
      'release',
    ],
    end: ['incident', 'close', 'withdraw'],
  }
  return Object.entries(groups).map(([group, kinds]) => ({
    label: view.words.t(`alert.moreGroup.${group}`),
    choices: kinds.map(kind => moreChoice(view, kind)),
  }))
}
