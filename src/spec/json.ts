/** A JSON value. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** A JSON Schema 2020-12 document; at a tool's root always `type: "object"`. */
export type JsonSchema = { [keyword: string]: Json };
