/** Words for the policies that stand beside DANE: MTA-STS (RFC 8461) and TLS reporting (RFC 8460). */
import type { PolicyCode } from './codes.ts';
import { because, enumerate, lines, type Facts, type Wording } from './facts.ts';

export const policyWords: Readonly<Record<PolicyCode, Wording>> = {
  'mta-sts-ok': (facts) => ({
    title: mtaStsTitle(facts),
    message: mtaStsMessage(facts),
    remedy: '',
  }),
  'mta-sts-invalid': (facts) => ({
    title: 'The MTA-STS policy cannot be used',
    message: `Senders that know MTA-STS and see the same find no policy for ${facts.subject}; those that remember no earlier one deliver as if there were none.${because(facts)} DANE is not affected. The domain owner can mend it.`,
    remedy: lines(
      '# What senders see:',
      `dig +short _mta-sts.${facts.subjectWord} TXT`,
      `curl -sS -D - https://mta-sts.${facts.subjectWord}/.well-known/mta-sts.txt`,
    ),
  }),
  'mta-sts-mx-mismatch': (facts) => ({
    title: 'The MTA-STS policy leaves out a mail host',
    message: `${mismatchMessage(facts)} Senders that validate DANE go by DANE where it applies. The domain owner must bring policy and MX records together.`,
    remedy: lines(
      `# Add to the policy file at https://mta-sts.${facts.subject}/.well-known/mta-sts.txt,`,
      '# then change the id in the TXT record:',
      ...facts.list('hosts').map((host) => `mx: ${host}`),
    ),
  }),
  'tlsrpt-ok': (facts) => ({
    title: 'TLS reports are asked for',
    message: `Senders report to ${enumerate(facts.list('addresses')) || 'the address given'} how TLS to ${facts.subject} fares, failures of DANE and MTA-STS among it.`,
    remedy: '',
  }),
  'tlsrpt-missing': (facts) => ({
    title: 'No TLS reports are asked for',
    message: `When DANE or TLS to ${facts.subject} fails, senders know it but have nowhere to tell. The domain owner can ask for reports.`,
    remedy: `_smtp._tls.${facts.subjectInZone} 3600 IN TXT "v=TLSRPTv1; rua=mailto:YOUR-ADDRESS"`,
  }),
  'tlsrpt-invalid': (facts) => ({
    title: 'The TLS reporting record cannot be used',
    message: `Senders send no reports about TLS to ${facts.subject}.${because(facts)} The domain owner can mend it.`,
    remedy: `_smtp._tls.${facts.subjectInZone} 3600 IN TXT "v=TLSRPTv1; rua=mailto:YOUR-ADDRESS"`,
  }),
};

function mtaStsTitle(facts: Facts): string {
  switch (facts.say('mode', 'enforce')) {
    case 'none':
      return 'MTA-STS is switched off by its policy';
    case 'testing':
      return 'MTA-STS is in order, and in testing mode';
    default:
      return 'MTA-STS is in order';
  }
}

function mtaStsMessage(facts: Facts): string {
  switch (facts.say('mode', 'enforce')) {
    case 'none':
      return `The policy of ${facts.subject} says that there is none to follow: mode none is how MTA-STS is taken back.`;
    case 'testing':
      return `Senders that know MTA-STS but not DANE deliver to ${facts.subject} in any case, and report where its policy is not met.`;
    default:
      return `Senders that know MTA-STS but not DANE deliver to ${facts.subject} only over TLS, to the hosts that its policy lists, with certificates that they check.`;
  }
}

/** RFC 8461 §5: enforce keeps mail back, testing only tells. */
function mismatchMessage(facts: Facts): string {
  const hosts = enumerate(facts.list('hosts'));
  return facts.say('mode', 'enforce') === 'testing'
    ? `Senders that follow the policy of ${facts.subject} report ${hosts} as failing; the policy is in testing mode, so mail is still delivered there.`
    : `Senders that follow the policy of ${facts.subject} do not deliver to ${hosts}.`;
}
