import type { Inquiry } from '../../db/inquiries.ts'
import type { Locales } from '../../locales/index.ts'
import type { Ctx } from '../../operations/context.ts'
import { mayReadInquiry } from '../../operations/inquiry.ts'
import type { ViewContext } from '../../views/context.ts'
import { answeredMessage, inquiryCard, reminderMessage } from '../../views/inquiry.ts'
import type { Delivery, Renderer } from '../contract.ts'

/** Renders a request for one of those it concerns; nothing for anybody else. */
function forPerson(
  locales: Locales,
  render: (ctx: Ctx, view: ViewContext, inquiry: Inquiry, personId: string) => Promise<Delivery>,
): Renderer {
  return async (ctx, entry) => {
    const repos = ctx.store.read
    const inquiry = await repos.inquiries.byId(entry.recordId)
    const person = await repos.people.byId(entry.target.slice('person:'.length))
    if (!inquiry || !person) return { do: 'drop', code: 'gone' }
    if (!(await mayReadInquiry(ctx, inquiry, person))) return { do: 'drop', code: 'not_for_this_audience' }
    const words = locales.words(person.locale, person.zone)
    return render(ctx, { words, mission: ctx.mission, now: ctx.clock.now() }, inquiry, person.id)
  }
}

export const inquiryCardRenderer = (locales: Locales): Renderer =>
  forPerson(locales, async (_ctx, view, inquiry, personId) => ({
    do: 'card',
    recordId: inquiry.id,
    message: inquiryCard(view, inquiry, personId),
  }))

export const inquiryAnsweredRenderer = (locales: Locales): Renderer =>
  forPerson(locales, async (ctx, view, inquiry) => {
    const release = inquiry.releaseId ? await ctx.store.read.releases.byId(inquiry.releaseId) : null
    // A whole alert is found by its own code, which whoever reads it is told by its card.
    const code = release?.what === 'summary' ? release.code : null
    return { do: 'line', message: answeredMessage(view, inquiry, code) }
  })

export const inquiryReminderRenderer = (locales: Locales): Renderer =>
  forPerson(locales, async (_ctx, view, inquiry) =>
    inquiry.state === 'open'
      ? { do: 'line', message: reminderMessage(view, inquiry) }
      : { do: 'drop', code: 'overtaken' },
  )
