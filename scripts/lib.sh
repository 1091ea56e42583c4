# Shared by the scripts beside it: where things stand, how progress is printed, how a missing package is named.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"

# What takes long to get and does not belong to one checkout is kept here.
tools=${BREAKEVEN_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/breakeven/tools}
target=${CARGO_TARGET_DIR:-$root/target}
chromium=${CHROMIUM:-/usr/bin/chromium}
firefox=${FIREFOX:-/usr/bin/firefox-esr}
export CHROMIUM=$chromium FIREFOX=$firefox

# Build, tests and benches select the same packages and features, so that cargo builds each dependency once.
native=(-p model -p app -p server -p typeset --features app/ssr)

say() { printf '    %s\n' "$*" >&2; }

fail() {
  printf '\nStopped: %s\n' "$*" >&2
  exit 1
}

# Each phase's time goes to this file too; the outermost script begins it, and `phase_table` prints it.
if [[ -z ${BREAKEVEN_PHASES:-} ]]; then
  mkdir -p "$root/target"
  export BREAKEVEN_PHASES=$root/target/phases.txt BREAKEVEN_STARTED=$EPOCHSECONDS
  : > "$BREAKEVEN_PHASES"
fi

# phase NAME COMMAND [ARGUMENT..]: runs the command in this shell and prints what is going on and how long it took.
phase() {
  local name=$1 started=$EPOCHSECONDS
  shift
  printf '==> %s\n' "$name" >&2
  current_phase=$name
  "$@"
  current_phase=
  printf '    done in %d s\n' $((EPOCHSECONDS - started)) >&2
  printf '%6d s  %s\n' $((EPOCHSECONDS - started)) "$name" >> "$BREAKEVEN_PHASES"
}

phase_table() {
  {
    printf '\nWhere the time went:\n'
    cat "$BREAKEVEN_PHASES"
    printf '%6d s  in all\n' $((EPOCHSECONDS - BREAKEVEN_STARTED))
  } >&2
}

trap '[[ $? == 0 || -z ${current_phase:-} ]] || printf "\nStopped in the phase: %s\n" "$current_phase" >&2' EXIT

# need_packages NAME..: installs the Debian packages that are missing, or says in one line how to.
need_packages() {
  local missing=() name
  command -v dpkg-query > /dev/null || fail "this is not a Debian system; install what matches these Debian packages: $*"
  for name in "$@"; do
    [[ $(dpkg-query -W -f='${db:Status-Status}' "$name" 2> /dev/null) == installed ]] || missing+=("$name")
  done
  [[ ${#missing[@]} == 0 ]] && return
  [[ $(id -u) == 0 ]] || fail "packages are missing. Run: sudo apt-get install -y --no-install-recommends ${missing[*]}"
  say "installing ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq >&2 || say "apt-get update failed; trying with the lists that are there"
  apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2 ||
    fail "apt-get could not install them. Run: apt-get update && apt-get install ${missing[*]}"
}

# need_npm FOLDER: the packages of FOLDER/package-lock.json, exactly.
need_npm() {
  local wanted
  wanted=$(sha256sum < "$1/package-lock.json")
  [[ $(cat "$1/node_modules/.stamp" 2> /dev/null) == "$wanted" ]] && return
  say "npm packages of $1/package-lock.json"
  npm ci --prefix "$1" --no-audit --no-fund --loglevel=error >&2 ||
    fail "npm could not install the packages of $1/package-lock.json; see its message above. Again by hand: npm ci --prefix $1"
  printf '%s\n' "$wanted" > "$1/node_modules/.stamp"
}

free_port() { node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })'; }
