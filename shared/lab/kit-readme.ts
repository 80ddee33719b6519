/** The steps of the kit in their order, each with how to see that it worked, from the first file to the last record. */
import { INSTALLED_STATE, KIT_MARK, PARENT_TTL, UNIT_NAME, type KitFacts } from './kit-facts.ts';
import { KIT_NAMES } from './kit-names.ts';
import { DNS_PORT, HTTP_PORT } from './place.ts';

export function kitReadme(facts: KitFacts): string {
  return [
    `${KIT_MARK}: ${facts.base}`,
    '',
    ...paragraph(
      'With it a machine of yours answers the question of whoever asks it: does my mail server check DANE? It runs a name server for this domain and mail servers that take mail for tests alone, and watches what a sender does.',
    ),
    '',
    ...(facts.doubts.length === 0
      ? []
      : ['First of all', ...facts.doubts.flatMap((doubt) => item(doubt)), '']),
    ...steps(facts),
    ...ending(facts),
    ...kept(facts),
    ...abuse(facts),
  ].join('\n');
}

function steps(facts: KitFacts): readonly string[] {
  return [...serving(facts), ...delegating(facts), ...trying(facts)];
}

function serving(facts: KitFacts): readonly string[] {
  const { base, dns, web, statePath } = facts;
  const port = dns.port === DNS_PORT ? '' : ` -p ${dns.port}`;
  return [
    '1. Open the ports',
    ...item(`${KIT_NAMES.firewall} says which, for each kind of firewall. Nothing has to go out.`),
    '',
    '2. Start the service, from this folder',
    `   sudo install -D -m 600 ${shellWord(statePath)} ${INSTALLED_STATE}`,
    `   sudo cp ${KIT_NAMES.unit} /etc/systemd/system/`,
    '   sudo systemctl daemon-reload',
    `   sudo systemctl enable --now ${UNIT_NAME}`,
    '   Check:',
    ...aligned([
      [`systemctl status ${UNIT_NAME}`, 'says “active (running)”'],
      [`journalctl -u ${UNIT_NAME}`, 'says why, if it does not'],
    ]),
    '   From another machine:',
    ...aligned([
      [`dig +norecurse${port} @${dns.address} ${base} SOA`, 'has “aa” among its flags'],
      ...(web === null ? [] : [[pageUrl(web), 'is the page for visitors'] as const]),
    ]),
    '',
  ];
}

function delegating({ base, smtpPort }: KitFacts): readonly string[] {
  const [, ...above] = base.split('.');
  const parent = above.join('.');
  const deep =
    above.length > USUAL_LABELS
      ? ` Where ${parent} is no zone of its own, that is the one it belongs to.`
      : '';
  return [
    `3. Delegate ${base}`,
    ...item(
      `Put the records of ${KIT_NAMES.delegation} into the zone of ${parent}; ${KIT_NAMES.table} has them for a web form.${deep} ${parent} must itself be signed (DNSSEC), or nothing below it can be trusted. The name server first, and the DS record once it answers: with a DS record and no answer, resolvers take the whole domain for broken.`,
    ),
    ...(above.length > 1
      ? []
      : item(
          `${parent} is kept by a registry, which often wants two name servers for a domain; the test has one. A name below a domain of yours, such as dane.${base}, spares that.`,
        )),
    ...item(
      `Resolvers that asked before may remember for a while that it did not exist: as long as the last number of the SOA record of ${parent} says, in seconds.`,
    ),
    '   Check, from another machine:',
    ...aligned([
      [`delv do.${base} MX`, 'says “fully validated”'],
      [`delv _${smtpPort}._tcp.mx.bogus.${base} TLSA`, 'fails: it is forged on purpose'],
    ]),
    '',
  ];
}

/** Of a domain that somebody has registered, mostly. */
const USUAL_LABELS = 2;

function trying({ base, web, program, environment }: KitFacts): readonly string[] {
  const settings = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
  return [
    '4. Look at it as a sender would',
    ...aligned([
      [`dane-inspector check do.${base}`, 'is authenticated'],
      [`dane-inspector check wrong.${base}`, 'is not: its records are wrong on purpose'],
    ]),
    ...item(
      'Run it where connections to port 25 may go out: many private lines and rented servers do not let them. On this machine “dane-inspector” is',
    ),
    `     ${[...settings, ...program.map(shellWord)].join(' ')}`,
    '',
    '5. Test a mail server',
    ...item(
      web === null
        ? `“journalctl -u ${UNIT_NAME}” has the recipients: send one mail to all of them. A test begins with each start of the service.`
        : `Open ${pageUrl({ ...web, address: base })}, begin a test, and send one mail to its recipients.`,
    ),
    ...item(
      'Verdicts come within seconds of what decides them; what is not seen counts as silence after some minutes, never as success.',
    ),
    '',
  ];
}

/** A browser takes brackets around an IPv6 address (RFC 3986 §3.2.2). */
function pageUrl({ address, port }: NonNullable<KitFacts['web']>): string {
  const host = address.includes(':') ? `[${address}]` : address;
  return `http://${host}${port === HTTP_PORT ? '' : `:${port}`}/`;
}

function ending({ base }: KitFacts): readonly string[] {
  return [
    'To end it: the order matters',
    '   1. Delete the DS record in the zone above, and nothing else.',
    `   2. Wait for its TTL: ${PARENT_TTL} seconds if it was put there as in the file, or what your provider made of it.`,
    `      “dig ${base} DS +noall +answer” shows nothing any more.`,
    '   3. Delete the NS record and the address of the name server.',
    '   4. Wait as long again, then stop the service:',
    `      sudo systemctl disable --now ${UNIT_NAME}`,
    `      sudo rm -r /etc/systemd/system/${UNIT_NAME}.service /etc/${UNIT_NAME} /var/lib/private/${UNIT_NAME}`,
    ...item(
      'The other way round, resolvers would still expect signatures from a server that is gone, and mail to these domains would wait in the queues of whoever sent some.',
    ),
    '',
  ];
}

function kept({ statePath }: KitFacts): readonly string[] {
  return [
    'What is kept',
    ...item(
      `${statePath} holds the private keys: of the zone, which the DS record is about, and of the mail servers. Only its owner may read it. On its first start the service takes ${INSTALLED_STATE} over to /var/lib/private/${UNIT_NAME}, and goes on with that; it needs the first one to be there all the same.`,
    ),
    ...item(
      'Keep it. Without it the next kit has other keys: end everything as above, and begin anew with the other DS record.',
    ),
    ...item(
      'Of tests the service keeps the recipient, what was seen of the sender, and its address, for a day. Of mails it keeps nothing. What belongs to no test is not kept at all.',
    ),
    ...item(
      'A second export into this folder keeps the keys and writes the texts anew. An upgrade of the program needs “systemctl restart”; certificates are made anew then, from the same keys, so that remembered records still hold.',
    ),
    '',
  ];
}

function abuse({ base }: KitFacts): readonly string[] {
  return [
    'Abuse',
    ...item(
      'It relays nothing, sends nothing, and has no passwords. Mail for anybody but the recipients of a test is refused. Connections, sizes and times are bounded, in all and for each network.',
    ),
    ...item(
      'Its name server answers for this domain alone, and over UDP no one address gets more than a limited number of full answers: as an amplifier it is of little use.',
    ),
    ...item(
      `The page for visitors is open to all, over plain HTTP: it asks for no names and sets no cookies. Whoever has the address of a test can read it, and nobody can guess one. “--web none” leaves the page out. Do not put a web server before it: all visitors would count as one.`,
    ),
    ...item(
      `Complaints about a host below ${base} are most likely about mail that waits because a sender was told to keep it. That is what the test is for. Nobody reads postmaster@ or hostmaster@ of these domains: let the contacts of your own domain and address be right.`,
    ),
    '',
  ];
}

const WIDTH = 100;
const INDENT = '   ';

/** Commands, and beside them what is right. */
function aligned(rows: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.max(...rows.map(([command]) => command.length));
  return rows.map(([command, right]) => `     ${command.padEnd(width)}   ${right}`);
}

/** As a shell takes it for one word. */
function shellWord(text: string): string {
  return /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

function item(text: string): readonly string[] {
  return paragraph(text, INDENT);
}

/** Lines that fit a terminal. */
function paragraph(text: string, indent = ''): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && indent.length + line.length + 1 + word.length > WIDTH) {
      lines.push(indent + line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, indent + line];
}
