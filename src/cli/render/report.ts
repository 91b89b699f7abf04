import type { Report } from '../../spec/index.ts';
import { renderReport as reportText } from '../../util/index.ts';

/** The report with colours on a terminal. */
export function renderReport(report: Report): string {
  return reportText(report, { colours: process.stdout.isTTY === true }).trimEnd();
}
