/** Length of a text as Slack counts: Unicode code points, not JavaScript's UTF-16 units. */
export function lengthOf(text: string): number {
  let count = 0
  for (let i = 0; i < text.length; i++) {
    if ((text.codePointAt(i) as number) > 0xffff) i++
    count++
  }
  return count
}

const ellipsis = '…'
const entity = /<[^<>]*>|&(?:amp|lt|gt);/g
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })
/** A word is cut in two rather than losing more than this share of the room. */
const keepAtLeast = 0.6

/**
 * Cuts a text to at most `max` code points, ending in an ellipsis, at the end of a word where one is near;
 * never inside a mark-up entity (`<@U1|name>`, `&amp;`) nor inside what a reader sees as one character.
 * A text that fits comes back as it is.
 */
export function clip(text: string, max: number): string {
  if (text.length <= max || lengthOf(text) <= max) return text
  if (max < 1) return ''
  const end = safeEnd(text, unitsOf(text, max - 1))
  return text.slice(0, wordEnd(text, end)).trimEnd() + ellipsis
}

/** How many UTF-16 units the first `count` code points take. */
function unitsOf(text: string, count: number): number {
  let units = 0
  for (let n = 0; n < count; n++) units += (text.codePointAt(units) as number) > 0xffff ? 2 : 1
  return units
}

/** The nearest place at or before `end` that is neither inside an entity nor inside a visible character. */
function safeEnd(text: string, end: number): number {
  const cut = graphemes.segment(text).containing(end)?.index ?? end
  for (const match of text.matchAll(entity)) {
    if (match.index >= cut) break
    if (match.index + match[0].length > cut) return match.index
  }
  return cut
}

/** The end of the last whole word before `end`, or `end` itself where that would lose too much. */
function wordEnd(text: string, end: number): number {
  if (/\s/.test(text.charAt(end))) return end
  for (let i = end - 1; i >= end * keepAtLeast; i--) {
    if (/\s/.test(text.charAt(i))) return safeEnd(text, i)
  }
  return end
}

/** Full-width twins: they read the same, mean the same under Unicode NFKC, and Slack obeys none of them. */
const fullWidth: Readonly<Record<string, string>> = {
  '*': '＊',
  _: '＿',
  '~': '～',
  '`': '｀',
  '>': '＞',
  '@': '＠',
}
const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

const quotation = /(?<=^[ \t]*)>/gmu
// Also where letters follow: a text can still be cut behind the word.
const broadcast = '@(?=here|channel|everyone|group)'
/** Web addresses, which stay whole, and the marks Slack would obey: at the edge of a word, not inside one. */
const marks = new RegExp(
  [
    `https?://(?:(?!${broadcast})[^\\s<>\`*])+`,
    '`',
    '(?<![\\p{L}\\p{N}])[*_~](?!\\s|$)',
    '(?<!\\s|^)[*_~](?![\\p{L}\\p{N}])',
    `(?<![\\p{L}\\p{N}])${broadcast}`,
  ].join('|'),
  'gimu',
)

/**
 * Prepares a person's words for a mrkdwn text, so that they are shown and nothing in them is obeyed:
 * `&`, `<` and `>` become entities (no mention, link, date or `<!channel>` can form), a bare @here, @channel or
 * @everyone loses its force, and marks that would make text bold, italic, struck, code or a quotation are
 * shown as such (`> 50 men` keeps its "more than"). Marks inside words (`a_b`) and web addresses stay.
 * Apply once, to raw text; a text that is shown as plain_text needs nothing.
 */
export function escapeMrkdwn(text: string): string {
  return text
    .replace(quotation, mark => fullWidth[mark] ?? mark)
    .replace(marks, mark => fullWidth[mark] ?? mark)
    .replace(/[&<>]/g, mark => entities[mark] ?? mark)
}
