import { registerHooks } from 'node:module'

/** Libraries whose ECMAScript build is a hundred small modules each; their CommonJS build loads in a tenth of the time. */
const BY_COMMONJS = /^(?:drizzle-orm|zod|libphonenumber-js)(?:\/|$)/

/** A file of ours names another with its ending: there is nothing to search for. */
const OUR_FILE = /^\.{1,2}\/.*\.ts$/

/**
 * From now on this thread loads those libraries by their CommonJS build: a third of the start's work and some 80 MiB
 * less; and our own files without asking the disk where they are. Call it before anything that imports them; what is
 * imported is the same.
 */
export function loadQuickly(): void {
  registerHooks({
    resolve(specifier, context, next) {
      if (OUR_FILE.test(specifier) && context.parentURL?.endsWith('.ts'))
        return {
          url: new URL(specifier, context.parentURL).href,
          format: 'module-typescript',
          shortCircuit: true,
        }
      if (!BY_COMMONJS.test(specifier)) return next(specifier, context)
      const conditions = context.conditions.map(each => (each === 'import' ? 'require' : each))
      return next(specifier, { ...context, conditions })
    },
  })
}
