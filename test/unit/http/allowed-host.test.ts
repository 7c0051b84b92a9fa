import { describe, expect, it } from 'vitest';
import { isAllowedHost, isLoopbackRequest } from '../../../src/http/allowed-host.ts';

const PUBLIC = 'https://xiaoneng.example';

describe('a Host header', () => {
  it.each([
    'localhost',
    'LOCALHOST:8080',
    '127.0.0.1:1',
    '[::1]',
    '[::1]:8080',
    'xiaoneng.example',
    'XiaoNeng.example:443',
  ])('that means us is accepted: %s', (host) => {
    expect(isAllowedHost(host, PUBLIC)).toBe(true);
  });

  it.each([
    undefined,
    '',
    'evil.example',
    'xiaoneng.example.evil.example',
    'evil.example/xiaoneng.example',
    'xiaoneng.example@evil.example',
    'evil.example#@localhost',
    'localhost.evil.example',
    'localhost:8080:evil',
    'localhost:',
    '127.0.0.1.evil.example',
    '127.0.0.2',
    '[::2]',
    '10.0.0.1',
    'localhost evil.example',
  ])('that means anybody else is not: %s', (host) => {
    expect(isAllowedHost(host, PUBLIC)).toBe(false);
  });
});

describe('a request from this machine', () => {
  it.each([
    ['localhost:8080', '127.0.0.1', true],
    ['[::1]', '::1', true],
    ['127.0.0.1', '::ffff:127.0.0.1', true],
    ['xiaoneng.example', '127.0.0.1', false], // through the proxy that stands on this machine
    ['evil.example', '127.0.0.1', false], // by a page whose name was rebound to this machine
    ['localhost', '192.0.2.1', false],
    ['localhost', undefined, false],
    [undefined, '127.0.0.1', false],
  ])('Host %s from %s: %s', (host, address, expected) => {
    expect(isLoopbackRequest(host, address)).toBe(expected);
  });
});
