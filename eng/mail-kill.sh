#!/usr/bin/env bash
# The kill run of mail: 2,000 mails come into a mailbox, half of them answers on tickets, while the product and the IMAP server are killed at random moments; then each of them is
# looked for and has to be one message on the right ticket. About a quarter of an hour; PREMIUMSUPPORT_MAIL_KILL_MAILS=200 makes it shorter.
#   eng/mail-kill.sh [file]
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet build -c Release --nologo -v quiet >&2
rows=$(mktemp)
trap 'rm -f "$rows"' EXIT
status=0
PREMIUMSUPPORT_FIGURES=$rows eng/with-mail.sh PremiumSupport.Console.Tests/bin/Release/net10.0/PremiumSupport.Console.Tests \
  -noColor -explicit only -parallelMode none -class PremiumSupport.Tests.Channels.Email.Inbound.Kills.MailKillRunTests >&2 || status=$?
{
  printf '| Mails | Kills of the product | Kills of the server | Sent again | Differences | Took |\n|---|---|---|---|---|---|\n'
  cat "$rows"
} | tee ${1:+"$1"}
exit $status
