#!/usr/bin/env bash
# Makes the pictures in docs/pictures again from the running product. Needs Chromium; eng/test.sh installs it.
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet build --nologo -v quiet
out=${1:-$PWD/docs/pictures}
mkdir -p "$out"
cd PremiumSupport.Console.Tests/bin/Debug/net10.0
PICTURES="$out" ./PremiumSupport.Console.Tests -explicit only -class PremiumSupport.Tests.Pictures.MakePictures
