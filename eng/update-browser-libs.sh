#!/usr/bin/env bash
# Copies the browser libraries named in eng/browser/package-lock.json into wwwroot/lib. Run it after changing a version there, and commit the result.
set -euo pipefail
cd "$(dirname "$0")/browser"
npm ci --ignore-scripts --no-audit --no-fund
lib=../../PremiumSupport.Console/wwwroot/lib/signalr
# The last line names a source map that is not shipped; a browser's tools would ask for it in vain.
sed '/^\/\/# sourceMappingURL=/d' node_modules/@microsoft/signalr/dist/browser/signalr.min.js > "$lib/signalr.min.js"
rm -rf node_modules
sha256sum "$lib/signalr.min.js"
