/** Who reads what is added to a record that stands: a response, another wording of a tasking, a plan of a group. */
import { type Constituency, findRole, type RoleRef, TASKABLE } from '../../domain/mission.ts'
import { isResponder } from '../../domain/response.ts'
import { TocsinError } from '../../errors.ts'
import type { AlertFacts } from '../alert/facts.ts'
import { readAlert, sharedAlert, sharedResponse } from '../alert/reading.ts'
import { channelsFor } from '../alert/tell.ts'
import type { Ctx } from '../context.ts'
import { postsOf } from '../duty/standing.ts'
import { readForum } from '../forum/facts.ts'
import { readMeeting } from '../meeting/facts.ts'
import { parseRoleKey, registeredPerson } from '../permission.ts'
import { readPlan, sharedPlan } from '../plan/facts.ts'
import { readResponse, responseReaders } from '../response.ts'
import { postsTold, readTasking, sharedTasking } from '../tasking/facts.ts'
import type { Draft } from './draft.ts'

export type AboutStanding =
  | {
      noun: 'response'
      alertId: string
      responseId: string | null
      responder: string
      readers: string | null
    }
  | { noun: 'telling'; alertId: string }
  | { noun: 'meeting'; forumId: string; meetingId: string | null }
  | { noun: 'tasking_change'; taskingId: string }
  | { noun: 'plan'; planId: string | null; forumId: string; meetingId: string | null }

/** Who would read it, for somebody who may read what it stands in. @throws TocsinError `not_found`, `unknown_term`. */
export async function standingDraft(ctx: Ctx, about: AboutStanding): Promise<Draft> {
  switch (about.noun) {
    case 'response':
      return responseDraft(ctx, about)
    case 'tasking_change':
      return taskingDraft(ctx, about.taskingId)
    case 'plan':
      return planDraft(ctx, about)
    case 'telling': {
      const facts = await readAlert(ctx, about.alertId)
      return { ...(await besideAlert(ctx, facts)), record: sharedAlert(facts), anybody: facts.alert.audience }
    }
    case 'meeting': {
      const meeting = about.meetingId ? await readMeeting(ctx, about.meetingId) : null
      const { forum, audience, named, posts } = meeting?.forum ?? (await readForum(ctx, about.forumId))
      const readers = meeting?.meeting.audience ?? audience
      return {
        record: { holder: forum.holder, audience: readers, named },
        layer: 'record',
        channels: forum.channelId ? [forum.channelId] : [],
        posts,
        anybody: readers,
        notes: ['invited'],
      }
    }
  }
}

async function responseDraft(ctx: Ctx, about: Extract<AboutStanding, { noun: 'response' }>): Promise<Draft> {
  const author = registeredPerson(ctx)
  const before = about.responseId ? await readResponse(ctx, about.responseId) : null
  const facts = before?.facts ?? (await readAlert(ctx, about.alertId))
  const responder = before?.response.responder ?? about.responder
  if (!isResponder(responder)) throw new TocsinError('unknown_term', { field: 'responder' })
  const audience = responseReaders(facts, responder, about.readers)
  const { holder, recordedBy } = before?.response ?? {
    holder: author.constituency as Constituency,
    recordedBy: author.id,
  }
  return {
    ...(await besideAlert(ctx, facts)),
    record: sharedResponse(facts, { holder, audience, recordedBy }),
    within: sharedAlert(facts),
    anybody: audience,
  }
}

/** What is added to an alert is said where the alert stands, and to those it was put to. */
async function besideAlert(
  ctx: Ctx,
  { alert, owners, inform }: AlertFacts,
): Promise<Pick<Draft, 'layer' | 'channels' | 'posts'>> {
  const { card } = await channelsFor(ctx.store.read, alert)
  const put = owners.flatMap(({ posts, owner }) => posts.slice(0, owner.rung + 1))
  return { layer: 'record', channels: card, posts: [...put, ...inform] }
}

/** Its readers stay as they are: those who asked, those who answer for it and whoever it has climbed to. */
async function taskingDraft(ctx: Ctx, taskingId: string): Promise<Draft> {
  const { mission } = ctx
  const facts = await readTasking(ctx, taskingId)
  const { tasking } = facts
  const { layer, sector, toConstituency, toRole, askedRole, exercise } = tasking
  const shared = sharedTasking(facts)
  const whole = !TASKABLE.includes(toConstituency)
  const theirs = (ref: RoleRef) => findRole(mission, ref.role)?.constituency
  const asked = whole ? postsOf(mission).filter(ref => theirs(ref) === toConstituency) : []
  const told = [askedRole, ...(toRole ? [toRole] : []), ...postsTold(mission, tasking)]
  const open = layer === null ? shared.audience : []
  const stands = sector !== null && open.length > 0 && !exercise
  const channels = stands ? await ctx.store.read.channels.byPurpose('sector', sector) : []
  return {
    record: { ...shared, audience: open },
    layer: 'record',
    restricted: layer === null ? [] : [layer],
    channels: channels.map(({ id }) => id),
    posts: [...told.map(parseRoleKey), ...asked],
    anybody: open,
    notes: whole ? ['asked'] : [],
  }
}

async function planDraft(
  ctx: Ctx,
  { planId, forumId, meetingId }: Extract<AboutStanding, { noun: 'plan' }>,
): Promise<Draft> {
  const author = registeredPerson(ctx)
  const plan = planId ? await readPlan(ctx, planId) : null
  const forum = plan?.forum ?? (await readForum(ctx, forumId))
  const meeting = plan === null && meetingId ? (await readMeeting(ctx, meetingId)).meeting : null
  const record = plan
    ? sharedPlan(plan)
    : {
        holder: forum.forum.holder,
        audience: meeting?.audience ?? forum.audience,
        named: [...forum.named, author.id],
      }
  const { channelId } = forum.forum
  return {
    record,
    layer: 'record',
    channels: channelId ? [channelId] : [],
    posts: forum.posts,
    anybody: record.audience,
    notes: ['consulted'],
  }
}
