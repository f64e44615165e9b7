import type { Locales } from '../../locales/index.ts'
import type { Ctx } from '../../operations/context.ts'
import { factsOfPlans, mayReadPlan, type PlanFacts } from '../../operations/plan/facts.ts'
import { planShownTo } from '../../operations/plan.ts'
import { hiddenCard } from '../../views/alert/card.ts'
import { planCard, readyLine } from '../../views/plan/card.ts'
import type { Renderer } from '../contract.ts'
import { audience, withheld } from './audience.ts'
import type { RenderingFamily } from './index.ts'

async function planOf(ctx: Ctx, id: string): Promise<PlanFacts | null> {
  const row = await ctx.store.read.plans.byId(id)
  const [facts] = row ? await factsOfPlans(ctx, ctx.store.read, [row]) : []
  return facts ?? null
}

/** A joint plan for everybody its target could hold; nothing where one of them may not read it. */
const card =
  (locales: Locales): Renderer =>
  async (ctx, entry) => {
    const facts = await planOf(ctx, entry.recordId)
    const to = facts && (await audience(ctx, locales, entry.target))
    if (!facts || !to) return { do: 'drop', code: 'gone' }
    const view = { words: to.words, mission: ctx.mission, now: ctx.clock.now() }
    if (!mayReadPlan(ctx, facts, to.reader)) return withheld(ctx, entry, facts.plan.id, hiddenCard(view))
    const message = planCard(view, facts, await planShownTo(ctx, facts, to.reader))
    return { do: 'card', recordId: facts.plan.id, message }
  }

/** To whoever answers for a step: everything before it is done. */
const ready =
  (locales: Locales): Renderer =>
  async (ctx, entry) => {
    const facts = await planOf(ctx, entry.recordId)
    const to = facts && (await audience(ctx, locales, entry.target))
    if (!facts || !to) return { do: 'drop', code: 'gone' }
    if (!mayReadPlan(ctx, facts, to.reader)) return { do: 'drop', code: 'not_for_this_audience' }
    const view = { words: to.words, mission: ctx.mission, now: ctx.clock.now() }
    const message = readyLine(view, facts, Number(entry.data.position), entry.data.early === true)
    return message ? { do: 'line', message } : { do: 'drop', code: 'gone' }
  }

export const planRendering: RenderingFamily = {
  cards: locales => ({ plan: card(locales) }),
  lines: locales => ({ 'plan.ready': ready(locales) }),
}
