// Domains whose mail servers are of another make, have two certificates, or misbehave on the way to TLS (RFC 3207, RFC 7672 §2.2).
import { MAIL_FAULTS, type MailFault } from '../mail-faults.ts';
import { TLSA_PREFIX, type Listener, type ZonePlan } from './zone-plan.ts';

function oneHost(name: string, listener: Listener, tlsa: readonly string[]): ZonePlan {
  return {
    name: `${name}.post`,
    records: [
      '@ MX 10 mx',
      'mx A {mx}',
      ...tlsa.map((record) => `${TLSA_PREFIX}.mx TLSA ${record}`),
    ].join('\n'),
    listeners: { mx: listener },
  };
}

const LEAF = '3 1 1 {mx.leaf}';
const RSA = '3 1 1 {mx.rsa}';
const ISSUER = '2 1 1 {mx.issuer}';

const TWO_CERTIFICATES: readonly ZonePlan[] = [
  oneHost('two-keys', { presents: 'self-signed-twice' }, [LEAF, RSA]),
  oneHost('two-keys-ecdsa-only', { presents: 'self-signed-twice' }, [LEAF]),
  oneHost('two-keys-rsa-only', { presents: 'self-signed-twice' }, [RSA]),
  oneHost('two-keys-issuer', { presents: 'issued-twice' }, [ISSUER]),
];

const EXIM: readonly ZonePlan[] = [
  oneHost('exim', { presents: 'self-signed', by: 'exim' }, [LEAF]),
  oneHost('exim-issuer', { presents: 'issued', by: 'exim' }, [ISSUER]),
  oneHost('exim-issuer-not-sent', { presents: 'issued-alone', by: 'exim' }, [ISSUER]),
  oneHost('exim-stale', { presents: 'self-signed', by: 'exim' }, ['3 1 1 {mx.former}']),
  oneHost('exim-two-keys', { presents: 'self-signed-twice', by: 'exim' }, [LEAF, RSA]),
  oneHost('exim-two-keys-ecdsa-only', { presents: 'self-signed-twice', by: 'exim' }, [LEAF]),
];

const ODD_CERTIFICATES: readonly ZonePlan[] = [
  oneHost('hostile-names', { presents: 'hostile-names' }, [LEAF]),
  oneHost('hostile-names-unmatched', { presents: 'hostile-names' }, [`3 1 1 ${'00'.repeat(32)}`]),
  oneHost('huge-key', { presents: 'huge-key' }, [LEAF]),
  oneHost('huge-issuer', { presents: 'huge-issuer' }, [LEAF]),
  oneHost('huge-issuer-anchor', { presents: 'huge-issuer' }, [ISSUER]),
];

const SEVERAL_ADDRESSES: readonly ZonePlan[] = [
  {
    name: 'one-address-stalls.post',
    records: `
      @ MX 10 mx
      mx A {up}
      mx A {stalled}
      ${TLSA_PREFIX}.mx TLSA 3 1 1 {up.leaf}
    `,
    listeners: {
      up: { presents: 'self-signed', host: 'mx' },
      stalled: { presents: 'self-signed', host: 'mx', by: 'stall-greeting' },
    },
  },
  {
    name: 'one-address-without-starttls.post',
    records: `
      @ MX 10 mx
      mx A {sound}
      mx A {plain}
      ${TLSA_PREFIX}.mx TLSA 3 1 1 {sound.leaf}
    `,
    listeners: {
      sound: { presents: 'self-signed', host: 'mx' },
      plain: { presents: 'no-starttls', host: 'mx' },
    },
  },
  {
    name: 'wrong-over-ipv6.post',
    records: `
      @ MX 10 mx
      mx A {four}
      mx AAAA {six.ipv6}
      ${TLSA_PREFIX}.mx TLSA 3 1 1 {four.leaf}
    `,
    listeners: {
      four: { presents: 'self-signed', host: 'mx' },
      six: { presents: 'self-signed', host: 'mx', ipv6: true },
    },
  },
];

const MISBEHAVIOUR: readonly ZonePlan[] = [
  oneHost('stall-connect', { presents: 'self-signed', by: 'full-backlog' }, [LEAF]),
  ...Object.keys(MAIL_FAULTS)
    .filter((key): key is MailFault => key in MAIL_FAULTS)
    .map((by) => oneHost(by, { presents: 'self-signed', by }, [LEAF])),
];

export const MAIL_SERVER_ZONES: readonly ZonePlan[] = [
  ...TWO_CERTIFICATES,
  ...EXIM,
  ...ODD_CERTIFICATES,
  ...SEVERAL_ADDRESSES,
  ...MISBEHAVIOUR,
];
