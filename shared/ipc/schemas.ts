/** A schema for each question of one subject: of what is asked, or of what is answered. */
import type { z } from 'zod';

export type Schemas<Questions, Side extends 'payload' | 'reply'> = {
  readonly [C in keyof Questions]: Questions[C] extends { readonly [S in Side]: infer T }
    ? z.ZodType<T>
    : never;
};
