/** Who reads what goes to posts and stands in no channel: requests for information, notifications, concerns and the like. */
import { districtsOf } from '../../domain/district.ts'
import { type Constituency, SIDES } from '../../domain/mission.ts'
import { TocsinError } from '../../errors.ts'
import { idsIn } from '../alert/facts.ts'
import { sharedComponent } from '../component-report.ts'
import type { Ctx } from '../context.ts'
import { managing } from '../drawdown/facts.ts'
import { planningPosts } from '../notice.ts'
import { registeredPerson } from '../permission.ts'
import { releasingOfficers, releasingPost } from '../release/facts.ts'
import type { Draft } from './draft.ts'

export type AboutMessage =
  | { noun: 'inquiry'; side: string }
  | { noun: 'notice'; district: string | null }
  | { noun: 'concern' | 'drawdown' }
  | { noun: 'component_report'; component: string }

/** Who would read it. @throws TocsinError `not_registered`, `unknown_term`. */
export async function messageDraft(ctx: Ctx, about: AboutMessage): Promise<Draft> {
  const author = registeredPerson(ctx)
  const holder = author.constituency as Constituency
  if (about.noun === 'notice') {
    const { sector = null } =
      districtsOf(ctx.mission.gazetteer).find(({ name }) => name === about.district) ?? {}
    const posts = planningPosts(ctx.mission, sector)
    const people = await idsIn(ctx.store.read, posts, ctx.clock.now())
    return {
      ...toPosts,
      record: { holder, audience: [], named: [author.id, ...people] },
      posts,
      partly: { of: 'reference', people: people.filter(id => id !== author.id) },
      notes: ['notified'],
    }
  }
  if (about.noun === 'drawdown') {
    const posts = managing(ctx).map(role => ({ role, sector: null }))
    const named = [author.id, ...(await idsIn(ctx.store.read, posts, ctx.clock.now()))]
    return { ...toPosts, record: { holder, audience: [], named }, posts, notes: ['settled'] }
  }
  if (about.noun === 'component_report') {
    const known = ctx.mission.componentReports?.components.find(({ id }) => id === about.component)
    if (!known) throw new TocsinError('unknown_term', { field: 'component' })
    const { audience, named, holder: part } = sharedComponent(ctx, known, null)
    const record = { holder: part, audience, named: [...named, author.id] }
    return { ...toPosts, record, posts: [], anybody: audience }
  }
  const side = about.noun === 'inquiry' ? SIDES.find(candidate => candidate === about.side) : 'humanitarian'
  if (!side) throw new TocsinError('unknown_term', { field: 'side' })
  const officers = await releasingOfficers(ctx.store.read, ctx.mission, side, ctx.clock.now())
  const named = officers.map(({ id }) => id)
  const posts = [releasingPost(ctx.mission, side)]
  if (about.noun === 'inquiry')
    return { ...toPosts, record: { holder, audience: [], named: [author.id, ...named] }, posts }
  return {
    ...toPosts,
    record: { holder: 'un_agency', audience: [], named },
    posts,
    unsigned: true,
    notes: ['unsigned'],
  }
}

const toPosts = { layer: 'record', channels: [], anybody: [] } as const satisfies Partial<Draft>
