import { describe, expect, it } from 'vitest';
import { emptyCrafter, recordOf } from '../../test/support/empty-crafter.ts';
import { wordForm } from '../../test/support/cli.ts';
import type { Crafter } from '../crafter.ts';
import { createMcpServer } from './create-server.ts';
import { executePlan, planServer } from './plan-server.ts';
import { runOperation } from './run-operation.ts';
import { updateServer } from './update-server.ts';

const order: Crafter['builds']['order'] = ({ build, blueprint: { name, version } }) =>
  Promise.resolve({ id: build, server: name, version, status: 'queued', fraction: 0, message: '', createdAt: '' });
const crafter = emptyCrafter({ order });
const within = '127.0.0.1:5432';
const form = wordForm('shop', {}, { hosts: ['api.test', within] });
const both = `host ${within}, host api.test:443.`;

describe('[EGRESS-10] what is granted by a document', () => {
  it('is told when the server is ordered', async () => {
    const heard: string[] = [];
    const { notes } = await runOperation(
      crafter,
      createMcpServer,
      { form },
      { progress: (event) => heard.push(event.message) },
    );
    expect(heard).toEqual([`The form grants it: ${both}`]);
    expect(notes).toContain(`The form grants it: ${both}`);
  });

  it('is told of a plan, too, which may have been edited', async () => {
    const { plan } = await runOperation(crafter, planServer, { form });
    const { notes } = await runOperation(crafter, executePlan, { plan });
    expect(notes).toContain(`The plan grants it: ${both}`);
  });

  it('is told of the form that a server is changed by, and only what is new', async () => {
    const server = recordOf(wordForm('shop', {}, { hosts: ['api.test'] }));
    const change = { server: 'shop', form, dry_run: true };
    const { notes } = await runOperation(emptyCrafter({ server, order }), updateServer, change);
    expect(notes).toContain(`The form grants it: host ${within}.`);
  });

  it('is not what the user grants beside it', async () => {
    const { notes } = await runOperation(crafter, createMcpServer, { form, allow_hosts: ['api.test', within] });
    expect(notes.join()).not.toContain('grants it');
  });

  it('is told in full of the user’s own network, however many other hosts there are', async () => {
    const hosts = [...Array.from({ length: 40 }, (_, index) => `api${index}.test`), within];
    const { notes } = await runOperation(crafter, createMcpServer, { form: { ...form, hosts } });
    expect(notes.join()).toMatch(/grants it: host 127\.0\.0\.1:5432, .*, and 21 more hosts\./);
  });
});
