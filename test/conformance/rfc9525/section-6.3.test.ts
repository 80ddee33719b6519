/** RFC 9525 §6.3 (RFC 6125 §6.4.3 before it): a wildcard is the whole left-most label, and one label. */
import { describe, expect, test } from 'vitest';
import { findMatchingName } from '../../../shared/dane/reference-name.ts';

const matches = (presented: string, reference: string): boolean =>
  findMatchingName([presented], [reference]) !== null;

test.each([
  ['*.example.com', 'foo.example.com'],
  ['*.example.com', 'xn--bcher-kva.example.com'],
  ['*.foo.example.com', 'bar.foo.example.com'],
])('%s stands for %s', (presented, reference) => {
  expect(matches(presented, reference)).toBe(true);
});

describe('it does not stand for', () => {
  test.each([
    ['two labels', '*.example.com', 'bar.foo.example.com'],
    ['no label', '*.example.com', 'example.com'],
    ['a part of a label in front', 'baz*.example.com', 'baz1.example.com'],
    ['a part of a label behind', '*baz.example.com', 'foobaz.example.com'],
    ['a part of a label within', 'b*z.example.com', 'buzz.example.com'],
    ['a label further right', 'foo.*.example.com', 'foo.bar.example.com'],
    ['a part of an A-label', 'xn--*.example.com', 'xn--bcher-kva.example.com'],
    ['every name below a top-level domain', '*.com', 'example.com'],
    ['itself as a name', '*.example.com', '*.example.com'],
    // Checked with `openssl x509 -checkhost`, which goes by letters, digits and hyphens alone.
    ['a label with an underscore', '*.example.com', 'mx_1.example.com'],
    ['a label before one with an underscore', '*.mx_1.example.com', 'foo.mx_1.example.com'],
  ])('%s: %s against %s', (_, presented, reference) => {
    expect(matches(presented, reference)).toBe(false);
  });
});
