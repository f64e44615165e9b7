/**
 * Folds a text for comparison: no diacritics, no case, no punctuation, single spaces.
 *
 * "Côte-d’Ombara " becomes "cote d ombara". Letters of other scripts stay.
 */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/** Whether a text holds all the words, or words that begin so; false where there is no word to look for. */
export function holdsWords(text: string, words: string): boolean {
  const held = ` ${fold(text)}`
  const wanted = fold(words).split(' ').filter(Boolean)
  return wanted.length > 0 && wanted.every(word => held.includes(` ${word}`))
}
