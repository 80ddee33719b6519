/** Words for what is wrong with single name servers (RFC 1912 §2.8, RFC 6891, RFC 7766, RFC 9715). */
import type { DnssecCode } from './codes.ts';
import { because, enumerate, lines, type Facts, type Wording, type Words } from './facts.ts';

type ServerFaultCode = Extract<DnssecCode, `server-${string}`>;

export const serverFaultWords: Readonly<Record<ServerFaultCode, Wording>> = {
  'server-unresponsive': (facts) => {
    if (isLocal(facts)) return notFromHere(facts);
    return facts.say('kind', '') === 'partial' ? partlyUnresponsive(facts) : unresponsive(facts);
  },
  'server-lame': (facts) => ({
    title: 'A name server does not know the zone',
    message: `${server(facts)} is listed for ${facts.say('zone', facts.subject)} but ${lameness(facts)}. Mail still flows while others answer. The DNS operator should load the zone there or take the server out of the NS records.`,
    remedy: lines(
      `${dig(facts)} ${facts.word('zone', '.')} SOA    # right is NOERROR with the flag “aa”`,
      '# BIND: the zone is missing, expired or failed to load (rndc zonestatus ZONE). Knot: knotc zone-status ZONE.',
      '# NSD: nsd-control zonestatus ZONE. PowerDNS: pdnsutil check-zone ZONE. Windows: the zone is paused or expired.',
      `dig ${facts.word('zone', '.')} NS +norecurse @PARENT-SERVER   # does the parent still list it? The registrar changes that`,
    ),
  }),
  'server-no-edns': (facts) => ({
    title: 'A name server does not speak EDNS',
    message: `${server(facts)} answers only without EDNS, and so cannot hand out signatures. Validating resolvers cannot use it; mail that depends on its answers is deferred. The DNS operator should update it, or the firewall before it.`,
    remedy: lines(
      `${dig(facts)} +dnssec ${facts.word('zone', '.')} SOA    # right shows “OPT PSEUDOSECTION” and RRSIG`,
      `${dig(facts)} +noedns ${facts.word('zone', '.')} SOA    # this it answers`,
      '# BIND, Knot, NSD, PowerDNS and Windows Server since 2008 R2 all speak EDNS: look for an old firewall (“DNS inspection”,',
      '# “fixup protocol dns”, limit of 512 octets) or load balancer in between. tinydns does not speak it: replace it.',
    ),
  }),
  'server-no-tcp': (facts) => ({
    title: 'A name server does not answer over TCP',
    message: `${server(facts)} does not answer over TCP from here${facts.has('rcode') ? ` (${facts.say('rcode')})` : ''}, so answers too large for one datagram (keys, many TLSA records) get lost. The DNS operator should open TCP port 53 (RFC 7766 demands it).`,
    remedy: lines(
      `${dig(facts)} +tcp ${facts.word('zone', '.')} SOA`,
      '# If other servers fail in the same way from here, it is this network that blocks TCP port 53.',
      '# Open TCP 53 in the firewall. tinydns: run axfrdns beside it. NSD: tcp-count. BIND: tcp-clients. PowerDNS: disable-tcp=no.',
    ),
  }),
  'server-malformed': (facts) => ({
    title: 'A name server sends messages that cannot be read',
    message: `${server(facts)} answered with octets that are no valid DNS message.${because(facts)} Resolvers throw such an answer away. The DNS operator must mend it.`,
    remedy: lines(
      `${dig(facts)} +dnssec ${transport(facts)}${facts.word('name', '.')} ${facts.word('type', 'SOA')}`,
      '# Home-made servers, load balancers and filters that rewrite answers are the usual cause; name servers in wide use do not do this.',
    ),
  }),
  'server-udp-oversize': (facts) => ({
    title: 'A name server sends datagrams larger than it was asked to',
    message: `${server(facts)} sent ${facts.say('size', 'too many')} octets over UDP where at most ${facts.say('limit', '1232')} were asked for. Such datagrams are split on the way, and fragments get lost or are forged. The DNS operator should limit them, so that longer answers come over TCP.`,
    remedy: lines(
      `${dig(facts)} +dnssec +bufsize=1232 +ignore ${facts.word('name', '.')} ${facts.word('type', 'SOA')}   # MSG SIZE must not exceed 1232`,
      '# BIND: max-udp-size 1232; · Knot: udp-max-payload: 1232 · NSD: ipv4-edns-size: 1232 and ipv6-edns-size: 1232',
      '# PowerDNS: udp-truncation-threshold=1232 · Windows: dnscmd /config /MaximumUdpPacketSize 1232',
    ),
  }),
};

/** `rrsig-missing` of a whole server: the zone is signed, what it sends is not. */
export function isUnsignedServer(facts: Facts): boolean {
  return facts.say('everything', '') === 'true';
}

export function unsignedServer(facts: Facts): Words {
  return {
    title: 'A name server serves the signed zone without signatures',
    message: `${server(facts)} sends no signature with anything it answers for ${facts.say('zone')} (${enumerate(facts.list('types'))}), though the zone is signed. Validating resolvers refuse its answers and ask the others; when these fail, mail is deferred. It does not make the zone unsigned. The DNS operator must mend it.`,
    remedy: lines(
      `${dig(facts)} +dnssec ${facts.word('zone', '.')} SOA    # right is SOA together with RRSIG`,
      '# A secondary that holds the unsigned zone: let it transfer from the signer, not from the hidden unsigned primary.',
      '# BIND: a stale file or “dnssec-enable no” in an old version. PowerDNS: the zone is not PRESIGNED there',
      '#   (pdnsutil set-presigned ZONE), or the backend has no DNSSEC (gmysql-dnssec=yes). Windows: secondary before 2012.',
    ),
  };
}

function unresponsive(facts: Facts): Words {
  const over = facts.has('over') ? ` over ${facts.say('over')}` : '';
  return {
    title: 'A name server does not answer',
    message: `${server(facts)} did not answer${facts.has('zone') ? ` for ${facts.say('zone')}` : ''}${over}.${because(facts)} Mail still flows while others answer, but slower, and a change may not reach it. The DNS operator should mend it or take it out of the NS records.`,
    remedy: lines(
      `${dig(facts)} ${facts.word('zone', '.')} SOA`,
      `${dig(facts)} +tcp ${facts.word('zone', '.')} SOA`,
      '# Does the name server run, listen at that address (ss -lnup sport = 53), and does the firewall let UDP and TCP 53 in?',
    ),
  };
}

function partlyUnresponsive(facts: Facts): Words {
  const types = facts.words('types');
  return {
    title: 'A name server leaves questions without an answer',
    message: `${server(facts)} answers for ${facts.say('zone')}, but gives no usable answer to ${enumerate(facts.list('unanswered'))}, which the zone’s other servers do answer. Look-ups that ask it first get by with those, but slower. The DNS operator should mend it.`,
    remedy: lines(
      ...facts
        .words('names')
        .map((name, index) => `${dig(facts)} +dnssec ${name} ${types[index] ?? ''}`),
      '# Look for a firewall or load balancer that knows only some types, and for the zone’s state in the server’s log.',
    ),
  };
}

function isLocal(facts: Facts): boolean {
  return facts.say('local', '') === 'true';
}

/** Nothing came back for a reason of this machine's own. */
function notFromHere(facts: Facts): Words {
  const addresses = enumerate(facts.list('addresses'));
  const why = facts.has('family')
    ? `This machine has no route to ${facts.say('family')} addresses`
    : 'Here the DNS is only reached by way of a resolver, not the name servers themselves';
  const shown = facts.words('addresses').slice(0, 2);
  return {
    title: 'Name servers could not be asked from here',
    message: `${why}, so it is not known what the name servers of ${facts.subject} at ${addresses} answer by themselves. That says nothing about them.`,
    remedy: lines(
      '# From a machine that reaches them:',
      ...shown.map(
        (address) => `${facts.dig} @${address} +norecurse +dnssec ${facts.subjectWord} SOA`,
      ),
    ),
  };
}

function lameness(facts: Facts): string {
  if (facts.say('kind', '') === 'not-authoritative') {
    return 'answers for it without authority (no “aa” flag), as a cache would';
  }
  return `does not serve it${facts.has('rcode') ? ` (it says ${facts.say('rcode')})` : ''}`;
}

function transport(facts: Facts): string {
  return facts.say('transport', 'udp') === 'tcp' ? '+tcp ' : '';
}

function dig(facts: Facts): string {
  return `${facts.dig} @${facts.word('address', facts.subject)} +norecurse`;
}

function server(facts: Facts): string {
  const address = facts.say('address', facts.subject);
  return facts.has('server') ? `${facts.say('server')} (${address})` : address;
}
