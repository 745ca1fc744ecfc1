# Builds the host and runs it as an unprivileged user; the database is another container (docker-compose.yml).
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
# The files that packages are restored from come first: a change of code alone then finds the restored packages in the cache.
COPY global.json Directory.Build.props Directory.Packages.props .editorconfig ./
COPY Governance.Domain/Governance.Domain.csproj Governance.Domain/packages.lock.json Governance.Domain/
COPY Governance.EventStore/Governance.EventStore.csproj Governance.EventStore/packages.lock.json Governance.EventStore/
COPY Governance.Projections/Governance.Projections.csproj Governance.Projections/packages.lock.json Governance.Projections/
COPY Governance.Api/Governance.Api.csproj Governance.Api/packages.lock.json Governance.Api/
RUN dotnet restore Governance.Api/Governance.Api.csproj --locked-mode --use-current-runtime -p:PublishReadyToRun=true
COPY Governance.Domain Governance.Domain
COPY Governance.EventStore Governance.EventStore
COPY Governance.Projections Governance.Projections
COPY Governance.Api Governance.Api
RUN dotnet publish Governance.Api/Governance.Api.csproj --no-restore -c Release --use-current-runtime --no-self-contained -p:PublishReadyToRun=true -o /published

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
# Makes minutes as PDF.
RUN apt-get update -qq && apt-get install -y -qq --no-install-recommends weasyprint && rm -rf /var/lib/apt/lists/*
COPY --from=build /published ./
# A named volume takes the owner of the directory that it covers, so the unprivileged user can write the master key there.
RUN mkdir /keys && chown "$APP_UID" /keys && chmod 700 /keys
USER $APP_UID
ENV ASPNETCORE_URLS=http://+:8080
EXPOSE 8080
ENTRYPOINT ["dotnet", "Governance.Api.dll"]
CMD ["serve"]
