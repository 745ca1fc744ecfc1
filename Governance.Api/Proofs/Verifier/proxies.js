// Proxies of a ballot: which of them stand by the rule, and so who is represented in a meeting.

/** The last proxy of each giver, by giver, in the order in which they came into the hand that they are in. */
function proxyBook(events) {
  const book = new Map();
  const effective = event => event.headers.effective;
  for (const { type, data, headers } of [...events].sort((a, b) => effective(a) < effective(b) ? -1 : effective(a) > effective(b) ? 1 : 0)) {
    const known = book.get(data.giver);
    // Of a proxy that nobody gave, nothing is told.
    if (known === undefined && (type === "proxy_revoked" || type === "proxy_reassigned"))
      continue;
    if (type === "proxy_revoked") {
      // It stays where it is.
      book.set(data.giver, { ...known, end: data.because, endedOn: headers.effective });
      continue;
    }
    book.delete(data.giver);
    book.set(data.giver, type === "proxy_given"
      ? { giver: data.giver, holder: data.holder, substitute: data.substitute, form: data.form, on: headers.effective }
      : { ...known, holder: data.holder, substitute: type === "proxy_reassigned" ? undefined : known.substitute });
  }
  return book;
}

/** What is alike in something, together, in the order of its first. */
function groupedBy(all, alike) {
  const groups = new Map();
  for (const each of all) {
    if (!groups.has(alike(each)))
      groups.set(alike(each), []);
    groups.get(alike(each)).push(each);
  }
  return groups;
}

const votesOf = electors => sumOf(electors.map(elector => Fraction.of(elector.weight)));

/** The running proxies that stand, and those whose holder is no elector any more. */
function judgedProxies(ballot, book, standing) {
  const { opening, roll } = ballot;
  const rule = opening.rules.proxies?.content;
  if (rule === undefined || !rule.allowed)
    return { standing: [], fallen: [] };
  const running = [...book.values()].filter(proxy => proxy.end === undefined);
  const gave = new Set(running.map(proxy => roll.get(proxy.giver)?.person));
  const chairing = rule.blank === "to-the-chair" ? roll.get(opening.chair)?.person : undefined;
  const { instant } = opening.opens;
  const deadline = rule.deadlineHours === undefined ? null : new Date(Date.parse(instant) - rule.deadlineHours * 3_600_000).toISOString().slice(0, 19) + instant.slice(19);
  // Whom an interest of their own keeps off the roll holds proxies as electors do.
  const byPerson = groupedBy([...roll.values(), ...(opening.beside ?? [])], elector => elector.person);
  const ownOf = person => byPerson.get(person) ?? [];
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
    standing: withinCaps(rule, roll, ownOf, given.filter(proxy => !gone.has(proxy.holder) && isHeldByAnElector(proxy))),
    fallen: given.filter(proxy => gone.has(proxy.holder)),
  };
}

/** What of each hand keeps to the caps, first come first served. */
function withinCaps(rule, roll, ownOf, proxies) {
  const mostVotes = rule.mostShareOfVotes === undefined ? null : Fraction.of(rule.mostShareOfVotes).times(votesOf([...roll.values()]));
  return [...groupedBy(proxies, proxy => proxy.holder)].flatMap(([holder, all]) => {
    // What a substitute takes over came into that hand after what was given to it.
    const hand = [...all.filter(proxy => proxy.substitute !== holder), ...all.filter(proxy => proxy.substitute === holder)];
    const kept = [];
    let votes = votesOf(ownOf(holder).filter(own => roll.has(own.mandate)));
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
  const present = new Set([...ballot.roll.values()].filter(elector => ["in-person", "remote"].includes(elector.present)).map(elector => elector.person));
  const judged = judgedProxies(ballot, book, standing);
  const represented = new Set(judged.standing.filter(proxy => present.has(proxy.holder)).map(proxy => proxy.giver));
  const fallen = new Set(judged.fallen.map(proxy => proxy.giver));
  return elector => {
    const given = book.get(elector.mandate);
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
