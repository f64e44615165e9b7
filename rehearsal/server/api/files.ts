import { assertMessage } from '../check.ts'
import { refuse } from '../errors.ts'
import { type Json, list, points, str } from '../json.ts'
import { post } from '../operations/messages.ts'
import { wireFile } from '../operations/wire.ts'
import type { StoredFile } from '../state/model.ts'
import type { Call, Methods } from './method.ts'

const TYPES: Record<string, string> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  gif: 'image/gif',
  svg: 'image/svg+xml',
  pdf: 'application/pdf',
  csv: 'text/csv',
  txt: 'text/plain',
  json: 'application/json',
}

/** The three-step upload and what is kept of it. */
export const files: Methods = {
  'files.getUploadURLExternal': {
    tier: 4,
    scopes: ['files:write'],
    run: call => {
      const name = call.need('filename')
      const size = call.number('length', 0)
      if (size <= 0) return refuse('invalid_arguments', '[ERROR] length must be a positive number')
      const alt = call.text('alt_txt') ?? call.text('alt_text')
      if (alt && points(alt) > 1000) return refuse('alt_txt_too_large')
      const { state, clock, url } = call.core
      const file: StoredFile = {
        id: state.ids.next('F'),
        name,
        title: name,
        mimetype: TYPES[name.split('.').pop()?.toLowerCase() ?? ''] ?? 'application/octet-stream',
        user: call.botUser,
        size,
        ...(alt ? { altText: alt } : {}),
        uploaded: false,
        completed: false,
        channels: new Set(),
        created: Math.floor(clock.now() / 1000),
        uploadTicket: state.ids.next('upload'),
      }
      state.files.set(file.id, file)
      return { upload_url: `${url}/upload/v1/${file.uploadTicket}`, file_id: file.id }
    },
  },
  'files.completeUploadExternal': { tier: 4, scopes: ['files:write'], run: complete },
  'files.info': {
    tier: 4,
    scopes: ['files:read'],
    run: call => ({ file: wireFile(call.core, found(call)), comments: [] }),
  },
  'files.list': {
    tier: 3,
    scopes: ['files:read'],
    run: call => {
      const channel = call.text('channel')
      const all = [...call.core.state.files.values()].filter(
        f => f.completed && (!channel || f.channels.has(channel)),
      )
      return {
        files: all.map(f => wireFile(call.core, f)),
        paging: { count: 100, total: all.length, page: 1, pages: 1 },
      }
    },
  },
  'files.delete': {
    tier: 3,
    scopes: ['files:write'],
    run: call => {
      const file = found(call)
      if (file.user !== call.botUser) return refuse('cant_delete_file')
      call.core.state.files.delete(file.id)
      for (const id of file.channels) {
        for (const message of call.core.state.messages(id)) {
          if (!message.fileIds?.includes(file.id)) continue
          call.core.state.putMessage({ ...message, fileIds: message.fileIds.filter(f => f !== file.id) })
        }
      }
      return {}
    },
  },
}

function found(call: Call): StoredFile {
  const file = call.core.state.files.get(call.need('file'))
  return file?.completed ? file : refuse('file_not_found')
}

function complete(call: Call): Json {
  const { core } = call
  const wanted = list(call.json('files', 'invalid_arguments'))
  if (wanted.length === 0) return refuse('invalid_arguments', '[ERROR] files must name at least one file')
  const done = wanted.map(w => {
    const file = core.state.files.get(str(w.id) ?? '')
    if (!file || file.completed) return refuse('file_not_found')
    if (!file.uploaded) return refuse('file_not_uploaded')
    return { file, title: str(w.title) }
  })
  const channelIds = call.text('channel_id') ? [call.text('channel_id')!] : call.names('channels')
  const channels = channelIds.map(id => {
    const channel = core.state.channels.get(id)
    if (!channel || (channel.kind !== 'public' && !channel.members.has(call.botUser))) {
      return refuse('channel_not_found')
    }
    if (!channel.members.has(call.botUser)) return refuse('not_in_channel')
    return channel
  })
  const blocks = call.json('blocks', 'invalid_blocks_format')
  if (Array.isArray(blocks)) assertMessage({ blocks })
  for (const { file, title } of done) {
    file.completed = true
    if (title) file.title = title
  }
  for (const channel of channels) {
    for (const { file } of done) file.channels.add(channel.id)
    const threadTs = call.text('thread_ts')
    post(core, {
      channel: channel.id,
      user: call.botUser,
      fromApp: true,
      text: call.text('initial_comment') ?? '',
      subtype: 'file_share',
      fileIds: done.map(d => d.file.id),
      ...(Array.isArray(blocks) ? { blocks: blocks as Json[] } : {}),
      ...(threadTs ? { threadTs } : {}),
    })
    for (const { file } of done) {
      core.events.send(
        'file_shared',
        {
          type: 'file_shared',
          file_id: file.id,
          user_id: file.user,
          file: { id: file.id },
          channel_id: channel.id,
        },
        channel,
      )
    }
  }
  return { files: done.map(d => wireFile(core, d.file)) }
}
