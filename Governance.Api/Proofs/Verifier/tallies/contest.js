// Questions with options: what every method shares, from the quorum to the seats.

const KINDS_OF_CONTEST = ["expressed", "abstention", "blank", "null"];

/** A count of one round: quorum judged, papers read, weights whole. */
class Count {
  constructor(question, rules, roll, papers, standing, steps) {
    Object.assign(this, { question, rules, steps, options: standing });
    this.read = papers.map(({ paper, count, weight, college }) => ({ ...read(question, paper), count, weight: Fraction.of(weight), college }));
    this.counted = new CountedRoll(roll, this.read, KINDS_OF_CONTEST);
  }

  /** Whether the quorum is there; the papers of colleges dropped for want of it are then gone. */
  hasQuorum() {
    const { reached, without } = judgeQuorum(this.counted, this.rules.quorum, this.rules.colleges, this.steps);
    if (!reached)
      return false;
    this.left = [];
    const names = new Set([...without].map(college => college.name));
    for (const college of without) {
      if (castIn(college).heads > 0n)
        this.leftOut(college);
    }
    this.papers = this.read.filter(each => each.kind === "expressed" && !names.has(each.college));
    return true;
  }

  leftOut(college) {
    this.left.push(named(college, { step: "papers-left-out", papers: castIn(college).written(), article: this.rules.colleges.article }));
  }

  /** What comes between the quorum and the counting. */
  prepare(withdrawn) {
    this.steps.push(...this.left);
    if (withdrawn.length > 0)
      this.step({ step: "options-withdrawn", options: withdrawn });
    const factor = commonFactor(this.read.map(each => each.weight));
    if (!factor.equals(ONE))
      this.step({ step: "weights-scaled", factor: String(factor) });
    for (const each of this.papers)
      each.votes = each.weight.times(factor).times(new Fraction(BigInt(each.count)));
    this.expressed = sumOf(this.papers.map(each => each.votes));
  }

  step(said, article = this.rules.article) {
    this.steps.push({ ...said, article });
  }

  /** What options add up to, by what each paper gives them. */
  totals(givenBy) {
    const totals = new Map(this.options.map(option => [option, ZERO]));
    for (const { said, votes } of this.papers) {
      for (const [option, times] of givenBy(said)) {
        if (totals.has(option))
          totals.set(option, totals.get(option).plus(times === 1 ? votes : votes.times(new Fraction(BigInt(times)))));
      }
    }
    return totals;
  }

  /** The seats of a ranking, ties over the last of them parted by the order given for that, or declared. */
  seat(ranking, seats) {
    const elected = [];
    for (const group of ranking) {
      const left = seats - elected.length;
      if (left === 0)
        break;
      if (group.length <= left) {
        elected.push(...group);
        continue;
      }
      const chosen = this.partedBy(group, left);
      if (chosen === null) {
        this.step({ step: "tie-declared", over: "seat", options: group, seats: left }, this.rules.tie.article);
        return { elected, tied: group };
      }
      this.step({ step: "tie-parted", over: "seat", options: group, chosen }, this.rules.tie.article);
      elected.push(...chosen);
      break;
    }
    return { elected, tied: [] };
  }

  /** The first of these in the order that parts ties; null where it does not name them all. */
  partedBy(options, most) {
    const order = this.question.tieOrder ?? [];
    return options.every(option => order.includes(option)) ? order.filter(option => options.includes(option)).slice(0, most) : null;
  }
}

/** Options from most to least, equals in one group in the order of the paper. */
export function rankedBy(totals) {
  const groups = [];
  for (const [option, votes] of [...totals].sort(([, a], [, b]) => b.compare(a))) {
    const last = groups.at(-1);
    if (last !== undefined && totals.get(last[0]).equals(votes))
      last.push(option);
    else
      groups.push([option]);
  }
  return groups;
}

/** Votes as steps have them, most first. */
export function writtenVotes(totals) {
  return [...totals].sort(([, a], [, b]) => b.compare(a)).map(([option, votes]) => ({ option, votes: String(votes) }));
}

const METHODS = {
  consent: countConsent,
  plurality: countPlurality,
  approval: countApproval,
  points: countPoints,
  schulze: countSchulze,
  "majority-judgment": countMajorityJudgment,
  stv: countSingleTransferableVote,
};

/**
 * The outcome of a question with options, with its working.
 * @param {object} question method, options, withdrawn and tieOrder as a draft stores them
 * @param {object} rules article (of the method), quorum, colleges and tie
 * @param {object[]} roll by college
 * @param {{ paper: object, count: number, weight: string, college?: string }[]} papers those alike together
 * @param {{ roll: object[], papers: object[] } | undefined} second the second round of a plurality, where there was one
 */
export function judgeContest(question, rules, roll, papers, second) {
  const withdrawn = question.options.filter(option => (question.withdrawn ?? []).includes(option));
  const standing = question.options.filter(option => !withdrawn.includes(option));
  const steps = [];
  const count = new Count(question, rules, roll, papers, standing, steps);
  const outcome = (verdict, { ranking = [], elected = [], tied = [], ...rest } = {}, last = count) =>
    ({ verdict, ranking, elected, tied, counts: last.counted.written(), colleges: last.counted.writtenByCollege(), steps, ...rest });
  const alone = question.method.method === "consent" ? {} : { ranking: [standing] };
  if (!count.hasQuorum())
    return outcome("no-quorum", alone);
  count.prepare(withdrawn);
  if (count.papers.length === 0 && question.method.method !== "consent")
    return outcome("rejected", alone);
  const again = second === undefined ? undefined : options => new Count(question, rules, second.roll, second.papers, options, steps);
  const { verdict, last, ...result } = METHODS[question.method.method](count, question.method, again);
  return outcome(verdict, result, last);
}

/** What a ranking and its seats come to. */
export function elects(count, ranking, seats) {
  const { elected, tied } = count.seat(ranking, seats);
  return { verdict: tied.length > 0 ? "tied" : "elected", ranking, elected, tied };
}
