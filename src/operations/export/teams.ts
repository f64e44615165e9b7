/** The teams a holder has on record, as lines of an export. */
import type { Constituency } from '../../domain/mission.ts'
import type { Ctx } from '../context.ts'
import { roleKey } from '../permission.ts'
import { factsOfTeams, type TeamFacts } from '../team/facts.ts'
import { postOf } from '../team/posts.ts'
import { type ExportLine, iso, mayHaveLayer, quoteLine } from './lines.ts'

const at = (time: number | null): string | null => (time === null ? null : iso(time))

/**
 * Teams a constituency holds, with what they found and what became of it. Their plans, days, times and members are for
 * those who watch over them and in no export; a team that is not back is only under way.
 */
export async function* teamLines(ctx: Ctx, holder: Constituency): AsyncGenerator<ExportLine> {
  const { read } = ctx.store
  const own = (await read.teams.all()).filter(row => row.holder === holder)
  for (const facts of await factsOfTeams(read, ctx.mission, ctx.clock.now(), own)) {
    yield teamLine(ctx, holder, facts)
    const { state } = facts.team
    const open = !facts.kind.restricted || mayHaveLayer(ctx, holder, 'human_rights')
    // What stands on its record may tell where it is.
    if (!open || state === 'composing' || state === 'out') continue
    for (const quote of facts.quotes)
      if (quote.state === 'stands') yield quoteLine({ team: facts.team.code }, quote, holder)
  }
}

function teamLine(ctx: Ctx, holder: Constituency, facts: TeamFacts): ExportLine {
  const { team, kind, hotspot } = facts
  const underWay = team.state === 'composing' || team.state === 'out'
  const rights = mayHaveLayer(ctx, holder, 'human_rights')
  return {
    type: 'team',
    code: team.code,
    kind: team.kind,
    exercise: team.exercise,
    holder: team.holder,
    audience: team.audience,
    // The place is its own holder's record: its code alone, where the holder of the team may read it.
    hotspot: hotspot.audience.includes(holder) || hotspot.holder === holder ? hotspot.code : null,
    sector: team.sector,
    why: team.why || null,
    questions: team.questions,
    answers: team.answers,
    proposed_at: iso(team.proposedAt),
    state: underWay ? 'under_way' : team.state,
    state_at: underWay ? null : iso(team.stateAt),
    reason: team.reason,
    sections: facts.sections.map(row => {
      const post = postOf(ctx.mission, row.section, team.sector)
      return { section: row.section, post: post && roleKey(post), state: row.state, reason: row.reason }
    }),
    // Why it went without something tells of its plans.
    waived: underWay ? [] : facts.waivers.map(({ what, role, at: when }) => ({ what, role, at: iso(when) })),
    back_at: at(team.backAt),
    report_due_at: at(team.reportDueAt),
    ...findingsOf(facts, holder, !kind.restricted || rights),
    changed: facts.questions
      .filter(question => question.kind === 'change' && question.answer !== null)
      .map(({ days, answer, words, answeredAt }) => ({ days, answer, words, at: at(answeredAt) })),
  }
}

/** What it found; of restricted findings the holder without the layer has the summary alone. */
function findingsOf(
  { report, reviews, recommendations, notes, members }: TeamFacts,
  holder: Constituency,
  open: boolean,
) {
  if (!open)
    return {
      report: report && { version: report.version, at: iso(report.at), summary: report.summary },
      agreed: null,
      dissents: [],
      recommendations: [],
      handover_notes: [],
    }
  const sectionOf = (id: string) => members.find(({ person }) => person.id === id)?.row.section ?? null
  return {
    report: report && {
      version: report.version,
      at: iso(report.at),
      situation: report.situation || null,
      needs: report.needs,
      threats: report.threats,
      actors: report.actors,
      capacity: report.capacity,
      summary: report.summary,
      links: report.links,
    },
    agreed:
      report &&
      reviews.filter(({ verdict, version }) => verdict === 'agrees' && version === report.version).length,
    dissents: reviews
      .filter(({ verdict }) => verdict === 'dissents')
      .map(({ personId, version, words, at: when }) => ({
        section: sectionOf(personId),
        version,
        words,
        at: iso(when),
      })),
    recommendations: recommendations.map(({ row, state, given }) => ({
      words: row.words || null,
      // What an agency or an NGO answered stays with whoever asked them.
      state: given.some(({ kind }) => kind === 'request') ? 'requested' : state,
      refused_by: row.refusedRole,
      refused_at: at(row.refusedAt),
      reason: row.reason,
      taskings: given.filter(tasking => tasking.holder === holder).map(({ code }) => code),
    })),
    handover_notes: notes.map(({ words, at: when }) => ({ words: words || null, at: iso(when) })),
  }
}
