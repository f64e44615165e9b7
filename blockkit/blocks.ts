import { chart, dataTable, table } from './data-blocks.ts'
import { elementsIn } from './elements.ts'
import { blockSurfaces, limits } from './limits.ts'
import {
  anyText,
  blockId,
  httpsUrl,
  onePicture,
  picture,
  pictureFields,
  plainText,
  slackIcon,
  url,
} from './objects.ts'
import { richText, richTextFields } from './richtext.ts'
import { isObject } from './run.ts'
import {
  anyOf,
  boolean,
  integer,
  list,
  notBoth,
  type ObjectSpec,
  object,
  oneOf,
  only,
  type Rule,
  type Spec,
  tagged,
  text,
} from './spec.ts'

/** Every kind of block: its fields, what they hold, what they exclude. */

const block = (fields: Record<string, Spec>, ...rules: Rule[]): ObjectSpec => ({
  ...object({ ...fields, block_id: blockId }, ...rules),
  block: true,
})

const noDispatchOfFiles: Rule = (value, run) => {
  const { element } = value
  if (isObject(element) && element.type === 'file_input' && value.dispatch_action === true)
    run.report('`dispatch_action` cannot be used with a `file_input` element', 'dispatch_action')
}
const submitForInputs: Rule = (_, run) => {
  if (run.surface === 'modal' && !run.hasSubmit)
    run.report('must define `submit` to use an `input` block in modals', 'input')
}
const collapsedNeedsCollapsible: Rule = (value, run) => {
  if (value.default_collapsed === true && value.is_collapsible !== true)
    run.report('must define `is_collapsible` to use `default_collapsed`', 'default_collapsed')
}

const card = block(
  {
    hero_image: picture,
    icon: picture,
    slack_icon: slackIcon,
    title: anyText(limits.card.title),
    subtitle: anyText(limits.card.subtitle),
    body: anyText(limits.card.body),
    subtext: anyText(limits.card.subtext),
    actions: list(elementsIn.card, limits.card.actions, limits.card.actionsMin),
  },
  anyOf('hero_image', 'title', 'actions', 'body'),
  notBoth('icon', 'slack_icon'),
)

const source = tagged({ url: object({ 'url!': url(), 'text!': text() }) })
const taskFields = {
  'task_id!': text(),
  'title!': text(),
  details: richText,
  output: richText,
  sources: list(source),
  status: oneOf('pending', 'in_progress', 'complete', 'error'),
}

const single = tagged(
  {
    section: block(
      {
        text: anyText(limits.section.text),
        fields: list(anyText(limits.section.field), limits.section.fields, limits.section.fieldsMin),
        accessory: elementsIn.accessory,
        expand: boolean,
      },
      anyOf('text', 'fields'),
    ),
    header: block({
      'text!': plainText(limits.header.text),
      level: integer(limits.header.levelMin, limits.header.level),
    }),
    divider: block({}),
    context: block({
      'elements!': list(
        tagged({
          ...Object.fromEntries(anyText(limits.text.text).members),
          image: object(pictureFields, onePicture),
        }),
        limits.context.elements,
        limits.context.elementsMin,
      ),
    }),
    actions: block({
      'elements!': list(elementsIn.actions, limits.actions.elements, limits.actions.elementsMin),
    }),
    context_actions: block({
      'elements!': list(
        elementsIn.contextActions,
        limits.contextActions.elements,
        limits.contextActions.elementsMin,
      ),
    }),
    input: block(
      {
        'label!': plainText(limits.input.label),
        'element!': elementsIn.input,
        hint: plainText(limits.input.hint),
        optional: boolean,
        dispatch_action: boolean,
      },
      submitForInputs,
      noDispatchOfFiles,
    ),
    image: block({ ...pictureFields, title: plainText(limits.image.title) }, onePicture),
    markdown: block({ 'text!': text(limits.markdown.text, limits.markdown.textMin) }),
    rich_text: { ...richTextFields, block: true },
    table,
    data_table: dataTable,
    data_visualization: block({ 'title!': text(limits.dataVisualization.title), 'chart!': chart }),
    alert: block({
      'text!': anyText(limits.alert.text),
      level: oneOf('default', 'info', 'warning', 'error', 'success'),
    }),
    card,
    carousel: block({
      'elements!': list(tagged({ card }), limits.carousel.elements, limits.carousel.elementsMin),
    }),
    file: block({ 'external_id!': text(), 'source!': oneOf('remote') }),
    video: block({
      'alt_text!': text(limits.video.altText),
      'title!': plainText(limits.video.title),
      'thumbnail_url!': url(limits.video.url),
      'video_url!': httpsUrl(limits.video.url),
      title_url: httpsUrl(limits.video.url),
      description: plainText(limits.video.description),
      author_name: text(limits.video.authorName),
      provider_name: text(limits.video.providerName),
      provider_icon_url: url(limits.video.url),
    }),
    task_card: block(taskFields),
    plan: block({
      'title!': { kind: 'either', text: text(), object: plainText(limits.text.text) },
      tasks: list(object({ type: oneOf('task_card'), ...taskFields, block_id: blockId }), limits.plan.tasks),
    }),
  },
  blockSurfaces,
)

const inContainer = only(
  single,
  'actions',
  'context',
  'divider',
  'file',
  'header',
  'image',
  'input',
  'rich_text',
  'section',
  'table',
  'video',
)

/** All blocks; the surface of the run decides which of them it takes. */
export const blocks = tagged(
  {
    ...Object.fromEntries(single.members),
    container: block(
      {
        title: plainText(limits.container.title),
        rich_text_title: richText,
        subtitle: anyText(limits.container.subtitle),
        icon: picture,
        'child_blocks!': list(inContainer, limits.container.children, limits.container.childrenMin),
        width: oneOf('narrow', 'standard', 'wide', 'full'),
        is_collapsible: boolean,
        default_collapsed: boolean,
        has_header_divider: boolean,
      },
      anyOf('title', 'rich_text_title'),
      collapsedNeedsCollapsible,
    ),
  },
  blockSurfaces,
)
