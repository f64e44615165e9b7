/** Small valid payloads, to be made wrong in one place. */

export const plain = (length = 1) => ({ type: 'plain_text', text: 'x'.repeat(length) })
export const mrkdwn = (length = 1) => ({ type: 'mrkdwn', text: 'x'.repeat(length) })
export const times = <T>(count: number, make: (i: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i))

export const message = (...blocks: unknown[]) => ({ text: 'A full sentence.', blocks })
export const modal = (fields: object, ...blocks: unknown[]) => ({
  view: { type: 'modal', title: plain(), submit: plain(), blocks, ...fields },
})
export const home = (fields: object, ...blocks: unknown[]) => ({ view: { type: 'home', blocks, ...fields } })

export const divider = { type: 'divider' }
export const section = (fields: object = {}) => ({ type: 'section', text: mrkdwn(), ...fields })
export const actions = (...elements: unknown[]) => ({ type: 'actions', elements })
export const button = (fields: object = {}) => ({ type: 'button', text: plain(), ...fields })
export const input = (element: object, fields: object = {}) => ({
  type: 'input',
  label: plain(),
  element,
  ...fields,
})
export const option = (i = 0, fields: object = {}) => ({ text: plain(), value: `v${i}`, ...fields })
export const picture = (fields: object = {}) => ({
  type: 'image',
  image_url: 'https://example.org/a.png',
  alt_text: 'A map',
  ...fields,
})
export const urlOf = (length: number) => `https://example.org/${'x'.repeat(length - 20)}`

export const richText = (...elements: unknown[]) => ({ type: 'rich_text', elements })
export const words = (text: string) => ({ type: 'rich_text_section', elements: [{ type: 'text', text }] })
export const bullets = (fields: object = {}) => ({
  type: 'rich_text_list',
  style: 'bullet',
  elements: [words('one')],
  ...fields,
})

export const cell = (length = 1) => ({ type: 'raw_text', text: 'x'.repeat(length) })
export const grid = (rows: number, columns: number) => times(rows, () => times(columns, () => cell()))
export const table = (fields: object = {}) => ({ type: 'table', rows: grid(1, 1), ...fields })
export const dataTable = (fields: object = {}) => ({
  type: 'data_table',
  caption: 'Incidents',
  rows: grid(2, 2),
  ...fields,
})

const labels = (count: number) => times(count, i => `l${i}`)
export const pie = (segments: number, label = 'a') => ({
  type: 'pie',
  segments: times(segments, () => ({ label, value: 1 })),
})
export const line = (series: number, points: number, categories = points) => ({
  type: 'line',
  series: times(series, i => ({ name: `s${i}`, data: labels(points).map(label => ({ label, value: 1 })) })),
  axis_config: { categories: labels(categories) },
})
export const visualization = (chart: object = pie(1), fields: object = {}) => ({
  type: 'data_visualization',
  title: 'Incidents',
  chart,
  ...fields,
})

export const card = (fields: object = {}) => ({ type: 'card', title: mrkdwn(), ...fields })
export const container = (fields: object = {}) => ({
  type: 'container',
  title: plain(),
  child_blocks: [divider],
  ...fields,
})
export const video = (fields: object = {}) => ({
  type: 'video',
  alt_text: 'A patrol',
  title: plain(),
  thumbnail_url: 'https://example.org/a.png',
  video_url: 'https://example.org/a.mp4',
  ...fields,
})
export const iconButton = (fields: object = {}) => ({
  type: 'icon_button',
  icon: 'trash',
  text: plain(),
  ...fields,
})
export const confirm = (fields: object = {}) => ({
  title: plain(),
  text: plain(),
  confirm: plain(),
  deny: plain(),
  ...fields,
})
export const task = { task_id: 't1', title: 'Patrol' }
