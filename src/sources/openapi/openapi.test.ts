import { refusedSource } from '../conformance.ts';
import { openapiSource } from './index.ts';

refusedSource(openapiSource, '{"openapi": "3.1.0", "info": {"title": "Orders", "version": "1"}, "paths": {}}');
