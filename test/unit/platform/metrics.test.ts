import { describe, expect, it } from 'vitest';
import { createMetrics } from '../../../src/platform/metrics.ts';

describe('metrics', () => {
  it('are all named after the product and say what they count', async () => {
    const { registry } = createMetrics();
    const metrics = await registry.getMetricsAsJSON();
    expect(metrics.length).toBeGreaterThan(15);
    for (const { name, help } of metrics)
      expect({ name, help }).toEqual({
        name: expect.stringMatching(/^shouli_/u) as unknown,
        help: expect.stringMatching(/.{8}/u) as unknown,
      });
  });

  it('are counted for each process apart: nothing is global', async () => {
    const one = createMetrics();
    const other = createMetrics();
    one.letters.inc({ outcome: 'sent' });
    expect(await one.registry.metrics()).toContain('shouli_letters_total{outcome="sent"} 1');
    expect(await other.registry.metrics()).not.toContain('outcome="sent"');
  });
});
