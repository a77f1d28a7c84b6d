import { connect, connectMail, connectShop, publish } from '../testing/flows.ts';
import { CHAOS_FLOWS, CHILD, CHILD_NAME } from './flows.ts';
import { FLOWS, type FlowName } from './model.ts';
import type { Rig } from './open-rig.ts';

/** Makes the connections and publishes the flows, before the first fault. */
export async function prepareFlows({
  platform,
  proxies,
  shop,
  mail,
}: Rig): Promise<{ workflows: Record<FlowName, string>; hookPath: string }> {
  const owner = platform.ask('owner');
  const host = `http://127.0.0.1:${proxies.receiver.port}`;
  await connect(owner, { name: 'web', kind: 'HTTP', settings: { baseUrl: host } });
  await connectShop(owner, { ...shop, port: proxies.postgres.port });
  // Two for mail, so that none is the organisation's own: letters about approvals would be counted among those of runs.
  await connectMail(owner, mail.port);
  const settings = { host: '127.0.0.1', port: mail.port, tls: false, from: 'Chaos <chaos@example.com>' };
  await connect(owner, { name: 'letters', kind: 'SMTP', settings });
  await publish(owner, CHILD_NAME, CHILD);
  const workflows = {} as Record<FlowName, string>;
  for (const flow of FLOWS)
    workflows[flow] = await publish(owner, `Chaos ${flow}`, CHAOS_FLOWS[flow].definition);
  const { workflow } = await owner<{ workflow: { webhookUrl: string } }>(
    'query ($id: ID!) { workflow(id: $id) { webhookUrl } }',
    { id: workflows.hook },
  );
  return { workflows, hookPath: new URL(workflow.webhookUrl).pathname };
}
