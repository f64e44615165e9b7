import { get } from 'node-emoji'

/** Slack's names that the emoji library knows under another. */
const slackNames: Record<string, string> = {
  large_orange_circle: '🟠',
  large_yellow_circle: '🟡',
  large_green_circle: '🟢',
  large_purple_circle: '🟣',
  large_brown_circle: '🟤',
  large_orange_square: '🟧',
  large_yellow_square: '🟨',
  large_green_square: '🟩',
  large_red_square: '🟥',
  large_blue_square: '🟦',
  thumbsup: '👍',
  thumbsdown: '👎',
}

/** The character for an emoji's short name; the name between colons where it is not known. */
export function emoji(name: string): string {
  const plain = name.replace(/::skin-tone-\d$/, '')
  return slackNames[plain] ?? get(plain) ?? `:${name}:`
}

/** Replaces `:names:` by emoji and Slack's three entities by their characters. */
export function plainText(text: string): string {
  return unescapeEntities(
    text.replace(/:([a-z0-9_+-]+):/g, (whole, name: string) => slackNames[name] ?? get(name) ?? whole),
  )
}

export function unescapeEntities(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
}
