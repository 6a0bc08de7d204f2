#!/usr/bin/env bash
# Ten thousand mutations of a collection of broken mails beside the repository, read by the parser: none may fail or take longer than five seconds.  eng/mail-mutations.sh [count]
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet build -c Release --nologo -v quiet >&2
PREMIUMSUPPORT_MAIL_MUTATIONS=${1:-10000} PREMIUMSUPPORT_MAIL_PATIENCE=5 PremiumSupport.Console.Tests/bin/Release/net10.0/PremiumSupport.Console.Tests \
  -noColor -showLiveOutput -parallelMode none -class PremiumSupport.Tests.Channels.Email.Inbound.MailCorpusTests
