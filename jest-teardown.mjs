import { stopAll } from './jest-servers.mjs';

export default stopAll;
