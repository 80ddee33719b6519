/** RFC 9824 §3: compact denial, an NSEC at the name itself even where the name does not exist. */
import { expect, it } from 'vitest';
import { proveNameError, proveNoData, proveNoDs } from '../../../shared/dnssec/denial.ts';
import { name, type } from '../signed-answers/answers.ts';
import { denial, nsec } from '../signed-answers/denial.ts';

const absent = denial(nsec('nope.example.', '\\000.nope.example.', 'NXNAME'));
const asked = name('nope.example.');

it('§3.1: of a name is a proof of no data, as resolvers give it on (NOERROR)', () => {
  for (const mnemonic of ['A', 'MX', 'TLSA', 'DS']) {
    expect(proveNoData(absent, asked, type(mnemonic)).status, mnemonic).toBe('secure');
  }
});

it('§3.1: proves no NXDOMAIN, which nothing in it denies', () => {
  expect(proveNameError(absent, asked).status).toBe('bogus');
});

it('§3.1: shows that no zone is cut at the name', () => {
  expect(proveNoDs(absent, asked).kind).toBe('no-delegation');
});

it('§3.2: of a type leaves the types that are there', () => {
  const some = denial(nsec('mail.example.', '\\000.mail.example.', 'A MX'));
  expect(proveNoData(some, name('mail.example.'), type('TLSA')).status).toBe('secure');
  expect(proveNoData(some, name('mail.example.'), type('MX')).status).toBe('bogus');
});

it('of an empty non-terminal says nothing of the names below', () => {
  const terminal = denial(nsec('_tcp.example.', '\\000._tcp.example.', ''));
  expect(proveNoData(terminal, name('_tcp.example.'), type('A')).status).toBe('secure');
  expect(proveNameError(terminal, name('_25._tcp.example.')).status).toBe('bogus');
  expect(proveNoData(terminal, name('_25._tcp.example.'), type('TLSA')).status).toBe('bogus');
});

it('§3.4: at an unsigned delegation shows no DS', () => {
  const cut = denial(nsec('cut.example.', '\\000.cut.example.', 'NS'));
  expect(proveNoDs(cut, name('cut.example.')).kind).toBe('insecure-delegation');
  expect(proveNoData(cut, name('cut.example.'), type('A')).status).toBe('bogus');
});
