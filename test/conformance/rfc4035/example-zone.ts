/** The signed zone of RFC 4035 Appendix A: what its example responses are made of. */
import { parseDnskey } from '../../../shared/dnssec/dnskey.ts';
import type { ZoneKeys } from '../../../shared/dnssec/signature.ts';
import { signedRRsets, type SignedRRset } from '../../../shared/dnssec/signed-rrset.ts';
import { name, records } from '../signed-answers/answers.ts';

/** 2004-04-12, while the signatures hold. */
export const AT_2004 = 1081800000;
export const ZONE = name('example.');

const ZSK =
  'AQOy1bZVvpPqhg4j7EJoM9rI3ZmyEx2OzDBVrZy/lvI5CQePxXHZS4i8dANH4DX3tbHol61ek8EFMcsGXxKciJFHyhl94C+NwILQdzsUlSFovBZsyl/NX6yEbtw/xN9ZNcrbYvgjjZ/UVPZIySFNsgEYvh0z2542lzMKR4Dh8uZffQ==';
const KSK =
  'AQOeX7+baTmvpVHb2CcLnL1dMRWbuscRvHXlLnXwDzvqp4tZVKp1sZMepFb8MvxhhW3y/0QZsyCjczGJ1qk8vJe52iOhInKROVLRwxGpMfzPRLMlGybr51bOV/1se0ODacj3DomyB4QB5gKTYot/K9alk5/j8vfd4jWCWD+E1Sze0Q==';

const signature = (type: string, labels: number, octets: string, key = 38519): string =>
  `RRSIG ${type} 5 ${labels} 3600 20040509183619 20040409183619 ${key} example. ${octets}`;

export const TEXTS = {
  dnskey: `example. 3600 DNSKEY 256 3 5 ${ZSK}
example. 3600 DNSKEY 257 3 5 ${KSK}
example. 3600 ${signature('DNSKEY', 1, 'ZxgauAuIj+k1YoVEOSlZfx41fcmKzTFHoweZxYnz99JVQZJ33wFS0Q0jcP7VXKkaElXk9nYJXevO/7nAbo88iWsMkSpSR6jWzYYKwfrBI/L9hjYmyVO9m6FjQ7uwM4dCP/bIuV/DKqOAK9NYNC3AHfvCV1Tp4VKDqxqG7R5tTVM=', 9465)}
example. 3600 ${signature('DNSKEY', 1, 'eGL0s90glUqcOmloo/2y+bSzyEfKVOQViD9ZDNhLz/Yn9CQZlDVRJffACQDAUhXpU/oP34ribKBpysRXosczFrKqS5Oa0bzMOfXCXup9qHApeFIku28Vqfr8Nt7cigZLxjK+u0Ws/4lIRjKk7z5OXogYVaFzHKillDt3HRxHIZM=')}`,
  soa: `example. 3600 SOA ns1.example. bugs.x.w.example. 1081539377 3600 300 3600000 3600
example. 3600 ${signature('SOA', 1, 'ONx0k36rcjaxYtcNgq6iQnpNV5+drqYAsC9h7TSJaHCqbhE67Sr6aH2xDUGcqQWu/n0UVzrFvkgO9ebarZ0GWDKcuwlM6eNB5SiX2K74l5LWDA7S/Un/IbtDq4Ay8NMNLQI7Dw7n4p8/rjkBjV7j86HyQgM5e7+miRAz8V01b0I=')}`,
  ns: `example. 3600 NS ns1.example.
example. 3600 NS ns2.example.
example. 3600 ${signature('NS', 1, 'gl13F00f2U0R+SWiXXLHwsMY+qStYy5k6zfdEuivWc+wd1fmbNCyql0Tk7lHTX6UOxc8AgNf4ISFve8XqF4q+o9qlnqIzmppU3LiNeKT4FZ8RO5urFOvoMRTbQxW3U0hXWuggE4g3ZpsHv480HjMeRaZB/FRPGfJPajngcq6Kwg=')}`,
  mx: `example. 3600 MX 1 xx.example.
example. 3600 ${signature('MX', 1, 'HyDHYVT5KHSZ7HtO/vypumPmSZQrcOP3tzWB2qaKkHVPfau/DgLgS/IKENkYOGL95G4N+NzEVyNU8dcTOckT+ChPcGeVjguQ7a3Ao9Z/ZkUO6gmmUW4b89rz1PUxW4jzUxj66PTwoVtUU/iMW6OISukd1EQt7a0kygkg+PEDxdI=')}`,
  apexNsec: `example. 3600 NSEC a.example. NS SOA MX RRSIG NSEC DNSKEY
example. 3600 ${signature('NSEC', 1, 'O0k558jHhyrC97ISHnislm4kLMW48C7U7cBmFTfhke5iVqNRVTB1STLMpgpbDIC9hcryoO0VZ9ME5xPzUEhbvGnHd5sfzgFVeGxr5Nyyq4tWSDBgIBiLQUv1ivy29vhXy7WgR62dPrZ0PWvmjfFJ5arXf4nPxp/kEowGgBRzY/U=')}`,
  bNsec: `b.example. 3600 NSEC ns1.example. NS RRSIG NSEC
b.example. 3600 ${signature('NSEC', 2, 'GNuxHn844wfmUhPzGWKJCPY5ttEX/RfjDoOx9ueK1PtYkOWKOOdiJ/PJKCYB3hYX+858dDWSxb2qnV/LSTCNVBnkm6owOpysY97MVj5VQEWs0lm9tFoqjcptQkmQKYPrwUnCSNwvvclSF1xZvhRXgWT7OuFXldoCG6TfVFMs9xE=')}`,
  ns1Nsec: `ns1.example. 3600 NSEC ns2.example. A RRSIG NSEC
ns1.example. 3600 ${signature('NSEC', 2, 'I4hj+Kt6+8rCcHcUdolks2S+Wzri9h3fHas81rGN/eILdJHN7JpV6lLGPIh/8fIBkfvdyWnBjjf1q3O7JgYO1UdI7FvBNWqaaEPJK3UkddBqZIaLi8Qr2XHkjq38BeQsbp8X0+6h4ETWSGT8IZaIGBLryQWGLw6Y6X8dqhlnxJM=')}`,
  xywNsec: `x.y.w.example. 3600 NSEC xx.example. MX RRSIG NSEC
x.y.w.example. 3600 ${signature('NSEC', 4, 'OvE6WUzN2ziieJcvKPWbCAyXyP6ef8cr6CspArVSTzKSquNwbezZmkU7E34o5lmb6CWSSSpgxw098kNUFnHcQf/LzY2zqRomubrNQhJTiDTXa0ArunJQCzPjOYq5t0SLjm6qp6McJI1AP5VrQoKqJDCLnoAlcPOPKAm/jJkn3jk=')}`,
  wildcardNsec: `*.w.example. 3600 NSEC x.w.example. MX RRSIG NSEC
*.w.example. 3600 ${signature('NSEC', 2, 'r/mZnRC3I/VIcrelgIcteSxDhtsdlTDt8ng9HSBlABOlzLxQtfgTnn8f+aOwJIAFe1Ee5RvU5cVhQJNP5XpXMJHfyps8tVvfxSAXfahpYqtx91gsmcV/1V9/bZAG55CefP9cM4Z9Y9NT9XQ8s1InQ2UoIv6tJEaaKkP701j8OLA=')}`,
  expandedMx: `a.z.w.example. 3600 MX 1 ai.example.
a.z.w.example. 3600 ${signature('MX', 2, 'OMK8rAZlepfzLWW75Dxd63jy2wswESzxDKG2f9AMN1CytCd10cYISAxfAdvXSZ7xujKAtPbctvOQ2ofO7AZJ+d01EeeQTVBPq4/6KCWhqe2XTjnkVLNvvhnc0u28aoSsG0+4InvkkOHknKxw4kX18MMR34i8lC36SR5xBni8vHI=')}`,
  ds: `a.example. 3600 DS 57855 5 1 B6DCD485719ADCA18E5F3D48A2331627FDD3636B
a.example. 3600 ${signature('DS', 2, 'oXIKit/QtdG64J/CB+Gi8dOvnwRvqrto1AdQoRkAN15FP3iZ7suB7gvTBmXzCjL7XUgQVcoHkdhyCuzp8W9qJHgRUSwKKkczSyuL64nhgjuDEML8l9wlWVsl7PR2VnZduM9bLyBhaaPmRKX/Fm+v6ccF2EGNLRiY08kdkz+XHHo=')}`,
  address: `ai.example. 3600 A 192.0.2.9
ai.example. 3600 ${signature('A', 2, 'pAOtzLP2MU0tDJUwHOKE5FPIIHmdYsCgTb5BERGgpnJluA9ixOyf6xxVCgrEJW0WNZSsJicdhBHXfDmAGKUajUUlYSAH8tS4ZnrhyymIvk3uArDu2wfT130e9UHnumaHHMpUTosKe22PblOy6zrTpg9FkS0XGVmYRvOTNYx2HvQ=')}`,
  host: `ai.example. 3600 HINFO "KLH-10" "ITS"
ai.example. 3600 ${signature('HINFO', 2, 'Iq/RGCbBdKzcYzlGE4ovbr5YcB+ezxbZ9W0le/7WqyvhOO9J16HxhhL7VY/IKmTUY0GGdcfhZEOCkf4lEykZF9NPok1/R/fWrtzNp8jobuY7AZEcZadp1WdDF3jc2/ndCa5XZhLKD3JzOsBwFvL8sqlS5QS6FY/ijFEDnI4RkZA=')}`,
  address6: `ai.example. 3600 AAAA 2001:db8::f00:baa9
ai.example. 3600 ${signature('AAAA', 2, 'nLcpFuXdT35AcE+EoafOUkl69KB+/e56XmFKkewXG2IadYLKAOBIoR5+VoQV3XgTcofTJNsh1rnF6Eav2zpZB3byI6yo2bwY8MNkr4A7cL9TcMmDwV/hWFKsbGBsj8xSCN/caEL2CWY/5XP2sZM6QjBBLmukH30+w1z3h8PUP2o=')}`,
} as const;

export function sets(...which: readonly (keyof typeof TEXTS)[]): readonly SignedRRset[] {
  return signedRRsets(records(which.map((each) => TEXTS[each]).join('\n')));
}

/** Both keys of the zone, to be believed as Appendix C does once their own signatures are checked. */
export const KEYS: ZoneKeys = {
  zone: ZONE,
  keys: sets('dnskey').flatMap(({ rrset }) =>
    rrset.records.flatMap((record) => parseDnskey(record.rdata) ?? []),
  ),
};
