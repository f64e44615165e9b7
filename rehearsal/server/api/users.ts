import { refuse } from '../errors.ts'
import type { Json } from '../json.ts'
import { wireProfile, wireUser } from '../operations/wire.ts'
import type { User } from '../state/model.ts'
import type { Call, Methods } from './method.ts'

const SCOPES = ['users:read']

/** The methods about people. */
export const users: Methods = {
  'users.info': {
    tier: 4,
    scopes: SCOPES,
    run: call => ({ user: shown(call, call.user()) }),
  },
  'users.list': {
    tier: 2,
    scopes: SCOPES,
    run: call => {
      const { state } = call.core
      const known = [...state.users.values()].filter(
        u =>
          u.teamId === state.homeTeam.id ||
          [...state.channels.values()].some(c => c.members.has(u.id) && c.members.has(call.botUser)),
      )
      const { items, response_metadata } = call.page(known)
      return {
        members: items.map(u => shown(call, u)),
        cache_ts: Math.floor(call.core.clock.now() / 1000),
        response_metadata,
      }
    },
  },
  'users.lookupByEmail': {
    tier: 3,
    scopes: ['users:read.email'],
    run: call => {
      const email = call.need('email').toLowerCase()
      const found = [...call.core.state.users.values()].find(
        u => u.email.toLowerCase() === email && u.teamId === call.core.state.homeTeam.id && !u.deleted,
      )
      return found ? { user: shown(call, found) } : refuse('users_not_found')
    },
  },
  'users.profile.get': {
    tier: 4,
    scopes: ['users.profile:read'],
    run: call => {
      const user = call.text('user') ? call.user() : call.core.state.users.get(call.botUser)!
      return { profile: wireProfile(user, call.has('users:read.email')) }
    },
  },
  'users.getPresence': {
    tier: 3,
    scopes: SCOPES,
    run: call => {
      call.user()
      return { presence: 'active' }
    },
  },
  'dnd.info': {
    tier: 3,
    scopes: ['dnd:read'],
    run: call => {
      return notDisturbed(call, call.text('user') ? call.user().id : call.botUser)
    },
  },
  'dnd.teamInfo': {
    tier: 2,
    scopes: ['dnd:read'],
    run: call => {
      const ids = call.names('users')
      if (ids.length > 50) return refuse('too_many_users')
      return { users: Object.fromEntries(ids.map(id => [id, notDisturbed(call, id)])) }
    },
  },
  'usergroups.list': { tier: 2, scopes: ['usergroups:read'], run: () => refuse('paid_teams_only') },
  'usergroups.users.list': { tier: 2, scopes: ['usergroups:read'], run: () => refuse('paid_teams_only') },
}

const shown = (call: Call, user: User): Json =>
  wireUser(call.core, user, { email: call.has('users:read.email'), locale: call.flag('include_locale') })

/** As others than the person see it: the schedule, never a snooze. */
function notDisturbed(call: Call, id: string): Json {
  const { from, to } = call.core.state.users.get(id)?.doNotDisturb ?? { from: 1, to: 1 }
  return {
    dnd_enabled: to > from,
    next_dnd_start_ts: Math.floor(from / 1000),
    next_dnd_end_ts: Math.floor(to / 1000),
  }
}
