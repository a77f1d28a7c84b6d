import { database, temporal } from './jest-servers.mjs';

export default async () => {
  await Promise.all([database(), temporal()]);
};
