/** Words of the Inspect screen. */
import { counted, numberText } from './language.ts';

/** `8 of 22`; while more may come, `8 of 22 so far`. */
function progress(done: number, total: number, isWhole: boolean): string {
  const count = `${numberText(done)} of ${numberText(total)}`;
  return isWhole ? count : `${count} so far`;
}

export const inspect = {
  couldNotBegin: (fault: string) => `The program could not begin (${fault}). Try again.`,
  form: {
    field: 'Domain, mail address or URL',
    example: 'example.org, user@example.org or a URL',
    inspect: 'Inspect',
    cancel: 'Cancel',
    keys: 'Esc cancels · F5 again',
    lab: 'lab',
    leaveLab: 'Leave the lab: look names up on the internet again',
    labHint:
      'Names are looked up in the built-in lab. Press to look them up on the internet again.',
  },
  start: {
    heading: 'Will mail to a domain get there?',
    lead: 'Type a mail domain above. You will see what a sender that checks DANE does with its mail, and why: every mail host, every TLSA record, every certificate, and where they meet or fail to. The domain’s own name servers, mail servers and MTA-STS policy are asked directly; nobody else is trusted and nothing else leaves this computer.',
    recent: 'Recent domains',
    recentHeading: 'Recent',
    lab: 'Built-in lab',
    labHeading: 'Nothing at hand?',
    labLead:
      'The lab is a small internet inside this program, with domains that are right and domains that are wrong. It needs no connection.',
    labButton: 'Try the built-in lab',
  },
  verdict: {
    title: 'Verdict',
    cancelled: 'Cancelled',
    stopped: 'Stopped',
    starting: 'Starting',
    cancelledSentence: 'You stopped it. What was learnt until then is shown; it is no verdict.',
    again: 'Inspect again',
    queries: (count: number) => counted(count, 'DNS query', 'DNS queries'),
    probes: (count: number) => counted(count, 'probe', 'probes'),
    iterative: 'iterative from the root',
    through: (resolver: string) => `through ${resolver}`,
    ownTrust: 'own trust anchors',
    ownTrustHint:
      'Validated from trust anchors of your own: nothing is proven by the keys of the real root.',
    facts: (facts: readonly string[]) => facts.join(' · '),
    fixThis: 'Fix this first →',
    seeThis: 'See this first →',
    fix: (host: string) => `Fix ${host} first →`,
    see: (host: string) => `See ${host} first →`,
  },
  stages: {
    title: 'Progress',
    mx: 'Mail hosts',
    hosts: 'Addresses and records',
    addresses: 'Mail servers',
    ancestors: 'Ancestors',
    policy: 'Policies',
    done: 'done',
    running: 'under way',
    waiting: 'not begun',
    hostCount: (done: number, total: number, isWhole: boolean) =>
      `${progress(done, total, isWhole)} hosts`,
    addressCount: (done: number, total: number, isWhole: boolean) =>
      `${progress(done, total, isWhole)} addresses`,
    policyCount: (done: number, total: number) => progress(done, total, true),
    /** Read out once, when the stage is done. */
    told: {
      mx: 'The mail hosts are known.',
      hosts: 'Addresses and records of all hosts are known.',
      addresses: 'All mail servers have been spoken to.',
      ancestors: 'The ancestors of all records have been asked for.',
      policy: 'The policies have been looked at.',
    },
  },
};
