// What every way of counting shares: heads and weights by college, and the quorum.

/** So many papers or electors, in heads and in weight. */
export class Tally {
  constructor(heads = 0n, weight = ZERO) {
    this.heads = heads;
    this.weight = weight;
  }

  plus(other) { return new Tally(this.heads + other.heads, this.weight.plus(other.weight)); }
  minus(other) { return new Tally(this.heads - other.heads, this.weight.minus(other.weight)); }
  written() { return { heads: Number(this.heads), weight: String(this.weight) }; }

  static read({ heads, weight }) {
    return new Tally(BigInt(heads), Fraction.of(weight));
  }
}

const NOTHING = new Tally();

/** Names in the order of their UTF-16 code units, electors of no college first. */
export function byName(a, b) {
  return a === b ? 0 : a === undefined ? -1 : b === undefined ? 1 : a < b ? -1 : 1;
}

/**
 * A roll with the papers cast, by college.
 * @param {{ college?: string, members: object, weight: string, presence?: object[] }[]} roll
 * @param {{ kind: string, count: number, weight: Fraction, college?: string }[]} papers
 * @param {string[]} kinds the counts beside those who do not vote
 */
export class CountedRoll {
  constructor(roll, papers, kinds) {
    this.kinds = kinds;
    this.colleges = roll.map(row => ({
      name: row.college,
      members: Tally.read(row.members),
      weight: Fraction.of(row.weight),
      presence: row.presence?.map(({ presence, tally }) => ({ presence, tally: Tally.read(tally) })),
      counts: Object.fromEntries(kinds.map(kind => [kind, NOTHING])),
    })).sort((a, b) => byName(a.name, b.name));
    const byCollege = new Map(this.colleges.map(college => [college.name, college]));
    for (const { kind, count, weight, college } of papers) {
      const of = byCollege.get(college);
      if (of === undefined)
        throw new TypeError(`papers of a college that is not on the roll: ${college}`);
      of.counts[kind] = of.counts[kind].plus(new Tally(BigInt(count), weight.times(new Fraction(BigInt(count)))));
    }
  }

  /** All colleges, or some, as though they were one. */
  together(colleges = this.colleges) {
    const sum = each => colleges.reduce((all, college) => all.plus(each(college)), NOTHING);
    return {
      members: sum(college => college.members),
      presence: colleges.some(college => college.presence !== undefined) ? colleges.flatMap(college => college.presence ?? []) : undefined,
      counts: Object.fromEntries(this.kinds.map(kind => [kind, sum(college => college.counts[kind])])),
    };
  }

  /** Counts as an outcome has them: those of the papers, and who did not vote. */
  written(college = this.together()) {
    const counts = Object.fromEntries(this.kinds.map(kind => [kind, college.counts[kind].written()]));
    return { ...counts, notVoting: college.members.minus(castIn(college)).written() };
  }

  /** The same for each college; none where there are no colleges. */
  writtenByCollege() {
    return this.colleges.every(college => college.name === undefined)
      ? []
      : this.colleges.map(college => named(college, { counts: this.written(college) }));
  }
}

/** Something said of a college: its name stands there when it has one. */
export function named(college, said) {
  return college?.name === undefined ? said : { ...said, college: college.name };
}

export function castIn(college) {
  return Object.values(college.counts).reduce((sum, tally) => sum.plus(tally), NOTHING);
}

/** Who takes part, of some qualities or of all: who is there, or, by correspondence, who cast a paper. */
export function takingPart(college, qualities = []) {
  if (college.presence === undefined)
    return castIn(college);
  return college.presence
    .filter(({ presence }) => qualities.length === 0 || qualities.includes(presence))
    .reduce((sum, { tally }) => sum.plus(tally), NOTHING);
}

export function holds(value, comparison, threshold) {
  return comparison === "more-than" ? value.compare(threshold) > 0 : value.compare(threshold) >= 0;
}

function checkQuorum(college, { article, content }, steps) {
  const inMeasure = tally => content.measure === "members" ? new Fraction(tally.heads) : tally.weight;
  const share = Fraction.of(content.share);
  const [total, there] = [inMeasure(college.members), inMeasure(takingPart(college, content.counted))];
  let threshold = share.times(total);
  threshold = content.rounding === "up" ? threshold.ceiling() : content.rounding === "down" ? threshold.floor() : threshold;
  if (content.plusOne)
    threshold = threshold.plus(ONE);
  const reached = holds(there, content.comparison, threshold);
  steps.push(named(college, {
    step: "quorum-checked", measure: content.measure, total: String(total), takingPart: String(there), share: String(share),
    comparison: content.comparison, threshold: String(threshold), reached, article,
  }));
  return reached;
}

/**
 * Judges the quorum.
 * @returns {{ reached: boolean, without: Set<object> }} the colleges without it, where each is asked for it
 */
export function judgeQuorum(counted, quorum, colleges, steps) {
  const without = new Set();
  switch (quorum.content.extent) {
    case "none":
      steps.push({ step: "quorum-not-required", article: quorum.article });
      return { reached: true, without };
    case "whole":
      return { reached: checkQuorum(counted.together(), quorum, steps), without };
    case "each-college":
      for (const college of counted.colleges) {
        // Nobody can be asked to take part in it.
        const empty = isEmpty(college);
        if (!empty && checkQuorum(college, quorum, steps))
          continue;
        without.add(college);
        steps.push(missing(college, empty ? "empty" : "no-quorum", colleges));
      }
      return { reached: without.size === 0 || colleges.content.missing !== "block", without };
    default: {
      const withQuorum = counted.colleges.filter(college => !isEmpty(college) && checkQuorum(college, quorum, steps)).length;
      const needed = quorum.content.colleges;
      const reached = withQuorum >= needed;
      steps.push({ step: "colleges-with-quorum", withQuorum, needed, colleges: counted.colleges.length, reached, article: quorum.article });
      return { reached, without };
    }
  }
}

export function isEmpty(college) {
  return college.name !== undefined && college.members.heads === 0n;
}

/** The step that says that a college is missing. */
export function missing(college, reason, { article, content }) {
  return named(college, { step: "college-missing", reason, treatment: content.missing, article });
}
