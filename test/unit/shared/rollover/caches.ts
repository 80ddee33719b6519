// Name servers that lag behind one another, and every record set that a cache may hold because of it.

/** Seconds, as everything here. */
export type Instant = number;

interface Version {
  readonly from: Instant;
  readonly records: readonly string[];
}

/** The first server is the primary; each other one follows it late, but within REFRESH (RFC 1035 §3.3.13). */
export interface World {
  readonly versions: readonly Version[];
  /** By server, then by version. */
  readonly lags: readonly (readonly number[])[];
  readonly ttl: number;
}

export function shownBy(world: World, server: number, at: Instant): readonly string[] {
  const fetches = world.versions.map(
    ({ from }, index) => from + (world.lags[server]?.[index] ?? 0),
  );
  // What it fetches is what the primary has at that moment, whichever change made it look.
  const fetched = Math.max(...fetches.filter((instant) => instant <= at));
  const current = world.versions.filter(({ from }) => from <= fetched).at(-1);
  return (current ?? world.versions[0])?.records ?? [];
}

/** When some server began to show something else. */
export function changes({ versions, lags }: World): readonly Instant[] {
  return versions.flatMap(({ from }, index) => lags.map((lag) => from + (lag[index] ?? 0)));
}

/** Every record set that some cache may still hold: taken from any server at any instant not more than a TTL ago. */
export function cached(world: World, at: Instant): readonly (readonly string[])[] {
  const instants = [at - world.ttl, at, ...changes(world)].filter(
    (each) => each >= at - world.ttl && each <= at,
  );
  return instants.flatMap((instant) =>
    world.lags.map((_lag, server) => shownBy(world, server, instant)),
  );
}

/** RFC 7671 §9, said once more: of one usage and selector only the strongest digest counts. */
export function accepts(
  records: readonly string[],
  { records: own }: { readonly records: readonly string[] },
): boolean {
  const isSet = (text: string): boolean =>
    text.charAt(4) === '1' && records.some((other) => other.startsWith(`${text.slice(0, 4)}2`));
  return records.length === 0 || records.some((text) => own.includes(text) && !isSet(text));
}
