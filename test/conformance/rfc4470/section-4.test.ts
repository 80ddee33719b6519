/** RFC 4470 §4: NSEC records made for one question, with ends that lie next to the name. */
import { expect, it } from 'vitest';
import { proveNameError, proveNoData } from '../../../shared/dnssec/denial.ts';
import { name, type } from '../signed-answers/answers.ts';
import { denial, nsec } from '../signed-answers/denial.ts';

const around = nsec('nopd\\255.example.', 'nope\\000.example.', '');
const noWildcard = nsec('\\)\\255.example.', '+.example.', '');

it('deny the name between their ends, and the wildcard between theirs', () => {
  const asked = name('nope.example.');
  expect(proveNameError(denial(around, noWildcard), asked).status).toBe('secure');
  expect(proveNameError(denial(around), asked).status).toBe('bogus');
  expect(proveNameError(denial(noWildcard), asked).status).toBe('bogus');
});

it('deny no name beside', () => {
  for (const other of ['nopd.example.', 'nopf.example.', 'nope\\000.example.']) {
    expect(proveNameError(denial(around, noWildcard), name(other)).status, other).toBe('bogus');
  }
});

it('show types absent at the name that they match', () => {
  const match = denial(nsec('mail.example.', '\\000.mail.example.', 'A'));
  expect(proveNoData(match, name('mail.example.'), type('TLSA')).status).toBe('secure');
  expect(proveNoData(match, name('mail.example.'), type('A')).status).toBe('bogus');
});
