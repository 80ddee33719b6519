/** Lets side-by-side stages tell events that one reader takes in order. */

export interface EventQueue<T> {
  push(event: T): void;
  /** No more will come; `error` is thrown to the reader after what is left. */
  close(error?: Error): void;
  read(): AsyncGenerator<T, void, void>;
}

export function createEventQueue<T>(): EventQueue<T> {
  const waiting: T[] = [];
  let end: { readonly error: Error | undefined } | null = null;
  let wake: () => void = () => undefined;

  async function* read(): AsyncGenerator<T, void, void> {
    for (;;) {
      const next = waiting.shift();
      if (next !== undefined) {
        yield next;
      } else if (end !== null) {
        if (end.error !== undefined) throw end.error;
        return;
      } else {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
  }

  return {
    push(event) {
      waiting.push(event);
      wake();
    },
    close(error) {
      end = { error };
      wake();
    },
    read,
  };
}
