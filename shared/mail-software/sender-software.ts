/** How each software handles one MX host with what it finds there: one rule a setting (RFC 7672 §2.2). */
import {
  absenceReason,
  addressRuling,
  authenticate,
  encrypt,
  failureReason,
  isAbsent,
  refusesForGood,
  withoutDane,
} from './sender-rules.ts';
import type { Deed, Reason, Rule, Ruling } from './sender-rules.ts';
import type { HostView, TlsaView } from './sender-view.ts';

/** RFC 7672 §2.1.2: a host whose addresses are not to be had is skipped, whoever sends. */
export function withAddress(rule: Rule): Rule {
  return (view, tlsa) => {
    const ruling = addressRuling(view);
    return ruling === null ? rule(view, tlsa) : { ...ruling, source: 'RFC 7672 §2.1.2' };
  };
}

const POSTFIX = 'Postfix 3.7, smtp_tls_policy.c (dane_init)';
const POSTFIX_SESSION = 'Postfix TLS_README, “DANE TLS authentication”';
const POSTFIX_REFUSED = 'Postfix 3.7, smtp_proto.c and smtp_trouble.c (smtp_site_fail)';
const POSTFIX_MX = 'postconf(5), smtp_tls_dane_insecure_mx_policy';

export type InsecureMxPolicy = 'may' | 'encrypt' | 'dane';

/** In the order of dane_init: MX, look-up, absence, usability, MX again. */
export function postfixDane(policy: InsecureMxPolicy): Rule {
  return (view, tlsa) => {
    if (!view.mxSecure && policy === 'may') return withoutDane(tlsa, 'mx-insecure', POSTFIX_MX);
    if (tlsa.kind === 'unknown') return unknown(POSTFIX);
    if (tlsa.kind === 'failed') return deferred(failureReason(tlsa), POSTFIX);
    if (isAbsent(tlsa.kind)) return withoutDane(tlsa, absenceReason(tlsa), POSTFIX);
    // A 5yz reply to a STARTTLS that is a must ends the matter.
    if (refusesForGood(tlsa)) return returned('refused-for-good', POSTFIX_REFUSED);
    if (tlsa.kind === 'unusable') return encrypt(tlsa, 'tlsa-unusable', POSTFIX);
    if (!view.mxSecure && policy === 'encrypt') {
      return encrypt(tlsa, 'mx-insecure-encrypt', POSTFIX_MX);
    }
    return authenticate(tlsa, POSTFIX_SESSION);
  };
}

/** Every shortfall has the code 4.7.5, so mail is kept. */
export function postfixDaneOnly(view: HostView, tlsa: TlsaView): Ruling {
  if (!view.mxSecure) return deferred('mx-insecure-demanded', POSTFIX);
  if (tlsa.kind === 'unknown') return unknown(POSTFIX);
  if (tlsa.kind === 'failed') return deferred(failureReason(tlsa), POSTFIX);
  if (isAbsent(tlsa.kind)) return deferred(demandedReason(tlsa), POSTFIX);
  if (tlsa.kind === 'unusable') return deferred('tlsa-unusable-refused', POSTFIX);
  if (refusesForGood(tlsa)) return returned('refused-for-good', POSTFIX_REFUSED);
  return authenticate(tlsa, POSTFIX_SESSION);
}

const EXIM = 'Exim 4.96, transports/smtp.c (smtp_setup_conn, tlsa_lookup)';
const EXIM_SESSION = 'Exim specification, section “DANE”';
const EXIM_TRIED = 'Exim 4.96, tried out';
const EXIM_USABLE =
  'Exim 4.96, tls-openssl.c (dane_tlsa_load) and tls-gnu.c, tried out with GnuTLS';

/** Where it demands DANE, what is missing for good is a permanent failure; what failed is temporary. */
export function exim(view: HostView, tlsa: TlsaView, demanded: boolean): Ruling {
  const missing = (reason: Reason): Ruling =>
    demanded ? returned(reason, EXIM) : withoutDane(tlsa, reason, EXIM);
  if (!view.mxSecure) return missing(demanded ? 'mx-insecure-demanded' : 'mx-insecure');
  // It knows no host that is secure by its alias alone (RFC 7672 §2.2.2).
  if (!view.addressesSecure) return missing(demanded ? 'host-insecure-demanded' : 'host-insecure');
  if (tlsa.kind === 'unknown') return unknown(EXIM);
  if (tlsa.kind === 'failed') return deferred(failureReason(tlsa), EXIM);
  if (isAbsent(tlsa.kind)) return missing(demanded ? demandedReason(tlsa) : absenceReason(tlsa));
  // Built with OpenSSL it refuses them; with GnuTLS it goes on over TLS, unverified.
  if (tlsa.kind === 'unusable') {
    const unverified = encrypt(tlsa, 'tlsa-unusable-build', EXIM_USABLE);
    return unverified.deeds.includes('encrypted')
      ? { ...unverified, deeds: ['deferred', 'encrypted'], known: false }
      : unverified;
  }
  if (view.oddities.has('injects')) return deferred('injected', EXIM);
  if (view.oddities.has('lower-case')) return deferred('lower-case', EXIM_TRIED);
  const ruling = authenticate(tlsa, EXIM_SESSION);
  return view.oddities.has('anchor-in-record') && ruling.deeds.includes('authenticated')
    ? {
        deeds: ['authenticated', 'deferred'],
        known: false,
        reason: 'anchor-in-record',
        source: EXIM_SESSION,
      }
    : ruling;
}

const KUMO = 'KumoMTA, dns-resolver (classify_tlsa_answer) and metric dane_result_count';

export function kumoMta(view: HostView, tlsa: TlsaView): Ruling {
  if (!view.mxSecure) return withoutDane(tlsa, 'mx-insecure', KUMO);
  if (tlsa.kind === 'unknown') return unknown(KUMO);
  if (tlsa.kind === 'failed') return deferred(failureReason(tlsa), KUMO);
  if (isAbsent(tlsa.kind)) return withoutDane(tlsa, absenceReason(tlsa), KUMO);
  if (tlsa.kind === 'unusable') return encrypt(tlsa, 'tlsa-unusable', KUMO);
  return authenticate(tlsa, 'KumoMTA, enable_dane; RFC 7672 §2.2');
}

interface Documentation {
  /** Where it says that records which match are verified, and that no records mean no DANE. */
  readonly told: string;
  /** Where the rest was looked for. */
  readonly untold: string;
}

export const HALON: Documentation = {
  told: 'DANE for SMTP how-to of internet.nl, “Halon”; RFC 7672 §2.2',
  untold: 'not in Halon’s public documentation',
};

export const POWERMTA: Documentation = {
  told: 'DANE for SMTP how-to of internet.nl, “PowerMTA”; RFC 7672 §2.2',
  untold: 'PowerMTA’s manual is not public',
};

/** What RFC 7672 leaves open, or what only its own test would show, is not guessed. */
export function sparselyDocumented({ told, untold }: Documentation): Rule {
  return (view, tlsa) => {
    const open = (deeds: readonly Deed[]): Ruling => ({
      deeds,
      known: false,
      reason: 'undocumented',
      source: untold,
    });
    if (tlsa.kind === 'unknown') return unknown(told);
    if (tlsa.kind === 'failed') return open(['deferred', 'no-dane']);
    if (isAbsent(tlsa.kind)) return withoutDane(tlsa, absenceReason(tlsa), told);
    if (tlsa.kind === 'unusable') return open(['encrypted', 'no-dane', 'deferred']);
    const applied = authenticate(tlsa, told);
    if (view.mxSecure) return applied;
    return open([...new Set<Deed>([...applied.deeds, 'no-dane'])]);
  };
}

/** “No fallback to TLS or none” is told, but not whether mail is kept. */
export function halonRequired(view: HostView, tlsa: TlsaView): Ruling {
  const { told, untold } = HALON;
  if (tlsa.kind === 'unknown') return unknown(told);
  if (tlsa.kind === 'usable' && view.mxSecure) return authenticate(tlsa, told);
  const possible: readonly Deed[] =
    tlsa.kind === 'usable' ? authenticate(tlsa, told).deeds : ['deferred'];
  return {
    deeds: [...new Set<Deed>([...possible, 'deferred', 'returned'])],
    known: false,
    reason: 'undocumented',
    source: untold,
  };
}

function demandedReason({ kind }: TlsaView): Reason {
  return kind === 'not-asked' ? 'host-insecure-demanded' : 'tlsa-absent-demanded';
}

function deferred(reason: Reason, source: string): Ruling {
  return { deeds: ['deferred'], known: true, reason, source };
}

function returned(reason: Reason, source: string): Ruling {
  return { deeds: ['returned'], known: true, reason, source };
}

function unknown(source: string): Ruling {
  return {
    deeds: ['authenticated', 'encrypted', 'no-dane', 'deferred'],
    known: false,
    reason: 'tlsa-unknown',
    source,
  };
}
