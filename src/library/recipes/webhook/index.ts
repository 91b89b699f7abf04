import { defineRecipe } from '../../../spec/index.ts';
import { answer, count, flag, integer, object, readOnly, text } from '../../schema.ts';

export const webhook = defineRecipe({
  name: 'webhook',
  title: 'Signed webhooks',
  summary: 'Sends signed webhooks and verifies received ones (HMAC-SHA256, Standard Webhooks).',
  taskTypes: ['api_integration', 'workflow_automation'],
  capability: 'webhooks',
  modules: { typescript: ['webhook-send.ts', 'webhook-verify.ts', 'webhook-signature.ts'] },
  dependencies: [],
  environment: [
    {
      name: 'WEBHOOK_SECRET',
      description: 'Secret that signs webhooks; both sides know it.',
      required: true,
      secret: true,
    },
    {
      name: 'WEBHOOK_URL',
      description: 'Where webhooks go, unless a call says otherwise.',
      required: false,
      secret: false,
    },
  ],
  tools: [
    {
      name: 'webhook_sender',
      title: 'Webhook sender',
      description:
        'Sends an event as a signed webhook: a JSON POST request with id, timestamp and HMAC-SHA256 signature (Standard Webhooks), retried with the same id when the receiver fails. ' +
        'Returns the id, the status and the log file. ' +
        'Only reaches hosts granted to this server; does not return what the receiver answered, and does not send mail or chat messages.',
      vocabulary: {
        phrases: [
          'send webhook',
          'send a webhook',
          'signed webhook',
          'trigger a webhook',
          'fire a webhook',
          'post to webhook',
          'webhook notification',
          'outgoing webhook',
                              'webhook delivery',
          'notify via webhook',
          'notify by webhook',
          'event callback',
          'http callback',
          'callback url',
          'post event',
          'publish events to a url',
          'notify another system',
          'notify our endpoint',
          'hmac signed request',
          'push events', 'send event', 'signed request', 'sign the payload', 'sign payload', 'hmac signed', 'signed http', 'notify url', 'notify the url', 'notify partner url', 'push a notification to a url', 'post to url', 'call the url', 'ping url', 'signed post', 'signed with hmac', 'fire webhook', 'webhook to', 'event to url', 'send a signed', 'http callback with', 'told by callback', 'signed notification', 'signed message to url', 'signed event', 'notify our partner', 'notify partner', 'inform url', 'outgoing events', 'event notifications to', 'deliver events', 'callback to', 'post json to url', 'signed call', 'hmac header', 'notification to url', 'fire an event', 'fire event', 'signed so', 'event to https', 'event to', 'https partner', 'notify system', 'trigger url', 'inform servers', 'post the order there', 'post it with a signature', 'with signature in header', 'register a url', 'registered urls', 'signature in the header', 'post with signature', 'to their url', 'merchants servers', 'subscriber urls', 'to subscribers url', 'be told signed', 'told signed', 'posted as signed', 'as a signed event', 'signed event to', 'know at once', 'web address should be told', 'posted to url', 'shared secret',],
        verbs: ['send', 'trigger', 'fire', 'post', 'notify', 'deliver', 'publish', 'emit', 'call', 'tell', 'inform', 'let know', 'push', 'announce', 'carry', 'sign', 'ping', 'alert',],
        objects: [
          'webhook',
          'webhooks',
          'callback',
          'callback url',
          'event notification',
          'signed event',
          'hmac signature',
          'signed payload', 'hook', 'hmac', 'signature', 'signed message', 'endpoint', 'url', 'http call', 'payload', 'partner', 'subscriber', 'their server', 'receivers', 'signed request', 'hmac header', 'shared secret',],
        not: [
          'receive webhook',
          'verify webhook',
          'incoming webhook',
          'email',
          'mail',
          'sms',
          'slack',
          'teams message',
          'push notification',
          'no webhook',
        ],
      },
      input: object(
        {
          event: text('Kind of event, such as `order.created`.', 200, { minLength: 1 }),
          data: { type: 'object', description: 'What happened.', additionalProperties: true, maxProperties: 1000 },
          url: text('Where to send it; WEBHOOK_URL when absent.', 2000, { minLength: 1 }),
          id: text('Id of the message, to send the same one again; made up when absent.', 200, {
            pattern: '^[A-Za-z0-9_.-]+$',
            minLength: 1,
          }),
          dry_run: flag('Make and sign the message, but do not send it.', false),
        },
        ['event', 'data'],
      ),
      output: answer(
        {
          id: { type: 'string', description: 'Id of the message.' },
          delivered: { type: 'boolean', description: 'True when the receiver accepted it.' },
          dry_run: { type: 'boolean', description: 'True when it was not sent.' },
          status: { type: 'integer', description: 'HTTP status of the receiver.' },
          bytes: count('Size of the message.'),
          call_log: { type: 'string', description: 'File in the workspace with one line a call.' },
        },
        ['status'],
      ),
      annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: true },
      examples: [
        {
          arguments: { event: 'order.created', data: { order: 17 }, url: 'http://example.com/hook' },
          expect: { isError: true },
        },
        {
          arguments: { event: 'order.created', data: {}, url: 'not an address', dry_run: true },
          expect: { isError: true },
        },
      ],
      handler: { module: 'webhook-send.ts', export: 'sendWebhook' },
      uses: ['folders', 'fetch', 'secret'],
    },
    {
      name: 'webhook_verifier',
      title: 'Webhook verifier',
      description:
        'Verifies a webhook that was received: that it was signed with the shared secret, is unchanged, and is recent (Standard Webhooks; also GitHub signatures). ' +
        'Returns whether it is valid and why, its id and time. ' +
        'Does not receive webhooks itself, and does not remember ids: doubles are the caller’s to notice.',
      vocabulary: {
        phrases: [
          'verify webhook',
          'validate webhook signature',
          'verify webhook signature',
          'check webhook',
          'check the signature',
          'verify signature',
          'hmac verification',
          'verify hmac',
          'incoming webhook',
          'received webhook',
          'authenticate webhooks',
          'webhook authenticity',
          'forged webhook',
          'replay protection',
          'signature verification',
          'github webhook',
          'is this webhook genuine',
          'validate callbacks',
          'validate incoming events', 'webhook signature', 'wrong signature', 'signature of webhook', 'receive webhook', 'receive webhooks', 'webhooks from', 'accept webhooks', 'reject forged', 'reject unsigned', 'genuine webhook', 'hmac of incoming', 'webhook receiver', 'check hmac', 'validate signature', 'signatures of incoming', 'incoming webhooks', 'check hmac signature', 'webhook deliveries', 'webhook sender', 'webhook requests', 'authenticate sender', 'verify incoming', 'signed by', 'signature fit', 'signature match', 'forged requests', 'genuine', 'spoofed', 'really from', 'come from paypal', 'callbacks are genuine', 'accept genuine', 'only accept genuine', 'trust webhook', 'incoming calls signed', 'callbacks genuine', 'signature is off', 'signature off', 'refuse when signature', 'signature wrong', 'signature invalid', 'signature is wrong', 'signature does not match', 'incoming events', 'turned away', 'header does not fit', 'callbacks from', 'callback signature', 'fit the body', 'calls originate', 'really originate', 'originate from', 'fake ones', 'really calling', 'really sent', 'be sure really', 'forged ones', 'not really sent', 'signed events arrive', 'forged', 'throw away fake', 'calls really', 'impostor',],
        verbs: ['verify', 'validate', 'check', 'confirm', 'refuse', 'reject', 'accept', 'trust', 'ignore', 'compare', 'make sure', 'sure', 'receive', 'arrive', 'ensure', 'prove',],
        objects: [
          'webhook',
          'webhook signature',
          'signature',
          'hmac',
          'incoming event',
          'callback',
          'payload signature',
          'x-hub-signature', 'callbacks', 'incoming events', 'events from', 'signatures', 'incoming requests', 'hmac signature', 'signed request', 'hook', 'sender', 'webhooks', 'secret token', 'header signature', 'payment webhook', 'forgery', 'fake', 'forged', 'fakes', 'really sent',],
        not: [
          'document signature',
          'e-signature',
          'email signature',
          'sign contract',
          'digital certificate',
          'send webhook',
        ],
      },
      input: object(
        {
          body: text('The body exactly as received, before any parsing.', 1_000_000),
          headers: {
            type: 'object',
            description:
              'Headers as received: webhook-id, webhook-timestamp, webhook-signature; or x-hub-signature-256.',
            additionalProperties: { type: 'string', maxLength: 5000 },
            maxProperties: 100,
          },
          tolerance_seconds: integer('Oldest message that is accepted.', 1, 86_400, { default: 300 }),
        },
        ['body', 'headers'],
      ),
      output: answer(
        {
          valid: { type: 'boolean', description: 'Whether to trust it.' },
          scheme: { type: 'string', enum: ['standard', 'github'], description: 'How it was signed.' },
          reason: { type: 'string', description: 'Why.' },
          id: { type: 'string', description: 'Id of the message.' },
          sent_at: { type: 'string', description: 'When it was sent, ISO 8601.' },
        },
        ['id', 'sent_at'],
      ),
      annotations: readOnly,
      examples: [{ arguments: { body: '{}', headers: { 'webhook-id': 'msg_1' } }, expect: { isError: true } }],
      handler: { module: 'webhook-verify.ts', export: 'verifyWebhook' },
      uses: ['secret'],
    },
  ],
});
