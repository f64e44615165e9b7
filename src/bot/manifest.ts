import { readFile } from 'node:fs/promises'

/** What the bot itself needs to know of its manifest. */
export interface Manifest {
  scopes: string[]
  commands: string[]
  events: string[]
}

export const MANIFEST_PATH = new URL('../../manifest.json', import.meta.url)

export async function readManifest(): Promise<Manifest> {
  const manifest = JSON.parse(await readFile(MANIFEST_PATH, 'utf8'))
  return {
    scopes: manifest.oauth_config.scopes.bot,
    commands: manifest.features.slash_commands.map(({ command }: { command: string }) => command),
    events: manifest.settings.event_subscriptions.bot_events,
  }
}
