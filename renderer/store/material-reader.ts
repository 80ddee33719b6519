/** Has files read by a worker, one after the other; one that takes too long ends it, and costs no other file. */
import type { MaterialFile } from '../../shared/material/material.ts';
import { words } from '../words/words.ts';

const { intake: said } = words.generate;

/** What is not in memory yet is read by the worker: opening a thousand files would hold the page up. */
export type FileContent = Blob | Uint8Array;

export interface ReadRequest {
  readonly id: number;
  readonly name: string;
  readonly content: FileContent;
  /** For a container that is locked with one; goes to the worker and nowhere else. */
  readonly password: string | null;
}

export interface ReadReply {
  readonly id: number;
  readonly file: MaterialFile;
}

/** What is asked of a worker; tests have their own. */
export interface WorkerPort {
  readonly send: (request: ReadRequest) => void;
  readonly end: () => void;
}

/** `tell` is called for each reply, `fail` when the worker itself broke. */
export type MakeWorker = (tell: (reply: ReadReply) => void, fail: () => void) => WorkerPort;

export interface ReadJob {
  readonly id: number;
  readonly name: string;
  readonly load: () => Promise<FileContent>;
  readonly password: string | null;
}

/** Milliseconds for one file; the largest allowed takes a tenth of it. */
export const MAX_READ_MS = 10_000;
/**
 * Milliseconds for one that is opened with a password: these are made slow to open on purpose. The slowest
 * in use take 5 s, and twice that on a busy machine.
 */
export const MAX_OPEN_MS = 30_000;
/** Milliseconds without work after which the worker ends: what it read of private keys goes with it. */
export const IDLE_MS = 10_000;
/** Files that the worker has at a time, so that it never waits for the disk. */
const FILES_AHEAD = 16;

export class MaterialReader {
  readonly #makeWorker: MakeWorker;
  readonly #tell: (id: number, file: MaterialFile) => void;
  #worker: WorkerPort | null = null;
  #waiting: ReadJob[] = [];
  /** Being opened. */
  readonly #loading = new Set<number>();
  /** With the worker, in its order: it is at the first. */
  #sent: ReadRequest[] = [];
  #watch: ReturnType<typeof setTimeout> | null = null;
  #idle: ReturnType<typeof setTimeout> | null = null;

  constructor(makeWorker: MakeWorker, tell: (id: number, file: MaterialFile) => void) {
    this.#makeWorker = makeWorker;
    this.#tell = tell;
  }

  add(jobs: readonly ReadJob[]): void {
    this.#waiting.push(...jobs);
    this.#fill();
  }

  /** Files will come soon: a worker takes a moment to start. */
  warm(): void {
    this.#worker ??= this.#startWorker();
    this.#restWhenIdle();
  }

  /** What was asked for and is not answered yet will not be. */
  forgetAll(): void {
    this.#waiting = [];
    this.#loading.clear();
    if (this.#sent.length > 0) this.#endWorker();
    this.#sent = [];
    this.#unwatch();
    this.#restWhenIdle();
  }

  #fill(): void {
    while (this.#loading.size + this.#sent.length < FILES_AHEAD) {
      const job = this.#waiting.shift();
      if (job === undefined) return;
      this.#loading.add(job.id);
      void this.#load(job);
    }
  }

  async #load(job: ReadJob): Promise<void> {
    const content = await loadWithin(job.load, MAX_READ_MS);
    // Forgotten meanwhile.
    if (!this.#loading.delete(job.id)) return;
    if (content === null) {
      this.#tell(job.id, failed(job.name, said.unreadable));
      this.#fill();
      return;
    }
    this.#send({ id: job.id, name: job.name, content, password: job.password });
  }

  #send(request: ReadRequest): void {
    this.#sent.push(request);
    if (this.#sent.length === 1) this.#watchFirst();
    this.#worker ??= this.#startWorker();
    this.#worker.send(request);
  }

  #startWorker(): WorkerPort {
    const worker: WorkerPort = this.#makeWorker(
      ({ id, file }) => {
        if (this.#worker !== worker || this.#sent[0]?.id !== id) return;
        this.#sent.shift();
        this.#watchFirst();
        this.#tell(id, file);
        this.#fill();
        this.#restWhenIdle();
      },
      () => {
        if (this.#worker === worker) this.#giveUpFirst(said.failed);
      },
    );
    return worker;
  }

  /** The first file is named and left; those behind it go to a new worker. */
  #giveUpFirst(reason: string): void {
    this.#endWorker();
    const [first, ...rest] = this.#sent;
    this.#sent = [];
    this.#unwatch();
    for (const request of rest) this.#send(request);
    if (first !== undefined) this.#tell(first.id, failed(first.name, reason));
    this.#fill();
  }

  #restWhenIdle(): void {
    if (this.#idle !== null) clearTimeout(this.#idle);
    this.#idle = setTimeout(() => {
      if (this.#sent.length + this.#loading.size === 0) this.#endWorker();
    }, IDLE_MS);
  }

  #endWorker(): void {
    this.#worker?.end();
    this.#worker = null;
  }

  #watchFirst(): void {
    this.#unwatch();
    const [first] = this.#sent;
    if (first === undefined) return;
    const isOpened = first.password !== null;
    const most = isOpened ? MAX_OPEN_MS : MAX_READ_MS;
    const tooLong = isOpened ? said.openTooLong : said.readTooLong;
    this.#watch = setTimeout(() => {
      this.#giveUpFirst(tooLong(most / 1000));
    }, most);
  }

  #unwatch(): void {
    if (this.#watch !== null) clearTimeout(this.#watch);
    this.#watch = null;
  }
}

function failed(name: string, problem: string): MaterialFile {
  return { name, items: [], problems: [problem], locked: null };
}

/** Null when the file cannot be read, or does not come: a disk may be on a network that is gone. */
async function loadWithin(
  load: ReadJob['load'],
  milliseconds: number,
): Promise<FileContent | null> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => {
      resolve(null);
    }, milliseconds);
  });
  try {
    return await Promise.race([load(), late]);
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}
