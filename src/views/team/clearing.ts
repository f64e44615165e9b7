import { PROMPTING_LINES, type PromptingLine } from '../../domain/team.ts'
import type { TeamFacts } from '../../operations/team/facts.ts'
import type { Block } from '../../ports.ts'
import { begun, brief, section } from '../blocks.ts'
import { roleNamed, type ViewContext } from '../context.ts'
import { heldBackText, named } from './phrases.ts'

/** Whether it has come back: what cleared it has had its time. */
export const isBack = ({ team }: TeamFacts) => ['back', 'reported', 'closed'].includes(team.state)

/** The lines that clear it, what was waived and by whom, and what is asked besides. */
export function clearingBlocks(view: ViewContext, facts: TeamFacts): Block[] {
  const { t } = view.words
  const { team, lines, waivers, heldBack } = facts
  if (team.state === 'proposed') return []
  // Once it is back what it went without stays to be read; the rest of how it was cleared has had its time.
  const back = isBack(facts)
  const written = new Map(lines.map(row => [row.line, row]))
  const blocking = (['security', 'transport', 'casevac'] as const).map(line => {
    const row = written.get(line)
    return row ? `✅ ${named(view, `*${t(`team.line.${line}`)}*`, brief(row.words, 300))}` : null
  })
  const open = heldBack.map(what => `⬜ ${heldBackText(view, what)}`)
  const went = waivers.map(
    ({ what, reason, role: by }) =>
      `⚠️ ${t('team.waived', {
        what: heldBackText(view, what),
        role: by ? roleNamed(view, by) : t('alert.someone'),
        reason: brief(reason, 200),
      })}`,
  )
  const prompts = PROMPTING_LINES.flatMap(line => {
    const row = written.get(line)
    return row ? [`💬 ${named(view, `*${t(`team.line.${line}`)}*`, promptText(view, line, row))}`] : []
  })
  const unanswered = PROMPTING_LINES.filter(line => !written.has(line))
  const asks =
    team.state === 'composing' && unanswered.length > 0
      ? [
          `💬 ${t('team.prompts', { lines: view.words.list(unanswered.map(line => begun(t(`team.line.${line}`), false))) })}`,
        ]
      : []
  const all = back ? went : [...blocking.filter(line => line !== null), ...open, ...went, ...prompts, ...asks]
  const title = t(back ? 'team.field.without' : 'team.field.clearing')
  return all.length === 0 ? [] : [section(`*${title}*\n${all.join('\n')}`)]
}

function promptText(
  view: ViewContext,
  line: PromptingLine,
  { choice, words }: { choice: string | null; words: string },
): string {
  const chosen = choice ? view.words.t(`team.chosen.${line}.${choice}`) : null
  const said = words ? brief(words, 300) : null
  return chosen ? named(view, chosen, said) : (said ?? '')
}
