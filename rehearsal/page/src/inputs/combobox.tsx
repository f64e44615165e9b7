import { type KeyboardEvent, useId, useRef, useState } from 'react'
import { Floating } from '../ui/floating.tsx'
import { Icon } from '../ui/icons.tsx'

export interface Choice {
  key: string
  label: string
  detail?: string
  group?: string
}

interface ComboboxProps {
  attributes: Record<string, unknown> & { id: string }
  placeholder: string
  choices: Choice[]
  selected: Choice[]
  multiple: boolean
  /** What to say instead of a list: too few letters typed, searching, nothing found. */
  status?: string
  maxSelected?: number
  /** Whether a single choice can be taken back: in a form it can, in a card choosing is an act. */
  clearable: boolean
  onType: (typed: string) => void
  onSelect: (selected: Choice[]) => void
}

function Listbox(props: {
  id: string
  choices: Choice[]
  selected: Choice[]
  active: number
  multiple: boolean
  status?: string
  onPick: (choice: Choice) => void
  onPoint: (index: number) => void
}) {
  const { id, choices, selected, active, status } = props
  return (
    <div
      role="listbox"
      id={id}
      className="listbox"
      aria-multiselectable={props.multiple || undefined}
      tabIndex={-1}
    >
      {status && (
        <div className="listbox-status" role="status">
          {status}
        </div>
      )}
      {choices.map((choice, index) => (
        <div key={choice.key} role="presentation">
          {choice.group && choice.group !== choices[index - 1]?.group && (
            <div className="listbox-group" role="presentation">
              {choice.group}
            </div>
          )}
          <div
            role="option"
            id={`${id}-${index}`}
            tabIndex={-1}
            aria-selected={selected.some(each => each.key === choice.key)}
            className={index === active ? 'option active' : 'option'}
            ref={element => {
              if (index === active) element?.scrollIntoView({ block: 'nearest' })
            }}
            onPointerMove={() => props.onPoint(index)}
            onPointerDown={event => {
              event.preventDefault()
              props.onPick(choice)
            }}
          >
            <span>{choice.label}</span>
            {choice.detail && <small>{choice.detail}</small>}
          </div>
        </div>
      ))}
    </div>
  )
}

/** A typeahead field after the ARIA combobox pattern, for one choice or several. */
export function Combobox(props: ComboboxProps) {
  const {
    attributes,
    placeholder,
    choices,
    selected,
    multiple,
    status,
    maxSelected,
    clearable,
    onType,
    onSelect,
  } = props
  const [open, setOpen] = useState(false)
  const [typed, setTyped] = useState<string>()
  const [active, setActive] = useState(0)
  const frame = useRef<HTMLDivElement>(null)
  const input = useRef<HTMLInputElement>(null)
  const listId = useId()
  const full = multiple && maxSelected !== undefined && selected.length >= maxSelected

  const show = () => {
    if (!open) onType(typed ?? '')
    setOpen(true)
  }
  const close = () => {
    setOpen(false)
    setTyped(undefined)
    setActive(0)
  }
  const pick = (choice: Choice) => {
    if (!multiple) {
      onSelect([choice])
      close()
      return
    }
    const has = selected.some(each => each.key === choice.key)
    if (!has && full) return
    onSelect(has ? selected.filter(each => each.key !== choice.key) : [...selected, choice])
    setTyped(undefined)
    onType('')
  }
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      if (!open) show()
      else if (choices.length > 0) {
        const step = event.key === 'ArrowDown' ? 1 : -1
        setActive((active + step + choices.length) % choices.length)
      }
    } else if (event.key === 'Enter') {
      event.preventDefault()
      const choice = choices[active]
      if (open && choice) pick(choice)
      else show()
    } else if (event.key === 'Backspace' && multiple && !typed && selected.length > 0) {
      onSelect(selected.slice(0, -1))
    }
  }
  const one = multiple ? undefined : selected[0]
  return (
    <div className="combobox" ref={frame}>
      {multiple &&
        selected.map(choice => (
          <span className="chip" key={choice.key}>
            {choice.label}
            <button
              type="button"
              aria-label={`Remove ${choice.label}`}
              onClick={() => onSelect(selected.filter(each => each.key !== choice.key))}
            >
              <Icon name="close" size={12} />
            </button>
          </span>
        ))}
      <input
        {...attributes}
        ref={input}
        type="text"
        role="combobox"
        aria-expanded={open}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={open && choices.length > 0 ? `${listId}-${active}` : undefined}
        autoComplete="off"
        spellCheck={false}
        placeholder={selected.length > 0 && multiple ? '' : placeholder}
        value={typed ?? one?.label ?? ''}
        onClick={() => {
          if (one && typed === undefined) input.current?.select()
          show()
        }}
        onChange={event => {
          setTyped(event.target.value)
          setActive(0)
          setOpen(true)
          onType(event.target.value)
        }}
        onKeyDown={onKey}
        onBlur={close}
      />
      {one && typed === undefined && clearable ? (
        <button
          type="button"
          className="combobox-clear"
          aria-label={`Clear ${one.label}`}
          onClick={() => onSelect([])}
        >
          <Icon name="close" size={14} />
        </button>
      ) : (
        <span className="combobox-arrow">
          <Icon name="down" size={16} />
        </span>
      )}
      {open && (
        <Floating anchor={frame} onDismiss={close} matchWidth>
          <Listbox
            id={listId}
            choices={choices}
            selected={selected}
            active={active}
            multiple={multiple}
            status={full ? `No more than ${maxSelected} can be chosen.` : status}
            onPick={pick}
            onPoint={setActive}
          />
        </Floating>
      )}
    </div>
  )
}
