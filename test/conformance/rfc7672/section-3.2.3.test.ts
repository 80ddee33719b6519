/** RFC 7672 §3.2.3 with RFC 6125 §6.4: which names authenticate a server under DANE-TA(2). */
import { describe, expect, test } from 'vitest';
import { findMatchingName } from '../../../shared/dane/reference-name.ts';
import * as make from '../../unit/shared/x509/certificate-maker.ts';
import { authority, judge, judgeOne, record, server } from '../../unit/shared/dane/chain-maker.ts';

const root = authority('Root', null);

describe('reference identifiers', () => {
  const leaf = server(root, { extensions: [make.dnsNames('example.org')] });
  const anchor = record('2 1 1', root.der);

  test('the TLSA base domain or the next-hop domain, whichever the certificate names', () => {
    expect(judgeOne([leaf, root], anchor, { names: ['mx.example.org'] })).toEqual({
      outcome: 'failed',
      code: 'ta-name-mismatch',
      depth: 1,
    });
    const names = ['mx.example.org', 'example.org'];
    expect(judgeOne([leaf, root], anchor, { names }).code).toBe('match');
  });

  test('the reason names what the certificate is for and what was wanted', () => {
    const verdict = judge([leaf, root], [anchor], { names: ['mx.example.org'] });
    expect(verdict.records[0]?.reason).toMatch(/for example\.org, not for mx\.example\.org/);
  });

  test('no reference name at all matches nothing', () => {
    expect(judgeOne([leaf, root], anchor, { names: [] }).code).toBe('ta-name-mismatch');
  });
});

describe('comparing names', () => {
  test.each([
    ['mx.example.org', 'mx.example.org'],
    ['MX.Example.ORG', 'mx.example.org'],
    ['mx.example.org', 'MX.example.org.'],
    ['*.example.org', 'mx.example.org'],
    ['xn--bcher-kva.example', 'XN--Bcher-KVA.example'],
    ['*.xn--bcher-kva.example', 'mx.xn--bcher-kva.example'],
    ['mx_1.example.org', 'mx_1.example.org'],
  ])('%s stands for %s', (presented, reference) => {
    expect(findMatchingName([presented], [reference])).toBe(presented);
  });

  test.each([
    ['*.example.org', 'a.mx.example.org', 'an asterisk is one label'],
    ['*.example.org', 'example.org', 'an asterisk is a label, not none'],
    ['*.org', 'example.org', 'never directly below a top-level domain'],
    ['*', 'org', 'nor in its place'],
    ['m*.example.org', 'mx.example.org', 'only the whole label'],
    ['*x.example.org', 'mx.example.org', 'only the whole label'],
    ['mx.*.org', 'mx.example.org', 'only the left-most label'],
    ['*.*.org', 'mx.example.org', 'only one'],
    ['*.example.org', '.example.org', 'an empty label is no label'],
    ['.example.org', 'mx.example.org', 'no leading dot'],
    ['mx.example.org.', 'mx.example.org', 'a certificate has no final dot'],
    ['example.org', 'mx.example.org', 'a parent is another name'],
    ['mx.example.org\\u0000.evil', 'mx.example.org', 'nothing is cut off'],
    ['bücher.example', 'xn--bcher-kva.example', 'certificates carry A-labels'],
    ['mail.ban\u212a.example', 'mail.bank.example', 'a Kelvin sign is no k (RFC 6125 §6.4.1)'],
    ['*', '*', 'a reference is a host name'],
    ['', '', 'empty names are none'],
  ])('%s does not stand for %s: %s', (presented, reference) => {
    expect(findMatchingName([presented], [reference])).toBeNull();
  });
});

describe('RFC 6125 §6.4.4: the common name', () => {
  const anchor = record('2 1 1', root.der);
  test('counts where there is no dNSName at all', () => {
    expect(judgeOne([server(root, { extensions: [] }), root], anchor).code).toBe('match');
  });

  test('does not count beside a dNSName, whatever that says', () => {
    const leaf = server(root, { extensions: [make.dnsNames('other.example')] });
    expect(judgeOne([leaf, root], anchor).code).toBe('ta-name-mismatch');
  });

  test('does not count beside names that cannot be read', () => {
    const broken = make.extension('2.5.29.17', make.bytes(0x30, 0x05, 0x82));
    expect(judgeOne([server(root, { extensions: [broken] }), root], anchor).outcome).toBe('failed');
  });
});
