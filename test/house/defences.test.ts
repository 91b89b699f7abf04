import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exhaustionDeeds, ruinousDeeds } from '../contained/hostile/deeds/exhaustion.ts';
import { fileDeeds } from '../contained/hostile/deeds/files.ts';
import { kernelDeeds } from '../contained/hostile/deeds/kernel.ts';
import { networkDeeds } from '../contained/hostile/deeds/network.ts';
import { stayingDeeds } from '../contained/hostile/deeds/staying.ts';
import { wordDeeds } from '../contained/hostile/deeds/words.ts';
import { unheld } from '../defences/hostile-words.ts';
import { editsOf, wantedOf } from '../defences/define.ts';
import { listDefences } from '../defences/list.ts';
import { requirements } from '../requirements.ts';
import { root } from './sources.ts';

const defences = (await listDefences()).flatMap((area) => area.defences);
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const areaOf = (id: string): string => id.replace(/-\d+$/, '').toLowerCase();
/** Areas of which only some requirements are shown so. */
const parts = new Set(['service', 'storage', 'true-conform']);

describe('[HOUSE-13] defences that `npm run defences` takes out', () => {
  it('stand once where they are said to stand', () => {
    const lost = defences
      .flatMap(editsOf)
      .filter(({ file, from, to }) => from === to || read(file).split(from).length !== 2);
    expect(lost).toEqual([]);
  });

  it('name tests that are there, by requirements that they cite', () => {
    for (const { promise, tests, ids, titles } of defences) {
      expect(existsSync(join(root, tests)), `${promise}: ${tests}`).toBe(true);
      const known = ids.filter((id) => requirements.some((one) => one.id === id) && read(tests).includes(`[${id}]`));
      expect(known, promise).toEqual(ids);
      expect(wantedOf({ ids, ...(titles && { titles }) }).length, promise).toBeGreaterThan(0);
    }
    expect(new Set(defences.map(({ promise }) => promise)).size).toBe(defences.length);
  });

  it('are there for every deed of hostile tools', () => {
    const deeds = [fileDeeds, kernelDeeds, networkDeeds, exhaustionDeeds, ruinousDeeds, stayingDeeds, wordDeeds].flat();
    const shown = defences.flatMap(({ titles = [] }) => titles).join();
    expect(deeds.map(({ name }) => name).filter((name) => !shown.includes(name) && unheld[name] === undefined)).toEqual(
      [],
    );
  });

  it('are there for every requirement of an area that has any', () => {
    const shown = new Set(defences.flatMap(({ ids }) => ids));
    const whole = new Set([...shown].map(areaOf).filter((name) => !parts.has(name)));
    expect(requirements.filter(({ id }) => whole.has(areaOf(id)) && !shown.has(id))).toEqual([]);
  });
});
