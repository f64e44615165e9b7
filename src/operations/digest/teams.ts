import { factsOfTeams, type TeamFacts } from '../team/facts.ts'
import { mayReadTeam } from '../team/readers.ts'
import { belongs, giver, type Scope } from './scope.ts'

const read = new WeakMap<Scope, Promise<TeamFacts[]>>()

/** Open teams that this reader may read; of each only what is no movement is told. */
function teams(scope: Scope): Promise<TeamFacts[]> {
  const known = read.get(scope) ?? readTeams(scope)
  read.set(scope, known)
  return known
}

async function readTeams(scope: Scope): Promise<TeamFacts[]> {
  const { ctx, reader } = scope
  const repos = ctx.store.read
  const all = await scope.common('teams', async () =>
    factsOfTeams(repos, ctx.mission, ctx.clock.now(), await repos.teams.open()),
  )
  return all.filter(facts => belongs(scope, facts.team) && mayReadTeam(ctx, facts, 'record', reader))
}

const holds = ({ team }: TeamFacts) => [team.id]

/** Sections that tell of teams. Where they are and when they leave stands in none. */
export const teamGivers = {
  /** Back, and nobody has reported what they found. */
  team_reports: giver(async scope => (await teams(scope)).filter(({ team }) => team.state === 'back'), holds),
  /** What they recommend and nobody has decided, for those who may read what they found. */
  recommendations: giver(
    async scope =>
      (await teams(scope)).filter(
        facts => facts.undecided > 0 && mayReadTeam(scope.ctx, facts, 'findings', scope.reader),
      ),
    holds,
  ),
}
