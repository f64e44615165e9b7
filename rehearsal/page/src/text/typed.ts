import type { Snapshot } from '../../../protocol.ts'
import { unescapeEntities } from './emoji.ts'

/** A message's text as its author would type it again: mentions by handle, reserved characters as such. */
export function asTyped(text: string, { users, channels }: Pick<Snapshot, 'users' | 'channels'>): string {
  const words = text
    .replace(/<@(\w+)(\|[^>]*)?>/g, (_, id: string) => `@${users[id]?.handle ?? id}`)
    .replace(
      /<#(\w+)(\|[^>]*)?>/g,
      (_, id: string) => `#${channels.find(each => each.id === id)?.name ?? id}`,
    )
    .replace(/<!(here|channel|everyone)(\|[^>]*)?>/g, '@$1')
    .replace(/<([^@#!>|][^>|]*)(\|[^>]*)?>/g, '$1')
  return unescapeEntities(words)
}
