import { describe, expect, it } from 'vitest';
import { handlesOf, mentionedIn } from '../../../src/console/pages/case/notes/mentions.ts';

const role = (code: string): string => `${code}岗`;
const COLLEAGUES = [
  { id: 1, name: '甲一', role: 'triage' },
  { id: 2, name: '甲一二', role: 'triage' },
  { id: 3, name: '乙', role: 'triage' },
  { id: 4, name: '乙', role: 'supervisor' },
  { id: 5, name: '乙', role: 'supervisor' },
];
const HANDLES = handlesOf(COLLEAGUES, role);

describe('a handle', () => {
  it('is the name, and more where one name is not enough', () => {
    expect(HANDLES.map(({ handle }) => handle)).toEqual([
      '甲一',
      '甲一二',
      '乙（triage岗）',
      '乙（supervisor岗）',
      '乙（supervisor岗）5',
    ]);
  });
});

describe('the people whom a text calls', () => {
  it('are those behind an @ of either width, each once, wherever it stands', () => {
    expect(mentionedIn('请@甲一 看，＠甲一二也看。@甲一', HANDLES)).toEqual([1, 2]);
    expect(mentionedIn('@乙（supervisor岗） 请阅', HANDLES)).toEqual([4]);
    expect(mentionedIn('@乙（supervisor岗）5 请阅', HANDLES)).toEqual([5]);
  });

  it('are nobody where a name stands without one, or nobody has it', () => {
    expect(mentionedIn('甲一已看；@丙；a@example.org；@乙', HANDLES)).toEqual([]);
  });
});
