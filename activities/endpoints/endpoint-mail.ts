import { createHash } from 'node:crypto';
import type { Db } from '../../prisma/database.ts';
import type { EndpointActivities } from '../../workflows/endpoints/activities.ts';
import { globalId } from '../../workflows/ids.ts';
import { resolveConnection, sendLetter } from '../connections/index.ts';
import { readPeople } from '../tenancy/index.ts';
import { originOf } from './create-endpoint.ts';
import type { EndpointClients } from './endpoint-clients.ts';

type EndpointMail = Parameters<EndpointActivities['sendEndpointMail']>[0];

/** Writes to one person that an endpoint was switched off. One that is on again by now is not written about. */
export function sendEndpointMail({ database, keyring, egress, log }: EndpointClients) {
  return async (mail: EndpointMail): Promise<void> => {
    const { tenantId, deliveryId, personId } = mail;
    const { letter, connection } = await database.withTenant(tenantId, async (db) => ({
      letter: await letterOf(db, mail),
      connection: await resolveConnection(db, tenantId, { defaultSmtp: true, keyring }),
    }));
    if (letter === null || connection?.kind !== 'SMTP') return;
    // The same for each try, so that a mail server and a reader's program know a repetition.
    const hash = createHash('sha256').update(`endpoint off ${deliveryId} ${personId}`).digest('hex');
    const about = { tenantId, deliveryId };
    await sendLetter(
      { egress, log, connection, about },
      { ...letter, messageId: `<${hash.slice(0, 40)}@levqor>` },
    );
  };
}

async function letterOf(db: Db, { tenantId, deliveryId, personId }: EndpointMail) {
  const delivery = await db.endpointDelivery.findFirst({ where: { tenantId, id: deliveryId } });
  const endpoint = await db.endpoint.findFirst({
    where: { tenantId, id: delivery?.endpointId ?? '', deletedAt: null, disabledAt: { not: null } },
  });
  const to = (await readPeople(db, tenantId, [personId])).get(personId);
  if (!endpoint || !to) return null;
  const id = globalId('endpoint', endpoint.id);
  const lines = [
    `No more events are sent to your endpoint "${endpoint.description}" at ${originOf(endpoint.url)}.`,
    '',
    endpoint.disabledReason ?? '',
    '',
    'Once it works again, somebody who may change endpoints switches it on:',
    `levqor endpoint enable ${id}`,
    '',
    'Events that were given up can be sent again one by one: "levqor endpoint deliveries" lists them.',
  ];
  return {
    to: [{ name: to.name, address: to.email }],
    subject: `Endpoint switched off: ${endpoint.description}`.replace(/[\p{Cc}\s]+/gu, ' ').slice(0, 180),
    text: `${lines.join('\n')}\n`,
  };
}
