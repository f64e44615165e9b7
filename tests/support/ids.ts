import { codeAlphabet, codeLength } from '../../src/ids.ts'
import type { Ids } from '../../src/ports.ts'

/** Identifiers that count: `id-1`, `A-3334`, so that a test can name them. */
export function countingIds(): Ids {
  let ids = 0
  let codes = 0
  let salts = 0
  return {
    id: () => `id-${++ids}`,
    code: prefix => `${prefix}-${inAlphabet(++codes)}`,
    salt: (bytes = 16) => (++salts).toString(16).padStart(bytes * 2, '0'),
  }
}

function inAlphabet(count: number): string {
  let rest = count
  let code = ''
  for (let place = 0; place < codeLength; place++) {
    code = codeAlphabet[rest % codeAlphabet.length] + code
    rest = Math.floor(rest / codeAlphabet.length)
  }
  return code
}
