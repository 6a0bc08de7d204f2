#!/usr/bin/env bash
# The kill run of the chat: twenty writers in ten conversations, two of them in real browser pages, 200 kills at random moments, a tenth of all answers lost, every
# acknowledged message held against what is stored and what everybody reads. Half an hour for each database; PREMIUMSUPPORT_CHAT_KILLS=20 makes it shorter.
#   eng/chat-kill.sh [SQLite|PostgreSQL|both] [file]
set -euo pipefail
cd "$(dirname "$0")/.."
case ${1:-both} in SQLite | PostgreSQL) runs="Long_run_on_$1" ;; both) runs='Long_run_on_*' ;; *) echo "Which database: SQLite, PostgreSQL or both?" >&2; exit 2 ;; esac
dotnet build -c Release --nologo -v quiet >&2
rows=$(mktemp)
trap 'rm -f "$rows"' EXIT
status=0
PREMIUMSUPPORT_FIGURES=$rows eng/with-postgres.sh PremiumSupport.Console.Tests/bin/Release/net10.0/PremiumSupport.Console.Tests \
  -noColor -explicit only -parallelMode none -method "PremiumSupport.Tests.Channels.Chat.Kills.ChatKillRunTests.$runs" >&2 || status=$?
{
  printf '| Database | Kills | Acknowledged | of them in pages | Answers lost | Sent again | Reloads by hand | Differences | Start, p50 / most | Took |\n|---|---|---|---|---|---|---|---|---|---|\n'
  cat "$rows"
} | tee ${2:+"$2"}
exit $status
