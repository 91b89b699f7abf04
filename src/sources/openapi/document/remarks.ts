import type { ApiRemark } from '../../../spec/index.ts';
import { cut, plain } from '../../../util/index.ts';
import type { ApiDocument } from './types.ts';

/** Most remarks that are kept of one document. */
const most = 500;

/** A bounded list of remarks, each once, in words that steer no terminal. */
export function createRemarks(): Pick<ApiDocument, 'remark' | 'remarks'> {
  const remarks: ApiRemark[] = [];
  const known = new Set<string>();
  return {
    remarks,
    remark({ where, what, ...rest }) {
      const key = `${where} ${what}`;
      if (remarks.length >= most || known.has(key)) return;
      known.add(key);
      remarks.push({ where: cut(plain(where), 1000), what: cut(plain(what), 500), ...rest });
    },
  };
}
