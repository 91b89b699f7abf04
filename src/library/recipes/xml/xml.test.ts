import { afterEach, describe, expect, it } from 'vitest';
import { recipeConformance } from '../../conformance.ts';
import { makeTestContext, type TestContext } from '../../testing.ts';
import { xml } from './index.ts';
import { exportXml } from './xml-exporter.ts';
import { readXml } from './xml-reader.ts';

recipeConformance(xml);

let test: TestContext | undefined;
afterEach(() => test?.dispose());

async function read(text: string, record?: string) {
  test = await makeTestContext();
  return readXml({ text, ...(record !== undefined && { record }) }, test.context);
}

describe('xml_reader', () => {
  it.each([
    ['an entity of its own', '<!DOCTYPE a [<!ENTITY e "boom">]><a><b>&e;</b></a>'],
    ['an external entity', '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a><b>&e;</b></a>'],
    ['entities that multiply', '<!DOCTYPE a [<!ENTITY x "xx"><!ENTITY y "&x;&x;">]><a><b>&y;</b></a>'],
    ['nesting without end', `<a>${'<b>'.repeat(500)}${'</b>'.repeat(500)}</a>`],
    ['a dangerous name', '<a><__proto__><x>1</x></__proto__></a>'],
    ['tags that do not match', '<a><b></a>'],
    ['no XML at all', 'hello'],
  ])('[RECIPES-DATA-12] refuses %s', async (_what, text) => {
    await expect(read(text)).rejects.toMatchObject({ name: 'ToolError' });
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });

  it('[RECIPES-DATA-12] decodes the entities of XML itself, and each once', async () => {
    const result = await read('<a><b>&lt;x&gt; &amp;lt; &#233;&#xe9;</b><b><![CDATA[<&>]]></b></a>');
    expect(result.preview.map((row) => row['value'])).toEqual(['<x> &lt; éé', '<&>']);
  });

  it('finds the records, or takes the element it is told, without its prefix', async () => {
    const feed =
      '<f:feed xmlns:f="u"><f:head><id>1</id></f:head><f:item no="1"><t>a</t></f:item><f:item no="2"><t>007</t></f:item></f:feed>';
    expect((await read(feed)).preview).toEqual([
      { t: 'a', no: '1' },
      { t: '007', no: '2' },
    ]);
    await test?.dispose();
    expect((await read(feed, 'head')).preview).toEqual([{ id: '1' }]);
    await test?.dispose();
    await expect(read(feed, 'nope')).rejects.toMatchObject({ nextStep: expect.stringContaining('item') });
  });

  it('takes a document with one record', async () => {
    expect((await read('<orders><order><id>1</id><to><city>Oslo</city></to></order></orders>')).preview).toEqual([
      { id: '1', 'to.city': 'Oslo' },
    ]);
  });
});

it('xml_exporter writes what xml_reader reads, whatever the column names and characters', async () => {
  test = await makeTestContext({
    files: {
      'datasets/d.jsonl': '{"2nd price (€)":"<5 & \\u0007more>","tags":["a","b"],"none":null}\n{"2nd price (€)":"6"}\n',
    },
  });
  const { file } = await exportXml({ dataset: 'd' }, test.context);
  const again = await readXml({ path: file, dataset: 'again' }, test.context);
  expect(again.preview).toEqual([{ _2nd_price_: '<5 & more>', tags: ['a', 'b'], none: '' }, { _2nd_price_: '6' }]);
});
