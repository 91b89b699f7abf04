import { sourceConformance } from '../conformance.ts';
import { openapiSource } from './index.ts';

sourceConformance(
  openapiSource,
  '{"openapi": "3.1.0", "info": {"title": "Orders", "version": "1"}, "servers": [{"url": "https://orders.example.com"}], "paths": {"/orders": {"get": {"responses": {"200": {"description": "ok"}}}}}}',
);
