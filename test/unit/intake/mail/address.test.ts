import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scanMailboxes } from '../../../../src/intake/address-list.ts';
import { isSuspiciousSender } from '../../../../src/intake/address-lookalike.ts';
import { asciiDomain, parseAddress, readAddresses, readFrom, readReturnPath } from '../../../../src/intake/address.ts';

describe('an address by strict grammar', () => {
  it.each([
    ['citizen@example.org', 'citizen@example.org'],
    ['a.b+c_d@mail.example.org', 'a.b+c_d@mail.example.org'],
    ['Citizen@EXAMPLE.org', 'Citizen@example.org'],
    ['张三@例子.中国', '张三@xn--fsqu00a.xn--fiqs8s'],
  ])('takes %s', (written, address) => {
    expect(parseAddress(written)?.address).toBe(address);
  });

  it.each([
    '',
    '@example.org',
    'a@',
    'a@b',
    'a b@example.org',
    'a@b@example.org ',
    '"a b"@example.org',
    'a@[127.0.0.1]',
    'a@1.2.3.4',
    'a..b@example.org',
    '.a@example.org',
    'a@-example.org',
    'a@example..org',
    'a@exa_mple.org',
    'a\u200b@example.org',
    'a\r\nRCPT TO:<x@example.cn>@example.org',
    'a@example.org>',
    '=?utf-8?q?a?=@example.org',
    `${'a'.repeat(65)}@example.org`,
    `a@${'b.'.repeat(130)}org`,
  ])('refuses %j', (written) => {
    expect(parseAddress(written)).toBeNull();
  });

  it('never lets through anything that could leave an SMTP command', () => {
    const part = fc.string({ unit: fc.constantFrom(...'ab.@<>,;:"\\ \r\n\0()[]\u202e\u200b中é='), maxLength: 12 });
    fc.assert(
      fc.property(part, part, (local, domain) => {
        const parsed = parseAddress(`${local}@${domain}`);
        expect(parsed?.address ?? 'a@b').toMatch(/^[^\s<>,;:"\\()[\]\p{Cc}\p{Cf}]+@[a-z0-9.-]+$|^a@b$/u);
      }),
      { numRuns: 2_000 },
    );
  });

  it('maps a domain to one spelling', () => {
    expect(asciiDomain('ＥＸＡＭＰＬＥ.org')).toBe('example.org');
    expect(asciiDomain('example.org.')).toBeNull();
  });
});

describe('the From field', () => {
  it('is a sender only when it is one mailbox', () => {
    expect(readFrom(['Wang <a@example.org>']).from).toEqual({
      address: 'a@example.org',
      domain: 'example.org',
      name: 'Wang',
    });
    expect(readFrom(['a@example.org, b@example.org'])).toMatchObject({ from: null, ambiguous: true });
    expect(readFrom(['group: a@example.org;'])).toMatchObject({ from: null, ambiguous: true });
    expect(readFrom(['a@example.org', 'b@example.org'])).toMatchObject({
      from: { address: 'a@example.org' },
      ambiguous: true,
    });
    expect(readFrom(['<a@example.org> junk']).from).toBeNull();
    expect(readFrom(['"unclosed <a@example.org>']).from).toBeNull();
    expect(readFrom([])).toEqual({ from: null, shown: '未知', ambiguous: false, empty: false });
    expect(readFrom(['<>'])).toMatchObject({ from: null, empty: true });
  });

  it('shows the address before the name', () => {
    expect(readFrom(['"boss@example.cn" <evil@example.org>']).shown).toBe('evil@example.org（boss@example.cn）');
    expect(readFrom(['=?utf-8?q?hi=0D=0ABcc:x?= <a@example.org>']).shown).toBe('a@example.org（hi␍␊Bcc:x）');
  });

  it('drops comments and keeps quoted names together', () => {
    expect(readFrom(['"Wang, Xiaoming" (office) <a@example.org>']).from?.name).toBe('Wang, Xiaoming');
  });
});

describe('address lists', () => {
  it('count all and list a few', () => {
    const raw = Array.from({ length: 500 }, (_unused, n) => `n${n} <u${n}@example.org>`).join(', ');
    const { addresses, count } = readAddresses([raw, 'x@example.cn'], 200);
    expect(count).toBe(501);
    expect(addresses).toHaveLength(200);
  });

  it('flatten groups', () => {
    expect(readAddresses(['friends: a@example.org, b@example.org;, c@example.org'], 10).addresses).toEqual([
      'a@example.org',
      'b@example.org',
      'c@example.org',
    ]);
  });

  it('survive anything', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'a@.<>,;:"\\() \t'), maxLength: 200 }), (text) => {
        const list = scanMailboxes(text, 5);
        expect(list.mailboxes.length).toBeLessThanOrEqual(Math.min(5, list.count));
      }),
    );
  });

  it.each(['"', '(', '<', ',', ':', '\\'])('take 200,000 times %s in their stride', (char) => {
    expect(scanMailboxes(char.repeat(200_000), 5).mailboxes.length).toBeLessThanOrEqual(5);
  });
});

describe('the return path', () => {
  it('tells missing, null and an address apart', () => {
    expect(readReturnPath(null)).toBeNull();
    expect(readReturnPath('<>')).toBe('');
    expect(readReturnPath('<A@Example.org>')).toBe('A@example.org');
    expect(readReturnPath('a@example.org')).toBe('a@example.org');
  });
});

describe('a sender that looks like somebody else', () => {
  const from = (address: string, name: string) => ({ address, domain: address.slice(address.indexOf('@') + 1), name });
  it.each([
    [from('a@example.org', '王小明'), false],
    [from('a@example.org', 'a@example.org'), false],
    [from('a@example.org', 'office@shouli.example'), true],
    [from('a@example.org', '省教育厅效能办'), true],
    [from('a@shouli.example', '省教育厅效能办'), false],
    [from('a@xn--xample-2of.com', ''), true],
    [from('a@xn--fsqu00a.xn--fiqs8s', ''), false],
  ])('%j is suspicious: %s', (sender, suspicious) => {
    expect(isSuspiciousSender(sender, ['shouli.example'])).toBe(suspicious);
  });
});
