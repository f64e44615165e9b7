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
