// Ballots as the log tells them: each count made again from its votes or published papers, each result judged again.

const DEFAULTS = {
  quorum: { extent: "none", measure: "members", comparison: "at-least", rounding: "none", plusOne: false, check: "both", counted: [] },
  majority: { form: "fraction", base: "expressed", comparison: "more-than", share: "1/2" },
  colleges: { mode: "pooled", missing: "block", weights: [] },
  tie: { break: "rejected" },
  "second-convocation": { allowed: false },
};

const QUALITIES = ["in-person", "represented", "remote", "postal"];

/** Follows an association's events in order, and judges each ballot when its result is proclaimed, or at the end. */
export class Ballots {
  #ballots = new Map();
  #bodies = new Map();
  #statutes = new Statutes();
  #secondMeetings = new Set();
  #meetingsOfVotes = new Map();
  #standing = new Standing();
  #counts = { tallies: 0, outcomes: 0, uncounted: 0, transcribed: 0 };

  /** @param {Check} tallies @param {Check} outcomes */
  constructor(tallies, outcomes) {
    Object.assign(this, { tallies, outcomes });
  }

  /** @param {GrowingTree} tree the tree that ends with this event */
  take(event, place, tree) {
    this.#said(() => this.#take(event, place, tree), { ...place, type: event.type });
  }

  // What reads a field that is not there, or that says something impossible, fails; the rest of the log is still to be read.
  #said(reading, place) {
    try {
      reading();
    } catch (error) {
      if (!isOfTheData(error))
        throw error;
      this.tallies.fail("event-form", place);
    }
  }

  #take(event, place, tree) {
    const { data, stream, type } = event;
    this.#standing.take(event, place);
    const ballot = () => this.#ballotOf(data.ballot, place);
    switch (type) {
      case "body_constituted":
        this.#bodies.set(data.body, data.kind);
        return;
      case "college_constituted":
        this.#bodies.set(data.college, "college");
        return;
      case "statutes_drafted":
      case "statutes_adopted":
      case "rule_set":
      case "rule_removed":
        this.#statutes.take(event);
        return;
      case "fact_retracted":
        this.#statutes.retract(event);
        return;
      case "meeting_planned":
        if (data.secondOf !== undefined)
          this.#secondMeetings.add(data.meeting);
        return;
      case "resolution_put_to_vote":
        this.#meetingsOfVotes.set(data.ballot, data.meeting);
        return;
      case "ballot_drafted":
        this.#ballots.set(data.ballot, new Ballot(data));
        return;
      case "outcome_transcribed":
        this.#counts.transcribed++;
        return;
      case "ballot_opened":
        ballot()?.open(event, this.#rulesFor(ballot(), data));
        return;
      case "electorate_chunk":
        ballot()?.addElectors(data);
        return;
      case "vote_cast":
      case "vote_changed":
        ballot()?.vote(event, place, this.tallies);
        return;
      case "elector_signed":
        ballot()?.sign(event, place, this.tallies);
        return;
      case "proxy_given":
      case "blank_proxy_given_out":
      case "proxy_reassigned":
      case "proxy_revoked":
        ballot()?.proxies.push(event);
        return;
      case "hands_counted":
        ballot()?.count(data, place, this.tallies);
        return;
      case "ballot_closed":
        if (ballot() !== undefined)
          Object.assign(ballot(), { closed: place.index, closedOn: event.headers.effective });
        return;
      case "papers_published":
        ballot()?.publish(data, place, this.tallies);
        return;
      case "ballot_counted":
        if (ballot()?.counted !== undefined)
          this.tallies.fail("counted-twice", { ...place, ballot: data.ballot });
        else if (ballot() !== undefined)
          Object.assign(ballot(), { counted: data, countedAt: place, paperChunks: [] });
        return;
      case "papers_chunk":
        ballot()?.paperChunks.push(data);
        return;
      case "result_proclaimed":
        this.#proclaimed(ballot(), data, place, tree);
        return;
      case "irregularity_raised":
        ballot()?.unsettled.add(data.late);
        return;
      case "irregularity_confirmed":
        ballot()?.unsettled.delete(data.late);
        return;
      case "declared_tie_parted":
        ballot()?.part(data, place, this.outcomes);
        return;
      default:
        if (stream.startsWith("vote:") || stream.startsWith("signing:"))
          this.tallies.fail("vote-stream", { ...place, stream });
    }
  }

  #ballotOf(id, place) {
    const ballot = this.#ballots.get(id);
    if (ballot === undefined)
      this.tallies.fail("ballot-unknown", { ...place, ballot: String(id) });
    return ballot;
  }

  #rulesFor(ballot, opening) {
    if (ballot === undefined)
      return null;
    const { "second-convocation": second, ...said } = this.#statutes.rules(opening.statutes, this.#bodies.get(ballot.draft.body), ballot.draft.decision);
    const rules = { ...said, tie: tieIn(ballot.draft, said.tie, opening.rules.tie) };
    if (opening.meeting === undefined || this.#meetingsOfVotes.get(opening.ballot) !== opening.meeting)
      return rules;
    // A second meeting may have a quorum of its own; one checked as a meeting opens is not checked at its votes.
    const quorum = this.#secondMeetings.has(opening.meeting) && second.content.allowed
      ? { article: second.article, content: second.content.quorum ?? DEFAULTS.quorum }
      : rules.quorum;
    return { ...rules, quorum: quorum.content.check === "at-opening" ? { ...quorum, content: DEFAULTS.quorum } : quorum };
  }

  #proclaimed(ballot, data, place, tree) {
    if (ballot === undefined)
      return;
    if (ballot.counted === undefined) {
      this.outcomes.fail("not-counted", { ...place, ballot: data.ballot });
      return;
    }
    this.#recount(ballot);
    this.#counts.outcomes++;
    ballot.judge(data, place, this.outcomes);
    ballot.tied = data.method?.tied ?? [];
    if (data.method?.verdict === "tied")
      ballot.seed = { size: tree.size, root: base64(tree.root()) };
    ballot.forget();
  }

  #recount(ballot) {
    if (ballot.recounted)
      return;
    ballot.recounted = true;
    this.#counts.tallies++;
    ballot.recount(this.tallies, this.#standing);
  }

  end() {
    for (const ballot of this.#ballots.values()) {
      if (ballot.counted === undefined || ballot.recounted)
        continue;
      // The last parts of a long count may still be to come.
      if (ballot.paperChunks.length < (ballot.counted.chunks?.length ?? 0))
        this.#counts.uncounted++;
      else
        this.#said(() => this.#recount(ballot), { ...ballot.countedAt, type: "ballot_counted" });
    }
    const { tallies, outcomes, transcribed } = this.#counts;
    if (tallies > 0)
      this.tallies.pass("tallies", { count: tallies, transcribed });
    else
      this.tallies.none("no-tallies", { transcribed });
    if (outcomes > 0)
      this.outcomes.pass("outcomes", { count: outcomes, transcribed });
    else
      this.outcomes.none("no-outcomes", { transcribed });
  }
}

/** The versions of the statutes and the rules that each carries. */
class Statutes {
  #events = [];

  take(event) {
    this.#events.push(event);
  }

  retract({ stream, data }) {
    if (stream === "statutes")
      this.#events = this.#events.filter(event => event.id !== data.retracted);
  }

  /** What a version says on quorum, majority, colleges and ties for a kind of body and decision: { article, content } each. */
  rules(version, body, decision) {
    const carried = new Map();
    const scoped = (kind, scope) => `${kind} ${scope.body ?? ""} ${scope.decision ?? ""}`;
    const put = rule => carried.set(scoped(rule.content.rule, rule.scope), rule);
    for (const { type, data } of [...this.#events].sort((a, b) => a.headers.effective < b.headers.effective ? -1 : a.headers.effective > b.headers.effective ? 1 : 0)) {
      if (version === undefined || data.version !== version)
        continue;
      if (type === "statutes_drafted")
        data.rules.forEach(put);
      else if (type === "rule_set")
        put(data.rule);
      else if (type === "rule_removed")
        carried.delete(scoped(data.kind, data.scope));
    }
    // What is said of a kind of decision stands before what is said of a body.
    const rank = ({ scope }) => (scope.decision === undefined ? 0 : 2) + (scope.body === undefined ? 0 : 1);
    return Object.fromEntries(Object.entries(DEFAULTS).map(([kind, content]) => {
      const [rule] = [...carried.values()]
        .filter(each => each.content.rule === kind && (each.scope.body ?? body) === body && (each.scope.decision ?? decision) === decision)
        .sort((a, b) => rank(b) - rank(a));
      return [kind, rule === undefined ? { article: "default", content } : { article: rule.article, content: rule.content }];
    }));
  }
}

class Ballot {
  roll = new Map();
  votes = new Map();
  signings = new Map();
  papers = [];
  proxies = [];
  chunks = 0;
  parts = 0;
  paperChunks = [];
  /** Late facts found that nobody has settled. */
  unsettled = new Set();
  /** What the result left tied. */
  tied = [];

  constructor(draft) {
    this.draft = draft;
    this.question = draft.contest?.question;
  }

  open({ data: opening, headers }, inForce) {
    Object.assign(this, { opening, inForce, openedOn: headers.effective });
    this.add(opening.electors ?? []);
  }

  add(electors) {
    for (const elector of electors)
      this.roll.set(elector.mandate, elector);
  }

  addElectors({ number, electors }) {
    const line = e => `${e.mandate} ${e.person} ${Fraction.of(e.weight)} ${e.college ?? "-"} ${e.present ?? "-"}${e.barred ? " barred" : ""}\n`;
    if (number !== ++this.chunks || hashOf(electors.map(line)) !== this.opening.chunks?.[number - 1])
      this.strange ??= "roll-chunk";
    this.add(electors);
  }

  vote({ stream, id, data, headers }, place, check) {
    if (stream !== `vote:${data.ballot}:${data.elector}` || !this.roll.has(data.elector) || this.roll.get(data.elector).barred || this.opening.hands)
      check.fail("vote-elector", { ...place, ballot: data.ballot, elector: data.elector });
    if (this.closed !== undefined)
      check.fail("vote-late", { ...place, ballot: data.ballot });
    const before = this.votes.get(data.elector);
    const vote = before === undefined || headers.effective >= before.effective ? { by: data.by, choice: data.choice, paper: data.paper, effective: headers.effective } : before;
    this.votes.set(data.elector, { ...vote, last: id });
  }

  /** Hands of a meeting: no more in a college than votes in the room, which all weigh the same. */
  count(hands, place, check) {
    if (this.closed !== undefined || !this.opening.hands)
      check.fail("vote-late", { ...place, ballot: hands.ballot });
    this.hands = hands;
    for (const college of new Set(hands.groups.map(group => group.college))) {
      const room = [...this.roll.values()].filter(elector => elector.college === college && elector.present !== undefined && !elector.barred);
      const groups = hands.groups.filter(group => group.college === college);
      const raised = groups.reduce((sum, { count }) => sum + count, 0);
      if (raised > room.length || groups.some(({ weight }) => room.some(elector => `${Fraction.of(elector.weight)}` !== `${Fraction.of(weight)}`)))
        check.fail("count", { ...place, ballot: hands.ballot, field: "hands", found: String(raised), expected: String(room.length) });
    }
  }

  sign({ stream, data, headers }, place, check) {
    if (stream !== `signing:${data.ballot}:${data.elector}` || !this.roll.has(data.elector))
      check.fail("vote-elector", { ...place, ballot: data.ballot, elector: data.elector });
    if (this.closed !== undefined)
      check.fail("vote-late", { ...place, ballot: data.ballot });
    const before = this.signings.get(data.elector);
    if (before === undefined || headers.effective >= before.effective)
      this.signings.set(data.elector, { by: data.by, effective: headers.effective });
  }

  publish({ number, of, papers }, place, check) {
    if (!this.opening.secret || number !== ++this.parts || number > of)
      check.fail("papers-part", { ...place, number });
    this.papers.push(...papers);
    this.published = number === of;
  }

  forget() {
    Object.assign(this, { votes: new Map(), signings: new Map(), papers: [], paperChunks: [], roll: new Map() });
  }

  get countsByCollege() {
    const { colleges, quorum } = this.opening.rules;
    return colleges.content.mode !== "pooled" || quorum.content.extent === "some-colleges" || quorum.content.extent === "each-college";
  }

  text(choice, paper) {
    return this.question === undefined ? choice : packed(this.question, paper);
  }

  /** Makes the count again and holds it against the stored one. */
  recount(check, standing) {
    const place = { ...this.countedAt, ballot: this.counted.ballot };
    if (this.opening === undefined || this.closed === undefined) {
      check.fail("not-closed", place);
      return;
    }
    if (this.roll.size !== this.opening.electorCount)
      this.strange ??= "roll-size";
    const { papers, lines, castBy, castingVote } = this.opening.secret ? this.fromTheBox() : this.opening.hands ? this.raised() : this.cast();
    if (this.opening.secret && (!this.published || this.signings.size !== this.papers.length))
      check.fail("papers-signings", { ...place, papers: this.papers.length, signings: this.signings.size });
    if (this.strange !== undefined)
      check.fail(this.strange, place);
    const { counted } = this;
    const differs = (field, found, expected) => found === expected || (check.fail("count", { ...place, field, found: String(found), expected: String(expected) }), false);
    differs("papers", counted.papers, papers.reduce((sum, { count }) => sum + count, 0));
    differs("papersHash", counted.papersHash, hashOf(lines.map(line => `${line}\n`).sort()));
    differs("castingVote", counted.castingVote, castingVote);
    const grouped = alike(papers, each => this.text(each.choice, each.paper));
    this.countedPapers = counted.alike ?? this.paperChunks.flatMap(chunk => chunk.papers);
    const stored = alike(this.question === undefined ? counted.groups : this.countedPapers, each => this.text(each.choice, each.paper));
    differs("groups", firstDifference(stored, grouped), undefined);
    if (counted.chunks !== undefined) {
      const line = p => `${p.count} ${Fraction.of(p.weight)} ${p.college ?? "-"} ${packed(this.question, p.paper)}\n`;
      differs("chunks", this.paperChunks.map(chunk => hashOf(chunk.papers.map(line))).join(" "), counted.chunks.join(" "));
    }
    differs("roll", firstDifference(written(counted.roll), written(this.rolled(castBy, standing))), undefined);
  }

  cast() {
    const [papers, lines, castBy] = [[], [], new Map()];
    for (const [mandate, vote] of this.votes) {
      const elector = this.roll.get(mandate);
      if (elector === undefined)
        continue;
      papers.push({ choice: vote.choice, paper: vote.paper, count: 1, weight: elector.weight, college: elector.college });
      lines.push(`${mandate} ${this.text(vote.choice, vote.paper)} ${vote.last}`);
      castBy.set(mandate, vote.by);
    }
    // To preside is not given away: a vote that the chair's proxy casts is no casting vote.
    const { chair, rules } = this.opening;
    const presiding = rules.tie.content.break === "casting-vote" ? this.votes.get(chair) : undefined;
    return { papers, lines, castBy, castingVote: presiding?.by === this.roll.get(chair)?.person ? presiding?.choice : undefined };
  }

  /** Nobody's own vote is known: what was called out in the meeting is what is counted. */
  raised() {
    const { groups, chair } = this.hands ?? { groups: [] };
    return {
      papers: groups,
      lines: groups.map(({ college, choice, weight, count }) => `hands ${college ?? "-"} ${choice} ${Fraction.of(weight)} ${count}`),
      castBy: new Map(),
      castingVote: this.opening.rules.tie.content.break === "casting-vote" ? chair : undefined,
    };
  }

  fromTheBox() {
    return {
      papers: this.papers.map(paper => ({ ...paper, count: 1 })),
      lines: this.papers.map(paper => `${paper.code} ${this.text(paper.choice, paper.paper)} ${Fraction.of(paper.weight)} ${paper.college ?? "-"}`),
      castBy: new Map([...this.signings].map(([mandate, { by }]) => [mandate, by])),
      castingVote: undefined,
    };
  }

  /** The roll by college, as a count has it. */
  rolled(castBy, standing) {
    const electors = [...this.roll.values()];
    const how = this.opening.held === "correspondence" ? null
      : this.opening.hands ? elector => elector.present
      : presenceIn(this, castBy, standing);
    const group = (of, weight, college) => ({
      members: sumUp(of), weight,
      ...(how === null ? {} : { presence: presences(of, how) }),
      ...(college === undefined ? {} : { college }),
    });
    if (this.opening.secret && !this.countsByCollege)
      return [group(electors, "1")];
    const byCollege = new Map(this.opening.colleges.map(({ college, weight }) => [college, { weight, of: [] }]));
    for (const elector of electors) {
      if (!byCollege.has(elector.college))
        byCollege.set(elector.college, { weight: "1", of: [] });
      byCollege.get(elector.college).of.push(elector);
    }
    return [...byCollege].map(([college, { weight, of }]) => group(of, weight, college));
  }

  /** Judges the stored count again and holds the result against the one proclaimed. */
  judge(proclaimed, at, check) {
    const place = { ...at, ballot: proclaimed.ballot };
    const { opening, counted } = this;
    if (opening === undefined)
      return;
    for (const [kind, rule] of Object.entries(this.inForce)) {
      // A method takes no majority; its ballots store one all the same.
      const difference = firstDifference(ruleOf(opening.rules[kind], kind), ruleOf(rule, kind));
      if (difference !== undefined)
        check.fail("rule", { ...place, rule: kind, field: difference, statutes: opening.statutes ?? "-" });
    }
    const { quorum, majority, colleges, tie } = opening.rules;
    const rules = { article: "default", ...Object.fromEntries(Object.entries({ quorum, majority, colleges, tie }).map(([kind, rule]) => [kind, ruleOf(rule, kind)])) };
    this.compare(this.question === undefined ? proclaimed.outcome : proclaimed.method, place, check, () => this.question === undefined
      ? judgeMotion(rules, counted.roll, counted.groups, counted.castingVote)
      : judgeContest(this.question, rules, counted.roll, this.countedPapers));
    this.judgedBy = rules;
  }

  /** Holds how a tie was parted against the rule: a lot is drawn again from the tree that first held the result. */
  part(parted, at, check) {
    const place = { ...at, ballot: parted.ballot };
    const wrong = field => check.fail("outcome", { ...place, field });
    const { seed, question, opening } = this;
    if (seed === undefined || this.parted || parted.by !== opening.rules.tie.content.break || (parted.by !== "lot" && parted.by !== "eldest"))
      return wrong("by");
    this.parted = true;
    if (parted.by === "eldest") {
      const field = this.#declared(parted);
      if (field !== undefined)
        return wrong(field);
    } else {
      if (parted.source !== undefined)
        return wrong("source");
      const standing = question.options.filter(option => !(question.withdrawn ?? []).includes(option));
      const drawn = standing.map(option => ({ option, hash: hex(sha256(utf8(`${seed.root} ${parted.ballot} ${option}`))) }))
        .sort((a, b) => (a.hash < b.hash ? -1 : 1)).map(({ option }) => option);
      const difference = firstDifference({ seed: parted.seed, order: parted.order }, { seed, order: drawn });
      if (difference !== undefined)
        return wrong(difference);
    }
    this.compare(parted.method, place, check, () => {
      const judged = judgeContest({ ...question, tieOrder: parted.order }, this.judgedBy, this.counted.roll, this.countedPapers);
      return judged.verdict === "tied" ? null : judged;
    });
  }

  /** What is wrong with an order by age, and the document that tells it; undefined where nothing is. A fact that would have changed the ballot is settled before. */
  #declared({ order, source, seed }) {
    if (seed !== undefined)
      return "seed";
    if (this.unsettled.size > 0)
      return "by";
    if (!Array.isArray(order) || new Set(order).size !== order.length || order.some(option => !this.question.options.includes(option)) || this.tied.some(option => !order.includes(option)))
      return "order";
    return isText(source) ? undefined : "source";
  }

  compare(stored, place, check, judge) {
    try {
      const { statutes } = this.opening;
      const difference = firstDifference(stored, { ...judge(), ...(statutes === undefined ? {} : { statutes }) });
      if (difference !== undefined)
        check.fail("outcome", { ...place, field: difference });
    } catch (error) {
      if (!isOfTheData(error))
        throw error;
      check.fail("unjudged", { ...place, why: error.message });
    }
  }
}

/** The rule on ties as it meets one vote: no round after the last, and neither a lot nor an age for a motion. */
function tieIn({ round, contest }, said, opened) {
  // Before rounds were numbered an opening repeated the rule as the statutes have it.
  if (round === undefined && firstDifference(ruleOf(said, "tie"), ruleOf(opened, "tie")) === undefined)
    return said;
  const { break: first, rounds = 1, then = "rejected" } = said.content;
  const over = first === "second-round" && (round ?? 1) > rounds;
  const left = over ? then : first;
  return contest === undefined && (left === "lot" || left === "eldest") ? { article: said.article, content: { break: "rejected" } }
    : over ? { article: said.article, content: { break: then } }
    : said;
}

/** Whether it is a text that a command takes: 1 to 10,000 characters, none of which controls anything but lines. */
function isText(text) {
  return typeof text === "string" && text.length <= 10_000 && text.trim() !== "" && text.isWellFormed() && !/[^\P{Cc}\n\r\t]/u.test(text);
}

function isOfTheData(error) {
  return error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError;
}

/** A rule with what was left out filled in. */
function ruleOf({ article, content }, kind) {
  const filled = {
    majority: { comparison: "more-than", withAbstentions: false, withBlanks: false, withNulls: false },
    colleges: content.mode === "veto" ? { vetoWhen: "opposed" } : {},
  }[kind] ?? {};
  // An opening repeats what kind of rule it is.
  const { rule, kind: _, ...said } = content;
  const { vetoWhen, ...others } = { ...filled, ...said };
  return { article, content: vetoWhen === undefined || content.mode !== "veto" ? others : { ...others, vetoWhen } };
}

function hashOf(lines) {
  return hex(sha256(utf8(lines.join(""))));
}

/** Papers that say and weigh the same together, as a table from what they say to how many. */
function alike(papers, said) {
  const groups = {};
  for (const paper of papers) {
    const key = `${paper.college ?? "-"} ${said(paper)} ${Fraction.of(paper.weight)}`;
    groups[key] = (groups[key] ?? 0) + paper.count;
  }
  return groups;
}

function sumUp(electors) {
  return electors.reduce((sum, elector) => sum.plus(new Tally(1n, Fraction.of(elector.weight))), new Tally()).written();
}

/** How many electors take part in a meeting in each quality. */
function presences(electors, how) {
  return QUALITIES.map(presence => ({ presence, of: electors.filter(elector => how(elector) === presence) }))
    .filter(({ of }) => of.length > 0)
    .map(({ presence, of }) => ({ presence, tally: sumUp(of) }));
}

/** A roll as it is compared, by college. */
function written(roll) {
  return Object.fromEntries(roll.map(({ college, ...said }) => [college ?? "-", said]));
}

/** Where two values of JSON first differ, such as « steps[2].threshold »; undefined where they do not. What is undefined or null is not there. */
export function firstDifference(one, other, path = "") {
  if (one === other || (one ?? null) === (other ?? null))
    return undefined;
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null || one === undefined || other === undefined || Array.isArray(one) !== Array.isArray(other))
    return path === "" ? "." : path;
  const names = Array.isArray(one) ? [...Array(Math.max(one.length, other.length)).keys()] : [...new Set([...Object.keys(one), ...Object.keys(other)])];
  for (const name of names) {
    const difference = firstDifference(one[name], other[name], Array.isArray(one) ? `${path}[${name}]` : path === "" ? name : `${path}.${name}`);
    if (difference !== undefined)
      return difference;
  }
  return undefined;
}
