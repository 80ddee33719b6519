// Makes keys, signs zones with BIND's tools, and then damages the signatures that a plan wants damaged (RFC 4034 §3, §5).
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './processes.ts';
import { absolute, qualified } from './zone-text.ts';
import type { SignatureFault, ZonePlan } from './zones/zone-plan.ts';

type Window = 'current' | 'expired' | 'future';

/** Start and end of the signatures, in days from now. */
const WINDOWS: Readonly<Record<Window, readonly [number, number]>> = {
  current: [-1, 29],
  expired: [-60, -30],
  future: [30, 60],
};

const DAY = 86_400_000;

/** Makes the zone's keys in a folder of their own. */
export async function makeKeys(zone: ZonePlan, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  await generateKey(zone, folder, ['-f', 'KSK']);
  if (zone.keys === 'split') await generateKey(zone, folder, []);
}

async function generateKey(
  zone: ZonePlan,
  folder: string,
  flags: readonly string[],
): Promise<void> {
  const algorithm = zone.algorithm ?? 'ECDSAP256SHA256';
  const size = algorithm.startsWith('RSA') ? ['-b', '2048'] : [];
  const how = ['-q', '-K', folder, '-a', algorithm, ...size, ...flags];
  await run('dnssec-keygen', [...how, absolute(zone.name)]);
}

/** A folder with the same keys and one more that signs the zone, as after a rollover that one server has not heard of (RFC 6781 §4.1.1). */
export async function withFurtherKey(zone: ZonePlan, folder: string): Promise<string> {
  const further = `${folder}.further`;
  cpSync(folder, further, { recursive: true });
  await generateKey(zone, further, []);
  return further;
}

/** The DS records a signed zone asks its parent to publish, faulty if planned so; none for an unsigned delegation. */
export function readDs(zone: ZonePlan, keyFolder: string): readonly string[] {
  if (zone.denial === 'none' || zone.delegation === 'unsigned') return [];
  // Written by the tool that signed the zone.
  const lines = readFileSync(join(keyFolder, `dsset-${absolute(zone.name)}`), 'utf8');
  return lines
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => faultyDs(line.trim(), zone.delegation));
}

/** Signs the text; the result has one record a line, so that single signatures can be found and changed. */
export async function signZone(
  zone: ZonePlan,
  text: string,
  keyFolder: string,
  outFile: string,
): Promise<void> {
  if (zone.denial === 'none') {
    writeFileSync(outFile, text);
    return;
  }
  if (zone.updates === true) {
    writeFileSync(outFile, text);
    await writeDs(zone, keyFolder);
    return;
  }
  const plain = `${outFile}.plain`;
  writeFileSync(plain, text);
  const faults = zone.signatureFaults ?? [];
  const sign = async (window: Window): Promise<string[]> => {
    const signed = `${outFile}.${window}`;
    await run('dnssec-signzone', signArguments(zone, keyFolder, plain, signed, window), {
      cwd: keyFolder,
    });
    return readFileSync(signed, 'utf8').split('\n');
  };
  const current = await sign('current');
  const replacements = new Map<Window, string[]>();
  for (const { fault } of faults) {
    if (fault === 'expired' || fault === 'future') replacements.set(fault, await sign(fault));
  }
  const lines = faults.reduce(
    (before, fault) => damage(before, fault, zone, replacements),
    current,
  );
  writeFileSync(outFile, lines.join('\n'));
}

/** For a zone that its server signs: what signing it here would leave beside the keys. */
async function writeDs(zone: ZonePlan, keyFolder: string): Promise<void> {
  const name = absolute(zone.name);
  const keys = readdirSync(keyFolder).filter((file) => file.endsWith('.key'));
  const entry = keys.find((file) =>
    / DNSKEY 257 /.test(readFileSync(join(keyFolder, file), 'utf8')),
  );
  if (entry === undefined) throw new Error(`${zone.name} has no key-signing key`);
  const ds = await run('dnssec-dsfromkey', ['-2', join(keyFolder, entry)]);
  writeFileSync(join(keyFolder, `dsset-${name}`), ds);
}

function signArguments(
  zone: ZonePlan,
  keyFolder: string,
  plain: string,
  signed: string,
  window: Window,
): readonly string[] {
  const [start, end] = WINDOWS[window];
  const denial = zone.denial ?? 'nsec';
  return [
    '-S',
    '-K',
    keyFolder,
    '-o',
    absolute(zone.name),
    '-f',
    signed,
    '-O',
    'full',
    // One key signs everything; with two, each signs its own part.
    ...(zone.keys === 'split' ? [] : ['-z']),
    '-s',
    timestamp(start),
    '-e',
    timestamp(end),
    // No salt and no iterations (RFC 9276 §3.1).
    ...(denial.startsWith('nsec3') ? ['-3', '-', '-H', '0'] : []),
    ...(denial === 'nsec3-opt-out' ? ['-A'] : []),
    // The tool would refuse its own result where the signatures are not valid today.
    ...(window === 'current' ? [] : ['-P']),
    plain,
  ];
}

function damage(
  lines: readonly string[],
  { at, fault }: SignatureFault,
  zone: ZonePlan,
  replacements: ReadonlyMap<Window, readonly string[]>,
): string[] {
  if (at === '*' && (fault === 'expired' || fault === 'future')) {
    return [...(replacements.get(fault) ?? [])];
  }
  const [owner = '', type = ''] = at.split(' ');
  const wanted = `${qualified(owner, zone)} RRSIG ${type}`;
  const matches = (line: string): boolean => {
    const fields = line.split(/\s+/);
    return `${fields[0]} ${fields[3]} ${fields[4]}` === wanted;
  };
  const found = lines.findIndex(matches);
  const line = lines[found];
  if (line === undefined) throw new Error(`${zone.name} has no signature at ${at} to damage`);
  const result = [...lines];
  if (fault === 'removed') result.splice(found, 1);
  else if (fault === 'altered') result[found] = altered(line);
  else result[found] = replacements.get(fault)?.find(matches) ?? line;
  return result;
}

/** The same signature with the bits of one byte in its middle turned over. */
function altered(line: string): string {
  const fields = line.split(/\s+/);
  const signature = Buffer.from(fields.slice(12).join(''), 'base64');
  const middle = signature.length >> 1;
  signature[middle] = 0xff ^ (signature[middle] ?? 0);
  return [...fields.slice(0, 12), signature.toString('base64')].join(' ');
}

function faultyDs(line: string, delegation: ZonePlan['delegation']): string {
  // owner IN DS tag algorithm type digest, the digest in one piece or two
  const words = line.split(/\s+/);
  const fields = [...words.slice(0, 6), words.slice(6).join('')];
  const digest = fields[6] ?? '';
  if (delegation === 'wrong-digest') {
    const wrong = digest.replace(/[0-9A-F]/g, (digit) => (digit === '0' ? '1' : '0'));
    return [...fields.slice(0, -1), wrong].join(' ');
  }
  // Digest type 200 is unassigned, so no validator knows it (RFC 4035 §5.2).
  if (delegation === 'unknown-digest-type')
    return [...fields.slice(0, -2), '200', digest].join(' ');
  return fields.join(' ');
}

/** YYYYMMDDHHMMSS, so many days from now. */
function timestamp(days: number): string {
  return new Date(Date.now() + days * DAY).toISOString().replace(/\D/g, '').slice(0, 14);
}
