#!/usr/bin/env bash
# Sets up what the tests need on a fresh Debian or Ubuntu machine and runs all of them, those that need a database on SQLite and on PostgreSQL.
# Ends with "N passed, N failed, N skipped", counted from the runner's own result files.
#   eng/test.sh                     everything
#   eng/test.sh --filter-class X    passes its arguments on to the test runner
set -uo pipefail
cd "$(dirname "$0")/.."

say() { printf '\n== %s\n' "$*"; }

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

install() {
  say "Installing $* with apt-get"
  export DEBIAN_FRONTEND=noninteractive
  # A mirror sometimes drops a connection half-way; the second try then passes.
  for _ in 1 2; do
    as_root apt-get update -qq && as_root apt-get install -y -qq --no-install-recommends "$@" >/dev/null && return 0
  done
  echo "Could not install $*. Install it by hand and run this again." >&2
  return 1
}

# Installs a service without letting it start: the tests start a cluster of their own. A machine that has such a rule already keeps it.
install_quiet() (
  rule=/usr/sbin/policy-rc.d
  if [ ! -e "$rule" ]; then
    trap 'as_root rm -f "$rule"' EXIT
    printf '#!/bin/sh\nexit 101\n' | as_root tee "$rule" >/dev/null
    as_root chmod 755 "$rule"
  fi
  install "$@"
)

if ! command -v dotnet >/dev/null; then
  install dotnet-sdk-10.0 || { echo "The .NET 10 SDK is missing, and this system's packages do not have it: see https://dotnet.microsoft.com/download" >&2; exit 1; }
fi

if ! ls -d /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 && [ -z "${PREMIUMSUPPORT_POSTGRES_BIN:-}" ]; then
  install_quiet postgresql || exit 1
fi

if ! [ -x /usr/sbin/smtpd ] || ! [ -x /usr/lib/dovecot/imap ] || ! [ -x /usr/lib/dovecot/lmtp ] || ! [ -x /usr/lib/dovecot/submission ]; then
  install_quiet opensmtpd dovecot-imapd dovecot-lmtpd dovecot-submissiond openssl || exit 1
fi

if ! command -v chromium >/dev/null && ! command -v chromium-browser >/dev/null && ! command -v google-chrome >/dev/null; then
  install chromium || exit 1
fi

# The same engine without a window's frame, where the system's packages have it: the journeys take a third less.
if ! command -v chromium-headless-shell >/dev/null && apt-cache show chromium-headless-shell >/dev/null 2>&1; then
  install chromium-headless-shell || echo "The journeys run in the whole Chromium then." >&2
fi

if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
  install nodejs npm || exit 1
fi

say "Comparing the customers' modules with their bundles"
eng/web.sh --check || exit 1

say "Building (.NET $(dotnet --version))"
dotnet build --nologo -v quiet || exit 1

say "Comparing model and migrations"
eng/add-migration.sh --check --no-build || exit 1

results=TestResults
rm -rf "$results"

run() { eng/with-postgres.sh eng/with-mail.sh dotnet test --no-build --no-progress --report-trx --results-directory "$@"; }

# The names of the failed tests below a folder, each once, as --filter-method takes them.
failed() {
  find "$1" -name '*.trx' -exec cat {} + | tr '\n' ' ' | sed 's/<UnitTestResult /\n&/g' | sed -n '/^<UnitTestResult [^>]*outcome="Failed"/s/.*testName="\([^("]*\).*/\1/p' | sort -u
}

# passed, failed and skipped below a folder, from the runner's own result files; nothing where it left none.
counted() {
  find "$1" -name '*.trx' -exec cat {} + 2>/dev/null | tr '>' '\n' | awk '
    function n(key) { return match($0, key "=\"[0-9]+\"") ? substr($0, RSTART + length(key) + 2, RLENGTH - length(key) - 3) + 0 : 0 }
    /<Counters/ { files++; p += n(" passed"); f += n(" failed") + n(" error") + n(" timeout") + n(" aborted"); s += n(" notExecuted") }
    END { if (files) print p, f, s }'
}

# What each failed test said, without the log that stands around it in the runner's own words.
told() {
  find "$1" -name '*.trx' -exec cat {} + | tr '\n' '\r' | sed 's/<UnitTestResult /\n&/g' | sed -n '/^<UnitTestResult [^>]*outcome="Failed"/{s/.*testName="\([^"]*\)".*<Message>\(.*\)<\/StackTrace>.*/\1\r\2/;s/<\/Message>//;s/<StackTrace>/\r/;p}' | cut -c1-3000 | tr '\r' '\n'
}

say "Testing, beside a PostgreSQL and mail servers of its own"
run "$results/first" "$@"
status=$?
read -r passed failures skipped < <(counted "$results/first") || { echo "The runner left no results." >&2; exit 1; }

# A journey that a busy machine kept from its end is told from a fault by running it again, alone. It is named all the same: one that needs it often is a fault.
again=0
if [ "$failures" -gt 0 ]; then
  say "Failed"
  told "$results/first"
  mapfile -t names < <(failed "$results/first")
  if [ "${#names[@]}" -gt 0 ] && [ "${#names[@]}" -le 5 ]; then
    say "Running those again, alone"
    run "$results/second" --filter-method "${names[@]}"
    status=$?
    if read -r _ still _ < <(counted "$results/second"); then
      again=$((failures - still))
      if [ "$still" -gt 0 ]; then
        say "Failed again"
        told "$results/second"
        mapfile -t names < <(comm -23 <(printf '%s\n' "${names[@]}") <(failed "$results/second"))
      fi
    fi
  fi
fi

say "Result"
[ "$again" -gt 0 ] && printf 'Passed only when run again, alone:\n' && printf '  %s\n' "${names[@]}"
printf '%d passed, %d failed, %d skipped\n' $((passed + again)) $((failures - again)) "$skipped"
exit "$status"
