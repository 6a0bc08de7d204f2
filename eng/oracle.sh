#!/usr/bin/env bash
# The long run of the engine against a clerk with pencil and paper: 1,000,000 calendars and 1,000,000 whole lives of tickets, no difference allowed.
# Takes about twenty minutes on two cores; every ordinary run of the tests has a sample of it.
#   eng/oracle.sh [cases]
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet build -c Release --nologo -v quiet
PREMIUMSUPPORT_SLA_CASES=${1:-1000000} PremiumSupport.Console.Tests/bin/Release/net10.0/PremiumSupport.Console.Tests -noColor -parallelMode none \
  -class PremiumSupport.Tests.Sla.Oracle.CalendarAgreesTests -class PremiumSupport.Tests.Sla.Oracle.WholeLifeTests
