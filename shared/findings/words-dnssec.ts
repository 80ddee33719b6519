/** Words for what is noticed about signing and about name servers (RFC 4033–4035, 5155, 9276, 9499). */
import type { DnssecCode } from './codes.ts';
import { because, enumerate, lines, type Facts, type Wording } from './facts.ts';
import { isUnsignedServer, serverFaultWords, unsignedServer } from './words-server-faults.ts';

export const dnssecWords: Readonly<Record<DnssecCode, Wording>> = {
  'rrsig-expired': (facts) => ({
    title: 'Signatures have expired',
    message: `In the zone ${facts.subject} the signature over ${records(facts)} ended at ${facts.say('expiration')}${away(facts, ', ', ' ago')}. Validating resolvers refuse the answer, and mail that depends on it is deferred. The DNS operator must sign again.`,
    remedy: signAgain(
      facts,
      '# Look why signing stopped: a full disk, a key that is gone, a cron job that no longer runs.',
    ),
  }),
  'rrsig-not-yet-valid': (facts) => ({
    title: 'Signatures are not valid yet',
    message: `In the zone ${facts.subject} the signature over ${records(facts)} begins only at ${facts.say('inception')}${away(facts, ', in ', '')}. Validating resolvers refuse the answer until then, and mail that depends on it is deferred. The DNS operator must mend the signer’s clock and sign again.`,
    remedy: signAgain(
      facts,
      'timedatectl status                      # on the signing machine: is its clock right?',
    ),
  }),
  'rrsig-invalid': (facts) => ({
    title: 'A signature is wrong',
    message: `A signature over ${facts.subject} does not fit the records or the key.${because(facts)} Validating resolvers refuse the answer unless another signature fits, and mail that depends on it is deferred. The DNS operator must sign again.`,
    remedy: signAgain(
      facts,
      '# Records changed after signing (an edited signed zone file, a rewriting proxy) are the usual cause.',
    ),
  }),
  'rrsig-missing': (facts) =>
    isUnsignedServer(facts)
      ? unsignedServer(facts)
      : {
          title: 'A signature is missing',
          message: `${facts.subject} is served without a signature though its zone is signed.${because(facts)} Validating resolvers refuse the answer, and mail that depends on it is deferred. The DNS operator must mend it.`,
          remedy: signAgain(
            facts,
            '# A secondary that strips RRSIG records (no EDNS, very old software) is a usual cause: ask each server.',
          ),
        },
  'rrsig-expiring': (facts) => ({
    title: 'Signatures are about to expire',
    message: `In the zone ${facts.subject} the signature over ${records(facts)} ends at ${facts.say('expiration')}${away(facts, ', in ', '')}; less than a tenth of its life is left. If it is not renewed, mail that depends on it will be deferred. The DNS operator should see whether the signer still runs.`,
    remedy: signAgain(
      facts,
      '# Does the signer still run? BIND: rndc dnssec -status ZONE, Knot: knotc zone-status ZONE.',
    ),
  }),
  'ds-mismatch': (facts) => ({
    title: 'The parent names a key that the zone does not have',
    message: `No DS record at the parent of ${facts.subject} fits a key that signs the zone.${because(facts)} Validating resolvers refuse everything in it, and mail is deferred. The domain owner must bring DS and keys together at the registrar.`,
    remedy: lines(
      `dig +short ${facts.subjectWord} DS                  # what the parent says`,
      `dig ${facts.subjectWord} DNSKEY | dnssec-dsfromkey -f - ${facts.subjectWord}   # what it should say`,
      '# If the key that the parent names still exists, put it back in the zone: that mends it at once.',
      '# Else give the second to the registrar, and take out DS records of keys that are gone. It counts when',
      '# the TTL of the old DS records is over; removing all of them makes the zone unsigned meanwhile, not broken.',
    ),
  }),
  'dnskey-missing': (facts) => ({
    title: 'The zone’s keys cannot be had',
    message: `The parent says that ${facts.subject} is signed, but no server hands out its DNSKEY records.${because(facts)} Validating resolvers refuse everything in it, and mail is deferred. The DNS operator must mend it.`,
    remedy: lines(
      `dig +dnssec ${facts.subjectWord} DNSKEY`,
      '# Sign the zone again, or, if it should not be signed any more, have the registrar remove its DS records.',
    ),
  }),
  'denial-invalid': (facts) => ({
    title: 'A denial does not prove what it says',
    message: `A server says that something at ${facts.subject} does not exist, but the NSEC or NSEC3 records with it do not prove it.${because(facts)} Validating resolvers refuse the answer, and mail that depends on it is deferred. The DNS operator must mend it.`,
    remedy: signAgain(
      facts,
      '# PowerDNS: pdnsutil rectify-zone ZONE makes missing NSEC3 and empty non-terminals.',
    ),
  }),
  'algorithm-deprecated': (facts) => ({
    title: 'The signing is out of date',
    message: `${facts.subject} is signed with ${outOfDate(facts)}, which should no longer be used: some systems already treat it as unsigned, and mail then goes without DANE. The DNS operator should change to ${facts.has('sha1Ds') && !facts.has('mnemonics') ? 'SHA-256 DS records' : 'ECDSA P-256 (algorithm 13)'}.`,
    remedy: lines(
      ...(facts.has('mnemonics') ? newAlgorithm(facts) : []),
      '# The SHA-256 DS for the registrar; take the old DS out when the TTL of the DS records is over:',
      `dig ${facts.subjectWord} DNSKEY | dnssec-dsfromkey -2 -f - ${facts.subjectWord}`,
    ),
  }),
  'algorithm-unsupported': (facts) => ({
    title: 'A signing algorithm is not supported here',
    message: `${facts.subject} is signed only with ${algorithmOf(facts)} that this program does not know; like every validator in that case it counts the zone as unsigned. The DNS operator decides.`,
    remedy: `dig ${facts.subjectWord} DNSKEY +multiline          # shows the algorithms; 13 and 8 are understood everywhere`,
  }),
  'nsec3-iterations': (facts) => ({
    title: 'NSEC3 uses extra iterations',
    message: `${facts.subject} hashes names ${facts.number('iterations', 1)} extra times. That protects nothing, costs every resolver time, and above a limit resolvers treat the zone as unsigned, so that mail goes without DANE. The DNS operator should set it to 0.`,
    remedy: lines(
      '# BIND (dnssec-policy):',
      'nsec3param iterations 0 optout no salt-length 0;',
      '# PowerDNS:',
      `pdnsutil set-nsec3 ${facts.subjectWord} '1 0 0 -'`,
      '# Knot (policy): nsec3: on, nsec3-iterations: 0, nsec3-salt-length: 0',
    ),
  }),
  'nsec3-opt-out': (facts) => ({
    title: 'NSEC3 opt-out leaves gaps',
    message: `${facts.subject} uses NSEC3 opt-out, so a denial in it does not prove that an unsigned delegation is not there. It is normal for large registries; in a domain’s own zone it has no use. The DNS operator decides.`,
    remedy: lines('# BIND (dnssec-policy):', 'nsec3param iterations 0 optout no salt-length 0;'),
  }),
  'limit-reached': (facts) => ({
    title: 'The work was cut short',
    message: `Looking at ${facts.subject}${placeOf(facts)} would have taken more work than this program allows itself (${facts.say('limit', 'a bound')}), so it stopped there; what is said about it is what is known so far. Nothing a normal domain needs comes near that bound; the operator of what is named should look why.`,
    remedy: facts.has('address')
      ? `${facts.dig} @${facts.word('address')} +norecurse +dnssec ${facts.word('name', '.')} ${facts.word('type', 'SOA')}`
      : `dig +trace +dnssec ${facts.subjectWord}             # shows long chains and loops`,
  }),
  ...serverFaultWords,
};

/** Records that a person can still take in; the rest is counted. */
const MOST_RECORDS = 4;

function records(facts: Facts): string {
  const all = facts.list('records');
  if (all.length === 0) return facts.has('type') ? facts.say('type') : 'its records';
  const shown = all.slice(0, MOST_RECORDS);
  const more = all.length - shown.length;
  return enumerate(more === 0 ? shown : [...shown, `${more} more`]);
}

function away(facts: Facts, before: string, after: string): string {
  return facts.has('away') ? `${before}${facts.say('away')}${after}` : '';
}

function outOfDate(facts: Facts): string {
  const bits = facts.has('bits') ? ` (only ${facts.say('bits')} bits)` : '';
  return enumerate([
    ...(facts.has('mnemonics') ? [`${facts.say('mnemonics')}${bits}`] : []),
    ...(facts.has('sha1Ds') ? ['DS records with SHA-1 digests'] : []),
    ...(facts.has('mnemonics') || facts.has('sha1Ds') ? [] : [algorithmOf(facts)]),
  ]);
}

function newAlgorithm(facts: Facts): readonly string[] {
  return [
    '# BIND 9.16 or newer rolls over by itself when the zone’s policy names the new algorithm:',
    'dnssec-policy "mail" { keys { csk lifetime unlimited algorithm ecdsap256sha256; }; };',
    '# Knot does so too; in the policy: algorithm: ecdsap256sha256',
    '# PowerDNS: add the new key, change the DS, and deactivate the old key when the TTLs are over:',
    `pdnsutil add-zone-key ${facts.subjectWord} ksk active ecdsa256`,
    `pdnsutil add-zone-key ${facts.subjectWord} zsk active ecdsa256`,
  ];
}

/** Zone and server of what was cut short, as far as they are known and not named already. */
function placeOf(facts: Facts): string {
  const places = [
    facts.has('zone') && facts.say('zone') !== facts.subject ? `zone ${facts.say('zone')}` : '',
    facts.has('server') && facts.say('server') !== facts.subject
      ? `name server ${facts.say('server')}`
      : '',
  ].filter((each) => each !== '');
  return places.length === 0 ? '' : ` (${places.join(', ')})`;
}

function algorithmOf(facts: Facts): string {
  if (facts.has('mnemonics')) return facts.say('mnemonics');
  return facts.has('mnemonic') ? facts.say('mnemonic') : facts.say('algorithm', 'an algorithm');
}

/** Observations name what they are about as `NAME` or `NAME/TYPE`. */
function signAgain(facts: Facts, hint: string): string {
  const zone = facts.word('zone', 'ZONE');
  return lines(
    `dig +dnssec +cd ${digArguments(facts)}         # the records and their RRSIG as served`,
    hint,
    '# Sign again:',
    `rndc sign ${zone}                        # BIND`,
    `knotc zone-sign ${zone}                  # Knot`,
    `pdnsutil rectify-zone ${zone}            # PowerDNS signs as it answers`,
    `dnssec-signzone -S -o ${zone} ZONEFILE   # a zone file signed by hand: put this in cron, well before it expires`,
  );
}

function digArguments(facts: Facts): string {
  if (facts.has('name')) return `${facts.word('name')} ${facts.word('type', 'SOA')}`;
  return facts.has('type') ? `${facts.subjectWord} ${facts.word('type')}` : facts.subjectWord;
}
