import { decodeBytes } from './charset.ts';
import { charsetInHtml, useOfLeaf } from './mail-leaf.ts';
import { prepareSource } from './mail-source.ts';
import { readTree, type MimeNode } from './mail-tree.ts';
import { safeHtml } from './safe-html.ts';

/** The HTML of a mail as a harmless page of its own; null when it has none, or is built so that it cannot be read at all. */
export async function readMailHtml(raw: Buffer): Promise<string | null> {
  const tree = await readTree(prepareSource(raw).message);
  if (tree.kind === 'refused' || tree.root === null) return null;
  const bodies = htmlLeaves(tree.root).map((leaf) => {
    const content = leaf.content?.kept ?? Buffer.alloc(0);
    return safeHtml(decodeBytes(content, leaf.charset ?? charsetInHtml(content)).text);
  });
  return bodies.length === 0 ? null : htmlPage(bodies.join('<hr>'));
}

function htmlLeaves(node: MimeNode): readonly MimeNode[] {
  if (node.content === null) return node.children.flatMap(htmlLeaves);
  return useOfLeaf(node, false).use === 'html' ? [node] : [];
}

/** For a page that came to nothing in the time and memory it may take. */
export function unshownPage(): string {
  return htmlPage('<p>网页版本过于复杂，未能显示。请阅读文字版本，或下载原件。</p>');
}

const STYLE =
  'body{margin:12px;background:#fff;color:#222;font:14px/1.7 sans-serif;overflow-wrap:anywhere}' +
  'pre{white-space:pre-wrap}table{border-collapse:collapse}td,th{padding:2px 6px;vertical-align:top}' +
  'blockquote{margin:8px 0;padding-left:10px;border-left:3px solid #ccc}';

function htmlPage(body: string): string {
  return (
    '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>邮件的网页版本</title>' +
    `<style>${STYLE}</style></head><body>${body}</body></html>\n`
  );
}
