/** RFC 8080 §6: the examples of Ed25519 and Ed448. */
import { expect, it } from 'vitest';
import { readExample } from '../signed-answers/example.ts';

/** 2015-08-10; the signatures run from 2015-07-29 22:00 to 2015-08-19 22:00 UTC. */
const at = 1439164800;
const MX = 'example.com. 3600 IN MX 10 mail.example.com.';
const RRSIG = 'example.com. 3600 IN RRSIG MX';
const TIMES = '1440021600 1438207200';

it.each([
  [
    3613,
    `example.com. 3600 IN DNSKEY 257 3 15 l02Woi0iS8Aa25FQkUd9RMzZHJpBoRQwAQEX1SxZJA4=
example.com. 3600 IN DS 3613 15 2 3aa5ab37efce57f737fc1627013fee07bdf241bd10f3b1964ab55c78e79a304b
${MX}
${RRSIG} 15 2 3600 ${TIMES} 3613 example.com. oL9krJun7xfBOIWcGHi7mag5/hdZrKWw15jPGrHpjQeRAvTdszaPD+QLs3fx8A4M3e23mRZ9VrbpMngwcrqNAg==`,
  ],
  [
    35217,
    `example.com. 3600 IN DNSKEY 257 3 15 zPnZ/QwEe7S8C5SPz2OfS5RR40ATk2/rYnE9xHIEijs=
example.com. 3600 IN DS 35217 15 2 401781b934e392de492ec77ae2e15d70f6575a1c0bc59c5275c04ebe80c6614c
${MX}
${RRSIG} 15 2 3600 ${TIMES} 35217 example.com. zXQ0bkYgQTEFyfLyi9QoiY6D8ZdYo4wyUhVioYZXFdT410QPRITQSqJSnzQoSm5poJ7gD7AQR0O7KuI5k2pcBg==`,
  ],
  [
    9713,
    `example.com. 3600 IN DNSKEY 257 3 16 3kgROaDjrh0H2iuixWBrc8g2EpBBLCdGzHmn+G2MpTPhpj/OiBVHHSfPodx1FYYUcJKm1MDpJtIA
example.com. 3600 IN DS 9713 16 2 6ccf18d5bc5d7fc2fceb1d59d17321402f2aa8d368048db93dd811f5cb2b19c7
${MX}
${RRSIG} 16 2 3600 ${TIMES} 9713 example.com. 3cPAHkmlnxcDHMyg7vFC34l0blBhuG1qpwLmjInI8w1CMB29FkEAIJUA0amxWndkmnBZ6SKiwZSAxGILn/NBtOXft0+Gj7FSvOKxE/07+4RQvE581N3Aj/JtIyaiYVdnYtyMWbSNyGEY2213WKsJlwEA`,
  ],
])('key %i, its DS and its signature fit together', (keyTag, text) => {
  const example = readExample(text);
  expect(example.key.keyTag).toBe(keyTag);
  expect(example.dsFit).toEqual([true]);
  expect(example.verify(at).status).toBe('valid');
});
