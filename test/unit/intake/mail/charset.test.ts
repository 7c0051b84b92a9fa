import { isUtf8 } from 'node:buffer';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { decodeBytes } from '../../../../src/intake/charset.ts';
import { cleanLine, cleanText, cutUtf8 } from '../../../../src/intake/mail-clean-text.ts';
import { decodeFieldText } from '../../../../src/intake/mail-words.ts';

const EVERYDAY =
  '的一是了我不人在他有这个上们来到时大地为子中你说生国年着就那和要她出也得里后自以会家可下而过天去能对小多然于心学么之都好看起发当没成只如事把还用第样道想作种开美总从无情己面最女但现前些所同日手又行意动方期它头经长儿回位分爱老因很给名法间斯知世什两次使身者被高已亲其进此话常与活正感见明问力理尔点文几定本公特做外孩相西果走将月十实向声车全信重三机工物气每并别真打太新比才便夫再书部水像眼等体却加电主界门利海受听表德少克代员许先口由死安写性马光白或住难望教命花结乐色更拉东神记处让母父应直字场平报友关放至张认接告入笑内英军候民岁往何度山觉路带万男边风解叫任金快原吃妈变通师立象数四失满战远格士音轻目条呢';
const chineseText = fc.string({ unit: fc.constantFrom(...EVERYDAY), minLength: 4, maxLength: 200 });
const traditional = fc.string({
  unit: fc.constantFrom(...'我要投訴學校亂收費請教育廳的處理是不了在人有他這個們來上大為和國地到說時會可對發後過'),
  minLength: 10,
  maxLength: 100,
});

describe('decoding text bytes', () => {
  it.each(['utf-8', 'gb18030', 'gbk', 'utf-16le', 'utf-16be'])(
    'gives back what was written in %s under its own label',
    (charset) => {
      fc.assert(
        fc.property(chineseText, (text) => {
          expect(decodeBytes(iconv.encode(text, charset), charset)).toEqual({ text, guessed: false, damaged: 0 });
        }),
      );
    },
  );

  it.each([null, '', 'us-ascii', 'utf-8', 'x-unknown', 'iso-8859-1'])(
    'recognises GBK under the label %s and says that it guessed',
    (label) => {
      fc.assert(
        fc.property(chineseText, (text) => {
          const bytes = iconv.encode(text, 'gbk');
          // Some short words spell valid UTF-8 in GBK; a label that says UTF-8 is believed then.
          fc.pre(label !== 'utf-8' || !isUtf8(bytes));
          expect(decodeBytes(bytes, label)).toEqual({ text, guessed: true, damaged: 0 });
        }),
      );
    },
  );

  it.each([null, 'iso-8859-1'])(
    'reads 小色师学, whose GBK is valid UTF-8 too, as Chinese under the label %s',
    (label) => {
      const text = '小色师学';
      expect(decodeBytes(iconv.encode(text, 'gbk'), label)).toEqual({ text, guessed: true, damaged: 0 });
    },
  );

  it('recognises Big5 without a label', () => {
    fc.assert(
      fc.property(traditional, (text) => {
        expect(decodeBytes(iconv.encode(text, 'big5'), null)).toEqual({ text, guessed: true, damaged: 0 });
      }),
    );
  });

  it('takes valid UTF-8 without a label as what it is', () => {
    fc.assert(
      fc.property(chineseText, (text) => {
        expect(decodeBytes(Buffer.from(text), null)).toEqual({ text, guessed: false, damaged: 0 });
      }),
    );
  });

  it('never throws and never loses the count of what it could not decode', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.option(fc.string({ maxLength: 30 })), (bytes, label) => {
        const { text, damaged } = decodeBytes(Buffer.from(bytes), label);
        expect(damaged).toBe(text.split('\uFFFD').length - 1);
      }),
    );
  });

  it('keeps a cut UTF-8 text UTF-8', () => {
    const bytes = Buffer.from('我要举报学校乱收费');
    expect(decodeBytes(bytes.subarray(0, bytes.length - 1), 'utf-8')).toEqual({
      text: '我要举报学校乱收\uFFFD',
      guessed: false,
      damaged: 1,
    });
  });

  it('takes accented Latin text for Latin, not for Chinese', () => {
    expect(decodeBytes(Buffer.from('Café à la crème', 'latin1'), null).text).toBe('Café à la crème');
    expect(decodeBytes(Buffer.from('£600'), null)).toEqual({ text: '£600', guessed: false, damaged: 0 });
  });

  it('does not decode UTF-7, which can hide markup', () => {
    expect(decodeBytes(Buffer.from('+ADw-script+AD4-'), 'unicode-1-1-utf-7').text).toBe('+ADw-script+AD4-');
  });

  it('shows characters of CNS 11643 as undecodable instead of dropping them', () => {
    const bytes = Buffer.from('a\x1b$)G\x0e!!\x0fb', 'latin1');
    expect(decodeBytes(bytes, 'iso-2022-cn')).toEqual({ text: 'a\uFFFDb', guessed: false, damaged: 1 });
  });

  it('reads Japanese, which iconv-lite does not', () => {
    expect(decodeBytes(Buffer.from('\x1b$B$3$s\x1b(B', 'latin1'), 'iso-2022-jp').text).toBe('こん');
  });
});

describe('decoding header text', () => {
  it('joins neighbouring words of one charset wherever they were cut', () => {
    fc.assert(
      fc.property(chineseText, fc.nat(), (text, seed) => {
        const bytes = Buffer.from(text);
        const cut = seed % bytes.length;
        const words = [bytes.subarray(0, cut), bytes.subarray(cut)].map(
          (part) => `=?UTF-8?B?${part.toString('base64')}?=`,
        );
        expect(decodeFieldText(words.join('\r\n ')).text).toBe(text);
      }),
    );
  });

  it('keeps the space between a word and plain text, and drops it between words', () => {
    expect(decodeFieldText('a =?utf-8?q?b?= =?utf-8?q?c?= d').text).toBe('a bc d');
  });

  it('reads the Q encoding with underscores and bad escapes', () => {
    expect(decodeFieldText('=?utf-8?q?=E4=B8=BE=E6=8A=A5_=ZZ?=').text).toBe('举报 =ZZ');
  });

  it('ignores a language tag', () => {
    expect(decodeFieldText('=?utf-8*zh?B?5Li+?=').text).toBe('举');
  });

  it('leaves what is no encoded word alone', () => {
    expect(decodeFieldText('=?utf-8?X?abc?= =?broken').text).toBe('=?utf-8?X?abc?= =?broken');
  });
});

describe('cleaning', () => {
  it('leaves nothing that PostgreSQL refuses, whatever comes in', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 100 }),
        fc.array(fc.constantFrom('\0', '\ud800', '\udc00', '\r\n', '\x1b')),
        (text, nasty) => {
          for (const cleaned of [cleanLine(text + nasty.join('')), cleanText(text + nasty.join(''))]) {
            expect(cleaned).not.toMatch(/[\0\r\x1b]|\p{Surrogate}/u);
          }
        },
      ),
    );
  });

  it('shows line ends in one line and keeps them in a text', () => {
    expect(cleanLine('a\r\nb\tc')).toBe('a␍␊b c');
    expect(cleanText('a\r\nb\rc\td')).toBe('a\nb\nc\td');
  });

  it('cuts between characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.nat(120), (text, bytes) => {
        const cut = cutUtf8(text, bytes);
        expect(text.startsWith(cut)).toBe(true);
        expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(bytes);
        expect(cut).not.toMatch(/\p{Surrogate}/u);
      }),
    );
  });
});
