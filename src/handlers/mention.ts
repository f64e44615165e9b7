/** The Slack user a command's text mentions, as Slack writes it with `should_escape`; null where none is. */
export function mentionedUser(text: string): string | null {
  return /<@([UW][A-Z0-9]+)(?:\|[^>]*)?>/.exec(text)?.[1] ?? null
}
