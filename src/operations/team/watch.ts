/** Watching over a team that is out: it is asked at the agreed hours, and who is told when it is not heard of. */
import type { Timer } from '../../db/timers.ts'
import { nextStep } from '../../domain/team-clock.ts'
import { isReachable, peopleIn, unique } from '../alert/facts.ts'
import { type Ctx, inTransaction, type Open } from '../context.ts'
import { roleKey } from '../permission.ts'
import { note } from '../telling.ts'
import type { TeamFacts } from './facts.ts'
import { watchPosts } from './posts.ts'
import { again, showTeam, teamRef, tellTeam } from './tell.ts'

const keyOf = (id: string) => `team:${id}`

/**
 * Sets the timer for what is awaited next; steps taken for an earlier moment count no more. Nothing is watched where
 * the team is not out.
 */
export async function armWatch(open: Open, facts: TeamFacts): Promise<TeamFacts> {
  const { awaited, team } = facts
  if (!awaited) {
    await open.tx.timers.cancel(keyOf(team.id))
    return facts
  }
  const anew = team.watchedAt !== awaited.at
  if (anew) await open.tx.teams.update(team.id, team.version, { watchedAt: awaited.at, watchSteps: 0 })
  const step = nextStep(awaited.at, anew ? 0 : team.watchSteps, rulesOf(open, team.sector))
  if (!step) await open.tx.timers.cancel(keyOf(team.id))
  else
    await open.tx.timers.ensure({
      key: keyOf(team.id),
      kind: 'team.watch',
      recordId: team.id,
      dueAt: step.at,
    })
  return anew ? again(open, team) : facts
}

const rulesOf = ({ mission }: Pick<Ctx, 'mission'>, sector: string | null) => ({
  ...mission.teams,
  rungs: watchPosts(mission, sector).length,
})

/**
 * The moment has come: the team is asked; or it was missed, and the next post is told with the call tree, the radio
 * room first. A post that nobody stands is skipped at once.
 */
export function watchTeam(ctx: Ctx, timer: Pick<Timer, 'recordId'>): Promise<void> {
  return inTransaction(ctx, async (repos, open) => {
    const row = await repos.teams.byId(timer.recordId)
    if (row?.state !== 'out') return
    let facts = await again(open, row)
    const rules = rulesOf(open, row.sector)
    const now = open.clock.now()
    let skipped = false
    for (;;) {
      const { awaited, team } = facts
      if (!awaited || team.watchedAt !== awaited.at) break
      const step = nextStep(awaited.at, team.watchSteps, rules)
      if (!step || (step.at > now && !skipped)) break
      await repos.teams.update(team.id, team.version, { watchSteps: team.watchSteps + 1 })
      facts = await again(open, team)
      if (step.do === 'ask') {
        const going = facts.lead ? [facts.lead] : facts.members.map(({ person }) => person)
        await tellTeam(open, facts, going, awaited.kind === 'return' ? 'ask_return' : 'ask_check_in', {
          always: true,
        })
        continue
      }
      const post = watchPosts(open.mission, team.sector)[step.rung]
      const standing = post ? (await peopleIn(repos, post, now)).filter(isReachable) : []
      const [first] = standing
      await note(open, teamRef(team), 'team.missed', {
        code: team.code,
        awaited: awaited.at,
        post: post ? roleKey(post) : null,
        told: first?.id ?? null,
        late: now - step.at > LATE_AFTER_MS,
      })
      // The team is asked again beside whoever is told: a check-in that was forgotten is the commonest reason.
      if (first) await tellTeam(open, facts, [first], 'missed', { urgent: true, always: true })
      if (step.rung === 0)
        await tellTeam(
          open,
          facts,
          unique(facts.members.map(({ person }) => person)).filter(({ id }) => id !== first?.id),
          'missed_team',
          { urgent: true, always: true },
        )
      skipped = first === undefined
    }
    await armWatch(open, facts)
    await showTeam(open, facts)
  })
}

const LATE_AFTER_MS = 5 * 60_000
