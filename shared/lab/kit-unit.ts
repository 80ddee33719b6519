/** The systemd unit of the kit: one service without rights but to listen on low ports, and nothing of the machine to write. */
import { INSTALLED_STATE, KIT_MARK, UNIT_NAME, type KitFacts } from './kit-facts.ts';

type UnitFacts = Pick<KitFacts, 'base' | 'program' | 'environment' | 'options' | 'web'>;

/** Octets: Node needs some hundred megabytes, and 20 000 things seen some ten. */
const MEMORY = '512M';
/** Connections of senders, resolvers and visitors, with some to spare. */
const OPEN_FILES = 4096;
/** Threads of Node. */
const TASKS = 64;
/** Seconds between two starts: an address may come up late. */
const AGAIN_SECONDS = 15;

export function systemdUnit(facts: UnitFacts): string {
  const { base, environment } = facts;
  const settings = Object.entries(environment).map(
    ([name, value]) => `Environment=${quoted(`${name}=${value}`)}`,
  );
  return [
    `# ${KIT_MARK}: service for ${base}`,
    '[Unit]',
    `Description=DANE Inspector outbound test ${base}`,
    'Wants=network-online.target',
    // Certificates and signatures are dated by the clock.
    'After=network-online.target time-sync.target',
    '',
    '[Service]',
    'Type=exec',
    ...settings,
    '# The keys of the kit, for the first start; later ones go on with what the service keeps.',
    `LoadCredential=state.json:${INSTALLED_STATE}`,
    `ExecStartPre=${SEED}`,
    `ExecStart=${command(facts)}`,
    ...output(facts),
    'Restart=on-failure',
    `RestartSec=${AGAIN_SECONDS}`,
    '',
    'DynamicUser=yes',
    `StateDirectory=${UNIT_NAME}`,
    'StateDirectoryMode=0700',
    'UMask=0077',
    'AmbientCapabilities=CAP_NET_BIND_SERVICE',
    'CapabilityBoundingSet=CAP_NET_BIND_SERVICE',
    ...HARDENING,
    `ProtectHome=${facts.program.some(isAtHome) ? 'read-only' : 'yes'}`,
    `MemoryMax=${MEMORY}`,
    `TasksMax=${TASKS}`,
    `LimitNOFILE=${OPEN_FILES}`,
    '',
    '[Install]',
    'WantedBy=multi-user.target',
    '',
  ].join('\n');
}

/** Without the page nothing else tells the recipients. */
function output({ web }: UnitFacts): readonly string[] {
  return [
    web === null
      ? '# It prints the recipients of a test, and what a sender does.'
      : '# It prints where it is, and what goes wrong with it; of visitors and their senders nothing.',
    'StandardOutput=journal',
  ];
}

/** “$$” is a “$” that the shell gets (systemd.service(5)). */
const SEED = `/bin/sh -c '[ -e "$$STATE_DIRECTORY/state.json" ] || install -m 600 "$$CREDENTIALS_DIRECTORY/state.json" "$$STATE_DIRECTORY/state.json"'`;

const HARDENING = [
  'NoNewPrivileges=yes',
  'ProtectSystem=strict',
  'PrivateTmp=yes',
  'PrivateDevices=yes',
  'ProtectClock=yes',
  'ProtectControlGroups=yes',
  'ProtectHostname=yes',
  'ProtectKernelLogs=yes',
  'ProtectKernelModules=yes',
  'ProtectKernelTunables=yes',
  'LockPersonality=yes',
  'RestrictAddressFamilies=AF_INET AF_INET6',
  'RestrictNamespaces=yes',
  'RestrictRealtime=yes',
  'RestrictSUIDSGID=yes',
  'RemoveIPC=yes',
  'SystemCallArchitectures=native',
  'SystemCallFilter=@system-service',
  'SystemCallFilter=~@privileged',
  'SystemCallErrorNumber=EPERM',
  '# Not MemoryDenyWriteExecute: the JavaScript engine compiles while it runs.',
];

/** systemd.exec(5), ProtectHome: what it hides. */
function isAtHome(path: string): boolean {
  return ['/home/', '/root/', '/run/user/'].some((folder) => path.startsWith(folder));
}

function command({ program, options }: UnitFacts): string {
  const [binary = '', ...script] = program;
  return [
    // Its path is no place for variables, so that a “$” in it stays one.
    quoted(binary),
    ...[...script, 'lab', '--outbound', ...options].map((word) => variablesEscaped(quoted(word))),
    '--state',
    '${STATE_DIRECTORY}/state.json',
  ].join(' ');
}

const PLAIN = /^[\w./:,=#@+-]+$/;

/** As systemd.syntax(7) reads it; plain words stay as they are. */
function quoted(word: string): string {
  if (PLAIN.test(word)) return word;
  return `"${escapedSpecifiers(word).replace(/["\\]/g, '\\$&')}"`;
}

function escapedSpecifiers(text: string): string {
  return text.replaceAll('%', '%%');
}

function variablesEscaped(word: string): string {
  return word.replaceAll('$', '$$$$');
}
