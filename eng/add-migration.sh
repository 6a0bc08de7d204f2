#!/usr/bin/env bash
# Adds an EF Core migration for SQLite and for PostgreSQL, or for neither:  eng/add-migration.sh Name
# Says whether the model has changes that no migration has:                eng/add-migration.sh --check [--no-build]
set -uo pipefail
cd "$(dirname "$0")/.."
usage() { echo "usage: eng/add-migration.sh Name | --check [--no-build]" >&2; exit 2; }
[ $# -ge 1 ] || usage

project=PremiumSupport.Console
migrations=$project/Platform/Data/Migrations
dotnet tool restore >/dev/null || exit 1
ef() { dotnet ef "$@" -p "$project" --no-build; }
build() { dotnet build "$project" --nologo -v quiet -clp:ErrorsOnly || exit 1; }

if [ "$1" = --check ]; then
  [ "${2:-}" = --no-build ] || build
  status=0
  for provider in Sqlite Postgres; do
    if said=$(ef migrations has-pending-model-changes -c "${provider}SupportDb" 2>&1); then
      echo "$provider: the migrations are up to date."
    else
      printf '%s: %s\nAdd what is missing with eng/add-migration.sh Name.\n' "$provider" "$said" >&2
      status=1
    fi
  done
  exit $status
fi

name=$1
[[ $# = 1 && $name =~ ^[A-Za-z][A-Za-z0-9]*$ ]] || usage
for provider in Sqlite Postgres; do
  if compgen -G "$migrations/$provider/*_$name.cs" >/dev/null; then
    echo "There is a migration $name for $provider already." >&2
    exit 1
  fi
done

# Both or neither: what was there before comes back when one of the two fails, or when somebody interrupts.
before=$(mktemp -d)
mkdir -p "$migrations"
cp -R "$migrations/." "$before"
undo() {
  rm -rf "$migrations"
  mv "$before" "$migrations"
  echo "Nothing was added." >&2
}
trap undo EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

build
for provider in Sqlite Postgres; do
  ef migrations add "$name" -c "${provider}SupportDb" -o "Platform/Data/Migrations/$provider" || exit 1
done
trap - EXIT
rm -rf "$before"
