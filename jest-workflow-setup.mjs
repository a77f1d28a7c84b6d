import { timeSkippingServer } from './jest-servers.mjs';

export default timeSkippingServer;
