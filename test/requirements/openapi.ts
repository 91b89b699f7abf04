import { defineRequirements } from './define.ts';

/** Each part of the OpenAPI source has a block of its own, so that numbers stay when another grows. */
const reading = defineRequirements('OPENAPI-READ', [
  [
    'Swagger 2.0, OpenAPI 3.0, 3.1 and 3.2 are recognised in JSON and YAML; what only mentions them is not.',
    'OpenAPI 3.1.1, 4.8.1',
  ],
  [
    'YAML is read by the core schema of 1.2: dates, `no` and `on` stay strings, keys become strings.',
    'YAML 1.2.2, 10.3',
  ],
  ['Broken syntax is refused with line and column.', 'task: Bad input'],
  [
    'Documents too large, nested too deep, or blown up by aliases are refused; `__proto__` keys are dropped.',
    'task: Bad input',
  ],
  ['Keys that stand twice, circles of aliases and small faults of writing are mended with a remark.', 'task: Reads'],
  ['Unknown versions, and documents with nothing to call, are refused with what to do.', 'task: Reads'],
  ['Swagger 2.0 becomes OpenAPI 3.0 part by part; a broken part costs itself alone.', 'Swagger 2.0'],
  [
    'Documents that refer to one another become one tree; what is not there is left with a remark.',
    'OpenAPI 3.1.1, 4.3',
  ],
  ['Overlays apply first, in order; a target that costs too much or selects nothing is told.', 'Overlay 1.0.0'],
  [
    'Filters, the extensions for MCP and a file of overrides choose and change what becomes of operations.',
    'task: Makes',
  ],
  ['Only files in the folder of a document are read, once symbolic links are resolved.', 'task: Reads'],
  ['A URL is fetched only from public or granted hosts, bounded, and so is each it redirects to.', 'design: egress'],
  ['What goes with an API document is refused by name beside another.', 'task: Reads'],
  ['Words of a document end no line, literal, comment or message in which they are passed on.', 'task: Bad input'],
]);

const serving = defineRequirements('OPENAPI-SERVER', [
  [
    'Within the budget every operation is a tool; above it search, describe and call tools stand for them, in under 2,000 tokens.',
    'design: OpenAPI, Size',
  ],
  ['Pins and a given shape stand over the budget; the plan says why, with the figures.', 'design: OpenAPI, Size'],
  ['Listed tools hold the schemas that they need and no others; recursion is kept.', 'design: OpenAPI, Makes'],
  [
    'A server’s operations are one data file; what no operation uses is not part of the server.',
    'design: OpenAPI, Makes',
  ],
  [
    'Generated tests call each operation against a stand-in and judge the request by reading it back.',
    'design: OpenAPI, Makes',
  ],
  [
    'The judge finds a parameter, body, credential or path that is missing, changed or in another place.',
    'design: OpenAPI, Makes',
  ],
  ['Values made for calls fit their schemas: patterns, lengths, combinations, recursion.', 'design: OpenAPI, Makes'],
  ['An ejected operation is plain code that sends the same request.', 'design: OpenAPI, Makes'],
  ['Verification calls every operation once, within a bounded time.', 'design: OpenAPI, Must reach'],
  [
    'Operations are tried with the examples of the document where they fit; the server does not carry them, nor any secret.',
    'OpenAPI 3.1.1, 4.8.12.3 and 4.8.14.2',
  ],
]);

const calling = defineRequirements('OPENAPI-CALL', [
  [
    'Parameters are written in every style and explode, as the table of the specification shows.',
    'OpenAPI 3.1.1, 4.8.12.4',
  ],
  ['Base address and path are joined whatever slashes, queries and fragments they have.', 'OpenAPI 3.1.1, 4.8.5'],
  ['A path value stays inside its place: it is encoded, or refused by name.', 'RFC 3986, 5.2.4'],
  ['No value breaks out of a header or cookie.', 'RFC 9110, 5.5'],
  ['Bodies of every kind are written by their media type and the encoding of their fields.', 'OpenAPI 3.1.1, 4.8.15'],
  ['XML bodies follow the xml keywords of their schema.', 'OpenAPI 3.1.1, 4.8.26'],
  [
    'The first alternative with all its credentials is used; missing ones are named; nothing else carries them.',
    'OpenAPI 3.1.1, 4.8.30',
  ],
  [
    'Tokens are had by client credentials, refresh token and authorization code with PKCE, once for all calls, renewed after a 401.',
    'RFC 6749; RFC 7636',
  ],
  ['A caller’s own token goes through only where that is switched on.', 'design: OpenAPI, Makes'],
  [
    'Safe requests are tried again within limits; no credential goes to another host, no request to a private address of a public name.',
    'design: OpenAPI, Makes',
  ],
  [
    'Every kind of answer is given as its kind; what does not fit the documented schema is given as unexpected.',
    'design: OpenAPI, Makes',
  ],
  ['A refusal names the request, the status, the API’s words and what to try.', 'RFC 9457'],
  [
    'The next page is offered as arguments of the same call, for cursors, addresses, offsets, pages and Link headers.',
    'RFC 8288',
  ],
  ['What is too large to be given at once is cut, kept for a while, and read on in parts.', 'design: OpenAPI, Makes'],
  [
    'Operations are found by what they do, described compactly, and called with arguments checked by their full schema.',
    'design: OpenAPI, Size',
  ],
  ['Nothing is compiled, indexed or loaded before it is needed.', 'design: OpenAPI, Size'],
  ['Any method is sent, in the capitalization of the document.', 'OpenAPI 3.2, Path Item Object; RFC 9110, 9.1'],
  ['A challenge for Digest is answered, once, with the strongest algorithm that both know.', 'RFC 7616'],
  ['Sequences of items are sent from a list and read as one.', 'OpenAPI 3.2, Sequential Media Types'],
  ['A user name and password are traded for a token where the document offers it.', 'RFC 6749, 4.3'],
  ['A private authority is trusted where its file is named and granted, and only there.', 'RFC 5280, 6.1'],
]);

const compiling = defineRequirements('OPENAPI-COMPILE', [
  [
    'Every operation becomes a tool; one broken part costs that part alone and is said with its place.',
    'design: OpenAPI, Reads',
  ],
  ['References are followed over chains; circular and dangling ones cost that part alone.', 'OpenAPI 3.1.1, 4.8.23'],
  [
    'Schemas become JSON Schema 2020-12 that accepts what the API accepts, in every dialect.',
    'OpenAPI 3.0.4, 4.7.24; 3.1.1, 4.8.24',
  ],
  ['Read-only properties are no part of a request, and never required in one.', 'OpenAPI 3.0.4, 4.7.24.1'],
  ['Parts of a composition that refuse each other’s properties are opened.', 'JSON Schema 2020-12, Core 10.3.2.3'],
  ['Discriminators give each alternative its values.', 'OpenAPI 3.1.1, 4.8.25'],
  ['Patterns are ECMA-262 with the u flag and end in time, or are left out.', 'JSON Schema 2020-12, Validation 6.3.3'],
  ['Parameters are merged, defaulted by location, and kept apart where names collide.', 'OpenAPI 3.1.1, 4.8.12'],
  ['The body is one argument of the media type that says most.', 'OpenAPI 3.1.1, 4.8.13 to 4.8.15'],
  [
    'Every security scheme has named variables; requirements hold for each operation.',
    'OpenAPI 3.1.1, 4.8.27 to 4.8.30',
  ],
  [
    'Servers are resolved, their variables set from the environment, their public hosts granted.',
    'OpenAPI 3.1.1, 4.8.5',
  ],
  ['An answer’s schema refuses no real answer.', 'design: OpenAPI, Makes'],
  ['Pages are recognised where parameters and answer agree.', 'design: OpenAPI, Makes'],
  [
    'Names are those that a person would choose: at most 64 characters, unique, whatever the order of the document.',
    'design: OpenAPI, Makes',
  ],
  ['Descriptions are compact; what is hidden or tells a model what to do is not shown.', 'design: OpenAPI, Bad input'],
  ['Annotations follow the method and its words.', 'RFC 9110, 9.2; design: OpenAPI, Makes'],
  ['A strict build refuses what would have to be mended, with each place.', 'design: OpenAPI, Reads'],
  ['An operation without an id gets one suggested.', 'OpenAPI 3.1.1, 4.8.10'],
  ['Methods without a field of their own become tools.', 'OpenAPI 3.2, Path Item Object'],
  [
    'Of several media types of a body, those that carry what the preferred one cannot are offered.',
    'OpenAPI 3.1.1, 4.8.13',
  ],
]);

export const openapiRequirements = [...reading, ...compiling, ...serving, ...calling];
