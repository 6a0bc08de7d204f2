#!/usr/bin/env bash
# Two long interruptions of a chat between two real browsers: twelve minutes in which the line carries nothing, and twelve minutes in which both browsers are stopped
# like those of a laptop with its lid shut. Takes half an hour.
#   eng/chat-outage.sh [file]
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet build -c Release --nologo -v quiet >&2
rows=$(mktemp)
trap 'rm -f "$rows"' EXIT
status=0
PREMIUMSUPPORT_FIGURES=$rows PremiumSupport.Console.Tests/bin/Release/net10.0/PremiumSupport.Console.Tests \
  -noColor -explicit only -class "PremiumSupport.Tests.Journeys.Outages.*" >&2 || status=$?
{
  printf '| Interruption | Outcome |\n|---|---|\n'
  cat "$rows"
} | tee ${1:+"$1"}
exit $status
