import { proxyActivities, sleep } from '@temporalio/workflow';
import { delivery, mailing } from '../activity-options.ts';
import { mailEach } from '../mail-each.ts';
import type { DeliveryKey, EndpointActivities } from './activities.ts';

const { attemptDelivery } = proxyActivities<EndpointActivities>(delivery);
const { sendEndpointMail } = proxyActivities<EndpointActivities>(mailing);

/** Brings one event to one endpoint: attempt after attempt until it arrived or there is no attempt left. */
export async function deliverEvent(key: DeliveryKey): Promise<void> {
  for (let number = 1; ; number += 1) {
    const next = await attemptDelivery({ ...key, number, random: Math.random() });
    if (next.done) return mailEach(next.tell ?? [], (personId) => sendEndpointMail({ ...key, personId }));
    await sleep(Math.max(1, next.nextAt - Date.now()));
  }
}
