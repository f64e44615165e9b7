/** What the authorities were told of an alert, by whom, and who must decide it first. */
import type { AuthorityTelling } from '../db/authorities.ts'
import { AUTHORITIES, type Decider } from '../domain/authorities.ts'
import type { AlertFacts } from '../operations/alert/facts.ts'
import { type AuthorityFacts, authorityLimits, TELLING_MEANS } from '../operations/authorities.ts'
import { roleKey } from '../operations/permission.ts'
import type { Block, Rendered } from '../ports.ts'
import { when } from './alert/phrases.ts'
import { previewAction } from './alert/preview.ts'
import {
  actions,
  brief,
  button,
  context,
  divider,
  input,
  modal,
  radio,
  section,
  select,
  textInput,
} from './blocks.ts'
import { post, roleOf, type ViewContext } from './context.ts'

const WORDS_MAX = 500
const LISTED = 8

/** "Told the authorities: district administrator, 02:40 (Head of office)." */
export function tellingText(
  view: ViewContext,
  { alert }: Pick<AlertFacts, 'alert'>,
  row: AuthorityTelling,
): string {
  const { t } = view.words
  const lead = t('authorities.toldBy', {
    role: roleOf(view, alert, row.role),
    told: t(`authorities.function.${row.told}`),
    at: when(view, alert, row.at),
    means: t(`authorities.means.${row.means}`),
  })
  return row.words ? `${lead} ${t('authorities.words', { words: brief(row.words, WORDS_MAX) })}` : lead
}

/** A line of the alert's thread. */
export function tellingLine(view: ViewContext, facts: AlertFacts, row: AuthorityTelling): Rendered {
  return { text: `*${facts.alert.code}* · ${tellingText(view, facts, row)}` }
}

/** The form to record a telling; those before it stand above. */
export function tellModal(view: ViewContext, read: AuthorityFacts) {
  const { t } = view.words
  const { alert } = read.facts
  const choose = t('alert.details.choose')
  const means = TELLING_MEANS.map(value => ({ value, text: t(`authorities.means.${value}`) }))
  return modal(
    'authorities.tell',
    {
      title: t('authorities.title', { code: alert.code }),
      submit: t('alert.modal.record'),
      close: t('alert.modal.cancel'),
    },
    { alertId: alert.id },
    [
      ...told(view, read),
      context(t('authorities.never')),
      input(
        'role',
        t('authorities.form.role'),
        select(
          'role',
          choose,
          read.liaison.map(ref => ({ value: roleKey(ref), text: post(view, alert, ref) })),
          read.liaison[0] ? roleKey(read.liaison[0]) : null,
        ),
      ),
      input(
        'told',
        t('authorities.form.told'),
        select(
          'told',
          choose,
          AUTHORITIES.map(value => ({ value, text: t(`authorities.function.${value}`) })),
        ),
        { hint: t('authorities.form.toldHint') },
      ),
      input('at', t('authorities.form.at'), {
        type: 'datetimepicker',
        action_id: 'at',
        initial_date_time: Math.floor(view.now / 1000),
      }),
      input(
        'words',
        t('authorities.form.words'),
        textInput('words', { multiline: true, max: authorityLimits.words }),
        { hint: t('authorities.form.wordsHint') },
      ),
      input('means', t('authorities.form.means'), radio('means', means, 'meeting')),
      previewAction(view, 'telling'),
    ],
  )
}

/** Instead of the form while somebody must still decide: who has, who has not, and the decision for whoever owes it. */
export function withheldModal(view: ViewContext, read: AuthorityFacts) {
  const { t } = view.words
  const { alert } = read.facts
  const [mine] = read.decides
  const texts = { title: t('authorities.title', { code: alert.code }), close: t('alert.modal.close') }
  return modal(
    'authorities.decide',
    mine ? { ...texts, submit: t('authorities.decide.submit') } : texts,
    { alertId: alert.id, decider: mine ?? null },
    [
      ...told(view, read),
      section(
        `${t(read.needed.includes('head_of_office') ? 'authorities.withheld' : 'authorities.withheldPartner')}\n${read.needed.map(each => standing(view, read, each)).join('\n')}`,
      ),
      ...(mine
        ? [
            input(
              'allows',
              t('authorities.decide.label', { role: deciderText(view, read, mine) }),
              radio(
                'allows',
                (['yes', 'no'] as const).map(value => ({ value, text: t(`authorities.decide.${value}`) })),
              ),
            ),
            input(
              'why',
              t('authorities.decide.why'),
              textInput('why', { multiline: true, max: authorityLimits.why }),
            ),
          ]
        : [context(t('authorities.ask'))]),
    ],
  )
}

/** To whoever must decide too, or has already: somebody else has decided. */
export function decisionMessage(view: ViewContext, read: AuthorityFacts, decider: Decider): Rendered {
  const { t } = view.words
  const owed = read.decides.some(own => !read.decisions.some(each => each.decider === own))
  const lead = t('authorities.decision', {
    code: read.facts.alert.code,
    standing: standing(view, read, decider).replace(/^• /, ''),
  })
  const text = `${lead} ${t(owed ? 'authorities.owed' : read.may ? 'authorities.mayNow' : 'authorities.mayNot')}`
  if (!owed) return { text, blocks: [section(text)] }
  const { id } = read.facts.alert
  return {
    text,
    blocks: [
      section(text),
      actions(`authorities:${id}:${decider}`, [
        button(t('authorities.decide.submit'), 'authorities.open', id, { style: 'primary' }),
      ]),
    ],
  }
}

function told(view: ViewContext, { facts, tellings }: AuthorityFacts): Block[] {
  if (tellings.length === 0) return []
  return [...tellings.slice(-LISTED).map(row => section(tellingText(view, facts, row))), divider()]
}

function standing(view: ViewContext, read: AuthorityFacts, decider: Decider): string {
  const { t, dateTime } = view.words
  const decision = read.decisions.find(each => each.decider === decider)
  const state = decision
    ? t(decision.allows ? 'authorities.allowed' : 'authorities.refused', { at: dateTime(decision.at) })
    : t('authorities.undecided')
  return `• ${t('alert.labelled', { label: deciderText(view, read, decider), text: state })}`
}

function deciderText(view: ViewContext, { facts, posts }: AuthorityFacts, decider: Decider): string {
  if (decider === 'humanitarian') return view.words.t('authorities.humanitarian')
  return post(view, facts.alert, posts[decider])
}
