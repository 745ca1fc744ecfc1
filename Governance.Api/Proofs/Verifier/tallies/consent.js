// Consent: passes when no reasoned objection stands.

export function countConsent(count) {
  const all = count.papers.map(each => ({ ...each, tally: new Tally(BigInt(each.count), each.votes) }));
  const sum = kind => all.filter(each => each.said.paper === kind).reduce((sums, each) => sums.plus(each.tally), new Tally());
  const objections = new Map();
  for (const { said, tally, college } of all.filter(each => each.said.paper === "objects")) {
    const key = JSON.stringify([college ?? null, said.reason]);
    const known = objections.get(key);
    objections.set(key, { reason: said.reason, college, tally: known === undefined ? tally : known.tally.plus(tally) });
  }
  const passed = objections.size === 0;
  count.step({
    step: "consent-asked", consents: sum("consents").written(), standsAside: sum("stands-aside").written(),
    objections: [...objections.values()].map(({ reason, college, tally }) => named({ name: college }, { reason, papers: tally.written() })), passed,
  });
  return { verdict: passed ? "adopted" : "rejected" };
}
