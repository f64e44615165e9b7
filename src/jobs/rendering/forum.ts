import type { Locales } from '../../locales/index.ts'
import { crisisFacts } from '../../operations/crisis.ts'
import { channelBarred, factsOfForums, mayReadForum, offersKeeping } from '../../operations/forum/facts.ts'
import { invitesOf } from '../../operations/forum/invite.ts'
import { hiddenCard } from '../../views/alert/card.ts'
import { crisisBlocks } from '../../views/crisis.ts'
import { forumCard, hostingLine } from '../../views/forum/card.ts'
import type { Renderer } from '../contract.ts'
import { audience } from './audience.ts'
import type { RenderingFamily } from './index.ts'

/** A group's card for everybody its target could hold; nothing where one of them may not read it. */
function forumCardRenderer(locales: Locales): Renderer {
  return async (ctx, entry) => {
    const repos = ctx.store.read
    const row = await repos.forums.byId(entry.recordId)
    const to = row && (await audience(ctx, locales, entry.target))
    const [facts] = row ? await factsOfForums(ctx, repos, [row]) : []
    if (!row || !to || !facts) return { do: 'drop', code: 'gone' }
    const view = { words: to.words, mission: ctx.mission, now: ctx.clock.now() }
    if (!mayReadForum(ctx, facts, to.reader)) {
      const stands = await repos.cards.get(row.id, entry.target)
      return stands
        ? { do: 'card', recordId: row.id, message: hiddenCard(view) }
        : { do: 'drop', code: 'not_for_this_audience' }
    }
    const person = to.personId ? await repos.people.byId(to.personId) : null
    const invites = person ? invitesOf({ ...ctx, actor: { kind: 'person', person, roles: [] } }, facts) : []
    const crisis = await crisisFacts(repos, facts)
    const message = forumCard(view, facts, {
      ...(crisis ? { more: crisisBlocks(view, crisis) } : {}),
      invites,
      keeps: await offersKeeping(ctx, facts, to.reader),
      barred: person !== null && facts.named.includes(person.id) && (await channelBarred(ctx, facts)),
    })
    return { do: 'card', recordId: row.id, message }
  }
}

/** To the chairs, what became of a group. */
function forumLineRenderer(locales: Locales): Renderer {
  return async (ctx, entry) => {
    const row = await ctx.store.read.forums.byId(entry.recordId)
    const to = row && (await audience(ctx, locales, entry.target))
    const [facts] = row ? await factsOfForums(ctx, ctx.store.read, [row]) : []
    if (!to || !facts) return { do: 'drop', code: 'gone' }
    if (!mayReadForum(ctx, facts, to.reader)) return { do: 'drop', code: 'not_for_this_audience' }
    const view = { words: to.words, mission: ctx.mission, now: ctx.clock.now() }
    return { do: 'line', message: hostingLine(view, facts) }
  }
}

export const forumRendering: RenderingFamily = {
  lines: locales => ({ 'forum.line': forumLineRenderer(locales) }),
  cards: locales => ({ forum: forumCardRenderer(locales) }),
}
