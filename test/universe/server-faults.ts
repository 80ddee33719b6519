// The faults that name servers are known to have and BIND has not, each a few rules for the altering proxy (RFC 1034 §4.3.1, RFC 4035 §3.1, RFC 6891 §6, RFC 7766, RFC 8020).
import type { Alteration } from './altering-proxy.ts';
import { FLAG, TYPE } from './dns-message.ts';
import {
  always,
  atAncestor,
  badAnswer,
  both,
  changed,
  denialOfApex,
  emptyBecomes,
  forType,
  fromVariant,
  fromVariantAsNoError,
  overTcp,
  ofHost,
  rcode,
  silence,
  stripped,
  unsignedTypes,
  whole,
  withEdns,
  withoutEdns,
} from './reactions.ts';

const forTlsa = forType(TYPE.TLSA);

export const SERVER_FAULTS = {
  /** The empty non-terminal `_tcp.…` above the TLSA record is denied; the proof left is that of an empty answer. */
  nxdomain: { rules: [{ when: atAncestor, does: emptyBecomes('NXDOMAIN') }] },
  /** The same, and every proof is missing. */
  'nxdomain-bare': {
    rules: [{ when: atAncestor, does: stripped(unsignedTypes, emptyBecomes('NXDOMAIN')) }],
  },
  /** Questions for `_tcp.…` are answered from a copy of the zone that never had the TLSA record: denied, with proof. */
  denying: { rules: [{ when: atAncestor, does: fromVariant }] },
  /** The same proof under an RCODE that says the name exists. */
  'covering-nodata': { rules: [{ when: atAncestor, does: fromVariantAsNoError }] },
  /** An empty answer that comes without the NSEC or NSEC3 that should prove it. */
  'nodata-bare': {
    rules: [{ when: atAncestor, does: stripped([TYPE.NSEC, TYPE.NSEC3]) }],
  },
  /** An empty answer with the NSEC or NSEC3 of another name, signed and true, but no proof of this one. */
  'nodata-of-apex': { rules: [{ when: atAncestor, does: denialOfApex(TYPE.TXT) }] },
  /** Right for A, and NXDOMAIN for NS: both types are in use for minimised queries (RFC 9156 §2.1, RFC 7816 §2). */
  'nxdomain-for-ns': {
    rules: [{ when: both(atAncestor, forType(TYPE.NS)), does: emptyBecomes('NXDOMAIN') }],
  },
  /** Only the denial of the host's AAAA comes from the copy without TLSA records: it covers what is below the host. */
  'covering-elsewhere': { rules: [{ when: both(ofHost, forType(TYPE.AAAA)), does: fromVariant }] },
  'ancestor-servfail': { rules: [{ when: atAncestor, does: rcode('SERVFAIL') }] },

  servfail: { rules: [{ when: forTlsa, does: rcode('SERVFAIL') }] },
  refused: { rules: [{ when: forTlsa, does: rcode('REFUSED') }] },
  notimp: { rules: [{ when: forTlsa, does: rcode('NOTIMP') }] },
  formerr: { rules: [{ when: forTlsa, does: rcode('FORMERR') }] },
  silent: { rules: [{ when: forTlsa, does: silence }] },
  'garbled-tlsa': { rules: [{ when: forTlsa, does: badAnswer }] },

  /** It answers, but not as one of the zone's servers. */
  'not-authoritative': {
    rules: [
      {
        when: always,
        does: changed((answer) => ({ ...answer, flags: answer.flags & ~FLAG.authoritative })),
      },
    ],
  },
  garbled: { rules: [{ when: always, does: badAnswer }] },
  /** A copy of the zone without its signatures, or something on the way that takes them out. */
  unsigned: { rules: [{ when: always, does: stripped(unsignedTypes) }] },
  'unsigned-tlsa': { rules: [{ when: forTlsa, does: stripped([TYPE.RRSIG]) }] },

  'edns-formerr': { rules: [{ when: withEdns, does: rcode('FORMERR') }] },
  'edns-ignored': { rules: [{ when: withEdns, does: withoutEdns }] },
  'edns-silent': { rules: [{ when: withEdns, does: silence }] },

  'no-tcp': { rules: [], tcp: 'none' },
  'tcp-closed': { rules: [{ when: overTcp, does: async () => 'hang-up' }] },
  'tcp-silent': { rules: [{ when: overTcp, does: silence }] },
  'tcp-servfail': { rules: [{ when: overTcp, does: rcode('SERVFAIL') }] },
  /** Over TCP another version of the zone is served than over UDP. */
  'tcp-variant': { rules: [{ when: overTcp, does: fromVariant }] },
  'tcp-nxdomain': {
    rules: [{ when: both(overTcp, atAncestor), does: emptyBecomes('NXDOMAIN') }],
  },
  /** The size that the client can take is not heeded: everything comes in one datagram. */
  oversize: { rules: [{ when: always, does: whole }] },
} as const satisfies Readonly<Record<string, Alteration>>;

export type ServerFault = keyof typeof SERVER_FAULTS;
