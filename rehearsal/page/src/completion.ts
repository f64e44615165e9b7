import type { Snapshot } from '../../protocol.ts'

export interface Completion {
  key: string
  label: string
  detail: string
  hint?: string
  /** The line with this choice put in, and where the caret then stands. */
  text: string
  caret: number
}

function commandCompletions(text: string, { commands }: Snapshot): Completion[] {
  return commands
    .filter(each => each.command.startsWith(text))
    .map(each => {
      const line = `${each.command} `
      return {
        key: each.command,
        label: each.command,
        detail: each.description,
        hint: each.usageHint,
        text: line,
        caret: line.length,
      }
    })
}

function mentionCompletions(text: string, caret: number, workspace: Snapshot): Completion[] {
  const before = /(^|\s)@([\w.-]*)$/.exec(text.slice(0, caret))
  if (!before) return []
  const typed = before[2]!.toLowerCase()
  const start = caret - before[2]!.length
  const everyone = ['here', 'channel'].map(handle => ({ handle, name: 'Everyone in this channel' }))
  return [...Object.values(workspace.users), ...everyone]
    .filter(each => `${each.handle} ${each.name}`.toLowerCase().includes(typed))
    .slice(0, 8)
    .map(each => ({
      key: each.handle,
      label: `@${each.handle}`,
      detail: each.name,
      text: `${text.slice(0, start)}${each.handle} ${text.slice(caret)}`,
      caret: start + each.handle.length + 1,
    }))
}

/** What the composer offers while a line is typed: the app's commands at its start, people after "@". */
export function completionsFor(text: string, caret: number, workspace: Snapshot): Completion[] {
  if (/^\/\S*$/.test(text)) return commandCompletions(text, workspace)
  return mentionCompletions(text, caret, workspace)
}

/** The usage hint of the command a line begins with, once its name stands complete. */
export function usageOf(text: string, { commands }: Snapshot): string | undefined {
  const name = /^(\/\S+)\s/.exec(text)?.[1]
  const found = commands.find(each => each.command === name)
  return found && `${found.command} ${found.usageHint ?? ''}`.trim()
}
