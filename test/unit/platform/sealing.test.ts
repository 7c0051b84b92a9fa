import fc from 'fast-check';
import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createSealer } from '../../../src/platform/sealing.ts';

const KEY = Buffer.alloc(32, 1);
const sealer = createSealer(KEY);
const bytes = fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array));

describe('sealing', () => {
  it('gives back exactly what was sealed', () => {
    fc.assert(
      fc.property(bytes, fc.string(), (plain, context) => {
        expect(sealer.unseal(sealer.seal(plain, context), context).equals(plain)).toBe(true);
      }),
    );
  });

  it('never seals the same bytes to the same bytes', () => {
    const sealed = Array.from({ length: 100 }, () => sealer.seal(Buffer.from('王某某')).toString('hex'));
    expect(new Set(sealed).size).toBe(100);
  });

  it('notices a change of any single byte', () => {
    const sealed = sealer.seal(Buffer.from('139'));
    for (let index = 0; index < sealed.length; index += 1) {
      const changed = Buffer.from(sealed);
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect(() => sealer.unseal(changed)).toThrow(expect.objectContaining({ code: 'key.mismatch' }) as Error);
    }
  });

  it('notices a cut at any place', () => {
    const sealed = sealer.seal(Buffer.from('139'));
    for (let length = 0; length < sealed.length; length += 1) {
      expect(() => sealer.unseal(sealed.subarray(0, length))).toThrow(
        expect.objectContaining({ code: 'key.mismatch' }) as Error,
      );
    }
  });

  it('does not open what was sealed for another place: identities cannot be swapped between cases', () => {
    const sealed = sealer.seal(Buffer.from('王某某'), 'identity:1');
    expect(() => sealer.unseal(sealed, 'identity:2')).toThrow(
      expect.objectContaining({ code: 'key.mismatch' }) as Error,
    );
  });

  it('does not open with another key, and the fingerprint tells the keys apart', () => {
    const other = createSealer(randomBytes(32));
    expect(() => other.unseal(sealer.seal(Buffer.from('x')))).toThrow(
      expect.objectContaining({ code: 'key.mismatch' }) as Error,
    );
    expect(other.keyFingerprint).not.toBe(sealer.keyFingerprint);
    expect(createSealer(Buffer.from(KEY)).keyFingerprint).toBe(sealer.keyFingerprint);
    expect(sealer.keyFingerprint).toMatch(/^[0-9a-f]{16}$/u);
  });

  it('opens what earlier releases sealed, and derives the same codes as they did', () => {
    const sealed = '0169c45bf0648eaea71ec48c407669b389dadb682dff79d8ec1a4be987a0612b675267df61b0';
    expect(sealer.unseal(Buffer.from(sealed, 'hex'), 'identity:1').toString()).toBe('王某某');
    expect(sealer.keyFingerprint).toBe('7049e59fb3e0b9a7');
    expect(sealer.mac('letter', 'a').toString('hex')).toBe(
      '2062bec9920668488ad79109282f586dc519cb857732bbf187694d9855582193',
    );
  });

  it('gives each purpose a code of its own for the same text', () => {
    expect(sealer.mac('letter', 'a')).toEqual(sealer.mac('letter', 'a'));
    expect(sealer.mac('letter', 'a')).not.toEqual(sealer.mac('bounce', 'a'));
    expect(sealer.mac('letter', 'a')).toHaveLength(32);
  });

  it('refuses a key of another length', () => {
    expect(() => createSealer(Buffer.alloc(31))).toThrow(expect.objectContaining({ code: 'config.invalid' }) as Error);
  });
});
