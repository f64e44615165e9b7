import { isAsked, type PlanFacts } from '../../operations/plan.ts'
import { roleNamed, type ViewContext } from '../context.ts'

/** "Force HQ duty officer", "UN agencies". */
export const postName = (view: ViewContext, post: string): string =>
  isAsked(post) ? view.words.t(`tasking.constituency.${post}`) : roleNamed(view, post)

/** "K-7K4Q · Joint plan", with the mark of an exercise. Raw, not yet mrkdwn. */
export function planTitle(view: ViewContext, { plan }: PlanFacts): string {
  const { t } = view.words
  const title = `${plan.code} · ${t('plan.title')}`
  return plan.exercise ? `${t('alert.exercise')} ${title}` : title
}
