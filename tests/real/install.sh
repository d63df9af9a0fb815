#!/usr/bin/env bash
# Installs what `make test-real` needs: the Bluesky network from npm at its pinned version, PostgreSQL and Redis.
# The first time takes about three minutes, most of them compiling better-sqlite3; after that it does nothing.
set -euo pipefail
cd "$(dirname "$0")/bluesky"

find_postgres() { command -v initdb || ls /usr/lib/postgresql/*/bin/initdb 2>/dev/null; }

missing=()
find_postgres >/dev/null || missing+=(postgresql)
command -v redis-server >/dev/null || missing+=(redis-server)
if ((${#missing[@]})); then
    if ((EUID != 0)); then
        echo "test-real needs the Debian packages: ${missing[*]}" >&2
        exit 1
    fi
    apt-get update -qq && apt-get install -y -qq --no-install-recommends "${missing[@]}"
fi

stamp=node_modules/.rapport-installed
if [[ $stamp -nt package-lock.json ]]; then
    exit 0
fi
echo "installing the Bluesky network (once, about three minutes)"
npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
# npm 11 runs no install scripts unasked; this one compiles, and downloads Node's headers only where Debian has not put them.
[[ -e /usr/include/node/node.h ]] && export npm_config_nodedir=/usr
npm_config_build_from_source=true nice -n 10 npm rebuild better-sqlite3 --loglevel=error
touch "$stamp"
