#!/usr/bin/env bash
# The kill run: 10,000 open promises, processes of the product killed every few seconds through a simulated day, every flag held against an oracle.
# On SQLite with one process, and on PostgreSQL with two. Takes about 25 minutes; PREMIUMSUPPORT_KILL_MINUTES=3 makes the day shorter and harder.
#   eng/flags-kill.sh [file]
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet build -c Release --nologo -v quiet >&2
rows=$(mktemp)
trap 'rm -f "$rows"' EXIT
status=0
PREMIUMSUPPORT_FIGURES=$rows eng/with-postgres.sh PremiumSupport.Console.Tests/bin/Release/net10.0/PremiumSupport.Console.Tests \
  -noColor -explicit only -parallelMode none -class PremiumSupport.Tests.Monitoring.Kills.KillRunTests >&2 || status=$?
{
  printf '| Run | Flags | Differences | Kills | Answers | Lateness while a node lived: p50 / p99 / most | After a restart: p50 / p99 / most | Times as fast |\n|---|---|---|---|---|---|---|---|\n'
  cat "$rows"
} | tee ${1:+"$1"}
exit $status
