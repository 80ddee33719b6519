/** Runs the crypto claims without a test runner and prints what came out, for runtimes that have none. */
import { CRYPTO_CLAIMS } from './crypto-claims.ts';

const results = CRYPTO_CLAIMS.map(({ title, expected, actual }) => {
  try {
    return { title, expected, actual: actual() };
  } catch (error) {
    return { title, expected, actual: `threw ${String(error)}` };
  }
});
process.stdout.write(`${JSON.stringify({ versions: process.versions, results })}\n`);
