import type { KnownBlock } from '@slack/types'
import { type ComponentProps, useMemo } from 'react'
import { Message } from 'slack-blocks-to-jsx'
import 'slack-blocks-to-jsx/dist/style.css'
import { useWorkspace } from '../workspace.tsx'

type LibraryBlocks = ComponentProps<typeof Message>['blocks']

/**
 * Blocks that only show something: markdown, card, carousel, container, data_visualization, plan, task_card,
 * video, file. Texts in Slack's own mark-up and all operable elements are shown by this page itself, since the
 * library obeys escaped mark-up and keeps no state.
 */
export function LibraryBlock({ block }: { block: KnownBlock }) {
  const { users, channels } = useWorkspace()
  const data = useMemo(
    () => ({
      users: Object.entries(users).map(([id, user]) => ({ id, name: user.name })),
      channels: channels.map(({ id, name }) => ({ id, name })),
      user_groups: [],
    }),
    [users, channels],
  )
  return (
    <div className="library-block">
      <Message blocks={[block] as unknown as LibraryBlocks} name="" logo="" data={data} withoutWrapper />
    </div>
  )
}
