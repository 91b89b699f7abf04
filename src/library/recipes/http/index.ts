import { defineRecipe } from '../../../spec/index.ts';
import { answer, choice, datasetAnswer, flag, integer, newDataset, object, text } from '../../schema.ts';
import { apiEnvironment } from '../../api-environment.ts';

const queryValue = { type: ['string', 'number', 'boolean'], maxLength: 2000 };

export const http = defineRecipe({
  name: 'http',
  title: 'REST API client',
  summary: 'Lists, reads, creates, changes and deletes records of a REST API, with paging, retry, rate limit and a log of every call.',
  taskTypes: ['api_integration', 'workflow_automation'],
  capability: 'http',
  modules: { typescript: ['http-client.ts'] },
  dependencies: [],
  environment: apiEnvironment,
  tools: [
    {
      name: '{subject}_client',
      fallbackName: 'http_client',
      title: '{subject} API client',
      description:
        'Calls the {subject} REST API: lists records page by page, reads, creates, updates or deletes one. ' +
        'A list goes into a dataset and comes back as row count, columns and a preview; other operations return the record. ' +
        'Signs in, keeps the rate limit, retries what failed and logs every call without secrets. ' +
        'Only reaches addresses below API_BASE_URL, and does not undo a change.',
      vocabulary: {
        phrases: [
          'rest api', 'http api', 'external api', 'third-party api', 'web api', 'api client', 'connect to api', 'connect to external api',
          'call an api', 'call the api', 'api endpoint', 'http request', 'http client', 'rest client', 'fetch from api', 'pull from api', 'get data from api',
          'connect to crm', 'crm api', 'github issues', 'github api', 'jira tickets', 'zendesk tickets', 'helpdesk api', 'ticketing system', 'list tickets',
          'fetch tickets', 'create tickets', 'fetch orders', 'shop api', 'list shipments', 'track shipments', 'fetch bookings', 'list bookings',
          'hubspot contacts', 'salesforce records', 'shopify orders', 'stripe customers', 'erp api', 'accounting api', 'inventory api', 'weather api',
          'paginated api', 'follow pagination', 'all pages of', 'json api', 'web service', 'webservice', 'backend api', 'query the service', 'api integration',
          'rate limited api', 'retry failed requests', 'post records to', 'talk to our api',
        ],
        verbs: ['connect', 'call', 'fetch', 'pull', 'request', 'query', 'list', 'retrieve', 'download from', 'post', 'create', 'update', 'talk to', 'integrate', 'hook up', 'access'],
        objects: [
          'api', 'rest', 'endpoint', 'web service', 'http', 'crm', 'helpdesk', 'ticketing system', 'issue tracker', 'erp', 'booking system', 'saas', 'github', 'gitlab', 'jira',
          'zendesk', 'hubspot', 'salesforce', 'shopify', 'stripe', 'backend', 'remote service', 'remote records', 'inventory system', 'shipment service',
        ],
        not: ['send email', 'send mail', 'slack message', 'sms', 'translate', 'scrape', 'crawl', 'browser', 'graphql subscription', 'websocket', 'no api', 'offline'],
      },
      input: object(
        {
          operation: choice('What to do: list many, get, create, update or delete one.', ['list', 'get', 'create', 'update', 'delete']),
          path: text('Path below API_BASE_URL, such as `contacts` or `contacts/42`.', 1000, { minLength: 1 }),
          query: { type: 'object', description: 'Query parameters, such as filters.', additionalProperties: queryValue, maxProperties: 50 },
          body: { type: 'object', description: 'Fields to send, for create and update.', additionalProperties: true, maxProperties: 500 },
          replace: flag('For update: send the whole record (PUT) instead of the changed fields (PATCH).', false),
          dataset: newDataset('For list: name of the dataset to make; by default from the path.'),
          limit: integer('For list: most records to fetch.', 1, 100_000, { default: 1000 }),
          items_path: text('For list: field of the answer that holds the records, such as `data.items`; found by itself when absent.', 200, { minLength: 1 }),
          cursor_parameter: text('For list: query parameter for the next cursor, `cursor` when absent.', 100, { minLength: 1 }),
          page_parameter: text('For list: query parameter for the page number, `page` when absent.', 100, { minLength: 1 }),
          dry_run: flag('Only say which request would be sent; nothing is sent.', false),
        },
        ['operation', 'path'],
      ),
      output: answer(
        {
          operation: { type: 'string', description: 'What was done.' },
          method: { type: 'string', description: 'HTTP method.' },
          path: { type: 'string', description: 'Path that was called.' },
          dry_run: { type: 'boolean', description: 'True when nothing was sent.' },
          call_log: { type: 'string', description: 'File in the workspace with one line a call.' },
          status: { type: 'integer', description: 'HTTP status of the answer.' },
          record: { description: 'The record as the API returned it; null when it returned none.' },
          ...datasetAnswer,
        },
        ['status', 'record', ...Object.keys(datasetAnswer)],
      ),
      annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: false, openWorldHint: true },
      examples: [
        { arguments: { operation: 'list', path: 'contacts', query: { status: 'active' }, dry_run: true }, expect: { contains: '"method":"GET"' } },
        { arguments: { operation: 'update', path: 'contacts/42', body: { phone: '+4915112345678' }, dry_run: true }, expect: { contains: '"method":"PATCH"' } },
        { arguments: { operation: 'create', path: 'contacts' }, expect: { isError: true } },
        { arguments: { operation: 'get', path: '../../admin', dry_run: true }, expect: { isError: true } },
      ],
      handler: { module: 'http-client.ts', export: 'httpClient' },
      uses: ['folders', 'fetch', 'secret'],
    },
  ],
});
