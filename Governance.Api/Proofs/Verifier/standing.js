// Who is an elector: the mandates of bodies and the standing of members, for any instant and as the log told it at any place.

const MEMBERSHIP = {
  member_admitted: true, member_reinstated: true, member_readmitted: true,
  member_suspended: false, member_resigned: false, member_excluded: false,
};

const BODY = ["body_constituted", "body_recomposed", "body_dissolved", "mandate_appointed", "mandate_renewed", "mandate_ended"];

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
    const bodies = [draft.body, ...this.#colleges(draft.body, until)];
    const stays = ({ mandate }) => {
      const held = bodies.map(body => this.#held(body, mandate, on, until)).find(each => each !== null);
      return held !== undefined && (held.member === undefined || this.#isActive(held.member, on, until));
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

  #held(body, mandate, on, until) {
    let held = null;
    for (const { type, data, effective } of this.#told(`body:${body}`, until)) {
      if (effective > on)
        break;
      if (type === "body_dissolved")
        return null;
      if (data.mandate !== mandate)
        continue;
      if (type === "mandate_appointed")
        held = { member: data.member, termEnds: data.termEnds?.instant, holdover: data.holdover === true };
      else if (type === "mandate_renewed")
        held = { ...held, termEnds: data.termEnds?.instant };
      else
        held = { ...held, ended: effective };
    }
    const isOver = held === null || held.ended !== undefined || (!held.holdover && held.termEnds !== undefined && held.termEnds <= on);
    return isOver ? null : held;
  }

  #isActive(member, on, until) {
    return this.#told(`member:${member}`, until).filter(({ type, effective }) => type in MEMBERSHIP && effective <= on).reduce((_, { type }) => MEMBERSHIP[type], false);
  }
}
