import { expect, it } from '@jest/globals';
import { definitionHashText } from './definition-hash-text.ts';
import { refundFlow } from './testing/flows.ts';

it('leaves out the layout and the order of keys, and nothing else', () => {
  const flow = refundFlow();
  const { steps, flow: version, layout: _layout, ...rest } = flow;
  const text = definitionHashText(flow);
  expect(definitionHashText({ steps, ...rest, flow: version, layout: { charge: { x: 5, y: 5 } } })).toBe(
    text,
  );
  expect(definitionHashText({ ...flow, name: 'Other' })).not.toBe(text);
  expect(definitionHashText({ ...flow, steps: flow.steps.toReversed() })).not.toBe(text);
});
