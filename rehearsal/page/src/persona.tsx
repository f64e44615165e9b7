import { useRef, useState } from 'react'
import type { Persona } from '../../protocol.ts'
import { Avatar } from './ui/avatar.tsx'
import { Floating } from './ui/floating.tsx'
import { Icon } from './ui/icons.tsx'
import { useWorkspace } from './workspace.tsx'

function languageName(locale: string): string {
  return new Intl.DisplayNames(['en'], { type: 'language' }).of(locale.split('-')[0]!) ?? locale
}

function describe(persona: Persona): string {
  const title = persona.title === persona.name ? `@${persona.handle}` : persona.title
  return [title, persona.teamName, languageName(persona.locale)].join(' · ')
}

function PersonaRow({
  persona,
  playing,
  onPlay,
}: {
  persona: Persona
  playing: boolean
  onPlay: () => void
}) {
  return (
    <li className="persona-row">
      <button type="button" className="persona-pick" aria-pressed={playing} onClick={onPlay}>
        <Avatar name={persona.name} colour={persona.colour} />
        <span>
          <strong>{persona.name}</strong>
          <small>{describe(persona)}</small>
        </span>
      </button>
      <a
        className="icon-button"
        href={`?as=${encodeURIComponent(persona.handle)}`}
        target="_blank"
        rel="noreferrer"
        aria-label={`Play ${persona.name} in a window of its own`}
        title="In a window of its own"
      >
        <Icon name="external" size={16} />
      </a>
    </li>
  )
}

/** Who is being played, and the way to play somebody else. */
export function PersonaSwitcher({ play }: { play: (persona: Persona) => void }) {
  const { persona, personas } = useWorkspace()
  const [open, setOpen] = useState(false)
  const [typed, setTyped] = useState('')
  const button = useRef<HTMLButtonElement>(null)
  const close = () => {
    setOpen(false)
    setTyped('')
    button.current?.focus()
  }
  const shown = personas.filter(each =>
    describe(each).concat(each.name).toLowerCase().includes(typed.toLowerCase()),
  )
  return (
    <div className="persona">
      <p className="workspace-name">{persona.teamName}</p>
      <button
        type="button"
        ref={button}
        className="persona-button"
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <Avatar name={persona.name} colour={persona.colour} size={32} />
        <span>
          <small>You are</small>
          <strong>{persona.name}</strong>
        </span>
        <Icon name="down" size={16} />
      </button>
      {open && (
        <Floating anchor={button} onDismiss={close} className="persona-box">
          <div role="dialog" aria-label="Play somebody else">
            <input
              type="search"
              className="text-field"
              placeholder="Find a person, role or workspace"
              aria-label="Find a person, role or workspace"
              value={typed}
              data-autofocus
              onChange={event => setTyped(event.target.value)}
            />
            <ul>
              {shown.map(each => (
                <PersonaRow
                  key={each.id}
                  persona={each}
                  playing={each.id === persona.id}
                  onPlay={() => {
                    close()
                    play(each)
                  }}
                />
              ))}
            </ul>
          </div>
        </Floating>
      )}
    </div>
  )
}
