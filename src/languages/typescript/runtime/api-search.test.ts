import { describe, expect, it } from 'vitest';
import type { ApiOperation } from './api-file.ts';
import { openSearch } from './api-search.ts';
import { operation } from './api-testing.ts';

const one = (name: string, request: string, title: string, description = ''): ApiOperation => {
  const [method = '', path = ''] = request.split(' ');
  return operation({ method, path }, { name, title, description });
};

/** A library: its operations are named in several ways, as in real documents. */
const library = [
  one('get_books', 'GET /books', 'List books'),
  one('create_book', 'POST /books', 'Add a book', 'The shelf is optional.'),
  one('get_book', 'GET /books/{book_id}', 'One book'),
  one('update_book', 'PATCH /books/{book_id}', 'Change a book'),
  one('delete_book', 'DELETE /books/{book_id}', 'Take a book out of the catalogue'),
  one('add_shelf_for_book', 'POST /books/{book_id}/addShelf', 'Add a shelf to a book'),
  one('get_books_for_shelf', 'GET /shelves/{shelf_id}/books', 'Books on a shelf'),
  one('create_shelf', 'POST /shelves', 'Create a shelf'),
  one('get_shelves', 'GET /shelves', 'List shelves'),
  one('loans_create', 'POST /loans', 'Loans create', 'Lends a copy to a reader.'),
  one('loans_list', 'GET /loans', 'Loans list', 'Gives everything that is lent.'),
  one('loans_extend', 'POST /loans/{loan_id}/extend', 'Loans extend', 'Extends the due date of a loan.'),
  one('search_catalogue', 'POST /search', 'Search the catalogue'),
  one('get_reader_cards', 'GET /readers/{reader_id}/cards', 'Library cards of a reader'),
  one('get_readergroups', 'GET /readergroups', 'All groups of readers'),
  one('upload_cover_for_book', 'PUT /books/{book_id}/cover', 'Upload the cover'),
  one('lend_book', 'POST /books/{book_id}/lend', 'Lend a book'),
  one('get_book_lend_terms', 'GET /books/{book_id}/lend', 'Terms on which a book is lent'),
  one('readers_get_authenticated', 'GET /reader', 'The reader who is signed in'),
  one('get_waiting_list', 'GET /waiting', 'The waiting list'),
  one('delete_waiting_list', 'DELETE /waiting', 'Empty the waiting list'),
  one('list_files', 'GET /books/{book_id}/files', 'Files of a book'),
  one('update_file', 'PUT /books/{book_id}/files', 'Change a file of a book'),
  one('get_cover_for_book', 'GET /books/{book_id}/cover', 'Download the cover'),
];

describe('ranking operations', () => {
  const search = openSearch(library);
  const names = new Set(library.map(({ name }) => name));

  it.each([
    ['create a book on a shelf', 'create_book'],
    ['new book', 'create_book'],
    ['make a shelf', 'create_shelf'],
    ['add a shelf to a book', 'add_shelf_for_book'],
    ['list books', 'get_books'],
    ['which books are on this shelf', 'get_books_for_shelf'],
    ['show a book', 'get_book'],
    ['rename a book', 'update_book'],
    ['remove book', 'delete_book'],
    ['extending the due date', 'loans_extend'],
    ['lend a copy to a reader', 'loans_create'],
    ['find something in the catalogue', 'search_catalogue'],
    ['reader groups', 'get_readergroups'],
    ['upload a cover', 'upload_cover_for_book'],
    ['creat shelve', 'create_shelf'],
    ['serch catalouge', 'search_catalogue'],
    ['cards of a reader', 'get_reader_cards'],
    ['who am I', 'readers_get_authenticated'],
    ['lend a book', 'lend_book'],
    ['waiting list', 'get_waiting_list'],
    ['files changed in a book', 'list_files'],
  ])('[OPENAPI-CALL-15] %s', (query, name) => {
    expect(names).toContain(name);
    expect(search(query, () => true, 5)[0]).toBe(name);
  });

  it('[OPENAPI-CALL-15] takes words as they are before it guesses at typing errors', () => {
    const apis = [one('get_cats', 'GET /cats', 'Cats'), one('get_carts', 'GET /carts', 'Carts')];
    expect(openSearch(apis)('cats', () => true, 5)).toEqual(['get_cats']);
    expect(openSearch(apis)('crats', () => true, 5)).toContain('get_carts');
  });

  it('[OPENAPI-CALL-15] bears empty, foreign and endless queries', () => {
    expect(search('', () => true, 5)).toEqual([]);
    expect(search('the of a', () => true, 5)).toEqual([]);
    expect(search('__proto__ constructor 図書', () => true, 5)).toEqual([]);
    expect(search('book '.repeat(10_000), () => true, 1)).toHaveLength(1);
  });
});
