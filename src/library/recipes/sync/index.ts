import { defineRecipe } from '../../../spec/index.ts';
import { apiEnvironment } from '../../api-environment.ts';
import { answer, choice, column, columns, count, dataset, datasetAnswer, flag, integer, list, newDataset, object, text } from '../../schema.ts';

const counts = (where: string) => ({
  ...object({ created: count('Records created.'), updated: count('Records changed.'), deleted: count('Records deleted.') }, ['created', 'updated', 'deleted']),
  description: `What was done ${where}.`,
});
const change = object(
  {
    key: { type: 'string', description: 'Key of the record.' },
    side: { type: 'string', description: 'Where it happened: local, remote or both.' },
    action: { type: 'string', description: 'What happened.' },
    reason: { type: 'string', description: 'Why.' },
  },
  ['key', 'side', 'action'],
);

export const sync = defineRecipe({
  name: 'sync',
  title: 'Two-way sync',
  summary: 'Keeps a dataset and a collection of an API equal in both directions, with conflict rules, dry run and resuming.',
  taskTypes: ['api_integration', 'workflow_automation'],
  capability: 'sync',
  modules: { typescript: ['sync.ts', 'sync-run.ts', 'sync-compare.ts', 'sync-state.ts', 'sync-remote.ts', 'sync-report.ts'] },
  dependencies: [],
  environment: apiEnvironment,
  tools: [
    {
      name: 'sync_manager',
      title: 'Sync manager',
      description:
        'Syncs a local dataset with a collection of the API in both directions: finds what changed on each side since the last run, carries it over, and settles conflicts by a rule. ' +
        'Returns counts for both sides, conflicts, and files with the full report; a run that had to stop says why and goes on when called again. ' +
        'Deletes only with `delete`, and changes nothing with `dry_run`.',
      vocabulary: {
        phrases: [
          'sync records', 'sync customer records', 'bidirectional sync', 'sync bidirectionally', 'two-way sync', 'two way sync', 'both directions', 'synchronize data', 'synchronise',
          'keep in sync', 'keep both in sync', 'keep them the same', 'in both systems', 'mirror changes', 'mirror records', 'reconcile records', 'reconcile two systems', 'merge changes from both',
          'conflict resolution', 'resolve conflicts', 'conflict rules', 'newest wins', 'last write wins', 'replicate changes', 'incremental sync', 'push and pull changes',
          'synced customer data', 'synchronized customer data', 'keep our list up to date with', 'sync tickets', 'sync contacts', 'sync inventory', 'sync orders', 'sync bookings', 'stay aligned',
        ],
        verbs: ['sync', 'synchronize', 'synchronise', 'mirror', 'reconcile', 'replicate', 'keep up to date', 'align', 'harmonize'],
        objects: [
          'records', 'contacts', 'customers', 'tickets', 'orders', 'inventory', 'stock', 'bookings', 'shipments', 'products', 'leads', 'systems', 'changes', 'both sides', 'conflict', 'two systems', 'crm', 'catalogue', 'calendar entries',
        ],
        not: ['async', 'asynchronous', 'one-time import', 'one way only', 'no sync', 'lip sync', 'sync files to s3', 'backup'],
      },
      input: object(
        {
          dataset: dataset('Local dataset; made by the first run when it does not exist.'),
          path: text('Collection in the API, such as `contacts`.', 1000, { minLength: 1 }),
          remote_dataset: newDataset('Another dataset in place of the API, to try things without one.'),
          key: column('Field that says which records belong together; `id_field` when absent.'),
          id_field: column('Field with the API id, `id` when absent.'),
          updated_at: column('Field with the time of the last change, `updated_at` when absent.'),
          conflict_rule: choice('What wins when both sides changed; manual writes the conflict to a file and changes nothing.', ['newest_wins', 'local_wins', 'remote_wins', 'manual'], 'newest_wins'),
          resolve: list(
            'Conflicts that are decided, by key.',
            object({ key: text('Key of the record.', 500, { minLength: 1 }), take: choice('Side to keep.', ['local', 'remote']) }, ['key', 'take']),
            1000,
          ),
          field_names: { type: 'object', description: 'Local field to API field, where names differ.', additionalProperties: { type: 'string', minLength: 1, maxLength: 200 }, maxProperties: 200 },
          ignore_fields: columns('Fields (in API names) that do not count as a change.'),
          items_path: text('Field of the API answer that holds the records; found by itself when absent.', 200, { minLength: 1 }),
          delete: flag('Carry deletions over as well; otherwise they are only counted.', false),
          replace: flag('Send whole records (PUT) instead of PATCH.', false),
          limit: integer('Most records in the API.', 1, 100_000, { default: 10_000 }),
          dry_run: flag('Only say what would happen.', false),
        },
        ['dataset'],
      ),
      output: answer(
        {
          complete: { type: 'boolean', description: 'False when it had to stop early; call again to go on.' },
          stopped_because: { type: 'string', description: 'Why it stopped early.' },
          dry_run: { type: 'boolean', description: 'True when nothing was changed.' },
          local: counts('in the dataset'),
          remote: counts('in the API'),
          unchanged: count('Records equal on both sides.'),
          conflicts: count('Records changed on both sides and left alone.'),
          conflicts_resolved: count('Conflicts that the rule settled.'),
          deletions_skipped: count('Deletions not carried over.'),
          failed: count('Records the API refused.'),
          first: { type: 'array', items: change, maxItems: 20, description: 'The first of them, conflicts before all.' },
          report: { type: 'string', description: 'File with every change.' },
          conflicts_file: { type: 'string', description: 'File with both versions of each conflict.' },
          call_log: { type: 'string', description: 'File with one line an API call.' },
          ...datasetAnswer,
        },
        ['stopped_because', 'conflicts_file', ...Object.keys(datasetAnswer)],
      ),
      annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: false, openWorldHint: true },
      examples: [
        {
          files: {
            'datasets/customers.jsonl': '{"id":1,"name":"Ada","phone":"1"}\n{"id":2,"name":"Grace"}\n',
            'datasets/crm_copy.jsonl': '{"id":1,"name":"Ada","phone":"1"}\n{"id":3,"name":"Edsger"}\n',
          },
          arguments: { dataset: 'customers', remote_dataset: 'crm_copy' },
          expect: { contains: '"rows":3' },
        },
        {
          files: {
            'datasets/tickets.jsonl': '{"id":"t1","state":"open"}\n',
            'datasets/helpdesk_copy.jsonl': '{"id":"t1","state":"closed"}\n',
          },
          arguments: { dataset: 'tickets', remote_dataset: 'helpdesk_copy', conflict_rule: 'manual', dry_run: true },
          expect: { contains: '"conflicts":1' },
        },
        { arguments: { dataset: 'customers' }, expect: { isError: true } },
      ],
      handler: { module: 'sync.ts', export: 'syncManager' },
      uses: ['folders', 'fetch', 'secret'],
    },
  ],
});
