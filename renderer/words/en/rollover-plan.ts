/** Words of the plan of a rollover: its verdict, picture and steps, and its hook script. */
import { numberText } from './language.ts';

type Pieces<Piece> = readonly (string | Piece)[];

export const rolloverPlan = {
  plan: {
    region: 'Plan',
    steps: 'Steps',
    notes: 'Notes',
    waitLeft: (span: string) => `${span} left`,
    waitOfCaches: (span: string) => `${span} of caches`,
    sources: {
      published:
        'No dropped key is chosen: the plan is for the key of a published record that matches nothing yet. It could be a next key, or left over: drop its certificate or key to be sure.',
      'in-use':
        'No dropped key is chosen: the plan is for the certificate in use, which no record matches.',
    },
    asText: (host: string, instant: string) => `Rollover of ${host}, looked at ${instant}`,
    what: 'the plan',
    copy: 'Copy as text',
    vouch: <Piece>(span: string, because: (text: string) => Piece): Pieces<Piece> => [
      `It had stood for ${span} or longer when it was first seen here`,
      because(' (this program knows it since its own first look only)'),
    ],
    automatic: <Piece>(because: (text: string) => Piece): Pieces<Piece> => [
      'Check again each minute while this screen is open and a step is pending',
      because(': its name servers and mail servers are asked each time'),
    ],
    notAutomatic: <Piece>(because: (text: string) => Piece): Pieces<Piece> => [
      'Check again each minute while this screen is open and a step is pending',
      because(' (off: nothing is asked unless you press “Check now”)'),
    ],
  },
  /** In the place of a plan while there is none. */
  note: {
    couldNotLook: 'Could not look.',
    fromBefore: (why: string) => `${why} What stands below is from the look before.`,
    looking: 'Looking',
    asking: (host: string) => `Asking the name servers and the mail server of ${host}.`,
    couldNotTell: 'Could not tell.',
    whichHost: {
      title: 'Which mail host?',
      sentence:
        'Name the mail host, and drop the certificate, key or request that comes next. The plan says when to publish its record, when the mail server may be given it, and when the old record goes.',
    },
    nothingChosen: {
      title: 'Nothing is chosen.',
      sentence:
        'Tick on the left what comes next. What names another host, or has expired, is not taken by itself.',
    },
    nothingDropped: {
      title: 'What comes next?',
      sentence:
        'No key to come is known: nothing was dropped, and the published records do not tell of one. Drop the next certificate, its key or its request. A key made now, with its record published, lets the next change go without a wait.',
    },
    nothingPublished: {
      title: 'No record is published yet.',
      sentence:
        'Senders do not authenticate this host, and what it presents was not seen. Drop the certificate in use, or its key, to have the first record and a plan for it; or the next one, for a plan with both.',
    },
  },
  picture: {
    title: 'The plan along time',
    records: 'DNS records',
    served: 'Certificate served',
    marks: { now: 'now', publish: 'publish', deploy: 'deploy', remove: 'remove old' },
    seenAt: (clock: string) => `${clock}, seen`,
    from: (clock: string) => `from ${clock}`,
    afterDeploying: (span: string) => `${span} after deploying`,
    bar: (record: string, role: string) => `${record} ${role}`,
    roles: {
      currentAndNext: 'current and next',
      current: 'current',
      next: 'next',
      old: 'old',
      stray: 'matches nothing',
    },
    ofKind: (kind: string, key: string) => `${kind}, ${key}`,
    keys: {
      stays: 'key that stays',
      unseen: 'not seen',
      old: 'old key',
      next: 'new key',
      inUse: 'key in use',
    },
    aloud: {
      order: (marks: readonly string[]) => `In order: ${marks.join('; ')}.`,
      records: (bars: readonly string[]) => `Records: ${bars.join('; ')}.`,
      served: (bars: readonly string[]) => `Certificate served: ${bars.join('; ')}.`,
      mark: (title: string, note: string) => `${title}, ${note}`,
      events: { publish: 'publish', deploy: 'deploy', remove: 'remove', now: 'now' },
      stands: (bar: string) => `${bar}, stands now and stays`,
      standsUntil: (bar: string, end: string) => `${bar}, stands now until “${end}”`,
      begins: (bar: string, begin: string) => `${bar}, from “${begin}” and stays`,
      beginsUntil: (bar: string, begin: string, end: string) =>
        `${bar}, from “${begin}” until “${end}”`,
    },
  },
  steps: {
    caption: 'The steps of the plan',
    step: 'step',
    when: (zone: string) => `when (${zone})`,
    whenHint: 'Times are those of this computer',
    mustHold: 'must hold before the next step',
    checked: 'checked',
    ifSkipped: 'if skipped',
    ifSkippedIs: (otherwise: string) => `If skipped: ${otherwise}`,
    unfold: 'The records at this step',
    done: 'done',
    now: 'now',
    next: 'then',
    until: <Piece>(time: Piece): Pieces<Piece> => ['until ', time],
    from: <Piece>(time: Piece): Pieces<Piece> => ['from ', time],
    afterPublishing: (span: string) => `${span} after publishing`,
    afterDeploying: (span: string) => `${span} after deploying`,
    couldNotTell: 'could not tell',
    maybePrepared: 'a record that matches nothing could be a next key’s, or left over',
    left: (span: string) => `${span} left`,
    over: 'over',
    notYet: 'not yet',
    counted: (right: number, all: number, clock: string) => `${right} of ${all} at ${clock}`,
    not: <Piece>(names: Piece): Pieces<Piece> => ['not ', names],
    silent: <Piece>(names: Piece): Pieces<Piece> => ['silent: ', names],
    unseen: <Piece>(names: Piece): Pieces<Piece> => ['not seen: ', names],
    andMore: (names: string, count: number) => `${names} and ${numberText(count)} more`,
    noRecord: 'No record stands from this step on.',
    wholeSet: 'The whole set from this step on:',
    recordsOf: (title: string) => `the records of the step “${title}”`,
    added: 'added',
    removed: 'removed',
  },
  hook: {
    title: (host: string, port: number) => `Hook script for ${host}, port ${port}`,
    script: 'The script',
    wholePath: 'The folder takes a whole path, from / on.',
    nameReload: 'Name the command that reloads the mail server.',
    save: 'Save',
    what: 'the script',
    client: 'ACME client',
    clients: { certbot: 'certbot', 'acme.sh': 'acme.sh', lego: 'lego' },
    dns: 'How records are changed',
    dnsWays: { nsupdate: 'nsupdate', cloudflare: 'Cloudflare' },
    zone: 'Zone',
    zoneHint: 'found by itself',
    folder: 'Folder for the mail server’s key and certificate',
    reload: 'Command that reloads the mail server',
    reloadExample: 'postfix reload',
    does: 'It publishes, waits, checks every name server, installs, reloads, waits, and removes only what it can prove stale. It stops on an error with the old state intact, and may run again.',
    secrets: {
      cloudflare:
        'The API token is read from the environment or a file. It is never in the script. Try it first with --dry-run.',
      nsupdate:
        'The TSIG key stays in a file of its own. It is never in the script. Try it first with --dry-run.',
    },
    work: 'How it is put to work',
    saveAs: <Piece>(place: Piece, settings: Piece): Pieces<Piece> => [
      'Save it as ',
      place,
      '; settings and the place of the secret go into ',
      settings,
      '.',
    ],
    tell: <Piece>(client: string, commands: Piece): Pieces<Piece> => [`Tell ${client}: `, commands],
    forVersion: <Piece>(version: string, command: Piece): Pieces<Piece> => [
      `${version}: `,
      command,
    ],
    versions: { five: 'version 5', fourFirst: 'version 4, first', fourThen: 'version 4, then' },
    cron: <Piece>(place: Piece, line: Piece): Pieces<Piece> => [
      'Let cron go on with it, in ',
      place,
      ': ',
      line,
    ],
    command: (text: string) => `“${text}”`,
  },
};
