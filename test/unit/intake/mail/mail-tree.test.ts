import { describe, expect, it } from 'vitest';
import { compose, htmlPart, multipart, plainPart } from '../../../../fixtures/catalogue/compose-mail.ts';
import { isMultipart, readTree, type MimeNode } from '../../../../src/intake/mail-tree.ts';

async function treeOf(raw: Buffer): Promise<MimeNode> {
  const result = await readTree(raw);
  if (result.kind !== 'tree' || result.root === null) throw new Error('no tree');
  return result.root;
}

const shape = (node: MimeNode): unknown =>
  isMultipart(node.type) ? [node.type, ...node.children.map(shape)] : node.type;

describe('the MIME tree', () => {
  // mailparser gives every leaf as bytes and every piece to processChunk only through members it does not declare.
  it('has every leaf with its bytes as sent, texts too', async () => {
    const gbk = Buffer.from([0xd6, 0xec, 0xe9, 0x46, 0xbb, 0xf9]);
    const root = await treeOf(
      multipart('mixed', [
        Buffer.concat([Buffer.from('Content-Type: text/plain; charset=utf-8\r\n\r\n'), gbk]),
        htmlPart('<p>x</p>'),
      ]),
    );
    expect(shape(root)).toEqual(['multipart/mixed', 'text/plain', 'text/html']);
    expect(root.children.map((leaf) => leaf.content?.kept.toString('hex'))).toEqual([
      gbk.toString('hex'),
      Buffer.from('<p>x</p>').toString('hex'),
    ]);
    expect(root.children[0]?.charset).toBe('utf-8');
  });

  it('keeps the order and the nesting', async () => {
    const inner =
      'Content-Type: multipart/alternative; boundary=i\r\n\r\n--i\r\n\r\na\r\n--i\r\nContent-Type: text/html\r\n\r\nb\r\n--i--';
    const root = await treeOf(
      multipart('mixed', [
        inner,
        'Content-Type: message/rfc822\r\n\r\nSubject: x\r\n\r\ny',
        'Content-Type: image/png\r\n\r\nz',
      ]),
    );
    expect(shape(root)).toEqual([
      'multipart/mixed',
      ['multipart/alternative', 'text/plain', 'text/html'],
      'message/rfc822',
      'image/png',
    ]);
    expect(root.stray.closed() && root.children[0]?.stray.closed()).toBe(true);
  });

  it('hashes all of an attachment and keeps none of it', async () => {
    const root = await treeOf(
      multipart('mixed', [
        plainPart('x'),
        'Content-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\naGVsbG8=',
      ]),
    );
    expect(root.children[1]?.content).toEqual({
      bytes: 5,
      sha256: '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824',
      kept: Buffer.alloc(0),
    });
  });

  it('notices damaged transfer encodings, wherever the chunks are cut', async () => {
    const encoded = (encoding: string, body: string): Promise<MimeNode> =>
      treeOf(compose({ fields: { 'Content-Transfer-Encoding': encoding }, body }));
    expect((await encoded('base64', 'aGVsbG8=\r\n')).transfer.lostBytes()).toBe(false);
    expect((await encoded('base64', 'aGVs!bG8=\r\n')).transfer.lostBytes()).toBe(true);
    expect((await encoded('base64', 'aGVsbG8')).transfer.lostBytes()).toBe(true);
    const long = `${'=E4=B8=BE'.repeat(40_000)}=\r\n`;
    expect((await encoded('quoted-printable', `${long}a =\t\r\nb`)).transfer.badEscapes()).toBe(false);
    expect((await encoded('quoted-printable', `${long}=ZZ`)).transfer.badEscapes()).toBe(true);
  });

  it('refuses what passes the limits and says which', async () => {
    expect(await readTree(compose({ fields: { Subject: 'x'.repeat(1_100_000) } }))).toEqual({
      kind: 'refused',
      cause: 'limit',
    });
    const parts = Array.from({ length: 1_100 }, () => 'x');
    expect(await readTree(multipart('mixed', parts))).toEqual({ kind: 'refused', cause: 'limit' });
  });
});
