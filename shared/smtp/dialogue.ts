/** The client's side of SMTP up to STARTTLS, as a state machine without I/O (RFC 5321, RFC 3207). */
import { NO_REPLY_YET, readReply, showLine, type PartialReply, type Reply } from './reply.ts';

export type DialogueState =
  /** The server speaks first (RFC 5321 §3.1): nothing is sent before its greeting. */
  | { readonly kind: 'greeting'; readonly partial: PartialReply }
  | { readonly kind: 'ehlo'; readonly partial: PartialReply }
  /** EHLO was unknown to it: `refusal` is what it said. */
  | { readonly kind: 'helo'; readonly partial: PartialReply; readonly refusal: string }
  | { readonly kind: 'starttls'; readonly partial: PartialReply }
  /** Over: TLS may begin, or nothing more is to be had. */
  | { readonly kind: 'over' };

export type DialogueInput =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  /** The server has ended its side. */
  | { readonly kind: 'ended' };

export type DialogueAction =
  /** A line for the transcript, safe to show. */
  | { readonly kind: 'heard'; readonly line: string }
  | { readonly kind: 'greeted'; readonly banner: string }
  | { readonly kind: 'offered'; readonly starttls: boolean }
  /** Send this command, which ends in CRLF. */
  | { readonly kind: 'send'; readonly command: string }
  /** Begin TLS; `injected` arrived in clear behind the 220 and must be thrown away (RFC 3207 §6). */
  | { readonly kind: 'upgrade'; readonly injected: Uint8Array }
  /** Nothing more is to be had; commands asked for before this one are still to be sent. */
  | { readonly kind: 'stop'; readonly failure: DialogueFailure; readonly reason: string };

export type DialogueFailure =
  'rejected' | 'protocol' | 'closed' | 'starttls-missing' | 'starttls-refused' | 'limit';

export interface DialogueStep {
  readonly state: DialogueState;
  readonly actions: readonly DialogueAction[];
}

export const BEGINNING: DialogueState = { kind: 'greeting', partial: NO_REPLY_YET };

export const QUIT = 'QUIT\r\n';

/** Whether `name` can stand behind EHLO: a host name or an address literal (RFC 5321 §4.1.1.1, §4.1.3). */
export function isEhloName(name: string): boolean {
  if (name.length > MAX_EHLO_NAME) return false;
  return ADDRESS_LITERAL.test(name) || name.split('.').every((label) => HOST_LABEL.test(label));
}

/** Shape alone: whether it is an address of ours is nobody's business here. */
const ADDRESS_LITERAL = /^\[(?:\d{1,3}(?:\.\d{1,3}){3}|IPv6:[0-9a-f:.]{2,45})\]$/i;
/** RFC 1123 §2.1, and the underscore that some machines have in their names. */
const HOST_LABEL = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/i;

/** Octets of a domain (RFC 5321 §4.5.3.1.2). */
const MAX_EHLO_NAME = 255;

/** Pure: the same state and input give the same step. Throws only for an EHLO name that is none. */
export function advance(
  state: DialogueState,
  input: DialogueInput,
  ehloName: string,
): DialogueStep {
  if (!isEhloName(ehloName)) throw new RangeError('the EHLO name is not a host name');
  if (state.kind === 'over') return { state, actions: [] };
  if (input.kind === 'ended') return stopAtEnd(state);
  const step = readReply(state.partial, input.bytes);
  switch (step.kind) {
    case 'more':
      return { state: { ...state, partial: step.partial }, actions: [] };
    case 'garbage':
      return stop([heard(step.line)], 'protocol', `this is not SMTP: "${cut(step.line)}"`);
    case 'limit':
      return stop([], 'limit', `the server’s reply is longer than a client reads (${step.limit})`);
    case 'reply':
      return onReply(state, step.reply, step.rest, ehloName);
  }
}

function onReply(
  awaiting: Exclude<DialogueState, { readonly kind: 'over' }>,
  reply: Reply,
  rest: Uint8Array,
  ehloName: string,
): DialogueStep {
  const lines = reply.lines.map((text, index) => {
    const separator = index < reply.lines.length - 1 ? '-' : ' ';
    return heard(`${reply.code}${separator}${text}`);
  });
  switch (awaiting.kind) {
    case 'greeting':
      return onGreeting(reply, rest, lines, ehloName);
    case 'ehlo':
      return onEhlo(reply, rest, lines, ehloName);
    case 'helo':
      return onHelo(reply, lines, awaiting.refusal);
    case 'starttls':
      return onStartTls(reply, rest, lines);
  }
}

function onGreeting(
  reply: Reply,
  rest: Uint8Array,
  lines: readonly DialogueAction[],
  ehloName: string,
): DialogueStep {
  const greeted = { kind: 'greeted', banner: lastLine(reply) } as const;
  if (reply.code !== 220) {
    return refuse([...lines, greeted], reply, 'turned us away in its greeting');
  }
  return proceed(
    'ehlo',
    [...lines, greeted, { kind: 'send', command: `EHLO ${ehloName}\r\n` }],
    rest,
    'behind its greeting',
  );
}

function onEhlo(
  reply: Reply,
  rest: Uint8Array,
  lines: readonly DialogueAction[],
  ehloName: string,
): DialogueStep {
  if (UNKNOWN_COMMAND.has(reply.code) && rest.length === 0) {
    const refusal = `${reply.code} ${cut(lastLine(reply))}`;
    return {
      state: { kind: 'helo', partial: NO_REPLY_YET, refusal },
      actions: [...lines, { kind: 'send', command: `HELO ${ehloName}\r\n` }],
    };
  }
  if (reply.code !== 250) return refuse(lines, reply, 'did not accept EHLO');
  // RFC 5321 §4.1.1.1: the first line is the server's name, each further one begins with a keyword.
  const offered = reply.lines.slice(1).some((line) => /^STARTTLS(?:\s|$)/i.test(line));
  const told = [...lines, { kind: 'offered', starttls: offered } as const];
  if (!offered) {
    return stop([...told, quit()], 'starttls-missing', 'the server does not offer STARTTLS');
  }
  return proceed(
    'starttls',
    [...told, { kind: 'send', command: 'STARTTLS\r\n' }],
    rest,
    'behind its reply to EHLO',
  );
}

/** RFC 5321 §3.2: a server that does not know EHLO is greeted with HELO. */
const UNKNOWN_COMMAND: ReadonlySet<number> = new Set([500, 502]);

/** Only to tell an ancient server from one that turns us away: without EHLO there is no STARTTLS. */
function onHelo(reply: Reply, lines: readonly DialogueAction[], refusal: string): DialogueStep {
  if (reply.code !== 250) {
    return refuse(lines, reply, `accepted neither EHLO ("${refusal}") nor HELO`);
  }
  const reason = `the server knows HELO but not EHLO ("${refusal}"), and so has no STARTTLS`;
  return stop([...lines, quit()], 'rejected', reason);
}

/** RFC 3207 §4: 220 ready, 454 not now, 501 with parameters; others as RFC 5321 §4.2 has them. */
function onStartTls(
  reply: Reply,
  rest: Uint8Array,
  lines: readonly DialogueAction[],
): DialogueStep {
  if (reply.code === 220) {
    return { state: { kind: 'over' }, actions: [...lines, { kind: 'upgrade', injected: rest }] };
  }
  const said = `"${reply.code} ${cut(lastLine(reply))}"`;
  if (reply.code === 454) {
    const reason = `the server offers STARTTLS but says that TLS is not available now: ${said}`;
    return stop([...lines, quit()], 'starttls-refused', reason);
  }
  if (reply.code === 421) {
    return stop(lines, 'starttls-refused', `the server hung up on STARTTLS: ${said}`);
  }
  if (reply.code >= 500) {
    return stop([...lines, quit()], 'starttls-refused', `the server refused STARTTLS: ${said}`);
  }
  if (reply.code >= 400) {
    const reason = `the server refused STARTTLS for now: ${said}`;
    return stop([...lines, quit()], 'starttls-refused', reason);
  }
  return stop([...lines, quit()], 'protocol', `the server answered STARTTLS with ${said}`);
}

/** Bytes that come before the command they could answer are no reply to it (RFC 5321 §4.3.1). */
function proceed(
  next: 'ehlo' | 'starttls',
  actions: readonly DialogueAction[],
  rest: Uint8Array,
  where: string,
): DialogueStep {
  if (rest.length === 0) return { state: { kind: next, partial: NO_REPLY_YET }, actions };
  const kept = actions.filter((action) => action.kind !== 'send');
  return stop(
    [...kept, heard(showLine(rest.subarray(0, SHOWN_CHARACTERS)))],
    'protocol',
    `the server spoke out of turn, ${where}`,
  );
}

function refuse(actions: readonly DialogueAction[], reply: Reply, what: string): DialogueStep {
  const said = `"${reply.code} ${cut(lastLine(reply))}"`;
  if (reply.code < 400) {
    return stop([...actions, quit()], 'protocol', `the server answered with ${said}`);
  }
  // RFC 5321 §3.8: with 421 the server closes by itself.
  const parting = reply.code === 421 ? [] : [quit()];
  const lasting = reply.code >= 500 ? '' : ' for now';
  return stop([...actions, ...parting], 'rejected', `the server ${what}${lasting}: ${said}`);
}

const ENDED_WHILE = {
  greeting: 'before its greeting was complete',
  ehlo: 'before its reply to EHLO was complete',
  helo: 'before its reply to HELO was complete',
  starttls: 'in answer to STARTTLS',
} as const;

function stopAtEnd(state: Exclude<DialogueState, { readonly kind: 'over' }>): DialogueStep {
  return stop([], 'closed', `the server closed the connection ${ENDED_WHILE[state.kind]}`);
}

function stop(
  actions: readonly DialogueAction[],
  failure: DialogueFailure,
  reason: string,
): DialogueStep {
  return { state: { kind: 'over' }, actions: [...actions, { kind: 'stop', failure, reason }] };
}

function heard(line: string): DialogueAction {
  return { kind: 'heard', line };
}

function quit(): DialogueAction {
  return { kind: 'send', command: QUIT };
}

function lastLine(reply: Reply): string {
  return reply.lines[reply.lines.length - 1] ?? '';
}

const SHOWN_CHARACTERS = 120;

function cut(text: string): string {
  return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;
}
