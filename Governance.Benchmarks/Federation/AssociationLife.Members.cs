using System.Globalization;
using Governance.Domain.DuesCampaigns;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Members;
using Governance.Domain.People;
using Governance.Domain.Voting;

namespace Governance.Benchmarks.Federation;

internal sealed partial class AssociationLife
{
    private const int DuesCents = 24_000, CalledAtOnce = 500;

    private static readonly string[] Territories = ["Hauts-de-France", "Grand Est", "Bretagne", "Occitanie", "Normandie", "Pays de la Loire", "Île-de-France", "Sud"];

    private (DuesCampaignId Id, string Period)? _campaign;

    // At the beginning of a month, so that whoever meets in it is there. One in thirty a year leaves, and as many come and some more, so that at the end there are as many as the size says.
    private async Task MembersComeAndGoAsync(DateOnly first)
    {
        var leaving = (_centres.Count / 360) + (Happens(_centres.Count % 360 * 100 / 360) ? 1 : 0);
        foreach (var centre in Some(leaving * 4).Where(c => !SitsSomewhere(c)).Take(leaving))
        {
            _centres.Remove(centre);
            _desk.Take("ResignMember", new ResignMember("Activité cessée", _desk.On(first.AddDays(1)))
                .Decide(_desk.Read<Member>(Member.Stream(centre.Id)), [.. Bodies().Select(body => _desk.Read<Body>(Body.Stream(body)))]));
            Things.Add("member", centre.Id);
        }

        var months = ((_size.Until.Year - first.Year) * 12) + _size.Until.Month - first.Month;
        var missing = _size.Members - _centres.Count;
        await AdmitAsync(first.AddDays(1), months <= 1 ? missing : (missing / months) + (Happens(missing % months * 100 / months) ? 1 : 0));

        foreach (var centre in Some(1 + (_centres.Count / 250)))
        {
            var day = DayIn(first);
            // A name that was told late takes its place at its day.
            var told = Happens(15) && first.AddMonths(-3) is var before && before > Founded && _desk.Read<Member>(Member.Stream(centre.Id)).At(_desk.On(before)).IsMember ? before.AddDays(4) : day;
            var (from, to) = (NameOf(centre), new MemberName(string.Create(CultureInfo.InvariantCulture, $"Centre {centre.Number:0000} du territoire {first:yyyyMM}")));
            var stream = _desk.Read<Member>(Member.Stream(centre.Id));
            if (!stream.At(_desk.On(told)).IsMember || stream.Effective.Any(e => e.Event is MemberRenamed && e.On >= _desk.On(told)))
                continue;
            _desk.Take("RenameMember", new RenameMember(to, _desk.On(told)).Decide(
                stream, _desk.Read<MemberNameReservation>(MemberNameReservation.Stream(from)), _desk.Read<MemberNameReservation>(MemberNameReservation.Stream(to.Organisation!))));
        }

        foreach (var centre in Some(1 + (_centres.Count / 200)).Where(c => !SitsSomewhere(c)).ToList())
            await ReplaceRepresentativeAsync(centre, first.AddDays(2));
    }

    private string NameOf(Centre centre) => _desk.Read<Member>(Member.Stream(centre.Id)).Latest.Register!.Name.Organisation!;

    private IEnumerable<BodyId> Bodies() => [.. _colleges, _assembly, _board, _bureau, _secretariat, _auditors];

    private bool SitsSomewhere(Centre centre) =>
        new[] { _board, _bureau }.Any(body => _desk.Read<Body>(Body.Stream(body)).Latest is Body.Constituted b && b.Mandates.Any(m => m.Person == centre.Person));

    private async Task<IReadOnlyList<PersonId>> RegisterAsync(EffectiveTime on, int count)
    {
        var people = Enumerable.Range(0, count).Select(_ => _desk.New<PersonId>(on)).ToList();
        var number = _people;
        _people += count;
        var names = await Task.WhenAll(people.Select(async (person, n) => new Sealed(person, await _seal(person, string.Create(CultureInfo.InvariantCulture, $"Personne {number + n:00000}")))));
        foreach (var (person, name) in people.Zip(names))
            _desk.Give<Person>("RegisterPerson", Person.Stream(person), on, new PersonRegistered(person, name, LabelOnly: false));
        if (people.Count > 0)
            Things.Add("person", people[^1]);
        return people;
    }

    private async Task AdmitAsync(DateOnly day, int count)
    {
        if (count <= 0)
            return;
        var on = _desk.On(day);
        var people = await RegisterAsync(on, count);
        foreach (var person in people)
        {
            var number = ++_admitted;
            var centre = new Centre(_desk.New<MemberId>(on), number, number % Colleges) { Person = person };
            var name = string.Create(CultureInfo.InvariantCulture, $"Centre {number:0000}");
            _desk.Take("AdmitMember", new AdmitMember(centre.Id, new MemberName(name), Territories[_chance.Next(Territories.Length)], false, null, null, on).Decide(
                _desk.Read<Member>(Member.Stream(centre.Id)), _desk.Read<MemberNameReservation>(MemberNameReservation.Stream(name))));
            centre.Mandate = Appoint(_colleges[centre.College], person, Office.Seat, on, centre.Id, null);
            _centres.Add(centre);
        }

        Things.Add("member", _centres[^1].Id);
        Things.Add("centre", _centres[^1].Id);
    }

    private async Task ReplaceRepresentativeAsync(Centre centre, DateOnly day)
    {
        var on = _desk.On(day);
        var college = Body.Stream(_colleges[centre.College]);
        if (_desk.Read<Body>(college).Latest is not Body.Constituted body || body.Find(centre.Mandate) is not { } held || held.Start >= on)
            return;
        _desk.Give<Body>("ReplaceRepresentative", college, on, new MandateEnded(centre.Mandate, EndReason.Replaced));
        centre.Person = (await RegisterAsync(on, 1))[0];
        centre.Mandate = Appoint(_colleges[centre.College], centre.Person, Office.Seat, on, centre.Id, null);
    }

    private void Dues(DateOnly first)
    {
        if (first.Month == 1)
            OpenCampaign(first);
        if (_campaign is not { } campaign)
            return;
        // Most pay in the first months, a few in two parts, some not at all.
        foreach (var (centre, at) in _centres.Select((centre, at) => (centre, at)))
        {
            var paysIn = (centre.Number + first.Year) % 40 is var luck && luck == 0 ? 0 : luck < 3 ? 6 : 2 + (luck % 4);
            var twice = luck == 4;
            if (first.Month != paysIn && !(twice && first.Month == paysIn + 2))
                continue;
            var stream = Member.Stream(centre.Id);
            if (_desk.Read<Member>(stream).Latest.DuesOf(campaign.Period) is not { OwedCents: > 0 and var owed })
                continue;
            var cents = twice && first.Month == paysIn ? owed / 2 : owed;
            _desk.Give<Member>(
                "RecordDuesPayment", stream, _desk.On(DayIn(first)),
                new DuesPaid(campaign.Period, cents, PaymentMeans.BankTransfer, string.Create(CultureInfo.InvariantCulture, $"VIR {first:yyyyMM} {at:0000}")));
        }

        if (first.Month == 7)
            Remind(first, campaign.Id, campaign.Period);
        if (first.Month == 12)
        {
            _desk.Give<DuesCampaign>("CloseDuesCampaign", DuesCampaign.Stream(campaign.Id), _desk.On(first.AddDays(20)), new DuesCampaignClosed(campaign.Id));
            _campaign = null;
        }
    }

    private void OpenCampaign(DateOnly first)
    {
        var (day, year) = (first.AddDays(4), first.Year);
        var on = _desk.On(day);
        var id = _desk.New<DuesCampaignId>(on);
        var period = year.ToString(CultureInfo.InvariantCulture);
        var plan = new DuesCampaignOpened(
            id, period, _desk.On(new DateOnly(year, 1, 1)), _desk.On(new DateOnly(year, 12, 31)), _desk.On(new DateOnly(year, 3, 31)), DuesMeasure.None, LateAdmission.WholeAmount, 60);
        _desk.Take("OpenDuesCampaign", new OpenDuesCampaign(plan, [new DuesBracket("Cotisation", DuesCents)], on).Decide(
            _desk.Read<DuesCampaign>(DuesCampaign.Stream(id)), _desk.Read<RegisterOfDuesCampaigns>(RegisterOfDuesCampaigns.Stream)));
        foreach (var part in _centres.Chunk(CalledAtOnce))
        {
            _desk.Take("CallDuesCampaign", new CallDuesCampaign(_desk.On(day.AddDays(2))).Decide(
                _desk.Read<DuesCampaign>(DuesCampaign.Stream(id)), [.. part.Select(c => _desk.Read<Member>(Member.Stream(c.Id)))], Zone));
        }

        _campaign = (id, period);
        Things.Add("campaign", id);
    }

    private void Remind(DateOnly first, DuesCampaignId campaign, string period)
    {
        var late = _centres.Where(c => _desk.Read<Member>(Member.Stream(c.Id)).Latest.DuesOf(period) is { OwedCents: > 0 }).ToList();
        if (late.Count == 0)
            return;
        var stream = DuesReminders.Stream(campaign);
        var on = _desk.On(first.AddDays(10));
        _desk.Give<DuesReminders>("RemindOfDues", stream, on, new DuesRemindersAsked(campaign, [.. late.Select(c => new DuesReminderTo(c.Id, c.Person, DuesCents))]));
        foreach (var centre in late)
            _desk.Give<DuesReminders>("RecordDuesReminder", stream, on, new DuesReminderSent(campaign, centre.Id, NoticeChannel.Email, centre.Person, "<rappel@exemple.invalid>"));
    }
}
