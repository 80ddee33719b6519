/** Words for servers of one zone that contradict one another (RFC 1034 §4.3.5). */
import type { ServerCode } from './codes.ts';
import { enumerate, lines, type Facts, type Wording } from './facts.ts';

export const serverWords: Readonly<Record<ServerCode, Wording>> = {
  'soa-servers-disagree': (facts) => ({
    title: 'Name servers hold different versions of the zone',
    message: `The serial numbers of ${facts.subject} differ: ${groups(facts)}. Until they agree, what senders find, a changed TLSA record above all, depends on which server they ask. It passes when a change has just been made; when it stays, the DNS operator must mend it.`,
    remedy: lines(
      ...digs(facts, 'SOA'),
      ...transfer(),
      '# Several primaries on one database (PowerDNS): the serial must come from the data, not from each machine’s clock.',
    ),
  }),
  'dnskey-servers-disagree': (facts) => ({
    title: 'Name servers publish different keys',
    message: `The DNSKEY records of ${facts.subject} differ (flags, protocol, algorithm, end of the key): ${groups(facts)}. A resolver that has the keys of one server and the signatures of another finds the zone bogus, and senders behind it defer mail. The DNS operator must make them agree.`,
    remedy: lines(
      ...digs(facts, 'DNSKEY'),
      ...transfer(),
      '# Two signers (two providers, or inline signing on a secondary) each with keys of their own:',
      '#   publish the keys of both in both (multi-signer, RFC 8901), or sign in one place alone.',
    ),
  }),
  'mx-servers-disagree': (facts) => ({
    title: 'Name servers list different mail hosts',
    message: `The MX records of ${facts.subject} differ: ${groups(facts)}. Where mail goes depends on which server a sender asks. The DNS operator must make them agree.`,
    remedy: lines(...digs(facts, 'MX'), ...transfer()),
  }),
  'address-servers-disagree': (facts) => ({
    title: 'Name servers give different addresses',
    message: `The ${facts.say('type', 'address')} records of ${facts.subject} differ: ${groups(facts)}. Where that is meant (load is spread by DNS), every one of these addresses must present a certificate that the TLSA records match; where not, the DNS operator must make them agree.`,
    remedy: lines(...digs(facts, facts.word('type', 'A')), ...transfer()),
  }),
};

function groups(facts: Facts): string {
  return enumerate(facts.list('groups'));
}

function digs(facts: Facts, type: string): readonly string[] {
  const question = `${facts.subjectWord} ${type}`;
  const addresses = facts.words('addresses');
  if (addresses.length === 0) return [`dig ${facts.subjectWord} +nssearch`];
  const overTcp = facts.say('transports', '') === 'tcp' ? '+tcp ' : '';
  return addresses.map(
    (address) => `${facts.dig} @${address} ${overTcp}+norecurse +dnssec ${question}`,
  );
}

function transfer(): readonly string[] {
  return [
    '# Have the server that lags fetch the zone, and see in its log why it did not:',
    '# BIND: rndc retransfer ZONE · Knot: knotc zone-retransfer ZONE · NSD: nsd-control force_transfer ZONE',
    '# PowerDNS: pdns_control retrieve ZONE · Windows: dnscmd /zonerefresh ZONE',
    '# Check that NOTIFY and AXFR/IXFR (TCP 53) pass between primary and secondaries, and the TSIG key.',
  ];
}
