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
  const { persona, shortcuts, app, act } = useWorkspace()
  const { channel, ts } = message
  const own: MenuItem[] =
    message.user === persona.id && !message.ephemeralFor
      ? [
          { key: 'edit', label: 'Edit message', onPick: onEdit },
          {
            key: 'delete',
            label: 'Delete message',
            danger: true,
            onPick: () => void act({ do: 'delete', channel, ts }),
          },
        ]
      : []
  const fromApp = message.ephemeralFor
    ? []
    : shortcuts
        .filter(shortcut => shortcut.type === 'message')
        .map(shortcut => ({
          key: shortcut.callbackId,
          label: shortcut.name,
          detail: app.name,
          onPick: () => void act({ do: 'shortcut', callbackId: shortcut.callbackId, channel, ts }),
        }))
  const copy: MenuItem = {
    key: 'link',
    label: 'Copy link',
    onPick: () => {
      const url = new URL(messageHref(channel, ts), location.href)
      void navigator.clipboard?.writeText(url.href)
    },
  }
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
