// Papers on a question with options: what is on them, and the packed form in which hashes have them.

const WITHOUT_WORDS = { abstains: "01", blank: "02", null: "03" };

const byte = number => number.toString(16).padStart(2, "0");

/** A paper in packed form, lower-case hexadecimal. */
export function packed(question, paper) {
  const said = WITHOUT_WORDS[paper.paper];
  if (said !== undefined)
    return said;
  const place = option => {
    const at = question.options.indexOf(option);
    if (at < 0)
      throw new TypeError(`a paper names an option that the question does not have: ${option}`);
    return at;
  };
  const places = options => options.map(place).sort((a, b) => a - b).map(byte).join("");
  const body = {
    choices: () => places(paper.options),
    ranking: () => paper.groups.filter(group => group.length > 0).map(places).join("ff"),
    grades: () => paper.given.length === 0 ? "" : question.options.map(option => {
      const given = paper.given.find(each => each.option === option);
      return given === undefined ? "ff" : byte(question.method.grades.indexOf(given.grade));
    }).join(""),
    points: () => paper.given.filter(each => each.points > 0).sort((a, b) => place(a.option) - place(b.option))
      .map(({ option, points }) => byte(place(option)) + [0, 8, 16, 24].map(shift => byte((points >>> shift) & 0xff)).join("")).join(""),
    consents: () => "00",
    "stands-aside": () => "01",
    objects: () => "02" + hex(utf8(paper.reason)),
  }[paper.paper]();
  return body === "" ? "02" : "00" + body;
}

/** What counts of a paper: { kind, said }, where only options that stand are left on it. */
export function read(question, paper) {
  const standing = option => !(question.withdrawn ?? []).includes(option);
  const expressed = (named, left, said) => ({ kind: named === 0 ? "blank" : left === 0 ? "null" : "expressed", said });
  switch (paper.paper) {
    case "abstains":
      return { kind: "abstention" };
    case "blank":
    case "null":
      return { kind: paper.paper };
    case "choices": {
      const left = paper.options.filter(standing);
      return expressed(paper.options.length, left.length, left);
    }
    case "ranking": {
      const left = paper.groups.map(group => group.filter(standing)).filter(group => group.length > 0);
      return expressed(paper.groups.flat().length, left.length, left);
    }
    case "grades":
    case "points": {
      const named = paper.given.filter(each => each.points !== 0);
      const left = named.filter(each => standing(each.option));
      return expressed(named.length, left.length, left);
    }
    default:
      return { kind: "expressed", said: paper };
  }
}
