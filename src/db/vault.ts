/** Sealing who gave a warning: envelope encryption with node:crypto alone. */
import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import type { SourceIdentity } from '../domain/source.ts'

/** What is stored of an identity: `nonce.tag.ciphertext`, each part in base64url. */
export interface Sealed {
  /** The identity under a data key of its own. */
  sealed: string
  /** That data key under the vault's key. */
  wrappedKey: string
  /** Names the vault's key without giving anything of it away. */
  keyId: string
}

/** Why an identity cannot be opened: the key it was wrapped with is not given, or the row was tampered with. */
export class VaultError extends Error {
  override readonly name = 'VaultError'
  readonly code: 'key_missing' | 'damaged'

  constructor(code: VaultError['code']) {
    super(`the vault: ${code}`)
    this.code = code
  }
}

/** Seals and opens identities. One per process; it never writes a key or an identity anywhere. */
export interface Vault {
  /** The key that seals what is new. */
  readonly keyId: string
  /** Every key it can open with, the current one first. */
  readonly keyIds: readonly string[]
  /**
   * Seals an identity, or what else must stand nowhere in clear: anything that JSON holds.
   * @param sourceId is bound in: what was sealed for one row does not open in another.
   */
  seal(sourceId: string, identity: object): Sealed
  /** @throws VaultError */
  open<T = SourceIdentity>(sourceId: string, sealed: Sealed): T
  /**
   * By what a sealed value is found again without being known: an HMAC-SHA-256 in hexadecimal under a key derived from
   * the vault's, one for each key it can open with, the current one first.
   * @param purpose keeps what is found for one end apart from what is found for another.
   */
  digests(purpose: string, value: string): [string, ...string[]]
  /** The same identity with its data key under the current key; null where it is so already. @throws VaultError */
  rewrap(sourceId: string, sealed: Sealed): Sealed | null
}

export interface VaultKeys {
  /** 32 bytes. */
  current: Uint8Array
  /** Keys of before, which open and no longer seal. */
  old: readonly Uint8Array[]
}

const CIPHER = 'aes-256-gcm'
const NONCE_BYTES = 12
const TAG_BYTES = 16
const KEY_BYTES = 32
const INDEX_INFO = 'tocsin vault index'
/** Identities are padded to a multiple of this, so that the length of a name tells nothing. */
const PADDING = 512

/** A vault with these keys. Reads no environment and keeps nothing but the keys. */
export function createVault({ current, old }: VaultKeys): Vault {
  const keys = new Map([current, ...old].map(key => [keyIdOf(key), key]))
  const keyId = keyIdOf(current)
  const indexKeys = [...keys.values()].map(key =>
    Buffer.from(hkdfSync('sha256', key, '', INDEX_INFO, KEY_BYTES)),
  )

  /** Hands the data key to `use` and overwrites it afterwards. */
  function withDataKey<T>(sourceId: string, row: Sealed, use: (dataKey: Buffer) => T): T {
    const key = keys.get(row.keyId)
    if (!key) throw new VaultError('key_missing')
    const dataKey = decrypt(key, `key:${sourceId}`, row.wrappedKey)
    try {
      return use(dataKey)
    } finally {
      dataKey.fill(0)
    }
  }

  return {
    keyId,
    keyIds: [...keys.keys()],
    seal(sourceId, identity) {
      const dataKey = randomBytes(KEY_BYTES)
      try {
        return {
          sealed: encrypt(dataKey, `source:${sourceId}`, padded(identity)),
          wrappedKey: encrypt(current, `key:${sourceId}`, dataKey),
          keyId,
        }
      } finally {
        dataKey.fill(0)
      }
    },
    open: <T>(sourceId: string, row: Sealed) =>
      withDataKey(sourceId, row, dataKey => {
        const clear = decrypt(dataKey, `source:${sourceId}`, row.sealed)
        try {
          return JSON.parse(clear.toString('utf8')) as T
        } finally {
          clear.fill(0)
        }
      }),
    digests: (purpose, value) =>
      indexKeys.map(key => createHmac('sha256', key).update(`${purpose}\0${value}`).digest('hex')) as [
        string,
        ...string[],
      ],
    rewrap: (sourceId, row) =>
      row.keyId === keyId
        ? null
        : withDataKey(sourceId, row, dataKey => ({
            ...row,
            wrappedKey: encrypt(current, `key:${sourceId}`, dataKey),
            keyId,
          })),
  }
}

/** The name a key goes by in the database and in the log: eight hexadecimal digits of its digest. */
export function keyIdOf(key: Uint8Array): string {
  return createHash('sha256').update('tocsin vault key ').update(key).digest('hex').slice(0, 8)
}

/** JSON with white space behind it. */
function padded(identity: object): Buffer {
  const text = Buffer.from(JSON.stringify(identity), 'utf8')
  const size = Math.ceil((text.length + 1) / PADDING) * PADDING
  return Buffer.concat([text, Buffer.alloc(size - text.length, ' ')])
}

function encrypt(key: Uint8Array, bound: string, clear: Uint8Array): string {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES })
  cipher.setAAD(Buffer.from(bound, 'utf8'))
  const text = Buffer.concat([cipher.update(clear), cipher.final()])
  return [nonce, cipher.getAuthTag(), text].map(part => part.toString('base64url')).join('.')
}

function decrypt(key: Uint8Array, bound: string, stored: string): Buffer {
  try {
    const [nonce, tag, text] = stored.split('.').map(part => Buffer.from(part, 'base64url'))
    if (!nonce || !tag || !text) throw new VaultError('damaged')
    const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES })
    decipher.setAAD(Buffer.from(bound, 'utf8'))
    decipher.setAuthTag(tag)
    return Buffer.concat([decipher.update(text), decipher.final()])
  } catch {
    throw new VaultError('damaged')
  }
}
