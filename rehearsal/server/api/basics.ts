import { checkSurface } from '../../../blockkit/index.ts'
import { refuse } from '../errors.ts'
import { isJson, type Json } from '../json.ts'
import { wireBot } from '../operations/wire.ts'
import type { Methods } from './method.ts'

/** Who am I, where am I, open me a socket. */
export const basics: Methods = {
  'api.test': {
    tier: 'none',
    token: 'none',
    run: call => {
      const error = call.text('error')
      if (error) return refuse(error)
      const { token: _, ...args } = call.args
      return { args }
    },
  },
  'auth.test': {
    tier: 'none',
    token: 'any',
    run: call => {
      const { state } = call.core
      return {
        url: `https://${state.homeTeam.domain}.slack.com/`,
        team: state.homeTeam.name,
        user: state.users.get(call.botUser)!.handle,
        team_id: state.homeTeam.id,
        user_id: call.botUser,
        bot_id: state.app.botId,
        is_enterprise_install: false,
      }
    },
  },
  'apps.connections.open': {
    tier: 'none',
    token: 'app',
    run: call => ({ url: call.core.link.sockets.openUrl() }),
  },
  'bots.info': {
    tier: 3,
    scopes: ['users:read'],
    run: call => {
      const id = call.text('bot')
      if (id && id !== call.core.state.app.botId) return refuse('bot_not_found')
      return { bot: wireBot(call.core) }
    },
  },
  'team.info': {
    tier: 3,
    scopes: ['team:read'],
    run: call => {
      const team = call.core.state.teams.get(call.text('team') ?? call.core.state.homeTeam.id)
      if (!team) return refuse('team_not_found')
      return { team: { ...team, email_domain: '', url: `https://${team.domain}.slack.com/`, icon: {} } }
    },
  },
  'blocks.validate': {
    tier: 4,
    run: call => {
      const given = ['blocks', 'message', 'view'].filter(name => call.args[name] !== undefined)
      const name = given[0]
      if (given.length !== 1 || !name) {
        return refuse('invalid_arguments', '[ERROR] give exactly one of blocks, message, view')
      }
      const value = call.json(name, 'invalid_arguments')
      if (name !== 'blocks' && !isJson(value))
        return refuse('invalid_arguments', `[ERROR] ${name} must be JSON`)
      const surface =
        name === 'view' ? (isJson(value) && value.type === 'home' ? 'home' : 'modal') : 'message'
      const payload = name === 'message' ? (value as Json) : { [name]: value }
      const problems = checkSurface(surface, payload)
      if (problems.length === 0) return {}
      return refuse('invalid_blocks', ...problems.map(p => p.message))
    },
  },
}
