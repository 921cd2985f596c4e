import { expect, test } from 'vitest';
import { FORMATS } from '../../src/report/index.ts';
import { sampleReview } from './sample.ts';

test.each(Object.entries(FORMATS))(
  '%s renders a review as lines of text that depend on nothing else',
  async (_, load) => {
    const render = await load();
    const options = { width: 100, color: false };
    expect(render(sampleReview(), options)).toMatch(/\S\n$/);
    expect(render(sampleReview(), options)).toBe(render(structuredClone(sampleReview()), options));
  },
);
