#!/bin/sh
# A throw-away PostgreSQL for the tests: tests/postgres.sh start FOLDER | stop FOLDER
# "start" prints the line to evaluate: export TOLOK_UJI_PG=postgres://tolok@127.0.0.1:PORT/postgres
# Works as root (the server then runs as the user postgres or nobody) and as anybody else. Nothing in it survives a power cut,
# which is what makes it fast: never use it for data.
set -eu

usage() {
    echo "usage: $0 start|stop FOLDER" >&2
    exit 2
}

[ $# -eq 2 ] || usage
command=$1
mkdir -p "$2"
folder=$(cd "$2" && pwd)

# The newest installed version, or the one on PATH.
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
if [ -z "$bin" ]; then
    pg_ctl=$(command -v pg_ctl) || {
        echo "PostgreSQL is not installed (looked in /usr/lib/postgresql/*/bin and PATH)" >&2
        exit 1
    }
    bin=$(dirname "$pg_ctl")
fi

# PostgreSQL refuses to run as root.
if [ "$(id -u)" = 0 ]; then
    owner=postgres
    id "$owner" >/dev/null 2>&1 || owner=nobody
    chown "$owner" "$folder"
    run() { (cd / && runuser -u "$owner" -- "$@"); }
else
    run() { "$@"; }
fi
run test -w "$folder" || {
    echo "the user ${owner:-$(id -un)} cannot reach $folder; choose a folder below /tmp" >&2
    exit 1
}

is_running() { [ -d "$folder/data" ] && run "$bin/pg_ctl" -D "$folder/data" status >/dev/null 2>&1; }

# A port on which nobody answers. Another program may take it in the meantime; then the next one is tried.
start_on_free_port() {
    for _ in 1 2 3 4 5 6 7 8; do
        port=$((20000 + $(od -An -N2 -tu2 /dev/urandom) % 12000))
        if run "$bin/pg_ctl" -D "$folder/data" -l "$folder/log" -o "-p $port" -w -t 60 start >/dev/null 2>&1; then
            echo "$port" >"$folder/port"
            return 0
        fi
    done
    echo "PostgreSQL did not start; see $folder/log" >&2
    tail -n 5 "$folder/log" >&2 || true
    return 1
}

case $command in
start)
    if ! is_running; then
        if [ ! -d "$folder/data" ]; then
            # A language's order of letters, as servers in offices have it: what depends on it shows in the tests.
            locale="--locale=C"
            if "$bin/initdb" --help | grep -q -- --icu-locale; then
                locale="--locale=C.UTF-8 --locale-provider=icu --icu-locale=id"
            fi
            # shellcheck disable=SC2086 # several options
            run "$bin/initdb" -D "$folder/data" -U tolok -A trust -E UTF8 $locale --no-sync >"$folder/initdb.log" 2>&1 || {
                cat "$folder/initdb.log" >&2
                exit 1
            }
            run tee -a "$folder/data/postgresql.conf" >/dev/null <<'CONF'
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 200
fsync = off
full_page_writes = off
synchronous_commit = off
autovacuum = off
CONF
        fi
        start_on_free_port
    fi
    echo "export TOLOK_UJI_PG=postgres://tolok@127.0.0.1:$(cat "$folder/port")/postgres"
    ;;
stop)
    if is_running; then
        run "$bin/pg_ctl" -D "$folder/data" -m immediate -w stop >/dev/null
    fi
    rm -f "$folder/port"
    ;;
*) usage ;;
esac
