// Majority judgment: the lower median, ties parted by taking medians away one by one (Balinski and Laraki).

export function countMajorityJudgment(count, { grades, seats = 1 }) {
  const profiles = count.options.map(option => {
    const counts = grades.map(() => ZERO);
    for (const { said, votes } of count.papers) {
      const given = said.find(each => each.option === option);
      const at = given === undefined ? grades.length - 1 : grades.indexOf(given.grade);
      counts[at] = counts[at].plus(votes);
    }
    return { option, counts, runs: majorityValue(counts.map(votes => votes.above)) };
  });
  const ordered = [...profiles].sort((a, b) => compareRuns(a.runs, b.runs).order);
  count.step({
    step: "merit-profiled", grades,
    profiles: ordered.map(({ option, counts, runs }) => ({ option, counts: counts.map(String), median: grades[runs[0].grade] })), expressed: String(count.expressed),
  });
  const ranking = [];
  let above;
  for (const profile of ordered) {
    const parted = above === undefined ? null : compareRuns(above.runs, profile.runs);
    if (parted?.order === 0) {
      ranking.at(-1).push(profile.option);
      continue;
    }
    ranking.push([profile.option]);
    if (parted !== null && above.runs[0].grade === profile.runs[0].grade) {
      count.step({
        step: "median-tie-parted", better: above.option, worse: profile.option, takenAway: String(parted.takenAway),
        betterGrade: grades[parted.better], worseGrade: grades[parted.worse],
      });
    }
    above = profile;
  }
  return elects(count, ranking, seats);
}

/** The medians in the order in which they are taken away, those alike in a row together: { grade, times }. */
function majorityValue(counts) {
  const left = [...counts];
  const runs = [];
  let total = left.reduce((sum, votes) => sum + votes, 0n);
  while (total > 0n) {
    let [grade, better] = [0, 0n];
    while (2n * (better + left[grade]) <= total)
      better += left[grade++];
    const [untilBetter, untilWorse] = [total - 2n * better + 1n, 2n * (better + left[grade]) - total];
    const times = untilBetter < untilWorse ? untilBetter : untilWorse;
    runs.push({ grade, times });
    left[grade] -= times;
    total -= times;
  }
  return runs;
}

/** Below zero where the first is the better; which medians part them, and after how many that are the same. */
function compareRuns(one, other) {
  let [i, j, takenAway] = [0, 0, 0n];
  let [a, b] = [one[0]?.times, other[0]?.times];
  while (i < one.length && j < other.length) {
    if (one[i].grade !== other[j].grade)
      return { order: one[i].grade - other[j].grade, takenAway, better: one[i].grade, worse: other[j].grade };
    const together = a < b ? a : b;
    takenAway += together;
    a -= together;
    b -= together;
    if (a === 0n)
      a = one[++i]?.times;
    if (b === 0n)
      b = other[++j]?.times;
  }
  return { order: 0 };
}
