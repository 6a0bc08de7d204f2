#!/usr/bin/env bash
# Holds 200, 1,000 and 2,000 open queues against one process while twenty changes a second come in by the API: how soon each is seen, what a circuit costs beside one that says hello.
#   eng/circuits.sh [file]            PREMIUMSUPPORT_CIRCUITS="200" holds fewer. Takes about eight minutes and, with 2,000, several GB of memory.
set -euo pipefail
cd "$(dirname "$0")/.."
ulimit -n "$(ulimit -Hn)"
exec eng/measure.sh "${1:-/dev/null}" CircuitFigures
