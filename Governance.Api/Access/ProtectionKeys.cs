using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Npgsql;

namespace Governance.Api.Access;

/// <summary>Keys of cookies and forms in the database, sealed, so that every host on it reads what another wrote, and a restart signs nobody out.</summary>
public sealed class ProtectionKeys(NpgsqlDataSource database, InstallationKey key) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var command = database.CreateCommand("select sealed from access.protection_key order by id");
        using var reader = command.ExecuteReader();
        var elements = new List<XElement>();
        while (reader.Read())
            elements.Add(XElement.Parse(key.Open(reader.GetFieldValue<byte[]>(0))));
        return elements;
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var command = database.CreateCommand("insert into access.protection_key (sealed) values ($1)");
        command.Parameters.Add(new() { Value = key.Seal(element.ToString(SaveOptions.DisableFormatting)) });
        command.ExecuteNonQuery();
    }
}
