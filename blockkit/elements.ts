import { elementSurfaces, limits } from './limits.ts'
import {
  actionId,
  choiceOption,
  confirm,
  conversationFilter,
  dispatchActionConfig,
  menuOption,
  onePicture,
  optionGroup,
  overflowOption,
  pictureFields,
  placeholder,
  plainText,
  style,
  url,
} from './objects.ts'
import { richText } from './richtext.ts'
import { initialAmongOptions, lengthsInOrder, numbersInOrder, responseUrlInInput } from './rules.ts'
import {
  boolean,
  eitherOr,
  formed,
  integer,
  list,
  type ObjectSpec,
  object,
  only,
  type Rule,
  type Spec,
  tagged,
  text,
} from './spec.ts'

const focus = { kind: 'boolean', once: true } as const
const accessibility = text(limits.button.accessibilityLabel)
const pick = { action_id: actionId, confirm, focus_on_load: focus, placeholder }
const many = { ...pick, max_selected_items: integer(limits.select.selectedMin) }
const typed = {
  action_id: actionId,
  focus_on_load: focus,
  placeholder,
  dispatch_action_config: dispatchActionConfig,
}

const menuOptions = {
  options: list(menuOption, limits.select.options, limits.select.optionsMin),
  option_groups: list(optionGroup, limits.select.groups, limits.select.groupsMin),
}
const choices = list(choiceOption, limits.choice.options, limits.choice.optionsMin)
const optionsOrGroups = eitherOr('options', 'option_groups')
const ids = list(text(), undefined, 1)
const queryLength = integer(limits.select.queryLengthMin)

/** A day that exists, not only a text that looks like one. */
const isDate = (value: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(value) && new Date(`${value}T00:00:00Z`).toJSON()?.startsWith(value) === true
const date = formed(isDate, 'must be in the format YYYY-MM-DD')
const time = formed(value => /^([01]\d|2[0-3]):[0-5]\d$/.test(value), 'must be in the format HH:mm')
const figure = formed(value => /^-?\d+(\.\d+)?$/.test(value), 'must be a valid number')

const select = (fields: Record<string, Spec>, ...rules: Rule[]): ObjectSpec =>
  object({ ...pick, ...fields }, ...rules)
const multiSelect = (fields: Record<string, Spec>, ...rules: Rule[]): ObjectSpec =>
  object({ ...many, ...fields }, ...rules)
const feedbackButton = object({
  'text!': plainText(limits.button.text),
  'value!': text(limits.button.value),
  accessibility_label: accessibility,
})

/** Every element Slack knows, wherever it may stand. */
export const elements = tagged(
  {
    button: object({
      'text!': plainText(limits.button.text),
      action_id: actionId,
      url: url(limits.button.url),
      value: text(limits.button.value),
      style,
      confirm,
      accessibility_label: accessibility,
    }),
    workflow_button: object({
      'text!': plainText(limits.button.text),
      'workflow!': object({
        'trigger!': object({
          'url!': url(),
          customizable_input_parameters: list(object({ 'name!': text(), 'value!': text(undefined, 0) })),
        }),
      }),
      action_id: actionId,
      style,
      confirm,
      accessibility_label: accessibility,
    }),
    icon_button: object({
      'icon!': text(),
      'text!': plainText(limits.button.text),
      action_id: actionId,
      value: text(limits.button.value),
      confirm,
      accessibility_label: accessibility,
      visible_to_user_ids: list(text(), limits.iconButton.visibleTo),
    }),
    feedback_buttons: object({
      'positive_button!': feedbackButton,
      'negative_button!': feedbackButton,
      action_id: actionId,
    }),
    overflow: object({
      'options!': list(overflowOption, limits.overflow.options, limits.overflow.optionsMin),
      action_id: actionId,
      confirm,
    }),
    checkboxes: object(
      { 'options!': choices, initial_options: choices, action_id: actionId, confirm, focus_on_load: focus },
      initialAmongOptions,
    ),
    radio_buttons: object(
      {
        'options!': choices,
        initial_option: choiceOption,
        action_id: actionId,
        confirm,
        focus_on_load: focus,
      },
      initialAmongOptions,
    ),
    static_select: select(
      { ...menuOptions, initial_option: menuOption },
      optionsOrGroups,
      initialAmongOptions,
    ),
    external_select: select({ initial_option: menuOption, min_query_length: queryLength }),
    users_select: select({ initial_user: text() }),
    channels_select: select({ initial_channel: text(), response_url_enabled: boolean }, responseUrlInInput),
    conversations_select: select(
      {
        initial_conversation: text(),
        default_to_current_conversation: boolean,
        response_url_enabled: boolean,
        filter: conversationFilter,
      },
      responseUrlInInput,
    ),
    multi_static_select: multiSelect(
      { ...menuOptions, initial_options: list(menuOption, limits.select.options, limits.select.optionsMin) },
      optionsOrGroups,
      initialAmongOptions,
    ),
    multi_external_select: multiSelect({
      initial_options: list(menuOption, limits.select.options, limits.select.optionsMin),
      min_query_length: queryLength,
    }),
    multi_users_select: multiSelect({ initial_users: ids }),
    multi_channels_select: multiSelect({ initial_channels: ids }),
    multi_conversations_select: multiSelect({
      initial_conversations: ids,
      default_to_current_conversation: boolean,
      filter: conversationFilter,
    }),
    datepicker: select({ initial_date: date }),
    timepicker: select({ initial_time: time, timezone: text() }),
    datetimepicker: object({
      initial_date_time: integer(0, 9_999_999_999),
      action_id: actionId,
      confirm,
      focus_on_load: focus,
    }),
    plain_text_input: object(
      {
        ...typed,
        initial_value: text(limits.plainTextInput.initialValue, 0),
        multiline: boolean,
        min_length: integer(limits.plainTextInput.minLengthMin, limits.plainTextInput.minLength),
        max_length: integer(limits.plainTextInput.maxLengthMin, limits.plainTextInput.maxLength),
      },
      lengthsInOrder,
    ),
    rich_text_input: object({
      ...typed,
      'action_id!': actionId,
      initial_value: richText,
      min_lines: integer(limits.richTextInput.minLinesMin, limits.richTextInput.minLines),
      max_lines: integer(limits.richTextInput.maxLinesMin, limits.richTextInput.maxLines),
    }),
    email_text_input: object({ ...typed, initial_value: text(undefined, 0) }),
    url_text_input: object({ ...typed, initial_value: text(undefined, 0) }),
    number_input: object(
      {
        ...typed,
        'is_decimal_allowed!': boolean,
        initial_value: figure,
        min_value: figure,
        max_value: figure,
      },
      numbersInOrder,
    ),
    file_input: object({
      action_id: actionId,
      filetypes: list(text(), undefined, limits.fileInput.filetypesMin),
      max_files: integer(limits.fileInput.filesMin, limits.fileInput.files),
    }),
    image: object(pictureFields, onePicture),
  },
  elementSurfaces,
)

const menus = [
  'checkboxes',
  'radio_buttons',
  'datepicker',
  'timepicker',
  'static_select',
  'external_select',
  'users_select',
  'channels_select',
  'conversations_select',
  'multi_static_select',
  'multi_external_select',
  'multi_users_select',
  'multi_channels_select',
  'multi_conversations_select',
]
const inputs = [
  'plain_text_input',
  'rich_text_input',
  'email_text_input',
  'url_text_input',
  'number_input',
  'file_input',
]

/** Which elements each kind of block takes. */
export const elementsIn = {
  actions: only(
    elements,
    ...menus,
    'button',
    'overflow',
    'datetimepicker',
    'workflow_button',
    'rich_text_input',
  ),
  accessory: only(elements, ...menus, 'button', 'overflow', 'workflow_button', 'image'),
  input: only(elements, ...menus, ...inputs, 'datetimepicker'),
  contextActions: only(elements, 'feedback_buttons', 'icon_button'),
  card: only(elements, 'button'),
}
