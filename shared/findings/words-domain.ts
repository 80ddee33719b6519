/** Words for what the look-ups of MX, hosts and TLSA records came to (RFC 5321 §5.1, RFC 7672 §2). */
import type { DomainCode } from './codes.ts';
import { shellWord } from './safe-text.ts';
import { keyHashCommand } from './mail-commands.ts';
import { because, enumerate, lines, type Facts, type Wording, type Words } from './facts.ts';

export const domainWords: Readonly<Record<DomainCode, Wording>> = {
  'mx-secure': (facts) => ({
    title: 'The MX records are secure',
    message: `Senders can trust which hosts take the mail of ${facts.subject}: the answer validates from the root key down.`,
    remedy: '',
  }),
  'mx-insecure': (facts) => ({
    title: 'The MX records are not signed',
    message:
      `Mail to ${facts.subject} is delivered without DANE by most senders, because anybody on the way can forge which hosts take it.${because(facts)}` +
      ' Some senders (Postfix by default) check the hosts’ TLSA records all the same. The domain’s DNS operator can mend it.',
    remedy: signZone(facts.subjectWord),
  }),
  'mx-bogus': (facts) => ({
    title: 'The MX answer does not validate',
    message: `Senders behind a validating resolver cannot find out where mail to ${facts.subject} goes, and defer it.${because(facts)} The domain’s DNS operator must mend the signatures.`,
    remedy: lines(
      `dig +dnssec +cd ${facts.subjectWord} MX        # the records and signatures as served`,
      `delv ${facts.subjectWord} MX                   # what a validator says of them`,
      '# Sign the zone again (BIND: rndc sign ZONE; Knot: knotc zone-sign ZONE; PowerDNS: pdnsutil rectify-zone ZONE).',
      '# If the DS at the parent names no key of the zone, replace it at the registrar.',
    ),
  }),
  'mx-lookup-failed': (facts) =>
    facts.has('networkDown')
      ? withoutNetwork(facts)
      : {
          title: 'No name server answers for the MX records',
          message: `Senders cannot find out where mail to ${facts.subject} goes, and defer it.${because(facts)} The domain’s DNS operator must mend the name servers.`,
          remedy: lines(
            `dig +trace ${facts.subjectWord} MX             # where the delegation ends`,
            `dig +short ${facts.subjectWord} NS             # then ask each of these:`,
            `${facts.dig} @NAMESERVER +norecurse +dnssec ${facts.subjectWord} MX`,
          ),
        },
  'mx-null': (facts) => ({
    title: 'The domain takes no mail',
    message: `${facts.subject} says with a null MX that it takes no mail; senders return it at once.`,
    remedy: `; Only if mail should be taken after all, replace the null MX:\n${facts.subjectInZone} 3600 IN MX 10 YOUR-MAIL-HOST.`,
  }),
  'mx-implicit': (facts) => ({
    title: 'No MX records: the domain itself is the host',
    message: `${facts.subject} has no MX records, so senders deliver to its own addresses. That works, but most domains that want mail say so. The domain owner decides.`,
    remedy: `${facts.subjectInZone} 3600 IN MX 10 ${facts.subjectInZone}`,
  }),
  'mx-target-cname': (facts) => ({
    title: 'The MX host is an alias',
    message: `The MX record names ${facts.subject}, which is an alias for ${facts.say('alias')}. Mail rules forbid that, some senders refuse it, and DANE names become ambiguous. The domain owner can mend it.`,
    remedy: `; Name the host itself in the MX record:\n${facts.inZone('domain')} 3600 IN MX ${facts.number('preference', 10)} ${facts.inZone('alias')}`,
  }),
  'mx-target-unresolvable': (facts) => ({
    title: 'The MX host has no address',
    message: `Senders cannot deliver to ${facts.subject}: it has no address (${facts.say('rcode', 'no A and no AAAA record')}). They try the other hosts, if there are any. The domain owner can mend it.`,
    remedy: lines(
      `dig ${facts.subjectWord} A`,
      `dig ${facts.subjectWord} AAAA`,
      `; Give ${facts.subjectInZone} an A or AAAA record, or take it out of the MX records of ${facts.inZone('domain')}`,
    ),
  }),
  'domain-nonexistent': (facts) => ({
    title: 'The domain does not exist',
    message: `Mail to ${facts.subject} is returned at once: the name does not exist in the DNS. If you typed it right, its registration may have run out; that is for the domain owner.`,
    remedy: lines(
      `dig ${facts.subjectWord} SOA`,
      `whois ${facts.subjectWord}                     # is it registered, and till when?`,
    ),
  }),
  'no-address': (facts) => ({
    title: 'The domain takes no mail',
    message: `${facts.subject} exists, but has neither MX records nor an address, so mail to it is returned. The domain owner decides.`,
    remedy: lines(
      '; To take mail:',
      `${facts.subjectInZone} 3600 IN MX 10 YOUR-MAIL-HOST.`,
      '; To say plainly that none is taken (RFC 7505):',
      `${facts.subjectInZone} 3600 IN MX 0 .`,
    ),
  }),
  'host-insecure': (facts) => ({
    title: 'The host’s zone is not signed',
    message: `Senders deliver to ${facts.subject} without DANE: its addresses are not protected by DNSSEC, so no TLSA record below it can count.${because(facts)} The operator of the host’s zone can mend it.`,
    remedy: signZone(facts.subjectWord),
  }),
  'host-bogus': (facts) => ({
    title: 'The host’s addresses do not validate',
    message:
      (facts.has('usable')
        ? `${facts.subject} is still reached through its other addresses, but its ${facts.say('types')} answer does not validate.`
        : `Senders behind a validating resolver skip ${facts.subject}: its ${facts.say('types')} answer does not validate, so mail is deferred.`) +
      `${because(facts)} The operator of the host’s zone must mend the signatures.`,
    remedy: lines(
      `dig +dnssec +cd ${facts.subjectWord} A         # the records and signatures as served`,
      `delv ${facts.subjectWord} A                    # what a validator says of them`,
      '# Sign the zone again (BIND: rndc sign ZONE; Knot: knotc zone-sign ZONE; PowerDNS: pdnsutil rectify-zone ZONE).',
    ),
  }),
  'host-lookup-failed': (facts) => ({
    title: 'The host’s addresses cannot be looked up',
    message:
      (facts.has('usable')
        ? `${facts.subject} is still reached through its other addresses, but no name server gives a usable answer for ${facts.say('types')}.`
        : `Senders skip ${facts.subject} and defer mail: no name server gives a usable answer for ${facts.say('types')}.`) +
      `${because(facts)} The operator of the host’s zone must mend it.`,
    remedy: lines(
      ...facts.words('types').map((type) => `dig +trace ${facts.subjectWord} ${type}`),
      `dig +short ${facts.subjectWord} SOA            # then ask each name server of that zone`,
    ),
  }),
  'tlsa-none': (facts) => ({
    title: 'The host does not use DANE',
    message: `Senders deliver to ${facts.subject} with TLS if it is offered, without knowing whom they talk to: there are no TLSA records at ${facts.say('tlsaName')}. The operator of the mail host can publish them.`,
    remedy: publishFirst(facts),
  }),
  'tlsa-insecure': (facts) => ({
    title: 'TLSA records without DNSSEC count for nothing',
    message: `Senders ignore the TLSA records of ${facts.subject}, because ${facts.say('tlsaName')} is not protected by DNSSEC.${because(facts)} The operator of that zone can mend it.`,
    remedy: signZone(facts.word('tlsaName')),
  }),
  'tlsa-bogus': (facts) => ({
    title: 'The TLSA answer does not validate',
    message: facts.has('partial')
      ? partly(facts, 'give an answer that does not validate')
      : `${skipped(facts)} the answer for ${facts.say('tlsaName')} does not validate, and a sender may not take that for “no TLSA”.` +
        `${because(facts)} The operator of that zone must mend the signatures.`,
    remedy: lines(
      `dig +dnssec +cd ${facts.word('tlsaName')} TLSA  # the records and signatures as served`,
      `delv ${facts.word('tlsaName')} TLSA             # what a validator says of them`,
      '# Sign the zone again (BIND: rndc sign ZONE; Knot: knotc zone-sign ZONE; PowerDNS: pdnsutil rectify-zone ZONE).',
    ),
  }),
  'tlsa-lookup-failed': (facts) => ({
    title: 'The TLSA look-up fails',
    message: facts.has('partial')
      ? partly(facts, 'give no usable answer')
      : `${skipped(facts)} no name server gives a usable answer for ${facts.say('tlsaName')}, and a sender may not take that for “no TLSA”.` +
        `${because(facts)}${typeAlone(facts)} The operator of the name servers must mend it; old load balancers and firewalls that drop unknown record types are the usual cause.`,
    remedy: lines(
      ...serverCommands(facts),
      ...otherTypeCommands(facts),
      '# BIND, Knot, NSD, PowerDNS (since 3.0) and Windows (since 2016) know TLSA. Older software and load balancers: update them, or',
      '#   let the box pass types it does not know (RFC 3597) to a real name server; take “DNS inspection” out of the firewall.',
      '# NOERROR with an empty answer (or NXDOMAIN) is right when there are no records; SERVFAIL, NOTIMP, REFUSED or silence is not.',
    ),
  }),
  'tlsa-cname': (facts) => ({
    title: 'The TLSA name is an alias',
    message: `${facts.say('tlsaName')} is an alias for ${facts.say('target')}. Senders follow it; both zones must be signed, and the records are kept in one place. Nothing to mend.`,
    remedy: `dig +dnssec ${facts.word('tlsaName')} TLSA      # shows the alias and the records behind it`,
  }),
  'tlsa-servers-disagree': (facts) => ({
    title: 'The name servers serve different TLSA records',
    message:
      `What senders do with mail to ${facts.subject} depends on which name server they happen to ask: ${enumerate(facts.list('groups'))}.` +
      ' Usually a secondary has not taken over the last change. The operator of the zone must bring them together.',
    remedy: lines(
      ...serverCommands(facts),
      '# Compare the SOA serials, then have the lagging secondary fetch the zone',
      '# (BIND: rndc retransfer ZONE; Knot: knotc zone-retransfer ZONE; NSD: nsd-control force_transfer ZONE).',
    ),
  }),
};

/** Nobody answered even for the root. */
function withoutNetwork(facts: Facts): Words {
  const whom = facts.has('resolver')
    ? `the resolver ${facts.say('resolver')} gives`
    : 'the root name servers give';
  return {
    title: 'The DNS cannot be reached from here',
    message: `Nothing can be said about mail to ${facts.subject}: ${whom} no usable answer.${because(facts)} The likely cause is this machine’s network: it is offline, or it blocks or redirects port 53.`,
    remedy: lines(
      facts.has('resolver')
        ? `dig @${digServer(facts.say('resolver'))} . SOA        # does that resolver answer here?`
        : 'dig @198.41.0.4 +norecurse . SOA        # a root name server: right is NOERROR with the flag “aa”',
      '# Where only the network’s own resolver may be asked, go by way of it; its answers are validated here:',
      `dane-inspector check ${facts.subjectWord} --resolver IP-OF-THE-RESOLVER`,
    ),
  };
}

/** RFC 7672 §2.2.1: behind an insecure MX only some senders look at TLSA records at all. */
function skipped(facts: Facts): string {
  return facts.has('optional')
    ? `Senders that check TLSA records even where the MX records are not signed (Postfix by default) skip ${facts.subject}:`
    : `Senders that check DANE skip ${facts.subject} and defer mail:`;
}

function partly(facts: Facts, what: string): string {
  return `Mail to ${facts.subject} still flows, because other name servers answer. But ${enumerate(facts.list('servers'))} ${what} for ${facts.say('tlsaName')}, though they answer for other names.${typeAlone(facts)} The operator of the name servers must mend it.`;
}

/** The same servers answer for other types: then it is TLSA that is disliked, not the name. */
function typeAlone(facts: Facts): string {
  const types = facts.list('otherTypes');
  if (types.length === 0) return '';
  return ` Questions for other types (${enumerate(types)}) are answered, so it is the type TLSA that is refused or dropped (${facts.say('rcodes', 'no answer')}).`;
}

function otherTypeCommands(facts: Facts): readonly string[] {
  const [server] = facts.words('addresses');
  if (server === undefined || facts.list('otherTypes').length === 0) return [];
  return [
    `${facts.dig} @${server} +norecurse +dnssec ${facts.subjectWord} A    # another type is answered`,
  ];
}

function serverCommands(facts: Facts): readonly string[] {
  const servers = facts.words('addresses');
  const name = facts.word('tlsaName');
  if (servers.length === 0) return [`dig +trace ${name} TLSA`];
  return servers.map((server) => `${facts.dig} @${server} +norecurse +dnssec ${name} TLSA`);
}

function signZone(name: string): string {
  return lines(
    '# Have the zone signed where it is hosted (many hosters: one switch), then give the DS record to the registrar.',
    '# BIND 9.16 or newer, in the zone statement:',
    'dnssec-policy default;',
    'inline-signing yes;',
    '# then, for the zone:',
    'dig @127.0.0.1 ZONE DNSKEY | dnssec-dsfromkey -f - ZONE',
    '# When the parent publishes the DS, this ends in "fully validated":',
    `delv ${name} SOA`,
  );
}

function publishFirst(facts: Facts): string {
  const records = facts.list('records');
  if (records.length === 0) {
    return lines(
      '# The record for the certificate in use:',
      keyHashCommand(facts),
      `${facts.inZone('tlsaName')} 3600 IN TLSA 3 1 1 THAT-HASH`,
    );
  }
  return lines(
    '; For the key that the host serves now. Before each change of the key, publish the next key’s record first.',
    ...records,
  );
}

/** `IP#PORT` as dig takes it. */
function digServer(resolver: string): string {
  const [address = '', port = '53'] = resolver.split('#');
  return port === '53' ? shellWord(address) : `${shellWord(address)} -p ${shellWord(port)}`;
}
