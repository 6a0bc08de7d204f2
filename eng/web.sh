#!/usr/bin/env bash
# Checks the types of what runs on customers' pages (PremiumSupport.Console/Web) and bundles it into wwwroot, where it is committed: the product builds and runs without Node.
#   eng/web.sh           checks and bundles
#   eng/web.sh --check   bundles into a folder of its own and fails when that is not what is committed
set -euo pipefail
cd "$(dirname "$0")/../PremiumSupport.Console"

# Only when the lock file is another than the one that was installed last.
if ! cmp -s Web/package-lock.json Web/node_modules/.installed; then
  npm ci --prefix Web --ignore-scripts --no-audit --no-fund --loglevel=error
  cp Web/package-lock.json Web/node_modules/.installed
fi

Web/node_modules/.bin/tsc -p Web

if [ "${1:-}" != --check ]; then
  node Web/build.mjs "$PWD/wwwroot"
  exit
fi

made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT
node Web/build.mjs "$made"
if ! diff -r "$made/customer" wwwroot/customer >&2 || ! cmp "$made/widget.js" wwwroot/widget.js >&2; then
  echo "wwwroot/widget.js and wwwroot/customer are not what PremiumSupport.Console/Web makes. Run eng/web.sh and commit what it writes." >&2
  exit 1
fi
