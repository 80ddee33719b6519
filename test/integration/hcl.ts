// Reads as much of Terraform's language (HCL 2) as the formats are written in, strictly; anything else throws.

export interface Hcl {
  /** Heads of the blocks in order, e.g. `resource "a" "b"`. */
  readonly blocks: readonly string[];
  /** What stands in blocks named `locals`. */
  readonly locals: Readonly<Record<string, HclObject>>;
}

export type HclValue = string | number | readonly HclValue[] | HclObject;
export interface HclObject {
  readonly [key: string]: HclValue;
}

export function readHcl(text: string): Hcl {
  const tokens = tokensOf(text);
  const blocks: string[] = [];
  let locals: Record<string, HclObject> = {};
  while (tokens.length > 0) {
    const head: string[] = [];
    while (tokens[0] !== '{') head.push(take(tokens));
    blocks.push(head.join(' '));
    const body = readObject(tokens);
    if (head[0] === 'locals') locals = { ...locals, ...(body as Record<string, HclObject>) };
  }
  return { blocks, locals };
}

/** Line ends count as the ends of attributes do: each is followed by a key or a bracket. */
function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  const rest = text.replace(/^\s*#.*$/gm, '');
  const pattern =
    /\s*("(?:[^"\\\n]|\\["\\nrt])*"|[A-Za-z_][\w.]*(?:\[[\w.]+\]|\(\w+\))?|\d+|[{}[\],=])/y;
  while (rest.slice(pattern.lastIndex).trim() !== '') {
    const at = pattern.lastIndex;
    const [, token] = pattern.exec(rest) ?? [];
    if (token === undefined) throw new Error(`No HCL: ${rest.slice(at, at + 60)}`);
    tokens.push(token);
  }
  return tokens;
}

function take(tokens: string[], expected?: string): string {
  const token = tokens.shift();
  if (token === undefined || (expected !== undefined && token !== expected)) {
    throw new Error(`${expected ?? 'a token'} expected, not ${token ?? 'the end'}`);
  }
  return token;
}

function readObject(tokens: string[]): HclObject {
  const object: Record<string, HclValue> = {};
  take(tokens, '{');
  while (tokens[0] !== '}') {
    const key = take(tokens);
    take(tokens, '=');
    const name = key.startsWith('"') ? stringOf(key) : key;
    if (name in object) throw new Error(`${name} stands twice`);
    object[name] = readValue(tokens);
  }
  take(tokens, '}');
  return object;
}

function readValue(tokens: string[]): HclValue {
  if (tokens[0] === '{') return readObject(tokens);
  if (tokens[0] === '[') return readList(tokens);
  const token = take(tokens);
  if (token.startsWith('"')) return stringOf(token);
  return /^\d+$/.test(token) ? Number(token) : token;
}

function readList(tokens: string[]): readonly HclValue[] {
  const values: HclValue[] = [];
  take(tokens, '[');
  while (tokens[0] !== ']') {
    values.push(readValue(tokens));
    take(tokens, ',');
  }
  take(tokens, ']');
  return values;
}

/** What begins a template stands doubled where it is text. */
function stringOf(token: string): string {
  if (/(?<![$%])[$%]\{/.test(token)) throw new Error(`${token} would be evaluated`);
  return (JSON.parse(token) as string).replace(/([$%])\1\{/g, '$1{');
}
