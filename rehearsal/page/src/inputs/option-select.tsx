import type {
  ExternalSelect,
  MultiExternalSelect,
  MultiStaticSelect,
  Option,
  OptionGroup,
  StaticSelect,
} from '@slack/types'
import { useRef, useState } from 'react'
import { useSurface } from '../blocks/surface.tsx'
import { flatOptions, stateOf } from '../blocks/values.ts'
import { plainText } from '../text/emoji.ts'
import { type Choice, Combobox } from './combobox.tsx'
import { type FieldProps, fieldAttributes } from './field.ts'

type OptionSelectElement = StaticSelect | ExternalSelect | MultiStaticSelect | MultiExternalSelect

interface OptionList {
  options?: Option[]
  option_groups?: OptionGroup[]
}

/** An option as a line of the list; its place in the list makes the key, since values may repeat between groups. */
function choicesOf(list: OptionList): { choice: Choice; option: Option }[] {
  const line = (option: Option, group?: string) => ({
    option,
    choice: {
      key: `${option.value ?? ''} ${option.text.text}`,
      label: plainText(option.text.text),
      detail: option.description && plainText(option.description.text),
      group,
    },
  })
  return (
    list.options?.map(option => line(option)) ??
    list.option_groups?.flatMap(group =>
      group.options.map(option => line(option, plainText(group.label.text))),
    ) ??
    []
  )
}

const fold = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/** Options the app hands out for what is typed, asked for once the typing pauses. */
function useExternalOptions(blockId: string, element: OptionSelectElement) {
  const { options } = useSurface()
  const [list, setList] = useState<OptionList>({})
  const [status, setStatus] = useState<string>()
  const turn = useRef(0)
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined)
  const least = 'min_query_length' in element ? (element.min_query_length ?? 3) : 3

  const ask = (typed: string) => {
    clearTimeout(pause.current)
    const mine = ++turn.current
    const missing = least - [...typed].length
    if (missing > 0) {
      setList({})
      setStatus(missing === 1 ? 'Type one more letter' : `Type ${missing} more letters`)
      return
    }
    setStatus('Searching…')
    pause.current = setTimeout(async () => {
      const result = await options(blockId, element.action_id ?? '', typed)
      if (mine !== turn.current) return
      const found = result.optionGroups
        ? { option_groups: result.optionGroups as OptionGroup[] }
        : { options: (result.options ?? []) as Option[] }
      setList(found)
      if (!result.ok) setStatus(result.failure ?? 'The app did not answer.')
      else setStatus(flatOptions(found).length === 0 ? 'No result' : undefined)
    }, 150)
  }
  return { list, status, ask }
}

/** static_select and external_select, for one option or several. */
export function OptionSelect(props: FieldProps<OptionSelectElement>) {
  const { element, blockId, dispatches } = props
  const { values, set, press } = useSurface()
  const [typed, setTyped] = useState('')
  const external = useExternalOptions(blockId, element)
  const isExternal = element.type === 'external_select' || element.type === 'multi_external_select'
  const multiple = element.type === 'multi_static_select' || element.type === 'multi_external_select'

  const state = stateOf(values, blockId, element) ?? {}
  const held = multiple ? (state.selected_options as Option[]) : [state.selected_option as Option | null]
  const selected = held.filter((each): each is Option => !!each)
  const all = choicesOf(isExternal ? external.list : (element as OptionList))
  const shown = isExternal ? all : all.filter(({ choice }) => fold(choice.label).includes(fold(typed)))
  const known = [...all, ...choicesOf({ options: selected })]

  const onSelect = (choices: Choice[]) => {
    const options = choices.flatMap(
      choice => known.find(each => each.choice.key === choice.key)?.option ?? [],
    )
    const part = multiple ? { selected_options: options } : { selected_option: options[0] ?? null }
    set(blockId, element.action_id ?? '', { type: element.type, ...part })
    if (dispatches) void press(blockId, element, part)
  }
  return (
    <Combobox
      attributes={fieldAttributes(props)}
      placeholder={element.placeholder?.text ?? (multiple ? 'Choose options' : 'Choose an option')}
      choices={shown.map(each => each.choice)}
      selected={choicesOf({ options: selected }).map(each => each.choice)}
      multiple={multiple}
      clearable={!dispatches}
      maxSelected={'max_selected_items' in element ? element.max_selected_items : undefined}
      status={isExternal ? external.status : shown.length === 0 ? 'No result' : undefined}
      onType={text => {
        setTyped(text)
        if (isExternal) external.ask(text)
      }}
      onSelect={onSelect}
    />
  )
}
