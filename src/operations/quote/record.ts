/** The record a message of Slack stands on: an open alert, or a team that has not ended. */
import type { Repos } from '../../db/store.ts'
import type { Constituency, RoleRef } from '../../domain/mission.ts'
import type { Quote } from '../../domain/quote.ts'
import { type QuotedRecord, quotedRecord } from '../../domain/quote.ts'
import { isOpenTeam } from '../../domain/team.ts'
import { TocsinError } from '../../errors.ts'
import { alertFacts } from '../alert/facts.ts'
import { mayReadAlert, readOpenAlert } from '../alert/reading.ts'
import { requireUnmarked } from '../alert/specialist.ts'
import { personReader } from '../channel.ts'
import type { Ctx, Open } from '../context.ts'
import { teamFacts } from '../team/facts.ts'
import { mayReadTeam } from '../team/readers.ts'
import { readTeam } from '../team/reading.ts'

/**
 * Whether the acting person may put a message on this record now.
 *
 * @throws TocsinError `not_found`, `already_ended`, `with_specialist`, `team_over`.
 */
export async function requireQuotable(open: Open, about: QuotedRecord): Promise<void> {
  if (about.kind === 'alert') return requireUnmarked(await readOpenAlert(open, about.id, open.tx))
  const { facts } = await readTeam(open, about.id)
  if (!isOpenTeam(facts.team.state)) throw new TocsinError('team_over')
}

/**
 * Whether a record still takes words, whoever may read it: its author answers for their own.
 *
 * @throws TocsinError `already_ended`, `with_specialist`, `team_over`.
 */
export async function requireOpenRecord(open: Open, about: QuotedRecord): Promise<void> {
  if (about.kind === 'team') {
    const team = await open.tx.teams.byId(about.id)
    if (!team || !isOpenTeam(team.state)) throw new TocsinError('team_over')
    return
  }
  const alert = await open.tx.alerts.byId(about.id)
  if (alert?.lifecycle !== 'open')
    throw new TocsinError('already_ended', {
      details: { code: alert?.code ?? '', lifecycle: alert?.lifecycle ?? '' },
    })
  requireUnmarked(await alertFacts(open.tx, open.mission, open.clock.now(), alert))
}

/** The open alert, or the team that has not ended, in whose thread a message stands; null for any other place. */
export async function recordOfThread(
  ctx: Ctx,
  message: { channel: string; threadTs: string | null },
): Promise<QuotedRecord | null> {
  const repos = ctx.tx ?? ctx.store.read
  const card = message.threadTs ? await repos.cards.byMessage(message.channel, message.threadTs) : null
  if (!card) return null
  const alert = await repos.alerts.byId(card.recordId)
  if (alert) return alert.lifecycle === 'open' ? { kind: 'alert', id: alert.id } : null
  const team = await repos.teams.byId(card.recordId)
  return team && isOpenTeam(team.state) ? { kind: 'team', id: team.id } : null
}

/** What the author of a quote is told beside it. */
export interface QuoteContext {
  kind: QuotedRecord['kind']
  /** Null for a record they may not read. */
  code: string | null
  /** The post of whoever put it there. */
  by: RoleRef | null
  /** Who reads it there; of a team whose findings are restricted only human rights and its members. */
  readers: readonly Constituency[] | 'restricted'
}

/** See {@link QuoteContext}. */
export async function quoteContext(ctx: Ctx, quote: Quote): Promise<QuoteContext> {
  const repos = ctx.tx ?? ctx.store.read
  const [by = null] = await repos.roles.rolesOf(quote.putBy, ctx.clock.now())
  const about = quotedRecord(quote)
  const of = about.kind === 'team' ? ofTeam : ofAlert
  return { kind: about.kind, by, ...(await of(ctx, repos, about.id, quote.authorId)) }
}

type Told = Pick<QuoteContext, 'code' | 'readers'>

async function ofAlert(ctx: Ctx, repos: Repos, id: string, authorId: string): Promise<Told> {
  const readers = ctx.mission.audiences.alert
  const now = ctx.clock.now()
  const alert = await repos.alerts.byId(id)
  const author = await repos.people.byId(authorId)
  if (!alert || !author) return { code: null, readers }
  const facts = await alertFacts(repos, ctx.mission, now, alert)
  const reads = mayReadAlert(ctx, facts, 'record', await personReader(repos, author, now))
  return { code: reads ? alert.code : null, readers }
}

async function ofTeam(ctx: Ctx, repos: Repos, id: string, authorId: string): Promise<Told> {
  const now = ctx.clock.now()
  const team = await repos.teams.byId(id)
  const author = await repos.people.byId(authorId)
  if (!team || !author) return { code: null, readers: [] }
  const facts = await teamFacts(repos, ctx.mission, now, team)
  const reads = mayReadTeam(ctx, facts, 'record', await personReader(repos, author, now))
  return { code: reads ? team.code : null, readers: facts.kind.restricted ? 'restricted' : team.audience }
}
