/** Checking data that people edit (rules/*.yaml, already parsed) without a library: this layer imports nothing. */

export type Checked<T> =
  { readonly kind: 'valid'; readonly value: T } | { readonly kind: 'invalid'; readonly problems: readonly string[] };

/** Reads values and notes what is wrong, with where; after a problem it hands out a stand-in so that all are found at once. */
export type DataReader = {
  /** An object with exactly these keys. */
  fields<K extends string>(value: unknown, at: string, keys: readonly K[]): Readonly<Record<K, unknown>>;
  list(value: unknown, at: string): readonly unknown[];
  text(value: unknown, at: string): string;
  whole(value: unknown, at: string, least: number, most: number): number;
  oneOf<T extends string>(value: unknown, at: string, options: readonly [T, ...T[]]): T;
  problem(at: string, what: string): void;
};

/** Runs a check over parsed YAML. Problems are written in Chinese for the rule author: "路径:应为……". */
export function checkData<T>(read: (reader: DataReader) => T): Checked<T> {
  const problems: string[] = [];
  const value = read(createDataReader((at, what) => problems.push(`${at}:${what}`)));
  return problems.length === 0 ? { kind: 'valid', value } : { kind: 'invalid', problems };
}

function createDataReader(problem: (at: string, what: string) => void): DataReader {
  return {
    problem,
    fields(value, at, keys) {
      const object = isObject(value) ? value : {};
      if (!isObject(value)) problem(at, '应为键值结构');
      const unknown = Object.keys(object).filter((key) => !keys.some((known) => known === key));
      if (unknown.length > 0) problem(at, `不认识的键 ${unknown.join('、')}`);
      // Missing keys read as undefined, which the readers of the values report.
      return Object.fromEntries(keys.map((key) => [key, object[key]])) as Record<(typeof keys)[number], unknown>;
    },
    list(value, at) {
      if (Array.isArray(value)) return value;
      problem(at, '应为列表');
      return [];
    },
    text(value, at) {
      if (typeof value === 'string' && value.trim() !== '') return value;
      problem(at, '应为非空文字');
      return '';
    },
    whole(value, at, least, most) {
      if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value;
      problem(at, `应为 ${least} 至 ${most} 的整数`);
      return least;
    },
    oneOf(value, at, options) {
      const found = options.find((option) => option === value);
      if (found === undefined) problem(at, `应为 ${options.join('、')} 之一`);
      return found ?? options[0];
    },
  };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
