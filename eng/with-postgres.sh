#!/usr/bin/env bash
# Runs a command beside a PostgreSQL of its own: a fresh cluster on loopback, a free port and a temporary folder, gone when the command ends.
#   eng/with-postgres.sh dotnet test --no-build --filter-class '*WriteQueueTests'
# The command finds its address, an Npgsql connection string without a database, in PREMIUMSUPPORT_TEST_POSTGRES.
# Nothing in it is worth keeping, so nothing waits for the disk. PREMIUMSUPPORT_POSTGRES_BIN names the server's programs where they are elsewhere.
set -uo pipefail
[ $# -ge 1 ] || { echo "usage: eng/with-postgres.sh command [argument...]" >&2; exit 2; }

bin=${PREMIUMSUPPORT_POSTGRES_BIN:-$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)}
[ -x "$bin/initdb" ] || { echo "PostgreSQL is missing; eng/test.sh installs it." >&2; exit 1; }

folder=$(mktemp -d /tmp/premium-support-postgres-XXXXXX)
# The server refuses to run as root.
if [ "$(id -u)" = 0 ]; then
  owner=postgres
  chown "$owner" "$folder"
  run() { (cd "$folder" && runuser -u "$owner" -- "$@"); }
else
  run() { (cd "$folder" && "$@"); }
fi

stop() {
  [ -f "$folder/data/postmaster.pid" ] && run "$bin/pg_ctl" -D "$folder/data" -m immediate -w stop >/dev/null 2>&1
  rm -rf "$folder"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

free_port() {
  local port
  while port=$((RANDOM % 12000 + 20000)); do
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
  done
}

run "$bin/initdb" -D "$folder/data" -U postgres --auth=trust --encoding=UTF8 --locale=C.UTF-8 --no-sync >/dev/null || exit 1
started=
for _ in 1 2 3; do
  port=$(free_port)
  # Another server may take the port between the look and the start; then the next one is tried.
  run "$bin/pg_ctl" -D "$folder/data" -w -l "$folder/log" start -o \
    "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$folder -c max_connections=400 -c fsync=off -c full_page_writes=off" >/dev/null && { started=1; break; }
done
[ -n "$started" ] || { cat "$folder/log" >&2; exit 1; }

export PREMIUMSUPPORT_TEST_POSTGRES="Host=127.0.0.1;Port=$port;Username=postgres"
"$@"
