#!/usr/bin/env bash
# Installs Prism and the published OpenAPI documents at their pinned versions, once; after that it does nothing.
set -euo pipefail
cd "$(dirname "$0")"

stamp=node_modules/.rapport-installed
if [[ $stamp -nt package-lock.json ]]; then
    exit 0
fi
echo "installing Prism (once, about a minute)"
npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
touch "$stamp"
