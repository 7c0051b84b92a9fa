import { describe, expect, test } from 'vitest';
import {
  ACK_REFUSALS,
  type AckFacts,
  type AckRefusal,
  decideAck,
  normaliseSender,
} from '../../../src/domain/acknowledgement.ts';

const DAY_MS = 86_400_000;

/** A mail that a person wrote and that may be answered. */
const plain: AckFacts = {
  automatic: null,
  from: { address: 'reader@example.org', domain: 'example.org' },
  returnPath: 'reader@example.org',
  replyToDomains: [],
  recipientCount: 1,
  ownAddresses: ['office@example.cn', 'bounce@example.cn'],
  unitDomains: ['school.example'],
  authentication: 'none',
  ageMs: 60_000,
  fromSpamFolder: false,
  secondsSinceOurLetter: null,
  flags: [],
};

function from(address: string): Partial<AckFacts> {
  return { from: { address, domain: address.split('@')[1] ?? '' }, returnPath: address };
}

describe('a mail of a person', () => {
  test('is acknowledged', () => {
    expect(decideAck(plain)).toEqual({ kind: 'send' });
  });

  test.each<[string, Partial<AckFacts>]>([
    ['with ten recipients', { recipientCount: 10 }],
    ['with a Reply-To of its own domain in capitals', { replyToDomains: ['EXAMPLE.ORG'] }],
    ['whose Return-Path differs in case only', { returnPath: 'reader@Example.ORG' }],
    ['that passed our border', { authentication: 'pass' }],
    ['of almost three days ago', { ageMs: 3 * DAY_MS - 1 }],
    ['that answers our letter after a minute', { secondsSinceOurLetter: 60 }],
    ['with flags that say nothing of the sender', { flags: ['possibly-duplicate', 'no-body'] }],
    ['from a domain that only ends like that of a unit', from('reader@myschool.example')],
    ['from somebody whose name begins like ours', from('office.reader@example.org')],
  ])('%s is acknowledged too', (_what, facts) => {
    expect(decideAck({ ...plain, ...facts })).toEqual({ kind: 'send' });
  });
});

describe('no acknowledgement goes out', () => {
  test.each<[string, Partial<AckFacts>, AckRefusal]>([
    ['to ourselves', from('office@example.cn'), 'own-address'],
    ['to ourselves under a tag', from('OFFICE+loop@example.cn'), 'own-address'],
    ['to our bounce address', from('bounce+x7@example.cn'), 'own-address'],
    [
      'to a machine that says so',
      { automatic: { reason: 'auto-submitted', certain: true }, from: null },
      'automatic-mail',
    ],
    [
      'to what may be an auto-reply by its subject',
      { automatic: { reason: 'auto-reply-words', certain: false } },
      'suspected-automatic',
    ],
    ['without a sender', { from: null }, 'no-single-sender'],
    ['to one of several senders', { flags: ['ambiguous-sender'] }, 'no-single-sender'],
    ['to a suspicious sender', { flags: ['suspicious-sender'] }, 'suspicious-sender'],
    ['to an empty Return-Path', { returnPath: '' }, 'return-path-empty'],
    ['without a Return-Path', { returnPath: null }, 'return-path-missing'],
    ['across domains', { returnPath: 'bulk@sender.example' }, 'return-path-differs'],
    ['to a subdomain of the sender', { returnPath: 'reader@mail.example.org' }, 'return-path-differs'],
    ['when any Reply-To leads elsewhere', { replyToDomains: ['example.org', 'elsewhere.example'] }, 'reply-to-differs'],
    ['to a unit', from('teacher@school.example'), 'unit-domain'],
    ['to a part of a unit', from('teacher@class1.SCHOOL.example'), 'unit-domain'],
    ['when our border refused the sender', { authentication: 'fail' }, 'authentication-failed'],
    ['to more than ten', { recipientCount: 11 }, 'too-many-recipients'],
    ['out of the spam folder', { fromSpamFolder: true }, 'from-spam-folder'],
    ['after three days', { ageMs: 3 * DAY_MS }, 'too-old'],
    ['within a minute of our own letter', { secondsSinceOurLetter: 59.9 }, 'answers-our-letter-at-once'],
  ])('%s', (_what, facts, reason) => {
    expect(decideAck({ ...plain, ...facts })).toEqual({
      kind: 'withhold',
      reason,
      person: ACK_REFUSALS[reason].person,
    });
  });

  test('and a person is asked, unless surely nobody waits', () => {
    const nobody = Object.entries(ACK_REFUSALS)
      .filter(([, { person }]) => !person)
      .map(([reason]) => reason);
    expect(nobody).toEqual(['own-address', 'automatic-mail', 'acknowledged-before']);
  });
});

describe('the spellings of one mailbox', () => {
  test.each([
    ['Reader@Example.ORG', 'reader@example.org'],
    ['reader+a+b@example.org', 'reader@example.org'],
    ['first.last@example.org', 'first.last@example.org'],
    ['First.Last+x@gmail.com', 'firstlast@gmail.com'],
    ['f.irstlast@GoogleMail.com', 'firstlast@gmail.com'],
    ['+sales@example.org', '+sales@example.org'],
    ['no-at-sign', '@no-at-sign'],
  ])('%s counts as %s', (address, key) => {
    expect(normaliseSender(address)).toBe(key);
  });
});
