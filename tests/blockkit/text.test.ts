import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clip, escapeMrkdwn, lengthOf } from '../../blockkit/index.ts'

/** Words, spaces, emoji of several code points, right-to-left script, entities and stray mark-up. */
const piece = fc.oneof(
  fc.constantFrom(
    ' ',
    '\n',
    '&',
    '<',
    '>',
    '@',
    '*',
    '_',
    '~',
    '`',
    '…',
    '😀',
    '👩‍👩‍👧',
    '🇸🇸',
    'é',
    'e\u0301',
  ),
  fc.constantFrom(
    '<@U1|Amina Yar>',
    '<https://example.org/a b|a map>',
    '<!channel>',
    '&amp;',
    '&lt;',
    '&gt;',
  ),
  fc.constantFrom('@here', '@channel', '@everyone', '@Here!', 'https://example.org/~a/_b_?c=1&d=2'),
  fc.constantFrom('كارامبا', 'سوق', 'armed', 'men', 'towards', 'Karamba', 'a_b', '5*3', '> 50 men'),
  fc.string({ unit: 'grapheme', maxLength: 6 }),
)
const prose = fc.array(piece, { maxLength: 30 }).map(pieces => pieces.join(''))

describe('lengthOf', () => {
  it('counts what Slack counts: code points', () => {
    fc.assert(fc.property(prose, text => lengthOf(text) === [...text].length))
  })
})

describe('clip', () => {
  const entity = /<[^<>]*>|&(?:amp|lt|gt);/g

  it('is never longer than asked, and leaves alone what fits', () => {
    fc.assert(
      fc.property(prose, fc.nat(80), (text, max) => {
        const clipped = clip(text, max)
        expect(lengthOf(clipped)).toBeLessThanOrEqual(max)
        if (lengthOf(text) <= max) expect(clipped).toBe(text)
      }),
    )
  })

  it('is the beginning of the text and an ellipsis, and clipping again changes nothing', () => {
    fc.assert(
      fc.property(prose, fc.integer({ min: 1, max: 80 }), (text, max) => {
        const clipped = clip(text, max)
        expect(clip(clipped, max)).toBe(clipped)
        if (clipped !== text) {
          expect(clipped.endsWith('…')).toBe(true)
          expect(text.startsWith(clipped.slice(0, -1))).toBe(true)
        }
      }),
    )
  })

  it('never cuts inside an entity or a surrogate pair', () => {
    fc.assert(
      fc.property(prose, fc.integer({ min: 1, max: 80 }), (text, max) => {
        const clipped = clip(text, max)
        if (clipped === text) return
        const cut = clipped.length - 1
        for (const match of text.matchAll(entity)) {
          expect(match.index < cut && match.index + match[0].length > cut).toBe(false)
        }
        if (text.isWellFormed()) expect(clipped.isWellFormed()).toBe(true)
      }),
    )
  })

  it.each([
    ['ends at a word where one is near', 'armed men towards Karamba', 20, 'armed men towards…'],
    ['keeps a word that ends exactly there', 'armed men towards Karamba', 10, 'armed men…'],
    ['cuts a word in two rather than losing most of the text', 'Ouagadougou-Karamba', 10, 'Ouagadoug…'],
    ['leaves a mention whole or out', 'Ask <@U123|Amina Yar> now', 15, 'Ask…'],
    ['leaves an escaped ampersand whole or out', 'a &amp; b', 5, 'a…'],
    ['keeps a family of four code points together', '👩‍👩‍👧‍👦 and more', 6, '…'],
    ['counts an emoji as one', '😀😀😀😀', 4, '😀😀😀😀'],
    ['has room for the ellipsis alone', 'abc', 1, '…'],
    ['has no room at all', 'abc', 0, ''],
  ])('%s', (_, text, max, expected) => {
    expect(clip(text, max)).toBe(expected)
  })
})

describe('escapeMrkdwn', () => {
  it('leaves nothing for Slack to obey', () => {
    fc.assert(
      fc.property(prose, text => {
        const escaped = escapeMrkdwn(text)
        expect(escaped).not.toMatch(/[<>`]/)
        expect(escaped.replace(/&(amp|lt|gt);/g, '')).not.toContain('&')
        expect(escaped).not.toMatch(/(?<![\p{L}\p{N}])@(here|channel|everyone)(?![\p{L}\p{N}])/iu)
        expect(escaped).not.toMatch(/^[ \t]*&gt;/m)
      }),
    )
  })

  it('keeps the words: read back, they are the same', () => {
    fc.assert(
      fc.property(prose, text => {
        const unescaped = escapeMrkdwn(text)
          .replace(/&lt;/g, '<')
          .replace(/&gt;/g, '>')
          .replace(/&amp;/g, '&')
        const twins: Record<string, string> = {
          '＊': '*',
          '＿': '_',
          '～': '~',
          '｀': '`',
          '＞': '>',
          '＠': '@',
        }
        expect(unescaped.replace(/[＊＿～｀＞＠]/g, twin => twins[twin] ?? twin)).toBe(
          text.replace(/[＊＿～｀＞＠]/g, twin => twins[twin] ?? twin),
        )
      }),
    )
  })

  it('settles: a text without entities is not changed a second time', () => {
    fc.assert(
      fc.property(prose, text => {
        const once = escapeMrkdwn(text.replace(/[&<>]/g, ''))
        expect(escapeMrkdwn(once)).toBe(once)
      }),
    )
  })

  it.each([
    ['<!channel> come', '&lt;!channel&gt; come'],
    ['<https://evil.example|the map>', '&lt;https://evil.example|the map&gt;'],
    ['@here @Channel @everyone', '＠here ＠Channel ＠everyone'],
    ['write to joc@here.example', 'write to joc@here.example'],
    ['https://example.org/?@here', 'https://example.org/?＠here'],
    ['> 50 men\n >> more', '＞ 50 men\n ＞&gt; more'],
    ['*all* _are_ ~safe~ `now`', '＊all＊ ＿are＿ ～safe～ ｀now｀'],
    ['file_a_b, 5*3, 2 * 3, a ~ b', 'file_a_b, 5*3, 2 * 3, a ~ b'],
    ['see https://example.org/~a/_b_?c=1&d=2', 'see https://example.org/~a/_b_?c=1&amp;d=2'],
    ['سوق كارامبا & more', 'سوق كارامبا &amp; more'],
  ])('%j is shown as %j', (text, shown) => {
    expect(escapeMrkdwn(text)).toBe(shown)
  })
})
