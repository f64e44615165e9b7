/** What a workspace is filled with at its start. The first team is the one the app is installed in. */
export interface Seed {
  teams: SeedTeam[]
  app: SeedApp
  people: SeedPerson[]
  channels: SeedChannel[]
}

export interface SeedTeam {
  id: string
  name: string
  domain: string
}

export interface SeedApp {
  id: string
  botUserId: string
  botId: string
}

/** A person somebody may play. `locale` is Slack's (`en-US`, `fr-FR`), `tz` an IANA zone. */
export interface SeedPerson {
  id: string
  teamId: string
  handle: string
  name: string
  title: string
  email: string
  locale: string
  tz: string
  colour: string
  isAdmin?: boolean
  isGuest?: boolean
}

/** `sharedWith` names the second workspaces of a Slack Connect channel; `members` are user ids. */
export interface SeedChannel {
  id: string
  name: string
  kind: 'public' | 'private'
  topic?: string
  purpose?: string
  sharedWith?: string[]
  members: string[]
}
