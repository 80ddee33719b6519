/** Words for what mail servers did and presented (RFC 5321, RFC 3207, RFC 7672 §2.2 and §3, RFC 8996). */
import type { SmtpCode } from './codes.ts';
import { because, enumerate, lines, type Facts, type Wording } from './facts.ts';
import {
  chainCommand,
  keyHashCommand,
  namelessCommand,
  sClient,
  talkCommand,
} from './mail-commands.ts';

export const smtpWords: Readonly<Record<SmtpCode, Wording>> = {
  'smtp-unreachable': (facts) => ({
    title: `${facts.say('host')} could not be reached`,
    message: `Nothing can be said about the certificate of ${facts.say('host')} at ${facts.subject}, port ${facts.number('port', 25)}: ${facts.say('error', 'no answer')}. If other senders see the same, they keep the mail and try again or take another host. It may be the host, or this network.`,
    remedy: lines(
      `nc -vz -w 10 ${facts.subjectWord} ${facts.number('port', 25)}      # from here, and from a machine elsewhere`,
      'ss -ltn "sport = :25"              # on the host: does the mail server listen there?',
      '# On the host: does its firewall let port 25 in, for IPv6 too? If the address is not used any more, take its A or AAAA record out.',
    ),
  }),
  'smtp-port-blocked': (facts) => ({
    title: facts.has('proxy')
      ? `Port ${facts.number('port', 25)} seems to be blocked behind the proxy`
      : `Port ${facts.number('port', 25)} seems to be blocked from here`,
    message: facts.has('proxy')
      ? `No mail server of ${facts.subject} answered on port ${facts.number('port', 25)} through the proxy ${facts.say('proxy')}. Its network, not the servers, is the likely cause. What is said about the DNS half still stands.`
      : `No mail server of ${facts.subject} answered on port ${facts.number('port', 25)}. Most home, office and cloud networks block it, so this network, not the servers, is the likely cause. What is said about the DNS half still stands. A proxy elsewhere, or a chain saved elsewhere, takes the place of a direct connection.`,
    remedy: lines(
      '# Through a machine whose provider allows port 25:',
      'ssh -N -D 127.0.0.1:1080 USER@MACHINE',
      `dane-inspector check ${facts.subjectWord} --proxy socks5://127.0.0.1:1080`,
      '# Or save there what the server presents, and have that judged here:',
      `${chainCommand(facts)} > chain.txt`,
      `dane-inspector check ${facts.subjectWord} --chain ${facts.word('host', 'HOST')}=chain.txt`,
      '# Or without the mail servers:',
      `dane-inspector check ${facts.subjectWord} --no-smtp`,
    ),
  }),
  'smtp-rejected': (facts) => ({
    title: `${facts.say('host')} turned this machine away`,
    message: `${facts.subject} ${facts.has('reply') ? `answered “${facts.say('reply')}” before TLS could begin` : `let this machine get nowhere near TLS (${facts.say('error', 'no reason given')})`}, so nothing can be said about its certificate. Often this is about the address it was asked from (reputation, rate limits, no reverse name), not about all senders.`,
    remedy: lines(
      talkCommand(facts) + '   # from here, and from a real mail server',
      '# On the host, its mail log says why it refused.',
    ),
  }),
  'starttls-missing': (facts) => ({
    title: `${facts.say('host')} does not offer STARTTLS`,
    message: facts.has('dane')
      ? `${deferring(facts)} mail to ${facts.say('host')}: its TLSA records promise TLS, and at ${facts.subject} it is not offered. The operator of the mail host must turn it on, for every client.`
      : `Mail to ${facts.say('host')} crosses the internet in clear: at ${facts.subject} it does not offer TLS. The operator of the mail host can turn it on.`,
    remedy: enableStartTls(facts),
  }),
  'starttls-refused': (facts) => ({
    title: facts.has('reply')
      ? `${facts.say('host')} refuses STARTTLS`
      : `${facts.say('host')} does not go through with STARTTLS`,
    message:
      `${facts.has('dane') ? `${deferring(facts)} mail to ${facts.say('host')}` : `Mail to ${facts.say('host')} goes in clear or waits`}: at ${facts.subject} it offers TLS, then ${facts.has('reply') ? `refuses it (“${facts.say('reply')}”). Usually the server cannot read its key or certificate` : `breaks off (${facts.say('error', 'no reason given')})`}. ` +
      'The operator of the mail host must mend it.',
    remedy: lines(
      sClient(facts),
      '# On the host, the mail log names the file. Postfix:',
      'postconf smtpd_tls_chain_files smtpd_tls_cert_file smtpd_tls_key_file',
      'grep -i tls /var/log/mail.log | tail',
    ),
  }),
  'tls-handshake-failed': (facts) => ({
    title: `TLS with ${facts.say('host')} does not come about`,
    message:
      `${facts.has('dane') ? `${deferring(facts)} mail to ${facts.say('host')}` : `Senders deliver to ${facts.say('host')} in clear or wait`}: the TLS handshake at ${facts.subject} fails (${facts.say('error', 'no reason given')}). ` +
      'The operator of the mail host must mend it.',
    remedy: lines(
      sClient(facts) + ' -state',
      '# On the host: does the key fit the certificate? Both print the same hash:',
      'openssl x509 -in CERT.pem -noout -pubkey | openssl sha256',
      'openssl pkey -in KEY.pem -pubout | openssl sha256',
    ),
  }),
  'starttls-injection': (facts) => ({
    title: `${facts.say('host')} sends plain text behind its “ready” for TLS`,
    message: `At ${facts.subject} data arrived unencrypted after the reply to STARTTLS. Senders must throw it away; one that does not can be fed commands by anybody on the way. The operator of the mail host must mend it: update the server, or look at what stands before it.`,
    remedy: lines(
      'postconf mail_version             # Postfix: 2.8 and newer are right; update anything older',
      talkCommand(facts),
    ),
  }),
  'tls-version-old': (facts) => ({
    title: `${facts.say('host')} speaks only ${facts.say('version', 'an old TLS version')}`,
    message: `${facts.has('dane') ? `${deferring(facts)} mail to ${facts.say('host')}` : `Many senders cannot use TLS with ${facts.say('host')}`}: at ${facts.subject} it offers nothing newer than ${facts.say('version', 'TLS 1.1')}, which must not be used any more. The operator of the mail host must allow TLS 1.2 and 1.3.`,
    remedy: lines(
      '# Postfix main.cf (3.6 or newer; older: !SSLv2, !SSLv3, !TLSv1, !TLSv1.1):',
      'smtpd_tls_protocols = >=TLSv1.2',
      'postfix reload',
      `${sClient(facts)} -tls1_2`,
    ),
  }),
  'certificate-expired': (facts) => ({
    title: `The certificate of ${facts.say('host')} has expired`,
    message: `It ended at ${facts.say('notAfter')} (seen at ${facts.subject}). Senders that check dates (MTA-STS, some by policy) do not deliver. The operator of the mail host should renew it.`,
    remedy: renew(facts),
  }),
  'certificate-expiring': (facts) => ({
    title: `The certificate of ${facts.say('host')} ends soon`,
    message: `It ends at ${facts.say('notAfter')} (seen at ${facts.subject}). ${facts.has('counts') ? 'Its TLSA record has usage 2, where dates count: from then on mail is deferred.' : 'If the renewal brings a new key, its TLSA record must be published first.'} The operator of the mail host should renew it in time.`,
    remedy: renew(facts),
  }),
  'certificate-name-mismatch': (facts) => ({
    title: `The certificate of ${facts.say('host')} is for other names`,
    message: `It names ${enumerate(facts.list('names')) || 'nothing'}, not ${facts.say('host')} (seen at ${facts.subject}). Senders without a policy ignore that; those that check names (MTA-STS, DANE usage 2) do not deliver. The operator of the mail host decides.`,
    remedy: lines(
      `certbot certonly -d ${facts.word('host')}`,
      '# What it presents now:',
      `${sClient(facts)} </dev/null 2>/dev/null | openssl x509 -noout -subject -ext subjectAltName`,
    ),
  }),
  'certificate-key-weak': (facts) => ({
    title: `The key of ${facts.say('host')} is weak`,
    message: `${facts.has('ofIssuer') ? `That of its issuer, ${facts.say('ofIssuer')},` : 'It'} is ${facts.say('keyType')} (seen at ${facts.subject}). Senders whose TLS library keeps its usual limits (OpenSSL, GnuTLS) refuse that; Postfix takes it. The operator of the mail host should change it, with its record published first.`,
    remedy: lines(
      'openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out next-key.pem',
      '# Publish TLSA 3 1 1 of this hash, wait two TTLs, then use the key:',
      'openssl pkey -in next-key.pem -pubout -outform DER | openssl sha256',
    ),
  }),
  'chain-incomplete': (facts) => ({
    title: `${facts.say('host')} does not send the whole chain`,
    message: `At ${facts.subject} it sends its certificate, but not that of the issuer (${facts.say('issuer')}). Usage 2 records cannot work without it, and senders that check certificates cannot either. The operator of the mail host should send both.`,
    remedy: lines(
      '# Postfix main.cf:',
      'smtpd_tls_chain_files = /etc/letsencrypt/live/HOST/privkey.pem, /etc/letsencrypt/live/HOST/fullchain.pem',
      'postfix reload',
      chainCommand(facts),
    ),
  }),
  'chain-order': (facts) => ({
    title: `${facts.say('host')} sends its certificates in another order`,
    message: `At ${facts.subject} an issuer’s certificate does not stand right behind the one it certifies. Senders sort them out, but TLS 1.2 asked for the order. The operator of the mail host should put its own certificate first, then each issuer in turn.`,
    remedy: chainCommand(facts),
  }),
  'chain-superfluous': (facts) => ({
    title: `${facts.say('host')} sends certificates that nobody needs`,
    message: `At ${facts.subject} these take no part in the chain: ${enumerate(facts.list('extras'))}. They do no harm to DANE, but each handshake carries them.`,
    remedy: chainCommand(facts),
  }),
  'chain-from-file': (facts) => ({
    title: `${facts.say('host')} is judged by a chain from a file`,
    message: `Nobody was spoken to at ${facts.subject}: the certificates were given. What the server really sends may differ.`,
    remedy: chainCommand(facts),
  }),
  'raw-keys-untested': (facts) => ({
    title: 'Raw public keys were not tried',
    message: `The records of ${enumerate(facts.list('hosts')) || facts.subject} name keys alone, so a server could present the bare key instead of a certificate to a sender that asks for it. This program asks for certificates only, as nearly every sender does.`,
    remedy: chainCommand(facts),
  }),
  'key-types-disagree': (facts) => ({
    title: `Only one of the two keys of ${facts.say('host')} has a record`,
    message: `${deferring(facts)} mail to ${facts.say('host')}, or not, depending on the kind of key they prefer: at ${facts.subject} its ${facts.say('unmatched', 'second')} certificate matches no TLSA record. The operator of the mail host must publish a record for each key.`,
    remedy: lines('; Publish for each key:', ...facts.list('publish'), keyHashCommand(facts)),
  }),
  'key-type-unasked': (facts) => ({
    title: `${facts.say('host')} could not be asked for a second key`,
    message: `At ${facts.subject} it presented one certificate (${facts.say('keyType', 'of one key type')}); when asked for keys of another type it gave no answer: ${facts.say('error', 'no reason given')}. Perhaps it limits connections. If it has a certificate for another key type, nothing is known of it.`,
    remedy: lines(
      '# Ask again later, for RSA keys only and for ECDSA keys only:',
      `${sClient(facts)} -sigalgs rsa_pss_rsae_sha256:rsa_pkcs1_sha256`,
      `${sClient(facts)} -sigalgs ecdsa_secp256r1_sha256:ecdsa_secp384r1_sha384`,
    ),
  }),
  'chain-depends-on-sni': (facts) => ({
    title: `${facts.say('host')} presents another certificate without SNI`,
    message: `Asked without a server name, ${facts.subject} presents ${facts.say('without', 'nothing')} in place of ${facts.say('with', 'its certificate')}. Senders with DANE send the name (${facts.say('sni')}), so this decides nothing for them; senders without SNI find the other one.`,
    remedy: lines(chainCommand(facts), namelessCommand(facts)),
  }),
  'tls-unsupported': (facts) => ({
    title: `TLS with ${facts.say('host')} is beyond this program`,
    message: `At ${facts.subject} the server can do TLS, but not in a way that this program’s TLS library knows: ${facts.say('error', 'no algorithm in common')}. Nothing is said about what senders find there; the command line of this program, which has another library, may tell more.`,
    remedy: lines(`dane-inspector check ${facts.word('domain', 'DOMAIN')}`, chainCommand(facts)),
  }),
  'proxy-failed': (facts) => ({
    title: `The proxy ${facts.subject} did not get through`,
    message: `${facts.say('error', 'It gave no reason')}. So nothing is known of the mail servers behind it; what is said about the DNS half still stands.`,
    remedy: lines(
      '# A SOCKS5 proxy through a machine whose provider allows port 25:',
      'ssh -N -D 127.0.0.1:1080 USER@MACHINE',
      `dane-inspector check ${facts.word('domain', 'DOMAIN')} --proxy socks5://127.0.0.1:1080`,
    ),
  }),
  'addresses-disagree': (facts) => ({
    title: `The addresses of ${facts.say('host', facts.subject)} present different certificates`,
    message: `What senders find depends on the address they take: ${enumerate(facts.list('matching'))} ${facts.list('matching').length === 1 ? 'matches' : 'match'} the TLSA records, ${enumerate(facts.list('failing'))} ${facts.list('failing').length === 1 ? 'does' : 'do'} not. ${deferring(facts)} mail at the latter. The operator of the mail host must bring them together.`,
    remedy: lines(
      '# The same key and certificate on each, or a record for each key:',
      ...facts.list('publish'),
      '# What each presents (the hash of its key):',
      keyHashCommand(facts),
    ),
  }),
  'address-private': (facts) => ({
    title: `${facts.say('host')} has an address that is not public`,
    message: `${facts.subject} is ${facts.say('range', 'a special address')}; no sender on the internet reaches it, and it was not connected to.${because(facts)} The domain owner should take it out of the public DNS.`,
    remedy: lines(
      `; Take this address out of the records of ${facts.inZone('host')}`,
      '# To look at a mail server inside your own network all the same:',
      `dane-inspector check ${facts.word('domain', 'DOMAIN')} --allow-private`,
    ),
  }),
};

function deferring(facts: Facts): string {
  return facts.has('optional')
    ? 'Senders that check TLSA records even where the MX records are not signed (Postfix by default) defer'
    : 'Senders that check DANE defer';
}

function enableStartTls(facts: Facts): string {
  return lines(
    '# Postfix main.cf:',
    'smtpd_tls_security_level = may',
    'smtpd_tls_chain_files = /etc/letsencrypt/live/HOST/privkey.pem, /etc/letsencrypt/live/HOST/fullchain.pem',
    '# then',
    'postfix reload',
    '# Exim: tls_advertise_hosts = *   tls_certificate = …   tls_privatekey = …',
    '# If it is on already: does a firewall or “fixup” rewrite EHLO, or is it withheld from clients without reputation?',
    talkCommand(facts),
  );
}

function renew(facts: Facts): string {
  return lines(
    '# With the same key, so that TLSA records stay right:',
    `certbot renew --reuse-key --cert-name ${facts.word('host')}`,
    'postfix reload',
    `${sClient(facts)} </dev/null 2>/dev/null | openssl x509 -noout -dates`,
  );
}
