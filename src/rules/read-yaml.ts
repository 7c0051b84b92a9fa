import { isAlias, isNode, LineCounter, parseDocument, visit } from 'yaml';
import type { Document } from 'yaml';
import type { RuleFile, RuleProblem } from './rule-problem.ts';

/** Larger files are refused unread (R06). UTF-8 bytes. */
export const MAX_FILE_BYTES = 256 * 1024;
// Rule files need five levels. The parser recurses, and a RangeError near the stack's end can abort the whole process, which
// no catch sees (promises 0.2 item 30): so depth is counted before it runs.
const MAX_FLOW_DEPTH = 16;
const MAX_INDENT = 48;

/** A value with the way from a path in it back to a line of the file. */
export type YamlFile = {
  readonly path: string;
  readonly value: unknown;
  problemAt(path: readonly PropertyKey[], message: string, hint: string): RuleProblem;
};

export type ReadYaml = { kind: 'ok'; file: YamlFile } | { kind: 'invalid'; problems: readonly RuleProblem[] };

function flowDepth(line: string, before: number): { deepest: number; after: number } {
  let depth = before;
  let deepest = before;
  for (let i = 0; i < line.length; i += 1) {
    const character = line[i];
    if (character === '[' || character === '{') deepest = Math.max(deepest, (depth += 1));
    else if (character === ']' || character === '}') depth = Math.max(0, depth - 1);
  }
  return { deepest, after: depth };
}

/** Line of the first nesting that is too deep, or 0. Counts brackets even inside strings: rule phrases need none. */
function tooDeepLine(text: string): number {
  let depth = 0;
  let number = 0;
  for (const line of text.split('\n')) {
    number += 1;
    if (/^\s*#/.test(line)) continue;
    if ((/^[\s\-?:]*/.exec(line)?.[0] ?? '').length > MAX_INDENT) return number;
    const { deepest, after } = flowDepth(line, depth);
    if (deepest > MAX_FLOW_DEPTH) return number;
    depth = after;
  }
  return 0;
}

function refusal({ path, text }: RuleFile): RuleProblem | null {
  const at = (line: number, message: string, hint: string) => ({ file: path, line, column: 1, message, hint });
  if (Buffer.byteLength(text) > MAX_FILE_BYTES)
    return at(1, `file is larger than ${MAX_FILE_BYTES / 1024} kB`, 'split it into several files of the same folder');
  if (/[\u0000\ufffd]/.test(text))
    return at(1, 'file is not UTF-8 text', 'save it as UTF-8 (另存为 UTF-8), not GBK or ANSI');
  const deep = tooDeepLine(text);
  if (deep > 0) return at(deep, 'nested too deeply', 'a rule file needs five levels at most; look for a stray bracket');
  return null;
}

/** The parser stumbles a line or two behind the mistake. */
const LOOK_ABOVE =
  'look at this line and the one above it: a missing colon, quote or bracket, or a text with : # [ { without quotes';

const hints: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: 'indent with spaces, not with the Tab key',
  DUPLICATE_KEY: 'the same key stands twice in one block: keep one',
  TAG_RESOLVE_FAILED: 'remove the !tag: rule files hold plain texts, numbers, lists and blocks only',
  MULTIPLE_DOCS: 'remove the line ---',
  BAD_INDENT: 'begin the line in the column of those that it belongs to: two spaces a level',
  UNEXPECTED_TOKEN: LOOK_ABOVE,
  MISSING_CHAR: LOOK_ABOVE,
  MULTILINE_IMPLICIT_KEY: LOOK_ABOVE,
  BLOCK_AS_IMPLICIT_KEY: LOOK_ABOVE,
  NON_STRING_KEY: 'write a key as plain letters, and put a text that begins with [ { ? or a number in quotes',
};

/** Anchors and aliases let one line stand for millions (R03). Foreign tags are already errors of the parser. */
function findForbiddenNodes(document: Document, report: (offset: number, message: string, hint: string) => void): void {
  visit(document, {
    Node(_key, node) {
      const offset = node.range?.[0] ?? 0;
      if (isAlias(node)) report(offset, `alias *${node.source} is not allowed`, 'write the value out');
      else if ('anchor' in node && node.anchor !== undefined)
        report(offset, `anchor &${node.anchor} is not allowed`, 'remove it and write the value out where it is needed');
    },
  });
}

/** Reads one rule file. All problems of the text come back at once; nothing in it can stop the process. */
export function readYaml(file: RuleFile): ReadYaml {
  const refused = refusal(file);
  if (refused !== null) return { kind: 'invalid', problems: [refused] };
  const lines = new LineCounter();
  const document = parseDocument(file.text, {
    version: '1.2',
    schema: 'core',
    lineCounter: lines,
    uniqueKeys: true,
    stringKeys: true,
    prettyErrors: false,
  });
  const problems: RuleProblem[] = [];
  const report = (offset: number, message: string, hint: string): void => {
    const { line, col } = lines.linePos(offset);
    problems.push({ file: file.path, line, column: col, message, hint });
  };
  for (const { code, message, pos } of [...document.errors, ...document.warnings])
    report(pos[0], message, hints[code] ?? 'see docs/rules.md, section YAML');
  findForbiddenNodes(document, report);
  if (problems.length > 0) return { kind: 'invalid', problems };
  const problemAt = (path: readonly PropertyKey[], message: string, hint: string): RuleProblem => {
    const { line, col } = lines.linePos(offsetOf(document, path));
    return { file: file.path, line: Math.max(1, line), column: Math.max(1, col), message, hint };
  };
  return { kind: 'ok', file: { path: file.path, value: document.toJS({ maxAliasCount: 0 }), problemAt } };
}

/** Offset of the node at `path`, or of the nearest parent that exists. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  for (let depth = path.length; depth > 0; depth -= 1) {
    const node = document.getIn(path.slice(0, depth), true);
    if (isNode(node)) return node.range?.[0] ?? 0;
  }
  return document.contents?.range?.[0] ?? 0;
}
