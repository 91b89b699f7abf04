/** Signs of something, by name. */
export type Signs = Readonly<Record<string, number>>;

export interface Row {
  readonly yes: boolean;
  readonly views: readonly Signs[];
}

/** The chance that the best view gives. */
export function chanceOf(weights: Float64Array, place: ReadonlyMap<string, number>, views: readonly Signs[]): number {
  const sums = views.map((signs) =>
    Object.entries(signs).reduce((sum, [name, value]) => sum + (weights[place.get(name) ?? -1] ?? 0) * value, 0),
  );
  return 1 / (1 + Math.exp(-Math.max(...sums)));
}

/**
 * Logistic regression with squared penalty, by Newton's steps. Of several views of one thing the best counts, as the
 * weights of the step before see it.
 */
export function fitLogistic(
  examples: readonly Row[],
  place: ReadonlyMap<string, number>,
  penalty: number,
): Float64Array {
  const rows = examples.map(({ yes, views }) => ({
    wished: yes ? 1 : 0,
    views: views.map((signs) => ({
      at: Object.keys(signs).map((name) => place.get(name) ?? 0),
      values: Object.values(signs),
    })),
  }));
  const size = place.size;
  const weights = new Float64Array(size);
  for (let step = 0; step < 12; step += 1) {
    const gradient = weights.map((weight) => -penalty * weight);
    const curvature = Array.from({ length: size }, (_, at) => {
      const row = new Float64Array(size);
      row[at] = penalty;
      return row;
    });
    for (const { wished, views } of rows) {
      let sum = -Infinity;
      let { at, values } = views[0]!;
      for (const view of views) {
        let own = 0;
        for (let k = 0; k < view.at.length; k += 1) own += (weights[view.at[k]!] ?? 0) * view.values[k]!;
        if (own > sum) {
          sum = own;
          ({ at, values } = view);
        }
      }
      const p = 1 / (1 + Math.exp(-sum));
      for (let k = 0; k < at.length; k += 1) {
        gradient[at[k]!]! += (wished - p) * values[k]!;
        const row = curvature[at[k]!]!;
        const scaled = p * (1 - p) * values[k]!;
        for (let j = 0; j < at.length; j += 1) row[at[j]!]! += scaled * values[j]!;
      }
    }
    const step_ = solve(curvature, gradient);
    for (let at = 0; at < size; at += 1) weights[at]! += step_[at]!;
  }
  return weights;
}

/** Solves a symmetric positive system by Cholesky's way. */
function solve(matrix: readonly Float64Array[], right: Float64Array): Float64Array {
  const size = right.length;
  const lower = matrix.map(() => new Float64Array(size));
  for (let i = 0; i < size; i += 1)
    for (let j = 0; j <= i; j += 1) {
      let sum = matrix[i]![j]!;
      for (let k = 0; k < j; k += 1) sum -= lower[i]![k]! * lower[j]![k]!;
      lower[i]![j] = i === j ? Math.sqrt(Math.max(sum, 1e-9)) : sum / lower[j]![j]!;
    }
  const half = new Float64Array(size);
  for (let i = 0; i < size; i += 1) {
    let sum = right[i]!;
    for (let k = 0; k < i; k += 1) sum -= lower[i]![k]! * half[k]!;
    half[i] = sum / lower[i]![i]!;
  }
  const result = new Float64Array(size);
  for (let i = size - 1; i >= 0; i -= 1) {
    let sum = half[i]!;
    for (let k = i + 1; k < size; k += 1) sum -= lower[k]![i]! * result[k]!;
    result[i] = sum / lower[i]![i]!;
  }
  return result;
}
