# Sourced by ./run and ./test: what the machine must have, and how it gets it.

say() { printf '%s\n' "$*" >&2; }
die() { say "$@"; exit 1; }

# Runs a command as root: directly, or through sudo.
as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"
    elif command -v sudo >/dev/null; then sudo "$@"
    else return 1
    fi
}

# install_packages NAME... : Debian packages without what they merely recommend.
install_packages() {
    command -v apt-get >/dev/null || return 1
    say "Installing $* ..."
    if ! as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null 2>&1; then
        as_root apt-get update -qq >/dev/null &&
            as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
    fi
}

need_sdk() {
    local wanted
    wanted=$(sed -n 's/.*"sdk".*"version": *"\([0-9.]*\)".*/\1/p' global.json)
    if ! command -v dotnet >/dev/null && [ -x "$HOME/.dotnet/dotnet" ]; then
        PATH="$HOME/.dotnet:$PATH"
    fi
    if ! dotnet --version >/dev/null 2>&1; then
        die "The .NET SDK $wanted (or a later 10.0 one) is needed and was not found. Get it with" \
            "    curl -sSL https://dot.net/v1/dotnet-install.sh | bash -s -- --version $wanted" \
            "which puts it in ~/.dotnet, or from https://dotnet.microsoft.com/download/dotnet/10.0, and start this again."
    fi
    export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
}

# A PostgreSQL of 15 or later, where Governance.EventStore/Embedded/PostgresBinaries.cs looks for it.
postgres_installed() {
    local server major
    for server in /usr/lib/postgresql/*/bin/postgres /usr/pgsql-*/bin/postgres /usr/libexec/postgresql*/postgres; do
        [ -x "$server" ] || continue
        major=$(sed -E 's,^/usr/(lib/postgresql/|pgsql-|libexec/postgresql)([0-9]+)/.*,\2,' <<<"$server")
        [ "$major" -ge 15 ] 2>/dev/null && return 0
    done
    return 1
}

need_postgres() {
    postgres_installed && return
    # Debian's package would also start a server of its own, on port 5432; nobody asked for one.
    local settings=/etc/postgresql-common/createcluster.conf
    if install_packages postgresql-common; then
        as_root touch "$settings"
        as_root cp -p "$settings" "$settings.before-governance"
        echo 'create_main_cluster = false' | as_root tee -a "$settings" >/dev/null
        install_packages postgresql || true
        as_root mv "$settings.before-governance" "$settings"
    fi
    postgres_installed || die "PostgreSQL 15 or later is needed and could not be installed by apt-get. Install it by your system's means" \
        "(https://www.postgresql.org/download/), or name a server of your own:" \
        "    export ConnectionStrings__Governance='Host=...;Database=...;Username=...;Password=...'"
}

# What makes minutes as PDF: without it the host runs and says so.
need_weasyprint() {
    /usr/bin/python3 -I -c "import weasyprint" 2>/dev/null || install_packages weasyprint || true
}

need_chromium() {
    # The one without windows opens a page in a third of the time of the whole one.
    command -v chromium-headless-shell >/dev/null || install_packages chromium-headless-shell fonts-dejavu-core || true
    command -v chromium-headless-shell >/dev/null || command -v chromium >/dev/null ||
        die "The browser tests need Chromium as \`chromium-headless-shell\` or \`chromium\` on the PATH: install it and start this again."
}

# A mail server for the tests. Debian's Exim is unpacked where it is told to, with the libraries that it needs, and not installed: to install it
# would take the place of the machine's own mail server.
need_mail_server() {
    local place=$1 libraries work
    [ -x "$place/exim4" ] && return
    if command -v apt-get >/dev/null; then
        apt-cache show exim4-daemon-light >/dev/null 2>&1 || as_root apt-get update -qq >/dev/null || true
        libraries=$(apt-cache depends exim4-daemon-light 2>/dev/null | sed -n 's/^ *Depends: \(lib[a-z0-9.+-]*\)$/\1/p' |
            while read -r library; do dpkg-query -W "$library" >/dev/null 2>&1 || echo "$library"; done)
        # It looks its own user up in the list of users, which libnss-wrapper lets it read from a file of the tests.
        # shellcheck disable=SC2086
        install_packages $libraries libnss-wrapper || true
        work=$(mktemp -d)
        if (cd "$work" && { apt-get download -qq exim4-daemon-light >/dev/null 2>&1 || { as_root apt-get update -qq >/dev/null && apt-get download -qq exim4-daemon-light >/dev/null 2>&1; }; } &&
            dpkg -x exim4-daemon-light*.deb .); then
            mkdir -p "$place"
            # Without the setuid bit: it is nobody's but who runs the tests.
            install -m 755 "$work/usr/sbin/exim4" "$place/exim4"
        fi
        rm -rf "$work"
    fi
    [ -x "$place/exim4" ] || die "The tests of mail need Debian's Exim (exim4-daemon-light), which could not be fetched by apt-get: put its program into $place/exim4."
}

# build PROJECT-OR-SOLUTION STAMP SOURCE... : a Release build, and none at all when no source is newer than the last one.
build() {
    local target=$1 stamp=$2
    shift 2
    made_since "$stamp" "$@" || make_and_stamp "$stamp" build "$target" ${restored:+--no-restore}
}

# publish PROJECT STAMP SOURCE... : the same, compiled ahead for this machine in the project's bin/published, so that it starts sooner.
publish() {
    local target=$1 stamp=$2
    shift 2
    made_since "$stamp" "$@" ||
        make_and_stamp "$stamp" publish "$target" --use-current-runtime --no-self-contained -p:PublishReadyToRun=true -o "$target/bin/published"
}

# made_since STAMP SOURCE... : whether nothing is newer than the stamp; if something is, `restored` says that no list of packages is.
made_since() {
    local stamp=$1 inputs changed
    shift
    inputs=("$@" Directory.Build.props Directory.Packages.props global.json .editorconfig)
    restored=
    [ -f "$stamp" ] || return 1
    changed=$(newer "$stamp" "${inputs[@]}")
    [ -n "$changed" ] || return 0
    grep -qE '(csproj|packages.lock.json|\.props|global.json)$' <<<"$changed" || restored=yes
    return 1
}

# make_and_stamp STAMP ARGUMENT... : what is made is as new as the moment at which it was begun.
make_and_stamp() {
    local stamp=$1 started project
    shift
    say "Building ..."
    # Made here, since a folder in which the build makes them would look changed after the moment at which it was begun.
    for project in */*.csproj; do mkdir -p "${project%/*}/bin" "${project%/*}/obj"; done
    started=$(mktemp)
    if ! dotnet "$@" -c Release -v q --nologo >&2; then
        rm -f "$started" "$stamp"
        die "The build failed."
    fi
    mkdir -p "$(dirname "$stamp")"
    mv "$started" "$stamp"
}

# newer STAMP PATH... : the sources, deleted ones' folders included, that changed since.
newer() {
    local stamp=$1
    shift
    find "$@" \( -name bin -o -name obj -o -name TestResults \) -prune -o -newer "$stamp" -print
}
