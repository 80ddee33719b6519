// Writes vectors.ts: keys and signatures that OpenSSL (through Node) or plain arithmetic made, right and wrong.
// Run by hand when a case is added: `node test/contract/crypto-vectors/make.mjs`.
import { writeFileSync } from 'node:fs';
import { certificates } from './certificates.mjs';
import { dnssec } from './dnssec.mjs';
import { data, hex } from './signed-data.mjs';

const table = (/** @type {readonly (readonly unknown[])[]} */ rows) =>
  rows.map((row) => row.join(';')).join('\n');

writeFileSync(
  new URL('./vectors.ts', import.meta.url),
  `/** Keys and signatures for the crypto suite, bytes in hexadecimal; written by make.mjs. */

export const SIGNED_DATA =
  '${hex(data)}';

/** expected;algorithm;public key;signature;title */
export const DNSSEC_TABLE = \`
${table(dnssec.map((each) => [each.expected, each.algorithm, each.publicKey, each.signature, each.title]))}
\`;

/** expected;signature algorithm;its parameters;SPKI;signature;title */
export const CERTIFICATE_TABLE = \`
${table(certificates.map((each) => [each.expected, each.oid, each.parameters ?? '-', each.spki, each.signature, each.title]))}
\`;
`,
);
