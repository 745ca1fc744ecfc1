// Methods that add up: plurality in one round or two, approval, points.

const once = options => options.map(option => [option, 1]);

export function countApproval(count, { seats = 1 }) {
  const totals = count.totals(once);
  count.step({ step: "approvals-counted", votes: writtenVotes(totals), expressed: String(count.expressed) });
  return elects(count, rankedBy(totals), seats);
}

export function countPoints(count, { each, seats = 1 }) {
  const totals = count.totals(given => given.map(({ option, points }) => [option, points]));
  count.step({ step: "points-totalled", each, totals: writtenVotes(totals), expressed: String(count.expressed) });
  return elects(count, rankedBy(totals), seats);
}

export function countPlurality(count, { seats = 1, rounds = 1 }, again) {
  const totals = count.totals(once);
  const ranking = rankedBy(totals);
  if (rounds === 1) {
    const at = count.steps.length;
    const result = elects(count, ranking, seats);
    count.steps.splice(at, 0, roundCounted(count, 1, seats, totals, result.elected));
    return result;
  }
  return firstOfTwo(count, totals, ranking, seats, again);
}

function roundCounted(count, round, seats, totals, elected, moreThan) {
  const step = {
    step: "round-counted", round, seats, counts: count.counted.written(), votes: writtenVotes(totals), expressed: String(count.expressed), elected,
    article: count.rules.article,
  };
  return moreThan === undefined ? step : { ...step, moreThan: String(moreThan) };
}

function firstOfTwo(count, totals, ranking, seats, again) {
  const half = count.expressed.over(new Fraction(2n));
  const at = count.steps.length;
  const above = ranking.map(group => group.filter(option => totals.get(option).compare(half) > 0)).filter(group => group.length > 0);
  const { elected, tied } = count.seat(above, seats);
  count.steps.splice(at, 0, roundCounted(count, 1, seats, totals, elected, half));
  const threshold = { base: String(count.expressed), threshold: String(half), comparison: "more-than" };
  if (tied.length > 0)
    return { verdict: "tied", ranking, elected, tied, ...threshold };
  const left = seats - elected.length;
  const others = ranking.flat().filter(option => !elected.includes(option));
  if (left === 0 || others.length === 0)
    return { verdict: "elected", ranking, elected, ...threshold };

  const last = totals.get(others[Math.min(2 * left, others.length) - 1]);
  const called = count.options.filter(option => others.includes(option) && totals.get(option).compare(last) >= 0);
  count.step({ step: "second-round-called", seats: left, options: rankedBy(new Map(called.map(option => [option, totals.get(option)]))).flat() });
  if (again === undefined)
    return { verdict: "rejected", ranking, elected, ...threshold };
  return second(again(called), called, { ranking, elected, left });
}

function second(count, called, first) {
  const { ranking, elected, left } = first;
  let result = { verdict: "no-quorum", ranking: [called] };
  if (count.hasQuorum()) {
    count.prepare([]);
    result = { verdict: "rejected", ranking: [called] };
    if (count.papers.length > 0) {
      const totals = count.totals(once);
      const at = count.steps.length;
      result = elects(count, rankedBy(totals), left);
      count.steps.splice(at, 0, roundCounted(count, 2, left, totals, result.elected));
    }
  }
  const [before, after] = [elected.map(option => [option]), ranking.map(group => group.filter(option => !called.includes(option) && !elected.includes(option))).filter(group => group.length > 0)];
  return { ...result, ranking: [...before, ...result.ranking, ...after], elected: [...elected, ...(result.elected ?? [])], last: count };
}
