/** Words for TLSA records and how they fare against the certificates seen (RFC 6698, 7671, 7672 §3). */
import type { TlsaCode } from './codes.ts';
import { enumerate, lines, type Facts, type Wording } from './facts.ts';
import { chainCommand, keyHashCommand } from './mail-commands.ts';

export const tlsaWords: Readonly<Record<TlsaCode, Wording>> = {
  'tlsa-match': (facts) => ({
    title: `The TLSA records of ${facts.subject} match`,
    message: `Senders that check DANE can tell that it is ${facts.subject} they talk to: ${facts.say('records')} ${facts.number('count', 1) === 1 ? 'matches' : 'match'} what it presents.`,
    remedy: '',
  }),
  'tlsa-mismatch': (facts) => ({
    title: `No record matches the certificate of ${facts.subject}`,
    message:
      `${deferring(facts, `mail to ${facts.subject}`)}: none of its TLSA records matches the certificate it presents${facts.has('addresses') ? ` at ${enumerate(facts.list('addresses'))}` : ''}. ` +
      `${mismatchMeaning(facts)} The operator of the mail host must mend it.`,
    remedy: replaceRecords(facts),
  }),
  'tlsa-record-unmatched': (facts) => ({
    title: `One record of ${facts.subject} matches nothing`,
    message: `Mail is not affected: another record matches. ${facts.say('record')} matches nothing that ${facts.subject} presents. ${unmatchedMeaning(facts)}`,
    remedy: lines(
      '# The key in use now:',
      keyHashCommand(facts),
      '; If no next key or certificate fits this record, take it out:',
      deleteLine(facts, facts.say('record')),
    ),
  }),
  'tlsa-record-mistaken': (facts) => ({
    title:
      facts.has('meant') && facts.say('meant') !== facts.say('numbers')
        ? `One record of ${facts.subject} should be ${facts.say('meant')}`
        : `One record of ${facts.subject} holds the wrong thing`,
    message:
      `${facts.has('harmless') ? 'Mail is not affected: another record matches. ' : ''}${facts.say('record')} matches nothing that ${facts.subject} presents: it is ${facts.say('identified', 'something else')}. ` +
      'The operator of the mail host should put it right.',
    remedy: lines(
      ...(facts.list('replacement').length === 0
        ? [
            facts.has('harmless')
              ? '; Take out:'
              : '; Take out, once a record that matches is served everywhere:',
          ]
        : ['; Publish what was meant:', ...facts.list('replacement'), '; and take out:']),
      deleteLine(facts, facts.say('record')),
      '# The hash of the key in use, to compare with:',
      keyHashCommand(facts),
    ),
  }),
  'tlsa-unusable-usage': (facts) => ({
    title: `Usage ${facts.say('usage')} does not count for mail`,
    message: `Senders ignore ${facts.say('record')} of ${facts.subject}: certificate usages 0 and 1 cannot be used in SMTP. The operator of the mail host should publish usage 3 (or 2) instead.`,
    remedy: replaceRecords(facts),
  }),
  'tlsa-malformed': (facts) => ({
    title: 'A TLSA record is malformed',
    message: `Senders ignore ${facts.say('record')} of ${facts.subject}: ${facts.say('reason', 'its data is not what its numbers say')}. The operator of the mail host must mend it.`,
    remedy: replaceRecords(facts),
  }),
  'tlsa-all-unusable': (facts) => ({
    title: `No TLSA record of ${facts.subject} can be used`,
    message: `Senders that check DANE insist on TLS with ${facts.subject}, but cannot tell whom they talk to, because every one of its TLSA records is unusable. The operator of the mail host must mend it.`,
    remedy: replaceRecords(facts),
  }),
  'tlsa-ta-missing-from-chain': (facts) => ({
    title: `${facts.subject} does not send the issuer that its record names`,
    message: `${deferring(facts, `mail to ${facts.subject}`)}: ${facts.say('record')} names an issuer, and a sender can only use it when the server sends that issuer’s certificate, which it does not. Either the certificate is missing from what it sends, or it comes from another issuer by now. The operator of the mail host must mend it.`,
    remedy: lines(
      '# Have the server send leaf and issuers, for example (certbot’s fullchain.pem holds both). Postfix main.cf:',
      'smtpd_tls_chain_files = /etc/letsencrypt/live/HOST/privkey.pem, /etc/letsencrypt/live/HOST/fullchain.pem',
      'postfix reload',
      '# What it sends now:',
      chainCommand(facts),
      '; If the issuer has changed, publish a record for the key instead:',
      ...facts.list('publish'),
    ),
  }),
  'tlsa-ta-name-mismatch': (facts) => ({
    title: `The certificate of ${facts.subject} is for other names`,
    message: `${deferring(facts, `mail to ${facts.subject}`)}: with usage 2 the certificate must name ${facts.subject}, but it names ${enumerate(facts.list('names')) || 'nothing'}. The operator of the mail host must mend it.`,
    remedy: lines(
      '# Have a certificate issued that names the host, for example:',
      `certbot certonly -d ${facts.subjectWord}`,
      '; or publish a usage 3 record, where names do not count:',
      ...facts.list('publish'),
    ),
  }),
  'tlsa-ta-expired': (facts) => ({
    title: `The certificate of ${facts.subject} is out of date`,
    message: `${deferring(facts, `mail to ${facts.subject}`)}: with usage 2 the dates of the certificates count, and one of them is not valid now (${facts.say('notAfter', 'see the chain')}). The operator of the mail host must renew it.`,
    remedy: lines(
      'certbot renew && postfix reload           # or what your issuer offers',
      '# What it sends now:',
      chainCommand(facts),
    ),
  }),
  'tlsa-ee-expired': (facts) => ({
    title: `The certificate of ${facts.subject} has expired, which does not matter here`,
    message: `Mail is not affected: a usage 3 record matches, and then the date (${facts.say('notAfter')}) is ignored. Other senders may look at it. The operator of the mail host may renew it.`,
    remedy: lines(
      '# Renew with the same key, so that the record stays right (certbot: --reuse-key):',
      `certbot renew --reuse-key --cert-name ${facts.subjectWord}`,
    ),
  }),
  'tlsa-full-certificate': (facts) => ({
    title: 'A record is tied to the whole certificate',
    message: `${facts.say('record')} of ${facts.subject} changes with every renewal, even when the key stays. If the renewal is automatic, the record no longer matches after it, and without another one that does mail is deferred. The operator of the mail host should use selector 1.`,
    remedy: replaceRecords(facts),
  }),
  'tlsa-no-digest': (facts) => ({
    title: 'A record holds the data itself instead of a digest',
    message:
      `${facts.say('record')} of ${facts.subject} is large, and large answers get lost where name servers or firewalls are poor. ` +
      (facts.has('inRecord')
        ? 'It supplies the issuer that the server does not send; a digest works only when the server sends it. The operator of the mail host decides.'
        : 'The operator of the mail host should use matching type 1.'),
    remedy: lines(
      facts.has('inRecord')
        ? '# First have the server send the issuer’s certificate too, behind its own; what it sends now:'
        : '',
      facts.has('inRecord') ? chainCommand(facts) : '',
      replaceRecords(facts),
    ),
  }),
  'tlsa-sha512-only': (facts) => ({
    title: 'Only SHA-512 digests are published',
    message: `A sender need not know SHA-512, and one that does not can use none of the records of ${facts.subject}. The operator of the mail host should publish SHA-256 (matching type 1).`,
    remedy: replaceRecords(facts),
  }),
  'tlsa-too-many': (facts) => ({
    title: 'Very many TLSA records',
    message: `${facts.subject} has ${facts.number('count', 13)} TLSA records; a large sender is known to fail above 12. Leftovers usually pile up when a script adds and never removes. The operator of the mail host should take out what matches nothing.`,
    remedy: lines(
      ...(facts.list('unmatched').length === 0
        ? ['# The key in use now, whose record must stay:', keyHashCommand(facts)]
        : [
            '; These match nothing that is presented now; keep only that of the next key:',
            ...facts.list('unmatched').map((record) => deleteLine(facts, record)),
          ]),
    ),
  }),
  'tlsa-ttl': (facts) => ({
    title:
      facts.number('ttl', 0) > 3600
        ? 'The TTL of the TLSA records is long'
        : 'The TTL of the TLSA records is short',
    message:
      facts.number('ttl', 0) > 3600
        ? `A mistake in the records of ${facts.subject} lasts ${facts.number('ttl', 0)} seconds in resolvers after it is mended, and each key change must wait twice that. Between 1800 and 3600 is usual. The DNS operator decides.`
        : `With ${facts.number('ttl', 0)} seconds, resolvers must ask for the records of ${facts.subject} very often, and any short outage of the name servers defers mail. Between 1800 and 3600 is usual. The DNS operator decides.`,
    remedy: lines('; The same records, with a usual TTL:', ...facts.list('records')),
  }),
  'soa-refresh': (facts) => ({
    title: 'Secondaries may lag behind',
    message: `A secondary of ${facts.say('zone')} that misses a NOTIFY asks again only after ${facts.number('refresh', 0)} seconds, longer than the TTL of the TLSA records (${facts.number('ttl', 0)}). After a key change it may serve the old records too long, and mail is then deferred. The DNS operator decides.`,
    remedy: lines(
      `dig ${facts.word('zone')} SOA +short             # MNAME RNAME SERIAL REFRESH RETRY EXPIRE MINIMUM`,
      `; Set REFRESH to at most ${facts.number('ttl', 3600)}, and before each key change ask every server:`,
      `dig ${facts.word('zone')} NS +short | xargs -I % ${facts.dig} @% +short ${facts.word('tlsaName')} TLSA`,
    ),
  }),
  'key-shared': (facts) => ({
    title: 'Several hosts use one key',
    message: `${enumerate(facts.list('hosts'))} present the same key${facts.list('names').length > 0 ? `, in one certificate for ${sample(facts.list('names'))}` : ''}, so one mistake with it stops mail at all of them at once.${facts.has('oneServer') ? ' They have the same addresses: one server by several names, which is no spare for itself.' : ''} The operator of the mail hosts decides.`,
    remedy: lines(
      '# A key of its own for each host, on that host:',
      'openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out /etc/ssl/private/NEW-KEY.pem',
      '# Publish its record (TLSA 3 1 1 of this hash) two TTLs before it is used:',
      'openssl pkey -in /etc/ssl/private/NEW-KEY.pem -pubout -outform DER | openssl sha256',
    ),
  }),
  'rollover-ready': (facts) => ({
    title: `${facts.subject} is ready for its next key`,
    message: `The records of ${facts.subject} follow the scheme “${facts.say('scheme')}”: the next change of the certificate need not interrupt mail.`,
    remedy: '',
  }),
  'rollover-single': (facts) => ({
    title: `${facts.subject} has a record for the current key only`,
    message: `Mail is not affected now. At the next change of the key, mail to ${facts.subject} is deferred unless its record is published first. The operator of the mail host should stage it.`,
    remedy: lines(
      '# 1. Make the next key now, long before its certificate:',
      'openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out next-key.pem',
      '# 2. Publish its hash beside the present record:',
      'openssl pkey -in next-key.pem -pubout -outform DER | openssl sha256',
      `${facts.inZone('tlsaName')} ${facts.number('ttl', 3600)} IN TLSA 3 1 1 THAT-HASH`,
      `# 3. Use the key no sooner than ${2 * facts.number('ttl', 3600)} seconds (two TTLs) after every name server serves the record.`,
      '# 4. Then publish the hash of the key after that, and take out the old one.',
    ),
  }),
};

const NAMES_SHOWN = 3;

function sample(names: readonly string[]): string {
  const rest = names.length - NAMES_SHOWN;
  return rest > 0 ? `${names.slice(0, NAMES_SHOWN).join(', ')} and ${rest} more` : enumerate(names);
}

/** RFC 7672 §2.2.1: behind an insecure MX only some senders check. */
function deferring(facts: Facts, what: string): string {
  return facts.has('optional')
    ? `Senders that check TLSA records even where the MX records are not signed (Postfix by default) defer ${what}`
    : `Senders that check DANE defer ${what}`;
}

/** What the records turned out to be, or else what is usual. */
function mismatchMeaning(facts: Facts): string {
  const identified = facts.list('identified');
  if (identified.length === 0) {
    return 'Usually the key was changed before its record was published.';
  }
  return identified.map((sentence) => `${sentence}.`).join(' ');
}

function unmatchedMeaning(facts: Facts): string {
  if (facts.has('cannotBeNext')) {
    return `${facts.say('cannotBeNext')}. The operator of the mail host should take it out.`;
  }
  if (facts.has('identified')) {
    return `It is ${facts.say('identified')}. That is as it should be where several hosts share one set of records; otherwise it stands at the wrong host. The operator of the mail host knows.`;
  }
  return 'It may be the next key, published early as it should be, or a leftover; from outside they cannot be told apart. The operator of the mail host knows.';
}

/** Right order of a change: the new record first, the old one last. */
function replaceRecords(facts: Facts): string {
  const publish = facts.list('publish');
  const old = facts.list('remove');
  const ttl = facts.number('ttl', 3600);
  if (publish.length === 0 && facts.has('published')) {
    return lines(
      '; The right record stands there already; this prints its hash:',
      keyHashCommand(facts),
      ...(old.length === 0
        ? []
        : ['; Take out:', ...old.map((record) => deleteLine(facts, record))]),
    );
  }
  if (publish.length === 0) {
    return lines(
      '# The hash of the key in use:',
      keyHashCommand(facts),
      `${facts.inZone('tlsaName')} 3600 IN TLSA 3 1 1 THAT-HASH`,
    );
  }
  return lines(
    '; 1. Publish (made from what the host presents now):',
    ...publish,
    '# 2. See that it is the key you mean; this prints the hash:',
    keyHashCommand(facts),
    `# 3. Wait till every name server serves it, and ${2 * ttl} seconds (two TTLs) more.`,
    ...(old.length === 0
      ? []
      : ['; 4. Only then take out:', ...old.map((record) => deleteLine(facts, record))]),
  );
}

function deleteLine(facts: Facts, record: string): string {
  return `;    ${facts.inZone('tlsaName')} IN TLSA ${record}`;
}
