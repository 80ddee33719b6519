// The real senders that are put to the outbound test, and what their documentation says that each does.
import type { Conclusion } from '../../shared/lab/conclusion.ts';
import type { Deed } from '../../shared/lab/deed.ts';
import { SCENARIOS, type ScenarioId } from '../../shared/lab/scenario.ts';
import type { TestRun } from '../../shared/lab/test-run.ts';
import { sendByExim, sendByPostfix, type Rig } from './outbound-rig.ts';

/** `null`: nothing that decides is to be seen. */
type Deeds = Readonly<Partial<Record<ScenarioId, Deed | null>>>;

export interface Sender {
  /** As the head of a column. */
  readonly name: string;
  send(rig: Rig, run: TestRun): Promise<() => Promise<void>>;
  readonly conclusion: Conclusion;
  readonly deeds: Deeds;
}

const ALL_DELIVERED: Deeds = Object.fromEntries(
  SCENARIOS.map(({ id }) => [id, 'delivered-tls' as const]),
);

/**
 * RFC 7672, as Postfix (TLS_README, “DANE TLS authentication”) and Exim (specification, section “DANE”) say that
 * they follow it. Unbound as it comes minimises (unbound.conf(5)), and so loses the records below a denied name.
 */
const VALIDATES: Deeds = {
  ...ALL_DELIVERED,
  ...refused('wrong', 'strip', 'bogus', 'servfail', 'unusable-strip'),
  ...refused('ta-name', 'ta-expired', 'ta-missing', 'cname-wrong'),
};

/** A host that must be authenticated and has no records is not connected to. */
const DEMANDS: Deeds = { ...VALIDATES, ...refused('dont', 'ancestor') };

function refused(...ids: readonly ScenarioId[]): Deeds {
  return Object.fromEntries(ids.map((id) => [id, 'refused' as const]));
}

const postfix = (level: string, conclusion: Conclusion, deeds: Deeds): Sender => ({
  ...{ name: `Postfix \`${level}\``, conclusion, deeds },
  send: (rig, run) => sendByPostfix(rig, level, run),
});

const exim = (option: string, dane: string, conclusion: Conclusion, deeds: Deeds): Sender => ({
  ...{ name: `Exim ${option}`, conclusion, deeds },
  send: (rig, run) => Promise.resolve(sendByExim(rig, dane, run)),
});

export const SENDERS: readonly Sender[] = [
  // postconf(5), smtp_tls_dane_insecure_mx_policy: with level “dane” DANE counts for hosts of an unsigned domain too.
  postfix('dane', 'validates', { ...VALIDATES, ...refused('insecure') }),
  // postconf(5), smtp_tls_security_level: without usable records of a signed host and domain mail is deferred. It
  // does so before it connects, which from outside is nothing that decides but where mail may be kept.
  postfix('dane-only', 'validates', {
    ...{ ...DEMANDS, ...refused('unusable') },
    ...{ 'unusable-strip': null, insecure: null },
  }),
  // postconf(5), “may”: opportunistic TLS, certificates are not checked.
  postfix('may', 'does-not-check', {
    ...ALL_DELIVERED,
    ...{ strip: 'delivered-clear', 'unusable-strip': 'delivered-clear' },
  }),
  // postconf(5), “encrypt”: TLS is a must, certificates are not checked.
  postfix('encrypt', 'encrypts-without-checking', {
    ...ALL_DELIVERED,
    ...refused('strip', 'unusable-strip'),
  }),
  // Exim applies DANE where the MX records are signed; plaintext behind the 220 is a fault of TLS to it, and with
  // DANE there is no way back to the clear. Unusable records: built with GnuTLS it goes on over TLS.
  exim('`hosts_try_dane`', 'hosts_try_dane = *', 'validates', {
    ...VALIDATES,
    ...refused('injected'),
  }),
  // Specification, hosts_require_dane: no records, or none that are signed, and the mail is not sent.
  exim('`hosts_require_dane`', 'hosts_require_dane = *', 'validates', {
    ...DEMANDS,
    ...{ insecure: null, ...refused('injected') },
  }),
  // Specification, tls_tempfail_tryclear, by default true: after a fault of TLS it tries again in the clear.
  exim('without DANE', 'hosts_try_dane =', 'does-not-check', {
    ...ALL_DELIVERED,
    ...{ strip: 'delivered-clear', 'unusable-strip': 'delivered-clear' },
    injected: 'delivered-clear',
  }),
];
