#!/usr/bin/env bash
# Adds an EF Core migration:  eng/add-migration.sh Name
set -euo pipefail
cd "$(dirname "$0")/.."
[ $# -eq 1 ] || { echo "usage: eng/add-migration.sh Name" >&2; exit 2; }
dotnet tool restore >/dev/null
dotnet ef migrations add "$1" -p PremiumSupport.Console -c SqliteSupportDb -o Platform/Data/Migrations/Sqlite
