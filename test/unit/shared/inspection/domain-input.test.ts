// What a person may type for a mail domain.
import { domainToASCII } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readDomainInput } from '../../../../shared/inspection/domain-input.ts';

const read = (text: string) => readDomainInput(text, domainToASCII);

describe('a mail domain is read from', () => {
  test.each([
    ['example.org', 'example.org'],
    ['  Example.ORG.  ', 'example.org'],
    ['someone@example.org', 'example.org'],
    ['"odd@local"@example.org', 'example.org'],
    ['<someone@example.org>', 'example.org'],
    ['mailto:someone@example.org', 'example.org'],
    ['https://www.example.org/path?q=1#x', 'www.example.org'],
    ['https://user:secret@example.org:8443/', 'example.org'],
    ['example.org/path', 'example.org'],
    ['example.org:25', 'example.org'],
    ['bücher.example', 'xn--bcher-kva.example'],
    ['jemand@BÜCHER.example', 'xn--bcher-kva.example'],
    ['例え。テスト', 'xn--r8jz45g.xn--zckzah'],
    ['xn--bcher-kva.example', 'xn--bcher-kva.example'],
    ['_dmarc.example.org', '_dmarc.example.org'],
    ['org', 'org'],
  ])('%s', (typed, domain) => {
    const input = read(typed);
    expect(input.ok ? input.domain.key : input.message).toBe(domain);
  });
});

describe('refused in one plain sentence is', () => {
  test.each([
    ['', /Type a mail domain/],
    ['   ', /Type a mail domain/],
    ['192.0.2.1', /IP address/],
    ['user@[192.0.2.1]', /IP address/],
    ['https://[2001:db8::1]/', /IP address/],
    ['exa mple.org', /“exa mple” holds a character/],
    ['example..org', /nothing between two dots/],
    ['.example.org', /nothing between two dots/],
    ['-example.org', /begins or ends with a hyphen/],
    ['example.org;reboot', /holds a character/],
    ['user@', /not a domain/],
    ['https://', /not a domain/],
    [`${'a'.repeat(64)}.org`, /longer than 63/],
    [Array.from({ length: 60 }, () => 'abcd').join('.'), /longer than 253/],
    ['x'.repeat(5000), /too long/],
  ])('%j', (typed, sentence) => {
    const input = read(typed);
    expect(input.ok ? input.domain.key : input.message).toMatch(sentence);
  });

  test('anything, without a throw, and never with a control character in the sentence', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (typed) => {
        const input = read(typed);
        // oxlint-disable-next-line no-control-regex -- that is what must not be there
        return input.ok || !/[\u0000-\u001f]/.test(input.message);
      }),
    );
  });
});
