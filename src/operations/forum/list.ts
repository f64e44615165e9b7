import { actorAsReader } from '../alert/reading.ts'
import type { Ctx } from '../context.ts'
import { registeredPerson } from '../permission.ts'
import { type ForumFacts, factsOfForums, mayReadForum } from './facts.ts'

const CODE = /^f-?([0-9a-z]{4})$/i

/** Groups the acting person may read, those that go on first; `ended` adds closed ones. @throws `not_registered`. */
export async function listForums(ctx: Ctx, ended = false): Promise<ForumFacts[]> {
  registeredPerson(ctx)
  const repos = ctx.tx ?? ctx.store.read
  const reader = actorAsReader(ctx)
  const rows = (await repos.forums.all()).filter(({ state }) => ended || state !== 'closed')
  const all = await factsOfForums(ctx, repos, rows)
  const order = ({ forum }: ForumFacts) => ['active', 'stood_down', 'hosted', 'closed'].indexOf(forum.state)
  return all
    .filter(facts => reader === null || mayReadForum(ctx, facts, reader))
    .sort((a, b) => order(a) - order(b) || a.forum.createdAt - b.forum.createdAt)
}

/** A group by its code (`F-7K4Q`, `f7k4q`), as the acting person may read it; null where there is none for them. */
export async function forumByCode(ctx: Ctx, text: string): Promise<ForumFacts | null> {
  registeredPerson(ctx)
  const code = CODE.exec(text.trim())?.[1]
  const repos = ctx.tx ?? ctx.store.read
  const row = code ? await repos.forums.byCode(`F-${code.toUpperCase()}`) : null
  const [facts] = row ? await factsOfForums(ctx, repos, [row]) : []
  const reader = actorAsReader(ctx)
  return facts && reader && mayReadForum(ctx, facts, reader) ? facts : null
}
