using System.Globalization;
using Governance.Domain.Associations;
using Governance.Domain.Colleges;
using Governance.Domain.Documents;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Statutes;
using Governance.Domain.Voting;

namespace Governance.Benchmarks.Federation;

/// <summary>A member of an association with whom it has in its college.</summary>
internal sealed record Centre(MemberId Id, int Number, int College)
{
    public PersonId Person { get; set; }

    public MandateId Mandate { get; set; }
}

/// <summary>Seals a text of a person with that person's key.</summary>
internal delegate ValueTask<string> SealText(PersonId person, string text);

/// <summary>Keeps the bytes of a document, encrypted, under an association.</summary>
internal delegate Task<DocumentContent> KeepContent(AssociationId association, DocumentId document, string text);

/// <summary>
/// The life of one association, month by month: its members come and go and pay, its bodies meet and vote, its groups work, its conventions are delivered. What
/// rules decide is asked of the domain's own commands; simple facts are held against their stream.
/// </summary>
internal sealed partial class AssociationLife
{
    private const int Colleges = 3, BoardSeats = 12, Offices = 3;

    private readonly Desk _desk;
    private readonly Random _chance;
    private readonly SealText _seal;
    private readonly KeepContent _keep;
    private readonly FederationSize _size;
    private readonly int _number;
    private readonly List<Centre> _centres = [];
    private readonly BodyId[] _colleges;
    private readonly BodyId _assembly, _board, _bureau, _secretariat, _auditors;
    private readonly List<(EventId Due, DateOnly Changed)> _undeclared = [];
    private int _admitted, _people;
    private StatutesVersionId _statutes;

    public AssociationLife(FederationSize size, int number, Positions positions, SealText seal, KeepContent keep)
    {
        (_size, _number, _seal, _keep) = (size, number, seal, keep);
        _chance = new Random(HashCode(size.Seed, number));
        Slug = FederationSize.SlugOf(number);
        Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");
        Id = Api.Kernel.Http.AssociationDirectory.IdOf(Slug);
        _desk = new Desk(Id, Zone, _chance, positions);
        Founded = size.Until.AddYears(-size.AgeOf(number));
        var start = _desk.On(Founded);
        _colleges = [.. Enumerable.Range(0, Colleges).Select(_ => _desk.New<BodyId>(start))];
        (_assembly, _board, _bureau, _secretariat, _auditors) =
            (_desk.New<BodyId>(start), _desk.New<BodyId>(start), _desk.New<BodyId>(start), _desk.New<BodyId>(start), _desk.New<BodyId>(start));
    }

    public AssociationId Id { get; }

    public string Slug { get; }

    public TimeZoneInfo Zone { get; }

    public Desk Desk => _desk;

    /// <summary>The first day of its first month.</summary>
    public DateOnly Founded { get; }

    /// <summary>Who sits on the board, keeps the records and audits, on the last day.</summary>
    public (PersonId Board, PersonId Secretariat, PersonId Auditor) Readers { get; private set; }

    /// <summary>Identifiers of its things by the name that addresses give them, the best to look at first.</summary>
    public ThingsThere Things { get; } = new();

    private static int HashCode(int seed, int number) => unchecked((seed * 1_000_003) + number);

    /// <summary>All that happens in a month.</summary>
    /// <param name="first">Its first day.</param>
    public async Task LiveAsync(DateOnly first)
    {
        if (first < Founded)
            return;
        if (first == Founded)
            await FoundAsync(first);
        await MembersComeAndGoAsync(first);
        Dues(first);
        await WorkAsync(first);
        Meet(first);
        Declare(first);
        if (first.Month == 12)
            _desk.Forget(Settled);
    }

    // Streams of what is over at the end of a year.
    private static readonly HashSet<string> Settled =
        ["vote", "attendance", "meeting-proxies", "proxies", "convocations", "dues-campaign", "dues-reminders", "contribution", "election", "document"];

    private async Task FoundAsync(DateOnly day)
    {
        var on = _desk.On(day);
        _desk.Give<Association>("FoundAssociation", Association.Stream, on, new AssociationFounded(
            Id, Slug, $"Association des centres n° {_number + 1}", $"Centres {_number + 1}", "Réunir des centres de ressources et porter leur travail commun.", "Lille", "Europe/Paris"));
        _statutes = _desk.New<StatutesVersionId>(on);
        _desk.Take("DraftStatutes", new DraftStatutes(_statutes, "Statuts fondateurs", null, Articles("Les membres se réunissent une fois par an."), Rules(), on)
            .Decide(_desk.Read<StatutesVersions>(StatutesVersions.Stream)));
        _desk.Give<StatutesVersions>("AdoptStatutes", StatutesVersions.Stream, on, new StatutesAdopted(_statutes, on));
        _desk.Statutes = _statutes;
        Things.Add("version", _statutes);
        Things.Add("register", "members");

        foreach (var (at, college) in _colleges.Index())
            _desk.Give<Body>("ConstituteCollege", Body.Stream(college), on, new CollegeConstituted(college, $"Collège {at + 1}", Fraction.One));
        Constitute(_assembly, "Assemblée générale", BodyKind.GeneralAssembly, _colleges);
        Constitute(_board, "Conseil d'administration", BodyKind.Board, []);
        Constitute(_bureau, "Bureau", BodyKind.Bureau, []);
        Constitute(_secretariat, "Secrétariat", BodyKind.Secretariat, []);
        Constitute(_auditors, "Contrôle des comptes", BodyKind.Auditors, []);
        _desk.Give<RegisterOfBodies>(
            "ConstituteBody", RegisterOfBodies.Stream, on, [.. _colleges.Concat([_assembly, _board, _bureau, _secretariat, _auditors]).Select(body => new BodyRegistered(body))]);
        Things.Add("body", _colleges[0], _board);
        Things.Add("college", _colleges[0]);

        await AdmitAsync(day, Math.Max(BoardSeats * 2, _size.Members - (_size.Members * 4 * _size.AgeOf(_number) / 100)));
        foreach (var (seat, centre) in _centres.Take(BoardSeats).Index())
            Appoint(_board, centre.Person, Office.Seat, on, centre.Id, _desk.On(TermsBegin(FirstElection(day) + (seat % 3))));
        var staff = await RegisterAsync(on, 4);
        foreach (var (at, person) in staff.Index())
            Appoint(at < 2 ? _secretariat : _auditors, person, Office.Seat, on, null, null);
        Readers = (_centres[2].Person, staff[0], staff[2]);
        FillOffices(on, FirstElection(day) - 1);
        FoundWork(day);

        void Constitute(BodyId body, string name, BodyKind kind, IReadOnlyList<BodyId> colleges) =>
            _desk.Give<Body>("ConstituteBody", Body.Stream(body), on, new BodyConstituted(body, name, kind, colleges));
    }

    // The year of the first assembly that elects.
    private static int FirstElection(DateOnly founded) => founded.Month < 7 ? founded.Year : founded.Year + 1;

    /// <summary>The day on which those elected by the assembly of a year take their seats.</summary>
    private static DateOnly TermsBegin(int year) => new(year, 7, 1);

    private MandateId Appoint(BodyId body, PersonId person, Office office, EffectiveTime on, MemberId? member, EffectiveTime? ends)
    {
        var mandate = _desk.New<MandateId>(on);
        _desk.Give<Body>("AppointToMandate", Body.Stream(body), on, new MandateAppointed(mandate, person, office, Member: member, TermEnds: ends));
        if (body == _board || body == _bureau)
            _undeclared.Add((_desk.Last, _desk.DayOf(on)));
        Things.Add("mandate", mandate);
        return mandate;
    }

    // President, treasurer and secretary for three years, from the board as it is.
    private void FillOffices(EffectiveTime on, int year)
    {
        var holders = HoldersOf(_board, on).Take(Offices).ToList();
        foreach (var (person, office) in holders.Zip([Office.President, Office.Treasurer, Office.Secretary]))
            Appoint(_bureau, person.Person, office, on, person.Member, _desk.On(TermsBegin(year + 3)));
    }

    private List<Mandate> HoldersOf(BodyId body, EffectiveTime on) => [.. _desk.Read<Body>(Body.Stream(body)).At(on).Holders(on.Instant).Select(h => Found(body, h.Mandate))];

    private Mandate Found(BodyId body, MandateId mandate) => _desk.Read<Body>(Body.Stream(body)).Latest.AsConstituted!.Find(mandate)!;

    // Each change of those who administer is declared some weeks later, and the prefecture answers; the last ones wait.
    private void Declare(DateOnly first)
    {
        foreach (var due in _undeclared.Where(d => d.Changed.AddDays(30) < first).ToList())
        {
            _undeclared.Remove(due);
            var reference = string.Create(CultureInfo.InvariantCulture, $"W59{_number:000}-{first:yyyyMM}-{_undeclared.Count}");
            _desk.Give<Association>("FileDeclaration", Association.Stream, _desk.On(first.AddDays(9)), new DeclarationFiled(due.Due, reference));
            _desk.Give<Association>("RecordDeclarationReceipt", Association.Stream, _desk.On(first.AddDays(20)), new DeclarationReceiptRecorded(due.Due, "Récépissé " + reference));
        }

        if (_undeclared.Count > 0)
            Things.Add("due", _undeclared[^1].Due);
    }

    private static IReadOnlyList<Article> Articles(string text) =>
        [.. Enumerable.Range(1, 30).Select(n => new Article($"{n}", $"Article {n}", string.Join(' ', Enumerable.Repeat(text, 8))))];

    private static IReadOnlyList<Rule> Rules() =>
    [
        new("8", new RuleScope(BodyKind.GeneralAssembly), new NoticeRule(15, DayCount.Calendar, [Convener.President], [NoticeChannel.Email, NoticeChannel.Post], AgendaFrozen: true)),
        new("9", new RuleScope(BodyKind.Board), new NoticeRule(7, DayCount.Calendar, [Convener.President], [NoticeChannel.Email], AgendaFrozen: false)),
        new("10", new RuleScope(BodyKind.GeneralAssembly), QuorumRule.OfMembers(new Fraction(1, 10))),
        new("10", new RuleScope(BodyKind.Board), QuorumRule.OfMembers(new Fraction(1, 2))),
        new("11", new RuleScope(BodyKind.GeneralAssembly), new EligibilityRule(DuesPaidBy.Vote, 90, 0, Voice.Deliberative)),
        new("11", new RuleScope(BodyKind.Board), new EligibilityRule(DuesPaidBy.NotRequired, 0, 0, Voice.Deliberative)),
        new("12", new RuleScope(BodyKind.Board), new RemoteVotingRule(Electronic: true, Correspondence: true)),
        new("13", new RuleScope(BodyKind.Board), new TermsRule(Renewal.ByThirds, Holdover: false, CoOption.UntilRatified, [], LengthMonths: 36)),
        new("14", new RuleScope(BodyKind.GeneralAssembly), new ProxiesRule(
            Allowed: true, SameCollege: false, MembersOnly: true, Written: true, BlankProxies.Refused, HolderLeaves.Void, OverCap.ExcessVoid, MostPerHolder: 3)),
    ];

    private bool Happens(int percent) => _chance.Next(100) < percent;

    private DateOnly DayIn(DateOnly first) => first.AddDays(_chance.Next(2, 27));

    // No two that are there are the same, and their order is that of chance.
    private List<Centre> Some(int count)
    {
        var from = _chance.Next(_centres.Count);
        var step = _centres.Count > 2 ? 1 + _chance.Next(_centres.Count / 3) : 1;
        return [.. Enumerable.Range(0, _centres.Count).Select(n => _centres[(from + (n * step)) % _centres.Count]).Distinct().Take(count)];
    }
}
