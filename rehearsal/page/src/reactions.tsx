import type { MessageSummary } from '../../protocol.ts'
import { emoji } from './text/emoji.ts'
import { Icon } from './ui/icons.tsx'
import { Menu } from './ui/menu.tsx'
import { useWorkspace } from './workspace.tsx'

/** Those the example mission gives a meaning to (`record_emoji`, `forums.marks`), then some that colleagues use. */
const offered = [
  'memo',
  'white_check_mark',
  'hammer',
  'raised_hand',
  'information_source',
  'eyes',
  '+1',
  'pray',
  'hourglass_flowing_sand',
  'warning',
  'question',
  'x',
]

function useToggle(message: MessageSummary) {
  const { attempt, persona } = useWorkspace()
  return (name: string) => {
    const mine = message.reactions?.some(each => each.name === name && each.users.includes(persona.id))
    void attempt({ do: mine ? 'unreact' : 'react', channel: message.channel, ts: message.ts, name })
  }
}

export function ReactionPicker({
  message,
  onOpenChange,
}: {
  message: MessageSummary
  onOpenChange?: (open: boolean) => void
}) {
  const toggle = useToggle(message)
  return (
    <Menu
      label="Add a reaction"
      trigger={<Icon name="smile" />}
      className="icon-button"
      align="end"
      onOpenChange={onOpenChange}
      items={offered.map(name => ({
        key: name,
        label: `${emoji(name)}  ${name.replaceAll('_', ' ')}`,
        onPick: () => toggle(name),
      }))}
    />
  )
}

/** The reactions a message has; pressing one adds or takes away one's own. */
export function Reactions({ message }: { message: MessageSummary }) {
  const { users, persona } = useWorkspace()
  const toggle = useToggle(message)
  if (!message.reactions?.length) return null
  return (
    <div className="reactions">
      {message.reactions.map(({ name, users: who }) => {
        const mine = who.includes(persona.id)
        const names = who.map(id => users[id]?.name ?? id).join(', ')
        return (
          <button
            type="button"
            key={name}
            className={mine ? 'reaction mine' : 'reaction'}
            aria-pressed={mine}
            aria-label={`${name.replaceAll('_', ' ')}, ${who.length}: ${names}`}
            title={names}
            onClick={() => toggle(name)}
          >
            {emoji(name)} <span>{who.length}</span>
          </button>
        )
      })}
    </div>
  )
}
