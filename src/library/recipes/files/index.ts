import { defineRecipe } from '../../../spec/index.ts';
import { answer, count, flag, integer, object, path, readOnly, text } from '../../schema.ts';

const match = object(
  {
    file: { type: 'string', description: 'Relative to the workspace, or absolute in a granted folder.' },
    bytes: count('Size of the file.'),
    line: { type: 'integer', minimum: 1, description: 'Line of the match.' },
    text: { type: 'string', description: 'The line, cut to 300 characters.' },
  },
  ['file', 'bytes'],
);

export const files = defineRecipe({
  name: 'files',
  title: 'Files',
  summary: 'Searches granted folders by file name and content, and reads text files by line range.',
  taskTypes: ['custom', 'workflow_automation', 'data_processing'],
  capability: 'files',
  modules: { typescript: ['file-search.ts', 'file-read.ts'] },
  dependencies: ['picomatch', '@types/picomatch'],
  tools: [
    {
      name: 'file_searcher',
      title: 'File searcher',
      description:
        'Finds files by name pattern, and lines in text files by words or a regular expression, in the workspace and the folders granted to this server. ' +
        'Returns file, size, line number and line of each match, and whether there were more. ' +
        'Does not look into binary files or archives, and changes nothing.',
      vocabulary: {
        phrases: [
          'search files', 'find files', 'search in files', 'search a folder', 'search documents', 'full text search', 'find text in files', 'grep', 'look through files', 'search my notes',
          'find documents', 'files containing', 'search the logs', 'search log files', 'search source code', 'locate files', 'list files', 'list the files', 'look up in my documents', 'search contracts',
          'search the directory', 'find notes about', 'which files mention', 'keyword search', 'search markdown files', 'browse a folder',
        ],
        verbs: ['search', 'find', 'locate', 'grep', 'look for', 'list', 'browse', 'scan'],
        objects: ['files', 'file', 'folder', 'directory', 'documents', 'notes', 'logs', 'log files', 'source code', 'text files', 'markdown', 'contracts', 'manuals', 'filenames', 'file system', 'filesystem'],
        not: ['search the web', 'web search', 'google', 'search engine', 'search emails', 'search api', 'upload files', 'delete files', 'semantic search', 'vector search'],
      },
      input: object({
        folder: path('Folder to look in; absent: the workspace and every granted folder.'),
        name: text('Pattern for the file name, such as `*.md` or `reports/**/*.csv`.', 200, { minLength: 1 }),
        text: text('Words, or a regular expression with `regex`, that a line must contain.', 500, { minLength: 1 }),
        regex: flag('Take `text` as a JavaScript regular expression.', false),
        ignore_case: flag('Take upper and lower case as equal.', true),
        limit: integer('Most matches to return.', 1, 1000, { default: 100 }),
      }),
      output: answer({
        matches: { type: 'array', items: match, description: 'What was found.' },
        files_searched: count('Files whose name fitted.'),
        files_skipped: count('Files left out: binary, or over 50 MB.'),
        truncated: { type: 'boolean', description: 'True when there are more matches than `limit`.' },
      }),
      annotations: readOnly,
      examples: [
        {
          files: { 'notes/plan.md': '# Plan\nCall the harbour office\n', 'notes/other.txt': 'harbour' },
          arguments: { name: '*.md', text: 'Harbour' },
          expect: { equals: { matches: [{ file: 'notes/plan.md', bytes: 31, line: 2, text: 'Call the harbour office' }], files_searched: 1, files_skipped: 0, truncated: false } },
        },
        { arguments: {}, expect: { isError: true } },
        { arguments: { folder: '../..', name: '*' }, expect: { isError: true } },
      ],
      handler: { module: 'file-search.ts', export: 'searchFiles' },
      uses: ['folders'],
    },
    {
      name: 'file_reader',
      title: 'File reader',
      description:
        'Reads lines of a text file in the workspace or a folder granted to this server. ' +
        'Returns the text, the range of lines it covers, and the line to go on from when there is more. ' +
        'Does not read binary files such as PDF or Word, and changes nothing.',
      vocabulary: {
        phrases: [
          'read a file', 'read files', 'read text files', 'show file contents', 'file contents', 'open a file', 'open the document', 'read lines', 'view the log', 'tail the log', 'read the log file',
          'print the file', 'read notes', 'read markdown', 'read source code', 'load a text file', 'get the contents of', 'read documents', 'read configuration files', 'read my notes',
        ],
        verbs: ['read', 'open', 'show', 'view', 'print', 'display', 'load'],
        objects: ['file', 'files', 'text file', 'file contents', 'notes', 'document', 'log', 'log file', 'markdown', 'source code', 'config file', 'readme'],
        not: ['read csv', 'read json', 'read xml', 'read email', 'read aloud', 'pdf', 'docx', 'excel', 'image', 'ocr'],
      },
      input: object(
        {
          path: path('File to read, in the workspace or a granted folder.'),
          start_line: integer('First line to read.', 1, 100_000_000, { default: 1 }),
          lines: integer('Most lines to read.', 1, 5000, { default: 200 }),
          max_characters: integer('Most characters to read.', 100, 100_000, { default: 20_000 }),
        },
        ['path'],
      ),
      output: answer(
        {
          file: { type: 'string', description: 'The file that was read.' },
          bytes: count('Size of the file.'),
          text: { type: 'string', description: 'The lines.' },
          start_line: { type: 'integer', minimum: 1, description: 'First line in `text`.' },
          end_line: { type: 'integer', minimum: 1, description: 'Last line in `text`.' },
          next_line: { type: 'integer', minimum: 1, description: 'Line to go on from; absent at the end of the file.' },
        },
        ['next_line'],
      ),
      annotations: readOnly,
      examples: [
        {
          files: { 'log.txt': 'one\ntwo\nthree\n' },
          arguments: { path: 'log.txt', start_line: 2, lines: 1 },
          expect: { equals: { file: 'log.txt', bytes: 14, text: 'two', start_line: 2, end_line: 2, next_line: 3 } },
        },
        { arguments: { path: '/etc/hostname' }, expect: { isError: true } },
      ],
      handler: { module: 'file-read.ts', export: 'readLines' },
      uses: ['folders'],
    },
  ],
});
