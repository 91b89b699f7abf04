import { expect, it } from 'vitest';
import { sendWebhook } from '../../src/library/recipes/webhook/webhook-send.ts';
import { sign, signBody } from '../../src/library/recipes/webhook/webhook-signature.ts';
import { verifyWebhook } from '../../src/library/recipes/webhook/webhook-verify.ts';
import { makeApiTest } from '../support/api-context.ts';
import { listen, sendJson } from '../support/loopback.ts';

it('[RECIPES-INTEGRATION-13] signs as the Standard Webhooks specification shows', () => {
  const signature = sign(
    'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    'msg_p5jXN8AQM9LWM0D4loKWxJek',
    '1614265330',
    '{"test": 2432232314}',
  );
  expect(signature).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
});

it('[RECIPES-INTEGRATION-13] delivers in spite of failures, with one id, and the receiver can verify it', async () => {
  const received: { headers: Record<string, string>; body: string }[] = [];
  const receiver = await listen((request, response, body) => {
    received.push({ headers: request.headers as Record<string, string>, body });
    sendJson(response, received.length === 1 ? 500 : 204, {});
  });
  const test = await makeApiTest(
    { WEBHOOK_SECRET: 'shared', WEBHOOK_URL: `${receiver.url}/hook` },
    { hosts: [receiver.host] },
  );
  const sent = await sendWebhook({ event: 'order.created', data: { order: 17 } }, test.context);
  expect(sent).toMatchObject({ delivered: true, status: 204 });
  expect(new Set(received.map(({ headers }) => headers['webhook-id']))).toEqual(new Set([sent.id]));
  expect(await test.read('logs/api-calls.jsonl')).toContain('"attempts":2');
  const [message] = received;
  if (message === undefined) throw new Error('nothing received');
  expect(await verifyWebhook(message, test.context)).toMatchObject({ valid: true, id: sent.id });
  expect(await verifyWebhook({ ...message, body: message.body.replace('17', '18') }, test.context)).toMatchObject({
    valid: false,
    reason: expect.stringContaining('does not fit'),
  });
  await receiver.close();
  await test.dispose();
});

it('[RECIPES-INTEGRATION-13] refuses old, future and forged messages, and accepts a secret that is being replaced', async () => {
  const test = await makeApiTest({ WEBHOOK_SECRET: 'shared' }, { hosts: [] });
  const message = (age: number, secret = 'shared') => {
    const time = String(Math.floor(Date.now() / 1000) - age);
    return {
      body: '{}',
      headers: {
        'Webhook-Id': 'msg_1',
        'Webhook-Timestamp': time,
        'Webhook-Signature': `v1,AAAA ${sign(secret, 'msg_1', time, '{}')}`,
      },
    };
  };
  const reason = async (age: number, secret?: string) =>
    (await verifyWebhook(message(age, secret), test.context)).reason;
  expect(await reason(0)).toContain('recent');
  expect(await reason(1000)).toMatch(/100\d seconds old/);
  expect(await reason(-1000)).toContain('future');
  expect(await reason(0, 'guess')).toContain('does not fit');
  const github = { body: '{"zen":1}', headers: { 'X-Hub-Signature-256': signBody('shared', '{"zen":1}') } };
  expect(await verifyWebhook(github, test.context)).toMatchObject({ valid: true, scheme: 'github' });
  await test.dispose();
});
