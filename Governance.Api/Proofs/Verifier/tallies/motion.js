// A motion: for, against, abstention, blank, null, not voting.

const CHOICES = { for: "for", against: "against", abstain: "abstention", blank: "blank", null: "null" };
const KINDS = ["for", "against", "abstention", "blank", "null"];

/** A majority as a rule says it, what was left out filled in. */
function majorityOf({ form, base, comparison = "more-than", withAbstentions = false, withBlanks = false, withNulls = false, share }) {
  return { form, base, comparison: form === "half-plus-one" ? "at-least" : form === "relative" ? "more-than" : comparison, withAbstentions, withBlanks, withNulls, share };
}

function baseOf(college, majority, roll) {
  const weight = kind => college.counts[kind].weight;
  switch (majority.base) {
    case "present":
      return (college.presence === undefined ? castIn(college) : takingPart(college, ["in-person", "remote"])).weight;
    case "present-and-represented":
      return (college.presence === undefined ? castIn(college) : takingPart(college, ["in-person", "remote", "represented"])).weight;
    case "all-members":
      return roll.members.weight;
    default:
      return sumOf([
        weight("for"), weight("against"), majority.withAbstentions ? weight("abstention") : ZERO, majority.withBlanks ? weight("blank") : ZERO,
        majority.withNulls ? weight("null") : ZERO,
      ]);
  }
}

function judgeMajority(college, said, { votesFor, votesAgainst, base }, article, steps) {
  const majority = majorityOf(said);
  const threshold = majority.form === "relative" ? votesAgainst
    : majority.form === "half-plus-one" ? base.over(new Fraction(2n)).plus(ONE)
    : Fraction.of(majority.share).times(base);
  const reached = votesFor.compare(ZERO) > 0 && holds(votesFor, majority.comparison, threshold);
  const step = named(college, {
    step: "majority-judged", form: majority.form, over: majority.base, withAbstentions: majority.withAbstentions, withBlanks: majority.withBlanks,
    withNulls: majority.withNulls, for: String(votesFor), against: String(votesAgainst), base: String(base), comparison: majority.comparison,
    threshold: String(threshold), reached, article,
  });
  steps.push(majority.form === "fraction" ? { ...step, share: String(Fraction.of(majority.share)) } : step);
  return { reached, base, threshold, comparison: majority.comparison, votesFor, votesAgainst };
}

const votesIn = (college, majority) => ({ votesFor: college.counts.for.weight, votesAgainst: college.counts.against.weight, base: baseOf(college, majority, college) });

/**
 * The outcome of a motion with its working.
 * @param {object} rules quorum, majority, colleges and tie, each { article, content } as an opening stores it
 * @param {object[]} roll by college, as a count stores it
 * @param {{ choice: string, count: number, weight: string, college?: string }[]} groups
 * @param {string | undefined} castingVote what the chair voted
 */
export function judgeMotion(rules, roll, groups, castingVote) {
  const counted = new CountedRoll(roll, groups.map(group => ({ ...group, kind: CHOICES[group.choice], weight: Fraction.of(group.weight) })), KINDS);
  const steps = [];
  const outcome = (verdict, judged) => ({
    verdict, counts: counted.written(), colleges: counted.writtenByCollege(), steps,
    ...(judged === undefined ? {} : { base: String(judged.base), threshold: String(judged.threshold), comparison: judged.comparison }),
  });

  const quorum = judgeQuorum(counted, rules.quorum, rules.colleges, steps);
  if (!quorum.reached)
    return outcome("no-quorum");
  const standing = collegesThatStand(counted, rules.colleges, quorum.without, steps);
  if (standing === null)
    return outcome("no-quorum");
  return new MotionJudged(rules, counted, standing, castingVote, steps, outcome).outcome();
}

/** The colleges that stand and those counted against; null where a missing one leaves nothing decided. */
function collegesThatStand(counted, colleges, without, steps) {
  const { mode, missing: treatment } = colleges.content;
  const against = new Set(treatment === "against" ? without : []);
  const gone = new Set(treatment === "drop" ? without : []);
  let blocked = false;
  if (mode !== "pooled") {
    for (const college of counted.colleges) {
      if (!isEmpty(college) || without.has(college))
        continue;
      steps.push(missing(college, "empty", colleges));
      blocked ||= treatment === "block";
      (treatment === "drop" ? gone : against).add(college);
    }
  }
  if (blocked)
    return null;
  // All the votes of a college counted against are against.
  const stand = counted.colleges.filter(college => !gone.has(college)).map(college => against.has(college) ? opposed(college) : college);
  return { colleges: stand, against: new Set(stand.filter(college => college.opposed)) };
}

function opposed(college) {
  const counts = Object.fromEntries(KINDS.map(kind => [kind, kind === "against" ? college.members : new Tally()]));
  const presence = college.presence === undefined ? undefined : [{ presence: "in-person", tally: college.members }];
  return { ...college, counts, presence, opposed: true };
}

class MotionJudged {
  constructor(rules, counted, standing, castingVote, steps, outcome) {
    Object.assign(this, { rules, counted, standing, castingVote, steps, ended: outcome });
  }

  outcome() {
    const { mode } = this.rules.colleges.content;
    switch (mode) {
      case "normalised":
        return this.normalised();
      case "some-colleges":
        return this.ended(this.collegesInFavour() ? "adopted" : "rejected");
      case "double":
        return this.whole(this.collegesInFavour());
      case "veto":
        return this.whole(!this.vetoed());
      default:
        return this.whole(true);
    }
  }

  within(college) {
    const { article, content } = this.rules.colleges;
    const majority = content.within ?? this.rules.majority.content;
    return judgeMajority(college, majority, votesIn(college, majority), content.within === undefined ? this.rules.majority.article : article, this.steps);
  }

  collegesInFavour() {
    const { article, content } = this.rules.colleges;
    const inFavour = this.standing.colleges.filter(college => this.within(college).reached).length;
    const needed = Math.min(content.atLeast, this.standing.colleges.length);
    const reached = inFavour > 0 && inFavour >= needed;
    this.steps.push({ step: "colleges-in-favour", inFavour, needed, colleges: this.standing.colleges.length, reached, article });
    return reached;
  }

  vetoed() {
    const { article, content } = this.rules.colleges;
    const college = this.standing.colleges.find(each => each.name === content.vetoOf);
    if (college === undefined)
      return false;
    const when = content.vetoWhen ?? "opposed";
    const judged = this.within(college);
    const vetoed = this.standing.against.has(college) || (when === "opposed" ? judged.votesAgainst.compare(judged.votesFor) > 0 : !judged.reached);
    this.steps.push({ step: "veto-judged", college: content.vetoOf, when, vetoed, article });
    return vetoed;
  }

  whole(otherwise) {
    const together = this.counted.together(this.standing.colleges);
    const { article, content } = this.rules.majority;
    return this.decided(judgeMajority(undefined, content, votesIn(together, content), article, this.steps), otherwise);
  }

  normalised() {
    const { article, content } = this.rules.colleges;
    const majority = this.rules.majority.content;
    const weightOf = college => Fraction.of(content.weights.find(each => each.college === college.name)?.weight ?? college.weight);
    let [votesFor, votesAgainst, base, blocked] = [ZERO, ZERO, ZERO, false];
    for (const college of this.standing.colleges) {
      const weight = weightOf(college);
      const votes = votesIn(college, majority);
      let lost = this.standing.against.has(college);
      if (!lost && votes.base.isZero()) {
        this.steps.push(missing(college, "nothing-expressed", this.rules.colleges));
        blocked ||= content.missing === "block";
        if (content.missing !== "against")
          continue;
        lost = true;
      }
      base = base.plus(weight);
      if (lost) {
        votesAgainst = votesAgainst.plus(weight);
        continue;
      }
      const [weighedFor, weighedAgainst] = [weight.times(votes.votesFor).over(votes.base), weight.times(votes.votesAgainst).over(votes.base)];
      this.steps.push(named(college, {
        step: "college-normalised", weight: String(weight), for: String(votes.votesFor), against: String(votes.votesAgainst), base: String(votes.base),
        weighedFor: String(weighedFor), weighedAgainst: String(weighedAgainst), article,
      }));
      [votesFor, votesAgainst] = [votesFor.plus(weighedFor), votesAgainst.plus(weighedAgainst)];
    }
    if (blocked)
      return this.ended("rejected");
    return this.decided(judgeMajority(undefined, majority, { votesFor, votesAgainst, base }, this.rules.majority.article, this.steps), true);
  }

  /** The verdict of the majority of all, where nothing else stands against adopting. */
  decided(judged, otherwise) {
    // Equal votes keep the majority away by themselves where one more for would reach it.
    const equal = judged.votesFor.equals(judged.votesAgainst) && !judged.reached && judged.comparison === "more-than" && judged.votesFor.equals(judged.threshold) && !judged.votesFor.isZero();
    if (!equal || !otherwise)
      return this.ended(judged.reached && otherwise ? "adopted" : "rejected", judged);
    const { article, content } = this.rules.tie;
    this.steps.push({ step: "votes-equal", each: String(judged.votesFor), break: content.break, article });
    if (content.break === "rejected")
      return this.ended("rejected", judged);
    if (content.break === "casting-vote" && (this.castingVote === "for" || this.castingVote === "against")) {
      this.steps.push({ step: "casting-vote-given", choice: this.castingVote, article });
      return this.ended(this.castingVote === "for" ? "adopted" : "rejected", judged);
    }
    return this.ended("tied", judged);
  }
}
