import { expect, test } from '@jest/globals';
import { hiddenAddress } from './hidden-address.ts';

test.each([
  ['https://levqor.example/hooks/abcdefghijkl', 'https://levqor.example/hooks/abcd…'],
  ['https://levqor.example/hooks/ab', 'https://levqor.example/hooks/ab…'],
  ['', '…'],
])('the address %j is shown as %j', (url, shown) => {
  expect(hiddenAddress(url)).toBe(shown);
});
