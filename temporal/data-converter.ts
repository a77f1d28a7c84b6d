import { fileURLToPath } from 'node:url';
import type { DataConverter } from '@temporalio/common';
import type { Keyring } from './keyring.ts';
import { sealingCodec } from './payload-codec.ts';

/** How clients and workers write payloads and failures: sealed, whatever they hold. */
export function dataConverter(keyring: Keyring): DataConverter {
  return {
    payloadCodecs: [sealingCodec(keyring)],
    failureConverterPath: fileURLToPath(new URL('./failure-converter.ts', import.meta.url)),
  };
}
