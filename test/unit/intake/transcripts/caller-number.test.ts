import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { spokenDigits } from '../../../../src/intake/caller-digits.ts';
import { maskNumbers } from '../../../../src/intake/caller-mask.ts';
import { normalisePhone } from '../../../../src/intake/caller-number.ts';

const national = (text: string) => {
  const number = normalisePhone(text);
  return number.kind === 'number' ? number.national : `raw: ${number.problem}`;
};

describe('callback numbers', () => {
  test('H12 every way of writing the same Lanzhou number is one number, and its leading 0 is kept', () => {
    const ways = ['0931-8885518', '０９３１－８８８５５１８', '+86 931 8885518', '+8609318885518', '0086931-8885518'];
    const more = [
      '(0931)8885518',
      '（0931）8885518',
      '0931 888 5518',
      '8609318885518',
      '\u202A0931-8885518\u202C',
      '09318885518',
    ];
    for (const way of [...ways, ...more]) {
      expect([way, normalisePhone(way)]).toEqual([
        way,
        { kind: 'number', e164: '+869318885518', national: '0931-8885518', extension: null, assumedArea: false },
      ]);
    }
  });

  test('H12 ten digits are a Gansu number that lost its 0, seven are a Lanzhou one and say that this is assumed', () => {
    expect(national('9318885518')).toBe('0931-8885518');
    expect(normalisePhone('8885518')).toMatchObject({ e164: '+869318885518', assumedArea: true });
    expect(national('1390000000')).toBe('raw: too-short');
  });

  test('H12 mobiles with and without prefixes', () => {
    for (const way of ['13900000000', '139 0000 0000', '+86-139-0000-0000', '8613900000000', '013900000000']) {
      expect(normalisePhone(way)).toMatchObject({ e164: '+8613900000000', national: '13900000000' });
    }
  });

  test('H12 extensions are kept apart', () => {
    for (const way of ['0931-8885518转802', '0931-8885518-802', '0931-8885518 ext 802', '0931-8885518#802']) {
      expect(normalisePhone(way)).toMatchObject({ national: '0931-8885518', extension: '802' });
    }
  });

  test('H12 what is no number is kept as it was written, with the reason', () => {
    const cases = {
      '0931-888A518': 'not-a-number',
      '13900000000/13900000001': 'not-a-number',
      '010-1234567': 'too-short',
      '0931-888551899': 'too-long',
      '139000000001': 'too-long',
      '400-123-4567': 'unknown-form',
      '0931-1885518': 'unknown-form',
    } as const;
    for (const [raw, problem] of Object.entries(cases))
      expect(normalisePhone(raw)).toEqual({ kind: 'raw', raw, problem });
  });

  test('H11 missing, withheld and internal numbers are told apart from wrong ones', () => {
    expect(normalisePhone('  ')).toMatchObject({ problem: 'missing' });
    expect(normalisePhone('未知号码')).toMatchObject({ problem: 'withheld' });
    expect(normalisePhone('Anonymous')).toMatchObject({ problem: 'withheld' });
    expect(normalisePhone('8012')).toMatchObject({ problem: 'internal' });
  });

  test('H10 numbers read out digit by digit', () => {
    expect(national('八八八五五一八')).toBe('0931-8885518');
    expect(national('幺三九 洞洞洞洞 洞洞洞洞')).toBe('13900000000');
    expect(national('零九三幺八八八五五幺八')).toBe('0931-8885518');
  });

  test('reading a national form again gives the same number', () => {
    const digits = fc.string({ unit: fc.constantFrom(...'0123456789-+ 幺转') });
    fc.assert(
      fc.property(digits, (text) => {
        const once = normalisePhone(text);
        if (once.kind === 'number') expect(normalisePhone(once.national)).toMatchObject({ e164: once.e164 });
      }),
    );
  });
});

describe('spoken digits in a conversation', () => {
  test('H10 phone runs become digits, amounts and years stay words', () => {
    expect(spokenDigits('电话是幺三九零零零零零零零零，打八八八五五一八没人接')).toBe(
      '电话是13900000000，打8885518没人接',
    );
    expect(spokenDigits('让我打幺幺零，房间幺洞洞')).toBe('让我打110，房间100');
    for (const words of ['交了三百二十块', '两三个人', '二〇一四年七月', '一二三年级', '拐了个弯']) {
      expect(spokenDigits(words)).toBe(words);
    }
  });
});

describe('masking', () => {
  test('H23 mobile and identity numbers are hidden, however they are written', () => {
    const cases = {
      电话13900000000一直打不通: '电话139****0000一直打不通',
      '13900000000,13900000001': '139****0000,139****0001',
      '+86 139-0000-0000': '+86 139-****-0000',
      '１３９００００００００': '１３９****００００',
      幺三九零零零零零零零零一直没人: '幺三九****零零零零一直没人',
      身份证620102199001011234和62010219900101123x: '身份证6****************4和6****************x',
      '6201 0219 9001 0112 34': '6*** **** **** **** *4',
    };
    for (const [text, masked] of Object.entries(cases)) expect(maskNumbers(text)).toBe(masked);
  });

  test('H23 the published hotline, sums and longer file numbers stay readable', () => {
    for (const text of ['0931-8885518', '账号6222021390000000012', '共12345678901元', '甘教财〔2014〕12号']) {
      expect(maskNumbers(text)).toBe(text);
    }
  });

  test('masking keeps the length and leaves no whole mobile number, whatever stands beside it', () => {
    const piece = fc.constantFrom(
      '13900000000',
      '620102199001011234',
      '幺三九零零零零零零零零',
      ' ',
      ',',
      '一',
      '来电人:',
      '9',
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const text = pieces.join('');
        const masked = maskNumbers(text);
        expect(masked).toHaveLength(text.length);
        expect(masked).not.toMatch(/(?<!\d)1[3-9]\d{9}(?!\d)/);
      }),
    );
  });
});
