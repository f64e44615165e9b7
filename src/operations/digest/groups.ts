import type { Meeting, MeetingEntry } from '../../db/meetings.ts'
import { type ForumFacts, factsOfForums, mayReadMeeting } from '../forum/facts.ts'
import { belongs, giver, type Scope } from './scope.ts'

/** How far ahead meetings are told. */
const AHEAD_MS = 7 * 86_400_000

interface GroupMeeting {
  forum: ForumFacts
  meeting: Meeting
}

interface GroupDecision extends GroupMeeting {
  entry: MeetingEntry
}

const read = new WeakMap<Scope, Promise<GroupMeeting[]>>()

/** Meetings that this reader may read, of groups that are no exercise. */
function meetings(scope: Scope): Promise<GroupMeeting[]> {
  const known = read.get(scope) ?? readMeetings(scope)
  read.set(scope, known)
  return known
}

async function readMeetings(scope: Scope): Promise<GroupMeeting[]> {
  const { ctx, reader } = scope
  const repos = ctx.store.read
  const forums = await scope.common('forums', async () => factsOfForums(ctx, repos, await repos.forums.all()))
  return forums
    .filter(({ forum }) => belongs(scope, forum))
    .flatMap(forum =>
      forum.meetings
        .filter(meeting => mayReadMeeting(ctx, meeting, forum, reader))
        .map(meeting => ({ forum, meeting })),
    )
}

const holds = ({ forum, meeting }: GroupMeeting) => [forum.forum.id, meeting.id]

/** Sections that tell of groups and their meetings. */
export const groupGivers = {
  /** Decisions of closed meetings that nobody has carried out, oldest first. */
  decisions: giver(
    async (scope): Promise<GroupDecision[]> => {
      const closed = (await meetings(scope)).filter(({ meeting }) => meeting.state === 'closed')
      const entries = await scope.ctx.store.read.meetings.entriesOf(closed.map(({ meeting }) => meeting.id))
      const of = new Map(closed.map(each => [each.meeting.id, each]))
      return entries
        .filter(({ kind, state, doneAt }) => kind === 'decision' && state === 'stands' && doneAt === null)
        .flatMap((entry): GroupDecision[] => {
          const held = of.get(entry.meetingId)
          return held ? [{ ...held, entry }] : []
        })
        .sort((a, b) => a.entry.at - b.entry.at)
    },
    (item: GroupDecision) => holds(item),
  ),
  /** Meetings of the next seven days, first to come first. */
  meetings: giver(async scope => {
    const now = scope.ctx.clock.now()
    return (await meetings(scope))
      .filter(({ meeting: { state, at } }) => state === 'planned' && at >= now && at <= now + AHEAD_MS)
      .sort((a, b) => a.meeting.at - b.meeting.at)
  }, holds),
}
