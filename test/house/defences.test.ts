import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exhaustionDeeds, ruinousDeeds } from '../contained/hostile/deeds/exhaustion.ts';
import { fileDeeds } from '../contained/hostile/deeds/files.ts';
import { kernelDeeds } from '../contained/hostile/deeds/kernel.ts';
import { networkDeeds } from '../contained/hostile/deeds/network.ts';
import { stayingDeeds } from '../contained/hostile/deeds/staying.ts';
import { wordDeeds } from '../contained/hostile/deeds/words.ts';
import { areas } from '../defences/areas.ts';
import { unheld } from '../defences/hostile-words.ts';
import { editsOf, wantedOf } from '../defences/define.ts';
import { listDefences } from '../defences/list.ts';
import { requirements } from '../requirements.ts';
import { root } from './sources.ts';

const defences = (await listDefences()).flatMap((area) => area.defences);
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const areaOf = (id: string): string => id.replace(/-\d+$/, '').toLowerCase();

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

  it('are there for all, some or, with a reason, none of the requirements of each area', () => {
    const shown = new Set(defences.flatMap(({ ids }) => ids));
    const held = new Set([...shown].map(areaOf));
    const named = Object.entries(areas);
    expect(named.map(([name]) => name).toSorted()).toEqual(
      [...new Set(requirements.map(({ id }) => areaOf(id)))].toSorted(),
    );
    expect(named.filter(([name, which]) => held.has(name) !== (typeof which === 'string'))).toEqual([]);
    expect(requirements.filter(({ id }) => areas[areaOf(id)] === 'all' && !shown.has(id))).toEqual([]);
  });
});
