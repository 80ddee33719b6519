// Brings the universe up before the integration suite and takes it down after it, once for all files.
import type { TestProject } from 'vitest/node';
import { startUniverse, type UniverseFacts } from '../universe/universe.ts';

declare module 'vitest' {
  interface ProvidedContext {
    universe: UniverseFacts;
  }
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { stop, ...facts } = await startUniverse();
  project.provide('universe', facts);
  return stop;
}
