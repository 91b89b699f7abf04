import { sourceConformance } from '../conformance.ts';
import { openapiSource } from './index.ts';

const orders = {
  openapi: '3.1.0',
  info: { title: 'Orders', version: '1' },
  servers: [{ url: 'https://api.example.com/v1' }],
  paths: { '/orders': { get: { operationId: 'listOrders', responses: { 200: { description: 'OK' } } } } },
};

sourceConformance(openapiSource, JSON.stringify(orders));
