// Who is an elector: the mandates of bodies and the standing of members, for any instant and as the log told it at any place.

const MEMBERSHIP = {
  member_admitted: true, member_reinstated: true, member_readmitted: true,
  member_suspended: false, member_resigned: false, member_excluded: false,
};

const BODY = ["body_constituted", "body_recomposed", "body_dissolved", "mandate_appointed", "mandate_renewed", "mandate_ended", "first_term_drawn"];

/** Keeps what tells who holds which mandate, and which members are in good standing. */
export class Standing {
  #streams = new Map();

  take({ stream, id, type, data, headers }, { index }) {
    if (!(type in MEMBERSHIP) && !BODY.includes(type) && !(type === "fact_retracted" && /^(body|member):/.test(stream)))
      return;
    if (!this.#streams.has(stream))
      this.#streams.set(stream, []);
    this.#streams.get(stream).push({ id, type, data, effective: headers.effective, index });
  }

  /** The people on a roll who are no electors any more: every mandate of theirs there is over, or stands for no member in good standing. */
  gone({ draft, roll }, people, on, until) {
    // Each stream is read once for all electors: a bundle from a stranger may have very many of both.
    const held = [draft.body, ...this.#colleges(draft.body, until)].map(body => this.#held(body, on, until));
    const active = new Map();
    const isActive = member => {
      if (!active.has(member))
        active.set(member, this.#isActive(member, on, until));
      return active.get(member);
    };
    const stays = ({ mandate }) => {
      const found = held.find(mandates => mandates.has(mandate))?.get(mandate);
      return found !== undefined && (found.member === undefined || isActive(found.member));
    };
    const staying = new Set([...roll.values()].filter(elector => people.has(elector.person) && stays(elector)).map(elector => elector.person));
    return new Set([...roll.values()].map(elector => elector.person).filter(person => people.has(person) && !staying.has(person)));
  }

  /** What a stream said by a place in the log, without what was taken back by then, in the order in which it took effect. */
  #told(stream, until) {
    const events = (this.#streams.get(stream) ?? []).filter(event => event.index < until);
    const retracted = new Set(events.filter(event => event.type === "fact_retracted").map(event => event.data.retracted));
    return events.filter(event => !retracted.has(event.id)).sort((a, b) => a.effective < b.effective ? -1 : a.effective > b.effective ? 1 : 0);
  }

  /** Every college that a body was ever made of. */
  #colleges(body, until) {
    return new Set(this.#told(`body:${body}`, until).flatMap(({ data }) => data.colleges ?? []));
  }

  /** The mandates of a body that are not over, by their id. */
  #held(body, on, until) {
    const held = new Map();
    for (const { type, data, effective } of this.#told(`body:${body}`, until)) {
      if (effective > on)
        break;
      if (type === "body_dissolved")
        return new Map();
      if (type === "mandate_appointed")
        held.set(data.mandate, { member: data.member, termEnds: data.termEnds?.instant, holdover: data.holdover === true });
      else if (type === "mandate_renewed" || type === "first_term_drawn")
        held.set(data.mandate, { ...held.get(data.mandate), termEnds: data.termEnds?.instant });
      else if (type === "mandate_ended")
        held.set(data.mandate, { ...held.get(data.mandate), ended: effective });
    }

    return new Map([...held].filter(([, { ended, termEnds, holdover }]) => ended === undefined && (holdover || termEnds === undefined || termEnds > on)));
  }

  #isActive(member, on, until) {
    return this.#told(`member:${member}`, until).filter(({ type, effective }) => type in MEMBERSHIP && effective <= on).reduce((_, { type }) => MEMBERSHIP[type], false);
  }
}
