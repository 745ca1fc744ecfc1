// The single transferable vote: weighted inclusive Gregory, exact, with a quota that stays.

export function countSingleTransferableVote(count, { seats = 1 }) {
  return new Transferring(count, seats).result();
}

class Transferring {
  elected = [];
  #groups = [];
  excluded = [];
  history = [];
  surpluses = new Set();

  constructor(count, seats) {
    Object.assign(this, { count, seats });
    this.papers = count.papers.map(({ said, votes }) => ({ order: said.flat(), value: votes, at: null }));
    this.quota = count.expressed.over(new Fraction(BigInt(seats + 1))).floor().plus(ONE);
    this.threshold = { base: String(count.expressed), threshold: String(this.quota), comparison: "at-least" };
  }

  get hopefuls() {
    return this.count.options.filter(option => !this.elected.includes(option) && !this.excluded.includes(option));
  }

  result() {
    const { count, seats, quota } = this;
    count.step({ step: "quota-set", votes: String(count.expressed), seats, quota: String(quota) });
    for (const paper of this.papers)
      paper.at = paper.order[0];
    this.stand();
    for (;;) {
      this.elect(this.hopefuls.filter(option => this.votes(option).compare(quota) >= 0), "quota");
      const left = seats - this.elected.length;
      if (left > 0 && this.hopefuls.length <= left)
        this.elect(this.hopefuls, "seats-left");
      if (this.elected.length >= Math.min(seats, this.elected.length + this.hopefuls.length) || this.hopefuls.length === 0)
        return { verdict: "elected", ranking: this.ranking(), elected: this.elected, ...this.threshold };
      const tied = this.surpluses.size > 0 ? this.transfer() : this.exclude();
      if (tied !== null)
        return { verdict: "tied", ranking: this.ranking(), elected: this.elected, tied, ...this.threshold };
      this.stand();
    }
  }

  votes(option, at = this.history.length - 1) {
    return this.history[at].get(option);
  }

  stand() {
    const tallies = new Map(this.count.options.map(option => [option, ZERO]));
    let exhausted = ZERO;
    for (const { at, value } of this.papers) {
      if (at === undefined)
        exhausted = exhausted.plus(value);
      else
        tallies.set(at, tallies.get(at).plus(value));
    }
    // What the elected keep lies with them, not on papers any more.
    for (const option of this.elected) {
      if (!this.surpluses.has(option) && tallies.get(option).isZero())
        tallies.set(option, this.quota);
    }
    this.history.push(tallies);
    this.count.step({
      step: "votes-stand", count: this.history.length, tallies: this.count.options.map(option => ({ option, votes: String(tallies.get(option)) })), exhausted: String(exhausted),
    });
  }

  elect(options, by) {
    if (options.length === 0)
      return;
    const groups = rankedBy(new Map(options.map(option => [option, this.votes(option)])));
    const ordered = groups.flat();
    this.#groups.push(...groups);
    this.count.step({ step: "options-elected", count: this.history.length, options: ordered, by });
    this.elected.push(...ordered);
    for (const option of ordered.filter(each => this.votes(each).compare(this.quota) > 0))
      this.surpluses.add(option);
  }

  transfer() {
    const most = rankedBy(new Map([...this.surpluses].map(option => [option, this.votes(option)])))[0];
    const from = this.parted(this.count.options.filter(option => most.includes(option)), "surplus");
    if (from === null)
      return most;
    this.surpluses.delete(from);
    const total = this.votes(from);
    const surplus = total.minus(this.quota);
    const ratio = surplus.over(total);
    this.count.step({
      step: "surplus-transferred", count: this.history.length + 1, from, surplus: String(surplus), total: String(total), ratio: String(ratio), ...this.moved(from, ratio),
    });
    return null;
  }

  exclude() {
    const least = rankedBy(new Map(this.hopefuls.map(option => [option, this.votes(option)]))).at(-1);
    const option = this.parted(least, "exclusion");
    if (option === null)
      return least;
    this.excluded.push(option);
    this.count.step({ step: "option-excluded", count: this.history.length + 1, option, votes: String(this.votes(option)), ...this.moved(option, ONE) });
    return null;
  }

  /** Sends the papers of an option on, each at a part of its value. */
  moved(from, ratio) {
    const received = new Map();
    let exhausted = ZERO;
    const hopefuls = new Set(this.hopefuls);
    for (const paper of this.papers) {
      if (paper.at !== from)
        continue;
      paper.value = paper.value.times(ratio);
      paper.at = paper.order.find(option => hopefuls.has(option));
      if (paper.at === undefined)
        exhausted = exhausted.plus(paper.value);
      else
        received.set(paper.at, (received.get(paper.at) ?? ZERO).plus(paper.value));
    }
    const to = this.count.options.filter(option => received.has(option)).map(option => ({ option, votes: String(received.get(option)) }));
    return { to, exhausted: String(exhausted) };
  }

  /** Which of those tied goes first: by the latest earlier count that parts them, or by the order given for ties; null where nothing does. */
  parted(options, over) {
    if (options.length === 1)
      return options[0];
    let tied = options;
    for (let at = this.history.length - 2; at >= 0; at--) {
      const ranked = rankedBy(new Map(tied.map(option => [option, this.votes(option, at)])));
      const first = over === "surplus" ? ranked[0] : ranked.at(-1);
      if (first.length === 1) {
        this.count.step({ step: "tie-parted", over, options, chosen: first, earlierCount: at + 1 }, this.count.rules.tie.article);
        return first[0];
      }
      tied = first;
    }
    const ordered = this.count.partedBy(tied, tied.length);
    if (ordered === null) {
      this.count.step({ step: "tie-declared", over, options }, this.count.rules.tie.article);
      return null;
    }
    const chosen = over === "surplus" ? ordered[0] : ordered.at(-1);
    this.count.step({ step: "tie-parted", over, options, chosen: [chosen] }, this.count.rules.tie.article);
    return chosen;
  }

  ranking() {
    const left = rankedBy(new Map(this.hopefuls.map(option => [option, this.votes(option)])));
    return [...this.#groups, ...left, ...[...this.excluded].reverse().map(option => [option])];
  }
}
