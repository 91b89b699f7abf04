import { defineRecipe } from '../../../spec/index.ts';
import {
  addsFiles,
  answer,
  count,
  dataset,
  datasetAnswer,
  flag,
  list,
  newDataset,
  object,
  text,
} from '../../schema.ts';

const scalar = { type: ['string', 'number', 'boolean', 'null'], maxLength: 10_000 };

export const map = defineRecipe({
  name: 'map',
  title: 'Response mapping',
  summary: 'Maps records of an answer or dataset to other field names and shapes.',
  taskTypes: ['api_integration', 'data_processing', 'workflow_automation'],
  capability: 'mapping',
  modules: { typescript: ['response-mapper.ts'] },
  dependencies: [],
  tools: [
    {
      name: 'response_mapper',
      title: 'Response mapper',
      description:
        'Maps records of a dataset or a small JSON document to another shape: takes fields by path (also nested), renames them, sets constants and defaults. ' +
        'Writes a new dataset and returns its row count, columns, a preview and how often each wanted field was missing. ' +
        'Does not change the source and does not compute: it runs no expressions.',
      vocabulary: {
        phrases: [
          'map responses',
          'map the response',
          'response mapping',
          'field mapping',
          'map fields',
          'map api response',
                    'flatten json',
          'flatten nested',
          'reshape json',
          'reshape the answer',
          'rename fields of the response',
          'extract fields from json',
          'pick fields',
          'convert payload',
          'map their fields to ours',
          'translate field names',
          'schema mapping',
          'normalize the api response',
          'transform the response',
          'map attributes',
          'restructure the payload',
          'pluck fields', 'map ticket fields', 'map to our', 'map them to', 'map it to', 'map to our format', 'map to our schema', 'map records to', 'own schema', 'our own schema', 'into our schema', 'our format', 'target schema', 'map the fields', 'map the columns', 'field by field', 'mapped to', 'flatten response', 'flatten the nested', 'nested response', 'convert the answer', 'reshape', 'our data model', 'internal model', 'flatten', 'our field names', 'flat records', 'nested answers', 'to our schema', 'our own field', 'their fields', 'response into', 'response to our', 'mapping of fields', 'map answers', 'map api', 'into our structure', 'into our format', 'into our model', 'onto our', 'json path', 'transform response', 'reshape response', 'deeply nested', 'nested stuff', 'nested json from', 'as a plain table', 'plain table', 'fields to ours', 'their fields to', 'into a flat', 'flat table', 'flat list', 'nested data', 'field names than ours', 'other field names', 'two shapes', 'between shapes', 'different field names', 'different names', 'translate their', 'from their format', 'their format to', 'our shape', 'payload to our', 'map payload', 'own names', 'under our own names', 'maps them', 'map them accordingly', 'catalogue fields', 'fields to our', 'product fields to', 'constant values', 'deep structure', 'put in the form', 'instead of column names', 'must be named', 'theirs must be named', 'into those of', 'change the field names', 'answer fields', 'become pair', 'names into those', 'field names and values', 'fields become', 'names and values', 'expected by',],
        verbs: ['map', 'remap', 'reshape', 'flatten', 'pick', 'extract', 'restructure', 'unwrap', 'translate', 'adapt', 'convert', 'rename', 'transform', 'fit', 'bring', 'turn',],
        objects: [
          'response',
          'payload',
          'api answer',
          'field names',
          'nested fields',
          'json fields',
          'attributes',
          'response body',
          'schema', 'fields', 'schema', 'format', 'model', 'structure', 'columns', 'nested response', 'answer', 'answers', 'api data', 'properties', 'structures', 'names', 'shape', 'our names', 'their names', 'api answers', 'api responses', 'api format', 'json answer', 'vendor fields', 'nested structure', 'object structure', 'field mapping', 'own fields', 'names differ', 'two models', 'target fields', 'source fields',],
        not: ['google maps', 'map of', 'geocode', 'site map', 'sitemap', 'heat map', 'mind map', 'roadmap'],
      },
      input: object(
        {
          dataset: dataset('Dataset with the records; or give `document`.'),
          document: {
            type: ['object', 'array'],
            description: 'A small JSON answer instead of a dataset.',
            maxItems: 1000,
            maxProperties: 1000,
          },
          records_path: text(
            'Where the records stand in `document`, such as `data.items`; absent: the document itself.',
            300,
            { minLength: 1 },
          ),
          fields: list(
            'The fields of the new records.',
            object(
              {
                to: text('New field; dots make nested objects.', 300, { minLength: 1 }),
                from: text('Old field by path, such as `customer.emails[0].address`.', 300, { minLength: 1 }),
                constant: { ...scalar, description: 'A fixed value instead of `from`.' },
                default: { ...scalar, description: 'Used where the old field is missing or null.' },
              },
              ['to'],
            ),
            300,
            { minItems: 1 },
          ),
          keep_other: flag('Keep the fields that no rule names.', false),
          output: newDataset('Name of the dataset to make.'),
        },
        ['fields', 'output'],
      ),
      output: answer({
        ...datasetAnswer,
        missing: {
          type: 'array',
          description: 'Old fields that records lacked, with how many.',
          items: object({ field: { type: 'string', description: 'Old field.' }, rows: count('Records without it.') }, [
            'field',
            'rows',
          ]),
        },
      }),
      annotations: addsFiles,
      examples: [
        {
          arguments: {
            document: {
              data: [
                { id: 7, person: { mail: 'ada@example.com' } },
                { id: 8, person: {} },
              ],
            },
            records_path: 'data',
            fields: [
              { to: 'contact_id', from: 'id' },
              { to: 'email', from: 'person.mail', default: '' },
              { to: 'source', constant: 'crm' },
            ],
            output: 'contacts',
          },
          expect: { contains: '{"contact_id":7,"email":"ada@example.com","source":"crm"}' },
        },
        { arguments: { fields: [{ to: 'a', from: 'b' }], output: 'nothing' }, expect: { isError: true } },
      ],
      handler: { module: 'response-mapper.ts', export: 'mapResponse' },
      uses: ['folders'],
    },
  ],
});
