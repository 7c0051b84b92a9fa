/** A name that is looked for although something hides a part of it, and the term whose name it is. */
export type HiddenName = {
  readonly text: string;
  readonly term: number;
  /** It is found by ear anyway: this search need not try what sounds alike. */
  readonly isHeard: boolean;
  /** Units of the last word, which names a sort of body and not which: 处, 办公室, 中心. */
  readonly suffix: number;
  /** Without its first, or last, character it is still no word of its own, so that a sign in that place means something. */
  readonly mayLoseFirst: boolean;
  readonly mayLoseLast: boolean;
};

/** Names by their characters, from one end or from the other. `ends` are the places of those that end here. */
export type NameNode = { readonly next: Map<number, NameNode>; readonly ends: number[] };

const createNode = (): NameNode => ({ next: new Map(), ends: [] });

function addName(root: NameNode, units: readonly number[], name: number): void {
  let node = root;
  for (const unit of units) {
    let next = node.next.get(unit);
    if (next === undefined) {
      next = createNode();
      node.next.set(unit, next);
    }
    node = next;
  }
  node.ends.push(name);
}

export const pairOf = (first: number, second: number): number => (first << 16) | second;

export const unitsOfName = (text: string): number[] => [...text].map((character) => character.charCodeAt(0));

/**
 * Names by their first two characters and by their last two. Whoever changes one character of a name leaves one of the two pairs
 * as it was, unless the name has three and the middle one is gone.
 */
export type NameTries = {
  readonly forward: NameNode;
  readonly heads: ReadonlyMap<number, NameNode>;
  readonly tails: ReadonlyMap<number, NameNode>;
};

function secondNodes(root: NameNode, isReversed: boolean): Map<number, NameNode> {
  const nodes = new Map<number, NameNode>();
  for (const [a, node] of root.next)
    for (const [b, second] of node.next) nodes.set(isReversed ? pairOf(b, a) : pairOf(a, b), second);
  return nodes;
}

export function compileTries(names: readonly HiddenName[]): NameTries {
  const forward = createNode();
  const backward = createNode();
  names.forEach(({ text }, i) => {
    addName(forward, unitsOfName(text), i);
    addName(backward, unitsOfName(text).toReversed(), i);
  });
  return { forward, heads: secondNodes(forward, false), tails: secondNodes(backward, true) };
}
