/** RFC 7671 §10.2: names are checked by RFC 6125 under usage 2, by nobody under usage 3. */
import { expect, test } from 'vitest';
import { authority, judgeOne, record, server } from '../../unit/shared/dane/chain-maker.ts';
import { dnsNames } from '../../unit/shared/x509/certificate-maker.ts';

const root = authority('Root', null);

test.each([
  ['mx.example.org', 'match'],
  ['*.example.org', 'match'],
  ['mx.example.com', 'ta-name-mismatch'],
])('a certificate for %s: usage 2 says %s, usage 3 says match', (name, code) => {
  const leaf = server(root, { extensions: [dnsNames(name)] });
  expect(judgeOne([leaf, root], record('2 1 1', root.der)).code).toBe(code);
  expect(judgeOne([leaf, root], record('3 1 1', leaf.der)).code).toBe('match');
});
