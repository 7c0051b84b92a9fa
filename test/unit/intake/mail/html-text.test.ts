import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { htmlToText } from '../../../../src/intake/html-text.ts';

const textOf = (html: string): string => htmlToText(html, 1_000_000).text;

describe('HTML as text', () => {
  it.each([
    ['<p>一</p><p>二</p>', '一\n\n二'],
    ['一<br>二<br/>三', '一\n二\n三'],
    ['<div>一</div><div>二</div>', '一\n二'],
    ['<b>粗</b>体 <i> 斜 </i> 体', '粗体 斜 体'],
    ['<table><tr><td>姓名</td><td>王</td></tr><tr><td>事由</td></tr></table>', '姓名 王\n事由'],
    ['<pre>a\n  b</pre>', 'a\n  b'],
    ['a&amp;b &lt;c&gt; &#20030;&#x62A5;&nbsp;&hellip; &unknown; &#0;', 'a&b <c> 举报 … &unknown; \uFFFD'],
    ['<title>t</title><script>x<y</script><style>p{}</style>正文', '正文'],
    ['<!-- 注释 --><!doctype html><?xml x?>正文', '正文'],
    [
      '<blockquote type="cite">引<blockquote class="gmail_quote">深</blockquote></blockquote>己',
      '> 引\n\n> > 深\n\n己',
    ],
    ['<p title="a>b">正文</p>', '正文'],
    ['写信给 <zhang@example.cn> 即可, 3 < 5', '写信给 <zhang@example.cn> 即可, 3 < 5'],
    ['<title>从不关闭 <p>正文</p>', '从不关闭\n\n正文'],
    ['正文 <a href="', '正文 <a href="'],
  ])('%s', (html, text) => {
    expect(textOf(html)).toBe(text);
  });

  it('keeps every word of plain markup', () => {
    const word = fc.string({ unit: fc.constantFrom(...'投诉学校乱收费abc123'), minLength: 1, maxLength: 8 });
    const tag = fc.constantFrom('p', 'div', 'span', 'b', 'td', 'li', 'h1', 'font');
    fc.assert(
      fc.property(fc.array(fc.tuple(tag, word), { maxLength: 30 }), (pieces) => {
        const html = pieces.map(([name, content]) => `<${name} class="x">${content}</${name}>`).join('');
        expect(textOf(html).replace(/\s/g, '')).toBe(pieces.map(([, content]) => content).join(''));
      }),
    );
  });

  it('never throws and never exceeds its limit by more than one piece', () => {
    const piece = fc.constantFrom(
      '<',
      '>',
      '"',
      "'",
      '<p',
      '</p>',
      '<div style="display:none">',
      '<!--',
      '-->',
      '<style>',
      '&#',
      'text',
      ' ',
      '=',
      '/',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        expect(htmlToText(pieces.join(''), 10).text.length).toBeLessThan(600);
      }),
    );
  });

  it('says when it stopped', () => {
    expect(htmlToText('<p>一二三四五</p>'.repeat(10), 12)).toMatchObject({ cut: true });
    expect(htmlToText('<p>一二三四五</p>', 12)).toMatchObject({ cut: false });
    expect(htmlToText('一<!-- 二', 100)).toMatchObject({ text: '一', cut: true });
  });

  it('says when it is nested deeper than anybody writes', () => {
    expect(htmlToText('<b>'.repeat(1_001), 100).deep).toBe(true);
    expect(htmlToText('<b>x</b>'.repeat(2_000), 10_000).deep).toBe(false);
  });

  // Each of these made one parser or another quadratic; at 2 MB a quadratic pass takes minutes and the test times out.
  it.each([
    '<b>',
    '< ',
    '<a ',
    '<a ">" ',
    '</b>',
    '<!--',
    '<style>',
    '&#x',
    '<div style="display:none">',
    '<blockquote type=cite>a',
    '<p>',
    '<title>',
  ])('reads 2 MB of %s in linear time', (piece) => {
    const html = piece.repeat(Math.ceil(2_000_000 / piece.length));
    expect(htmlToText(html, 1_000_000).text.length).toBeLessThanOrEqual(html.length);
  });
});

describe('text that cannot be seen', () => {
  it.each([
    'display:none',
    'DISPLAY : NONE !important',
    'visibility:hidden',
    'opacity:0',
    'opacity:0.0',
    'font-size:0px',
    'font-size:1px',
    'color:#fff',
    'color:white',
    'color:rgb(255, 255, 255)',
    'color:#fefefe',
    'color:transparent',
    'background-color:#333;color:#333333',
    'text-indent:-9999px',
    'position:absolute;left:-10000px',
    'max-height:0;overflow:hidden',
    'mso-hide:all',
  ])('is shown in brackets: %s', (style) => {
    expect(htmlToText(`看得见<span style="${style}">举报</span>看得见`, 1_000)).toMatchObject({
      text: '看得见〔隐藏文字：举报〕看得见',
      hidden: true,
    });
  });

  it.each([
    '<font color="white">举报</font>',
    '<div hidden>举报</div>',
    '<template>举报</template>',
    '<style>.a,.b{display:none}</style><i class="x B">举报</i>',
    '<style>#z{visibility:hidden}</style><i id=z>举报</i>',
    '<table bgcolor=white><tr><td style="color:#fff">举报</td></tr></table>',
    '<div style="display:none"><div>里</div>举报</div>',
  ])('is found in %s', (html) => {
    expect(htmlToText(html, 1_000)).toMatchObject({ hidden: true, text: expect.stringContaining('举报') });
  });

  it.each([
    '<div style="color:#333">举报</div>',
    '<div style="background:#036;color:#fff">举报</div>',
    '<div style="background:url(a.png);color:#fff">举报</div>',
    '<td style="font-size:0"><span style="font-size:14px">举报</span></td>',
    '<div style="visibility:hidden"><p style="visibility:visible">举报</p></div>',
    '<div style="display:none">&nbsp;&zwnj; </div>举报',
    '<style>@media print { .a { display:none } }</style><p class="a">举报</p>',
    '<p style="display:none">&nbsp;<p>举报',
    '<span style="display:none"></span>举报',
  ])('is not suspected in %s', (html) => {
    expect(htmlToText(html, 1_000)).toMatchObject({ hidden: false, text: '举报' });
  });
});
