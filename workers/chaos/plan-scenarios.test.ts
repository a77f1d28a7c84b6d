import { describe, expect, it } from '@jest/globals';
import { FLOWS } from './model.ts';
import { planScenarios } from './plan-scenarios.ts';

describe('the runs of a load', () => {
  it('are the same for the same seed, numbered from 1', () => {
    const plan = planScenarios(3, 100);
    expect(planScenarios(3, 100)).toEqual(plan);
    expect(planScenarios(4, 100)).not.toEqual(plan);
    expect(plan.map(({ number }) => number)).toEqual(plan.map((_, i) => i + 1));
  });

  it('are of every flow, however few, and go both ways when there are many', () => {
    expect(new Set(planScenarios(5, FLOWS.length).map(({ flow }) => flow))).toEqual(new Set(FLOWS));
    const many = planScenarios(5, 1_000);
    for (const flow of FLOWS) {
      const odd = new Set(many.filter((one) => one.flow === flow).map((one) => one.odd));
      expect(odd).toEqual(new Set([true, false]));
    }
  });
});
