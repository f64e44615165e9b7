import { codeAlphabet, codeLength } from '../../src/domain/code.ts'
import type { Ids } from '../../src/ports.ts'

/** Identifiers that count: `id-1`, `A-3334`, so that a test can name them. */
export function countingIds(): Ids {
  let ids = 0
  let codes = 0
  let salts = 0
  return {
    id: () => `id-${++ids}`,
    code: (prefix, longer = 0) => `${prefix}-${inAlphabet(++codes, longer)}`,
    salt: (bytes = 16) => (++salts).toString(16).padStart(bytes * 2, '0'),
  }
}

function inAlphabet(count: number, longer: number): string {
  let rest = count
  let code = ''
  for (let place = 0; place < codeLength + longer; place++) {
    code = codeAlphabet[rest % codeAlphabet.length] + code
    rest = Math.floor(rest / codeAlphabet.length)
  }
  return code
}
