import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { Fault } from './fault.ts';

export type Sealer = {
  /**
   * Encrypts and authenticates. `context` names the place the sealed bytes belong to ("identity:42"): it is not
   * stored, but bytes moved to another place no longer open.
   */
  seal(plain: Buffer, context?: string): Buffer;
  /** The exact inverse of `seal`. Throws `key.mismatch` for another key, another context or changed bytes. */
  unseal(sealed: Buffer, context?: string): Buffer;
  /** HMAC-SHA256 under a key of its own for each purpose: a value of one purpose says nothing about another. */
  mac(purpose: string, text: string): Buffer;
  /** 16 hex digits that tell whether two processes hold the same key, and nothing about the key. */
  readonly keyFingerprint: string;
};

const VERSION = 1;
const NONCE_BYTES = 12; // NIST SP 800-38D 8.2.2: random 96-bit nonces are safe for 2^32 messages a key
const TAG_BYTES = 16;
const HEADER_BYTES = 1 + NONCE_BYTES;

/** @param key 32 random bytes, see data-key.ts. Only keys derived from it are ever used (RFC 5869). */
export function createSealer(key: Buffer): Sealer {
  if (key.length !== 32) throw new Fault('config.invalid', 'the data key must have exactly 32 bytes');
  const sealingKey = derive(key, 'seal');
  const macKeys = new Map<string, Buffer>();

  const macKey = (purpose: string): Buffer => {
    const known = macKeys.get(purpose);
    if (known !== undefined) return known;
    const derived = derive(key, `mac:${purpose}`);
    macKeys.set(purpose, derived);
    return derived;
  };

  return {
    seal: (plain, context = '') => sealWith(sealingKey, plain, context),
    unseal: (sealed, context = '') => unsealWith(sealingKey, sealed, context),
    mac: (purpose, text) => createHmac('sha256', macKey(purpose)).update(text, 'utf8').digest(),
    keyFingerprint: derive(key, 'fingerprint').toString('hex').slice(0, 16),
  };
}

function derive(key: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, '', `shouli ${purpose}`, 32));
}

/** Layout: version byte, nonce, ciphertext, tag. The version is authenticated too, so it cannot be turned back. */
function sealWith(key: Buffer, plain: Buffer, context: string): Buffer {
  const header = Buffer.concat([Buffer.of(VERSION), randomBytes(NONCE_BYTES)]);
  const cipher = createCipheriv('aes-256-gcm', key, header.subarray(1), { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.concat([Buffer.of(VERSION), Buffer.from(context, 'utf8')]));
  return Buffer.concat([header, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function unsealWith(key: Buffer, sealed: Buffer, context: string): Buffer {
  if (sealed.length < HEADER_BYTES + TAG_BYTES || sealed[0] !== VERSION) {
    throw new Fault('key.mismatch', 'sealed bytes are cut or of an unknown version');
  }
  const tagAt = sealed.length - TAG_BYTES;
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(1, HEADER_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.concat([Buffer.of(VERSION), Buffer.from(context, 'utf8')]));
  decipher.setAuthTag(sealed.subarray(tagAt));
  const plain = decipher.update(sealed.subarray(HEADER_BYTES, tagAt));
  try {
    return Buffer.concat([plain, decipher.final()]);
  } catch (cause) {
    throw new Fault('key.mismatch', 'sealed bytes do not open with this key in this place', { cause });
  }
}
