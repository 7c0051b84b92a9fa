const SPOKEN = ['零', '幺', '二', '三', '四', '五', '六', '七', '八', '九'] as const;

/** "483 920 176" as it is said on a telephone: 四八三，九二零，幺七六. 1 is 幺, because 一 sounds like 七. */
export function sayDigits(groups: string): string {
  return groups
    .split(' ')
    .map((group) => Array.from(group, (digit) => SPOKEN[Number(digit)] ?? digit).join(''))
    .join('，');
}
