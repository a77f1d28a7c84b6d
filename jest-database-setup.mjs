import { database } from './jest-servers.mjs';

export default database;
