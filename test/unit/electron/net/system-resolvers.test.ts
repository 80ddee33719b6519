import { getServers, setServers } from 'node:dns';
import { afterEach, expect, test } from 'vitest';
import { systemResolvers } from '../../../../electron/net/system-resolvers.ts';

const before = getServers();
afterEach(() => {
  setServers(before);
});

test('the resolvers of this machine are told with their ports', () => {
  setServers(['127.0.0.1', '127.0.0.2:5353', '::1', '[fe80::2]:5354']);
  expect(systemResolvers()).toEqual([
    { address: '127.0.0.1', port: 53 },
    { address: '127.0.0.2', port: 5353 },
    { address: '::1', port: 53 },
    { address: 'fe80::2', port: 5354 },
  ]);
});
