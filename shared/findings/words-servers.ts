/** Words for servers of one zone that contradict one another (RFC 1034 §4.3.5). */
import type { ServerCode } from './codes.ts';
import { enumerate, lines, type Facts, type Wording } from './facts.ts';

export const serverWords: Readonly<Record<ServerCode, Wording>> = {
  'soa-servers-disagree': (facts) => ({
    title: 'Name servers hold different versions of the zone',
    message: `The serial numbers of ${facts.subject} differ: ${groups(facts)}. Until they agree, what senders find depends on which server they ask. The DNS operator can mend it.`,
    remedy: digs(facts, 'SOA'),
  }),
  'dnskey-servers-disagree': (facts) => ({
    title: 'Name servers publish different keys',
    message: `The DNSKEY records of ${facts.subject} differ: ${groups(facts)}. A resolver that has the keys of one server and the signatures of another finds the zone bogus. The DNS operator must make them agree.`,
    remedy: digs(facts, 'DNSKEY'),
  }),
  'mx-servers-disagree': (facts) => ({
    title: 'Name servers list different mail hosts',
    message: `The MX records of ${facts.subject} differ: ${groups(facts)}. The DNS operator must make them agree.`,
    remedy: digs(facts, 'MX'),
  }),
  'address-servers-disagree': (facts) => ({
    title: 'Name servers give different addresses',
    message: `The ${facts.say('type', 'address')} records of ${facts.subject} differ: ${groups(facts)}. All of them should lead to servers that match the TLSA records.`,
    remedy: digs(facts, facts.word('type', 'A')),
  }),
};

function groups(facts: Facts): string {
  return enumerate(facts.list('groups'));
}

function digs(facts: Facts, type: string): string {
  const question = `${facts.subjectWord} ${type} +norecurse +dnssec`;
  const addresses = facts.words('addresses');
  if (addresses.length === 0) return `dig ${facts.subjectWord} ${type} +nssearch`;
  return lines(...addresses.map((address) => `dig @${address} ${question}`));
}
