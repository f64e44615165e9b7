import type { MessageSummary } from '../../protocol.ts'
import { ReactionPicker } from './reactions.tsx'
import { go, messageHref, threadHref } from './route.ts'
import { Icon } from './ui/icons.tsx'
import { Menu, type MenuItem } from './ui/menu.tsx'
import { useWorkspace } from './workspace.tsx'

interface MessageToolsProps {
  message: MessageSummary
  inThread: boolean
  onEdit: () => void
  onMenu: (open: boolean) => void
}

function useMenuItems(message: MessageSummary, onEdit: () => void): MenuItem[] {
  const { persona, shortcuts, app, attempt } = useWorkspace()
  const { channel, ts } = message
  const remove = (key: string, label: string): MenuItem => ({
    key,
    label,
    danger: true,
    onPick: () => void attempt({ do: 'delete', channel, ts }),
  })
  if (message.ephemeralFor) return [remove('dismiss', 'Dismiss message')]
  const fromApp = shortcuts
    .filter(shortcut => shortcut.type === 'message')
    .map(shortcut => ({
      key: shortcut.callbackId,
      label: shortcut.name,
      detail: app.name,
      onPick: () => void attempt({ do: 'shortcut', callbackId: shortcut.callbackId, channel, ts }),
    }))
  const copy: MenuItem = {
    key: 'link',
    label: 'Copy link',
    onPick: () => {
      const url = new URL(messageHref(channel, ts), location.href)
      void navigator.clipboard?.writeText(url.href)
    },
  }
  const edit: MenuItem = { key: 'edit', label: 'Edit message', onPick: onEdit }
  const own = message.user === persona.id ? [edit, remove('delete', 'Delete message')] : []
  return [...fromApp, copy, ...own]
}

/** The toolbar of a message: react, reply in thread, more actions. */
export function MessageTools({ message, inThread, onEdit, onMenu }: MessageToolsProps) {
  const items = useMenuItems(message, onEdit)
  return (
    <div className="message-tools" role="toolbar" aria-label="Message actions">
      {!message.ephemeralFor && <ReactionPicker message={message} onOpenChange={onMenu} />}
      {!inThread && !message.ephemeralFor && (
        <button
          type="button"
          className="icon-button"
          aria-label="Reply in thread"
          title="Reply in thread"
          onClick={() => go(threadHref(message.channel, message.threadTs ?? message.ts))}
        >
          <Icon name="reply" />
        </button>
      )}
      <Menu
        label="More actions"
        trigger={<Icon name="more" />}
        className="icon-button"
        align="end"
        items={items}
        onOpenChange={onMenu}
      />
    </div>
  )
}
