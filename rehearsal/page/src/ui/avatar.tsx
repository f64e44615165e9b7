import { Icon } from './icons.tsx'

function initials(name: string): string {
  const words = name
    .replace(/\(.*?\)/g, '')
    .split(/[\s-]+/)
    .filter(Boolean)
  const first = words[0] ?? '?'
  const last = words.length > 1 ? words.at(-1)! : ''
  return ([...first][0]! + ([...last][0] ?? '')).toUpperCase()
}

interface AvatarProps {
  name: string
  /** Six hex digits, with or without a hash. */
  colour: string
  bot?: boolean
  size?: number
}

/** A person's tile with initials, or the app's bell. Decorative: the name always stands beside it. */
export function Avatar({ name, colour, bot = false, size = 36 }: AvatarProps) {
  return (
    <span
      className={bot ? 'avatar avatar-app' : 'avatar'}
      style={{
        width: size,
        height: size,
        fontSize: size * 0.38,
        ...(bot ? {} : { background: `#${colour.replace(/^#/, '')}` }),
      }}
      aria-hidden="true"
    >
      {bot ? <Icon name="bell" size={size * 0.62} /> : initials(name)}
    </span>
  )
}
