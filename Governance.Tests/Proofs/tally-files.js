// Turns a tally file (docs/tally) into what the page's engine takes, and its outcome into what it gives.
globalThis.judgeFile = (engine, file) => {
  const frac = x => x === undefined ? "1" : String(x);
  const comparison = c => c === ">" ? "more-than" : "at-least";
  const base = b => b === "members" ? "all-members" : b ?? "expressed";
  const rule = file.rule ?? {};
  const articles = rule.articles ?? {};
  const article = kind => articles[kind] ?? "default";
  const majority = m => ({
    form: m?.form ?? "fraction", base: base(m?.base), comparison: comparison(m?.comparison ?? ">"),
    withAbstentions: (m?.with ?? []).includes("abstentions"), withBlanks: (m?.with ?? []).includes("blanks"), withNulls: (m?.with ?? []).includes("nulls"),
    ...((m?.form ?? "fraction") === "fraction" ? { share: frac(m?.fraction ?? "1/2") } : {}),
  });
  const q = rule.quorum;
  const quorum = q === undefined
    ? { extent: "none", measure: "members", comparison: "at-least", rounding: "none", plusOne: false, counted: [] }
    : { extent: q.extent ?? "whole", measure: q.base ?? "members", comparison: comparison(q.comparison ?? ">="), rounding: q.rounding ?? "none", plusOne: q.plusOne ?? false, counted: q.counted ?? [], share: frac(q.fraction), colleges: q.atLeast };
  const c = rule.colleges ?? {};
  const colleges = {
    mode: c.mode ?? "pooled", missing: c.missing ?? "block", weights: Object.entries(c.weights ?? {}).map(([college, weight]) => ({ college, weight: frac(weight) })),
    atLeast: c.atLeast, vetoOf: c.vetoOf, vetoWhen: c.vetoWhen ?? "opposed", ...(c.within === undefined ? {} : { within: majority(c.within) }),
  };
  const applied = {
    article: article("method"), quorum: { article: article("quorum"), content: quorum }, majority: { article: article("majority"), content: majority(rule.majority) },
    colleges: { article: article("colleges"), content: colleges }, tie: { article: article("tie"), content: { break: rule.tie ?? "rejected" } },
  };
  const heads = h => typeof h === "number" ? { heads: h, weight: String(h) } : { heads: h.heads, weight: frac(h.weight ?? h.heads) };
  const rollOf = (members, presence, papers) => {
    const presences = p => p === undefined ? undefined : Object.entries(p).map(([presence, h]) => ({ presence, tally: heads(h) }));
    if (members?.byCollege !== undefined)
      return Object.entries(members.byCollege).map(([college, h]) => ({ college, members: heads(h), weight: "1", presence: presences(presence === undefined ? undefined : presence.byCollege[college] ?? {}) }));
    if (members !== undefined)
      return [{ members: heads(members), weight: "1", presence: presences(presence) }];
    const { Fraction } = engine;
    const sums = new Map();
    for (const p of papers) {
      const was = sums.get(p.college) ?? { heads: 0, weight: Fraction.of("0") };
      sums.set(p.college, { heads: was.heads + p.count, weight: was.weight.plus(Fraction.of(p.weight).times(Fraction.of(String(p.count)))) });
    }
    if (sums.size === 0) sums.set(undefined, { heads: 0, weight: Fraction.of("0") });
    return [...sums].map(([college, s]) => ({ college, members: { heads: s.heads, weight: String(s.weight) }, weight: "1", presence: presence?.byCollege ? presences(presence.byCollege[college] ?? {}) : presences(presence) }));
  };
  const paperOf = p => p.choice !== undefined
    ? (p.choice === "object" ? { paper: "objects", reason: p.reason } : { paper: { abstain: "abstains", blank: "blank", null: "null", consent: "consents", "stand-aside": "stands-aside" }[p.choice] })
    : p.choices !== undefined ? { paper: "choices", options: p.choices }
    : p.ranking !== undefined ? { paper: "ranking", groups: p.ranking }
    : p.grades !== undefined ? { paper: "grades", given: Object.entries(p.grades).map(([option, grade]) => ({ option, grade })) }
    : { paper: "points", given: Object.entries(p.points).map(([option, points]) => ({ option, points })) };
  const read = papers => papers.map(p => ({ count: p.count ?? 1, weight: frac(p.weight), college: p.college, ...(file.method === "motion" ? { choice: p.choice } : { paper: paperOf(p) }) }));
  const papers = read(file.papers);
  // Votes pooled over a roll that is not by college are of no college.
  const pooled = (members, list) => members !== undefined && members.byCollege === undefined ? list.map(p => ({ ...p, college: undefined })) : list;
  const roll = rollOf(rule.members, rule.presence, papers);
  if (file.method === "motion")
    return { ranking: [], elected: [], tied: [], ...engine.judgeMotion(applied, roll, pooled(rule.members, papers), rule.castingVote) };
  const question = {
    method: { method: file.method, seats: file.seats, rounds: file.rounds, mostChoices: file.mostChoices, each: file.points, grades: file.grades },
    options: file.options ?? ["-"], withdrawn: file.withdrawn, tieOrder: file.tieOrder,
  };
  const s = file.secondRound;
  const sPapers = s === undefined ? [] : read(s.papers);
  const [sMembers, sPresence] = s?.members === undefined && s?.presence === undefined ? [rule.members, rule.presence] : [s.members, s.presence];
  const second = s === undefined ? undefined : { roll: rollOf(sMembers, sPresence, sPapers), papers: pooled(sMembers, sPapers) };
  return engine.judgeContest(question, applied, roll, pooled(rule.members, papers), second);
};

// The exchange format of ranked ballots, as far as the examples use it.
globalThis.readBlt = text => {
  const lines = text.split("\n").map(line => line.replace(/#.*$/, "").trim()).filter(line => line !== "");
  const [options, seats] = lines.shift().split(" ").map(Number);
  const names = [], papers = [], gone = [];
  let at = 0;
  for (; lines[at] !== "0"; at++) {
    const words = lines[at].split(/\s+/);
    if (words.every(word => /^-\d+$/.test(word))) { gone.push(...words.map(word => -Number(word))); continue; }
    papers.push({ words });
  }
  for (at++; at < lines.length; at++)
    names.push(...lines[at].match(/"[^"]*"/g).map(name => name.slice(1, -1)));
  return {
    method: "stv", options: names.slice(0, options), seats, withdrawn: gone.map(i => names[i - 1]),
    papers: papers.map(({ words: [weight, ...ranks] }) => ({
      ...(weight.includes("/") ? { weight } : { count: Number(weight) }),
      ranking: ranks.filter(rank => rank !== "0" && rank !== "-").map(rank => [names[Number(rank) - 1]]),
    })),
  };
};
