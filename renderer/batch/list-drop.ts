/** Tells a list of domains from the other files that people drop: by the name, for nothing else is known in time. */

export function isListDrop(files: readonly { readonly name: string }[]): boolean {
  return files.length > 0 && !files.some(({ name }) => OTHERS.test(name));
}

/** Certificates, keys, requests, containers, and cases. */
const OTHERS = /\.(?:pem|crt|cer|der|key|csr|req|p7[bcs]|p8|p12|pfx|danecase)$/i;
