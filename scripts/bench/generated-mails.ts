/** Mails for the benches: made of phrases, each different, the same for the same seed. */

/** mulberry32: small, seeded, good enough to vary text. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const WHO = [
  '我是一名学生家长',
  '我在县里教书',
  '我是去年毕业的学生',
  '我们几个家长',
  '我是承包工程的',
  '本人退休在家',
];
const WHAT = [
  '学校开学又收了资料费和补课费,不给收据',
  '办学许可证的材料交上去三个月没有回音',
  '打了七八次电话都没有人接,跑了三趟也没办成',
  '补贴文件早就下了,到现在一分钱没有见到',
  '教学楼的墙上有裂缝,报上去没有人来看',
  '助学贷款的手续一个窗口推一个窗口',
  '食堂的饭菜有异味,孩子回来拉肚子',
  '转学的手续要求反复开证明,每次都说缺一样',
];
const WISH = ['请领导过问一下。', '希望给个明确的答复。', '请核实以后依规处理。', '我只想知道要等到什么时候。'];

/** A quarter in gb18030, a third with an attachment, mean 16 KB; 20 senders a domain, so that no cap of a recipient is met. */
export function generateMail(encode: (text: string, charset: string) => Buffer, n: number, seed: number): Buffer {
  const random = seeded(seed * 1_000_003 + n);
  const pick = (list: readonly string[]): string => list[Math.floor(random() * list.length)] ?? '';
  const charset = random() < 0.25 ? 'gb18030' : 'utf-8';
  const paragraphs = Array.from(
    { length: 8 + Math.floor(random() * 10) },
    () => `${pick(WHO)},${pick(WHAT)}(第${Math.floor(random() * 1e6)}次)。${pick(WISH)}`,
  );
  const subject = `反映${pick(WHAT).slice(0, 12)} ${n}`;
  const encodedSubject = `=?${charset}?B?${encode(subject, charset).toString('base64')}?=`;
  const sender = `user${n % 20}@d${Math.floor(n / 20)}.example.org`;
  const head = [
    `Return-Path: <${sender}>`,
    `Received: from mx.example.org by mail.example.cn; Tue, 22 Jul 2014 10:00:00 +0800`,
    `From: =?utf-8?B?${Buffer.from('王明').toString('base64')}?= <${sender}>`,
    'To: office@example.cn',
    `Subject: ${encodedSubject}`,
    `Message-ID: <bench.${seed}.${n}@d${Math.floor(n / 20)}.example.org>`,
    'Date: Tue, 22 Jul 2014 10:00:00 +0800',
    'MIME-Version: 1.0',
  ];
  const text = lines76(encode(paragraphs.join('\r\n'), charset).toString('base64'));
  const textPart = [`Content-Type: text/plain; charset=${charset}`, 'Content-Transfer-Encoding: base64', '', text];
  if (n % 3 !== 0) return Buffer.from([...head, ...textPart, ''].join('\r\n'));
  const bytes = Buffer.alloc(20_000 + Math.floor(random() * 25_000), Math.floor(random() * 256));
  for (let i = 0; i < bytes.length; i += 7) bytes[i] = Math.floor(random() * 256);
  const boundary = `b${n}x`;
  return Buffer.from(
    [
      ...head,
      `Content-Type: multipart/mixed; boundary="${boundary}"`,
      '',
      `--${boundary}`,
      ...textPart,
      `--${boundary}`,
      `Content-Type: image/jpeg; name="zhaopian-${n}.jpg"`,
      'Content-Transfer-Encoding: base64',
      'Content-Disposition: attachment',
      '',
      lines76(bytes.toString('base64')),
      `--${boundary}--`,
      '',
    ].join('\r\n'),
  );
}

function lines76(base64: string): string {
  return base64.replaceAll(/.{76}/g, '$&\r\n');
}
