/** What of English is grammar: numbers, one and many, lists; another language has other rules. */

/** BCP 47; it names the months and groups the digits. */
export const LOCALE = 'en';

const NUMBERS = new Intl.NumberFormat(LOCALE);
const PLURALS = new Intl.PluralRules(LOCALE);

/** `1 query`, `84 queries`, `1,200 queries`. */
export function counted(count: number, one: string, many: string): string {
  return `${numberText(count)} ${pluralOf(count, one, many)}`;
}

/** The form alone, for sentences in which the verb changes too. */
export function pluralOf(count: number, one: string, many: string): string {
  return PLURALS.select(count) === 'one' ? one : many;
}

/** `12`, `1,200`. */
export function numberText(count: number): string {
  return NUMBERS.format(count);
}

/** `Postfix, Exim and Halon`. */
export function listed(items: readonly string[]): string {
  const [last = '', ...before] = [...items].reverse();
  return before.length === 0 ? last : `${before.reverse().join(', ')} and ${last}`;
}
