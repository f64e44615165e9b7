import type {
  ChannelsSelect,
  ConversationsSelect,
  MultiChannelsSelect,
  MultiConversationsSelect,
  MultiUsersSelect,
  UsersSelect,
} from '@slack/types'
import { useState } from 'react'
import { useSurface } from '../blocks/surface.tsx'
import { stateOf } from '../blocks/values.ts'
import { channelTitle, useWorkspace, type Workspace } from '../workspace.tsx'
import { type Choice, Combobox } from './combobox.tsx'
import { type FieldProps, fieldAttributes } from './field.ts'

type EntitySelectElement =
  | UsersSelect
  | MultiUsersSelect
  | ConversationsSelect
  | MultiConversationsSelect
  | ChannelsSelect
  | MultiChannelsSelect

/** The key under which Slack sends what was chosen. */
const stateKey = {
  users_select: 'selected_user',
  multi_users_select: 'selected_users',
  conversations_select: 'selected_conversation',
  multi_conversations_select: 'selected_conversations',
  channels_select: 'selected_channel',
  multi_channels_select: 'selected_channels',
} as const

function people(workspace: Workspace): Choice[] {
  return Object.entries(workspace.users)
    .filter(([, user]) => !user.isBot)
    .map(([id, user]) => ({ key: id, label: user.name, detail: user.teamName }))
}

function conversations(workspace: Workspace, element: EntitySelectElement): Choice[] {
  const filter = 'filter' in element ? element.filter : undefined
  const onlyPublic = element.type === 'channels_select' || element.type === 'multi_channels_select'
  return workspace.channels
    .filter(channel =>
      onlyPublic ? channel.kind === 'public' : channel.isMember || channel.kind === 'public',
    )
    .filter(channel => !filter?.include || filter.include.includes(channel.kind))
    .filter(channel => !(filter?.exclude_external_shared_channels && channel.shared))
    .filter(channel => !(filter?.exclude_bot_users && channel.with && workspace.users[channel.with]?.isBot))
    .map(channel => {
      const mark = channel.kind === 'public' || channel.kind === 'private' ? '#' : ''
      return { key: channel.id, label: `${mark}${channelTitle(workspace, channel)}` }
    })
}

/** Selects of people, conversations and channels, whose lists the client itself fills. */
export function EntitySelect(props: FieldProps<EntitySelectElement>) {
  const { element, blockId, dispatches } = props
  const workspace = useWorkspace()
  const { values, set, press } = useSurface()
  const [typed, setTyped] = useState('')
  const multiple = element.type.startsWith('multi_')
  const key = stateKey[element.type]
  const held = stateOf(values, blockId, element)?.[key]
  const ids = (Array.isArray(held) ? held : [held]).filter((each): each is string => typeof each === 'string')
  const isUsers = element.type === 'users_select' || element.type === 'multi_users_select'
  const all = isUsers ? people(workspace) : conversations(workspace, element)
  const shown = all.filter(choice => choice.label.toLowerCase().includes(typed.toLowerCase()))

  return (
    <Combobox
      attributes={fieldAttributes(props)}
      placeholder={element.placeholder?.text ?? (isUsers ? 'Choose a person' : 'Choose a channel')}
      choices={shown}
      selected={ids.map(
        id => all.find(each => each.key === id) ?? { key: id, label: workspace.users[id]?.name ?? id },
      )}
      multiple={multiple}
      clearable={!dispatches}
      maxSelected={'max_selected_items' in element ? element.max_selected_items : undefined}
      status={shown.length === 0 ? 'No result' : undefined}
      onType={setTyped}
      onSelect={choices => {
        const chosen = choices.map(choice => choice.key)
        const part = { [key]: multiple ? chosen : (chosen[0] ?? null) }
        set(blockId, element.action_id ?? '', { type: element.type, ...part })
        if (dispatches) void press(blockId, element, part)
      }}
    />
  )
}
