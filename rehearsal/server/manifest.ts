import type { CommandHint, ShortcutHint } from '../protocol.ts'

/** The parts of an app's `manifest.json` the workspace goes by. */
export interface Manifest {
  display_information: { name: string; description?: string }
  features?: {
    app_home?: {
      home_tab_enabled?: boolean
      messages_tab_enabled?: boolean
      messages_tab_read_only_enabled?: boolean
    }
    bot_user?: { display_name: string; always_online?: boolean }
    slash_commands?: ManifestCommand[]
    shortcuts?: ManifestShortcut[]
  }
  oauth_config?: { scopes?: { bot?: string[] } }
  settings?: {
    event_subscriptions?: { bot_events?: string[]; request_url?: string }
    interactivity?: { is_enabled: boolean; request_url?: string }
    socket_mode_enabled?: boolean
  }
}

export interface ManifestCommand {
  command: string
  description: string
  usage_hint?: string
  should_escape?: boolean
}

export interface ManifestShortcut {
  name: string
  type: 'global' | 'message'
  callback_id: string
  description: string
}

export const scopesOf = (manifest: Manifest): string[] => manifest.oauth_config?.scopes?.bot ?? []

export const eventsOf = (manifest: Manifest): string[] =>
  manifest.settings?.event_subscriptions?.bot_events ?? []

/** The bot's display name. */
export const botNameOf = (manifest: Manifest): string =>
  manifest.features?.bot_user?.display_name ?? manifest.display_information.name

/** The manifest's commands as a composer shows them. */
export function commandHints(manifest: Manifest): CommandHint[] {
  return (manifest.features?.slash_commands ?? []).map(c => ({
    command: c.command,
    description: c.description,
    ...(c.usage_hint ? { usageHint: c.usage_hint } : {}),
  }))
}

export function shortcutHints(manifest: Manifest): ShortcutHint[] {
  return (manifest.features?.shortcuts ?? []).map(s => ({
    name: s.name,
    type: s.type,
    callbackId: s.callback_id,
    description: s.description,
  }))
}
