// Condorcet with Schulze, winning votes: a link is there where more prefer x to y than y to x, as strong as they are many.

export function countSchulze(count, { seats = 1 }) {
  const { options } = count;
  const table = () => options.map(() => options.map(() => ZERO));
  const at = new Map(options.map((option, i) => [option, i]));
  const preferring = table();
  for (const { said, votes } of count.papers) {
    // Options that a paper does not rank come last, and equal.
    const rank = new Array(options.length).fill(said.length);
    said.forEach((group, i) => group.forEach(option => { rank[at.get(option)] = i; }));
    for (let x = 0; x < options.length; x++) {
      for (let y = 0; y < options.length; y++) {
        if (rank[x] < rank[y])
          preferring[x][y] = preferring[x][y].plus(votes);
      }
    }
  }
  const strengths = table();
  for (const [x] of options.entries()) {
    for (const [y] of options.entries())
      strengths[x][y] = preferring[x][y].compare(preferring[y][x]) > 0 ? preferring[x][y] : ZERO;
  }
  widen(strengths, options.length);
  const written = of => of.map(row => row.map(String));
  count.step({ step: "pairs-compared", options: [...options], preferring: written(preferring) });
  count.step({ step: "strongest-paths", options: [...options], strengths: written(strengths) });
  return elects(count, ranked(options, strengths), seats);
}

// The path is as strong as its weakest link (Floyd and Warshall).
function widen(strengths, size) {
  const [lesser, greater] = [(a, b) => a.compare(b) < 0 ? a : b, (a, b) => a.compare(b) > 0 ? a : b];
  for (let by = 0; by < size; by++) {
    for (let x = 0; x < size; x++) {
      for (let y = 0; x !== by && y < size; y++) {
        if (x !== y && y !== by)
          strengths[x][y] = greater(strengths[x][y], lesser(strengths[x][by], strengths[by][y]));
      }
    }
  }
}

function ranked(options, strengths) {
  const groups = [];
  for (let left = options.map((_, i) => i); left.length > 0;) {
    const best = left.filter(x => left.every(y => strengths[y][x].compare(strengths[x][y]) <= 0));
    groups.push(best.map(i => options[i]));
    left = left.filter(i => !best.includes(i));
  }
  return groups;
}
