/** Words for the policies that stand beside DANE: MTA-STS (RFC 8461) and TLS reporting (RFC 8460). */
import type { PolicyCode } from './codes.ts';
import { because, enumerate, lines, type Wording } from './facts.ts';

export const policyWords: Readonly<Record<PolicyCode, Wording>> = {
  'mta-sts-ok': (facts) => ({
    title: 'MTA-STS is in order',
    message: `Senders that know MTA-STS but not DANE deliver to ${facts.subject} over TLS to hosts whose certificates they check.`,
    remedy: '',
  }),
  'mta-sts-invalid': (facts) => ({
    title: 'The MTA-STS policy cannot be used',
    message: `Senders that know MTA-STS ignore the policy of ${facts.subject}.${because(facts)} DANE is not affected. The domain owner can mend it.`,
    remedy: lines(
      `dig +short _mta-sts.${facts.subjectWord} TXT`,
      `curl -sS https://mta-sts.${facts.subjectWord}/.well-known/mta-sts.txt`,
    ),
  }),
  'mta-sts-mx-mismatch': (facts) => ({
    title: 'The MTA-STS policy leaves out a mail host',
    message: `Senders that follow the policy of ${facts.subject} do not deliver to ${enumerate(facts.list('hosts'))}. The domain owner must bring policy and MX records together.`,
    remedy: lines(
      '# Add to the policy file, then change the id in the TXT record:',
      ...facts.list('hosts').map((host) => `mx: ${host}`),
    ),
  }),
  'tlsrpt-ok': (facts) => ({
    title: 'TLS reports are asked for',
    message: `Senders report to ${enumerate(facts.list('addresses')) || 'the address given'} when TLS to ${facts.subject} fails.`,
    remedy: '',
  }),
  'tlsrpt-missing': (facts) => ({
    title: 'No TLS reports are asked for',
    message: `When TLS to ${facts.subject} fails, senders know it but have nowhere to tell. The domain owner can ask for reports.`,
    remedy: `_smtp._tls.${facts.subjectInZone} 3600 IN TXT "v=TLSRPTv1; rua=mailto:YOUR-ADDRESS"`,
  }),
  'tlsrpt-invalid': (facts) => ({
    title: 'The TLS reporting record cannot be used',
    message: `Senders ignore the TLS reporting record of ${facts.subject}.${because(facts)} The domain owner can mend it.`,
    remedy: `_smtp._tls.${facts.subjectInZone} 3600 IN TXT "v=TLSRPTv1; rua=mailto:YOUR-ADDRESS"`,
  }),
};
