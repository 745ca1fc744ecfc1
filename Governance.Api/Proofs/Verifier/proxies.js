// Proxies of a ballot: which of them stand by the rule, and so who is represented in a meeting.

/** The last proxy of each giver, in the order in which they came into the hand that they are in. */
function proxyBook(events) {
  const book = [];
  const effective = event => event.headers.effective;
  for (const { type, data, headers } of [...events].sort((a, b) => effective(a) < effective(b) ? -1 : effective(a) > effective(b) ? 1 : 0)) {
    const at = book.findIndex(proxy => proxy.giver === data.giver);
    const known = book[at];
    if (type === "proxy_revoked") {
      book[at] = { ...known, end: data.because, endedOn: headers.effective };
      continue;
    }
    if (at >= 0)
      book.splice(at, 1);
    book.push(type === "proxy_given" ? { giver: data.giver, holder: data.holder, form: data.form, on: headers.effective } : { ...known, holder: data.holder });
  }
  return book;
}

const votesOf = electors => sumOf(electors.map(elector => Fraction.of(elector.weight)));

/** The running proxies that stand. */
function standingProxies({ opening, roll }, book) {
  const rule = opening.rules.proxies?.content;
  if (rule === undefined || !rule.allowed)
    return [];
  const running = book.filter(proxy => proxy.end === undefined);
  const gave = new Set(running.map(proxy => roll.get(proxy.giver)?.person));
  const chairing = rule.blank === "to-the-chair" ? roll.get(opening.chair)?.person : undefined;
  const { instant } = opening.opens;
  const deadline = rule.deadlineHours === undefined ? null : new Date(Date.parse(instant) - rule.deadlineHours * 3_600_000).toISOString().slice(0, 19) + instant.slice(19);
  const stands = proxy => {
    const giver = roll.get(proxy.giver);
    const own = [...roll.values()].filter(elector => elector.person === proxy.holder);
    return giver !== undefined && !["in-person", "remote", "postal"].includes(giver.present)
      && !(rule.written && proxy.form === "oral")
      && !(deadline !== null && proxy.on > deadline)
      && proxy.holder !== undefined && proxy.holder !== giver.person && !gave.has(proxy.holder)
      && !(rule.membersOnly && own.length === 0)
      && !(rule.sameCollege && !own.some(elector => elector.college === giver.college));
  };
  return withinCaps(rule, roll, running.map(proxy => ({ ...proxy, holder: proxy.holder ?? chairing })).filter(stands));
}

/** What of each hand keeps to the caps, first come first served. */
function withinCaps(rule, roll, proxies) {
  const electors = [...roll.values()];
  const mostVotes = rule.mostShareOfVotes === undefined ? null : Fraction.of(rule.mostShareOfVotes).times(votesOf(electors));
  return [...new Set(proxies.map(proxy => proxy.holder))].flatMap(holder => {
    const hand = proxies.filter(proxy => proxy.holder === holder);
    const kept = [];
    let votes = votesOf(electors.filter(elector => elector.person === holder));
    for (const proxy of hand) {
      const more = votes.plus(Fraction.of(roll.get(proxy.giver).weight));
      // What does not fit takes no place from what comes after it.
      if (kept.length + 1 > (rule.mostPerHolder ?? Infinity) || (mostVotes !== null && more.compare(mostVotes) > 0))
        continue;
      kept.push(proxy);
      votes = more;
    }
    return kept.length < hand.length && rule.overCap === "all-void" ? [] : kept;
  });
}

/**
 * How each elector of a meeting takes part: as the opening has it, or as the votes and the proxies since then tell.
 * @param {Map<string, string>} castBy who cast the vote of each mandate
 */
export function presenceIn(ballot, castBy) {
  const book = proxyBook(ballot.proxies);
  const present = person => [...ballot.roll.values()].some(elector => elector.person === person && ["in-person", "remote"].includes(elector.present));
  const represented = new Set(standingProxies(ballot, book).filter(proxy => present(proxy.holder)).map(proxy => proxy.giver));
  return elector => {
    const given = book.find(proxy => proxy.giver === elector.mandate);
    const by = castBy.get(elector.mandate);
    if (by !== undefined) {
      return by !== elector.person ? "represented"
        : elector.present === undefined || (elector.present === "represented" && given !== undefined) ? "in-person"
        : elector.present;
    }
    if (represented.has(elector.mandate))
      return "represented";
    if (given?.end === "giver-came" && (elector.present ?? "represented") === "represented")
      return "in-person";
    // The proxy that the opening counted was taken back since.
    return given?.end === "taken-back" && elector.present === "represented" && given.endedOn > ballot.openedOn ? undefined : elector.present;
  };
}
