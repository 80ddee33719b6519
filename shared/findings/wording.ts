/** The words of every finding code: title, message and remedy from its subject and parameters. */
import type { FindingCode } from './codes.ts';
import { Facts, type Wording, type Words } from './facts.ts';
import type { Parameters } from './finding.ts';
import { ancestorWords } from './words-ancestors.ts';
import { dnssecWords } from './words-dnssec.ts';
import { domainWords } from './words-domain.ts';
import { policyWords } from './words-policy.ts';
import { serverWords } from './words-servers.ts';
import { smtpWords } from './words-smtp.ts';
import { tlsaWords } from './words-tlsa.ts';

export type { Words } from './facts.ts';

export function wordsFor(code: FindingCode, subject: string, parameters: Parameters): Words {
  return wordings[code](new Facts(subject, parameters));
}

/** A code without words does not compile. */
const wordings: Readonly<Record<FindingCode, Wording>> = {
  ...domainWords,
  ...ancestorWords,
  ...serverWords,
  ...dnssecWords,
  ...tlsaWords,
  ...smtpWords,
  ...policyWords,
};
