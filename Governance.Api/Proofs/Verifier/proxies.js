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
    if (type === "proxy_given")
      book.push({ giver: data.giver, holder: data.holder, substitute: data.substitute, form: data.form, on: headers.effective });
    else
      book.push({ ...known, holder: data.holder, substitute: type === "proxy_reassigned" ? undefined : known.substitute });
  }
  return book;
}

const votesOf = electors => sumOf(electors.map(elector => Fraction.of(elector.weight)));

/** The running proxies that stand, and those whose holder is no elector any more. */
function judgedProxies(ballot, book, standing) {
  const { opening, roll } = ballot;
  const rule = opening.rules.proxies?.content;
  if (rule === undefined || !rule.allowed)
    return { standing: [], fallen: [] };
  const running = book.filter(proxy => proxy.end === undefined);
  const gave = new Set(running.map(proxy => roll.get(proxy.giver)?.person));
  const chairing = rule.blank === "to-the-chair" ? roll.get(opening.chair)?.person : undefined;
  const { instant } = opening.opens;
  const deadline = rule.deadlineHours === undefined ? null : new Date(Date.parse(instant) - rule.deadlineHours * 3_600_000).toISOString().slice(0, 19) + instant.slice(19);
  const ownOf = person => [...roll.values()].filter(elector => elector.person === person);
  // Where anybody may hold a proxy, to be no elector any more changes nothing.
  const asksForElectors = rule.membersOnly || rule.sameCollege;
  const people = new Set([...running.flatMap(proxy => [proxy.holder, proxy.substitute]), roll.get(opening.chair)?.person]);
  const gone = asksForElectors && running.length > 0 ? standing.gone(ballot, people, ballot.closedOn, ballot.countedAt.index) : new Set();
  const inHand = running.map(proxy => {
    const named = proxy.holder ?? chairing;
    const left = named !== undefined && asksForElectors && (gone.has(named) || ownOf(named).length === 0);
    return { ...proxy, holder: left && rule.holderLeaves === "named-substitute" && proxy.substitute !== undefined ? proxy.substitute : named };
  });
  const isGiven = ({ giver, form, on, holder }) => {
    const elector = roll.get(giver);
    return elector !== undefined && !["in-person", "remote", "postal"].includes(elector.present)
      && !(rule.written && form === "oral")
      && !(deadline !== null && on > deadline)
      && holder !== undefined && holder !== elector.person;
  };
  const isHeldByAnElector = ({ giver, holder }) =>
    !(rule.membersOnly && ownOf(holder).length === 0) && !(rule.sameCollege && !ownOf(holder).some(own => own.college === roll.get(giver).college)) && !gave.has(holder);
  const given = inHand.filter(isGiven);
  return {
    standing: withinCaps(rule, roll, given.filter(proxy => !gone.has(proxy.holder) && isHeldByAnElector(proxy))),
    fallen: given.filter(proxy => gone.has(proxy.holder)),
  };
}

/** What of each hand keeps to the caps, first come first served. */
function withinCaps(rule, roll, proxies) {
  const electors = [...roll.values()];
  const mostVotes = rule.mostShareOfVotes === undefined ? null : Fraction.of(rule.mostShareOfVotes).times(votesOf(electors));
  return [...new Set(proxies.map(proxy => proxy.holder))].flatMap(holder => {
    const all = proxies.filter(proxy => proxy.holder === holder);
    // What a substitute takes over came into that hand after what was given to it.
    const hand = [...all.filter(proxy => proxy.substitute !== holder), ...all.filter(proxy => proxy.substitute === holder)];
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
 * @param {Standing} standing
 */
export function presenceIn(ballot, castBy, standing) {
  const book = proxyBook(ballot.proxies);
  const present = person => [...ballot.roll.values()].some(elector => elector.person === person && ["in-person", "remote"].includes(elector.present));
  const judged = judgedProxies(ballot, book, standing);
  const represented = new Set(judged.standing.filter(proxy => present(proxy.holder)).map(proxy => proxy.giver));
  const fallen = new Set(judged.fallen.map(proxy => proxy.giver));
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
    // The proxy that the opening counted has fallen since, or was taken back.
    if (elector.present === "represented" && fallen.has(elector.mandate))
      return undefined;
    return given?.end === "taken-back" && elector.present === "represented" && given.endedOn > ballot.openedOn ? undefined : elector.present;
  };
}
