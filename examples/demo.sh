#!/usr/bin/env bash
# The example hospital from end to end: release, look, verify, refuse. Leaves nothing behind.
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
if [ ! -f "$root/dist/program/main.js" ]; then
  echo 'anon is not built yet: run `npm ci` first' >&2
  exit 1
fi
here="$(mktemp -d "${TMPDIR:-/tmp}/anon-demo.XXXXXX")"
trap 'rm -rf "$here"' EXIT
trap 'exit 130' INT TERM
cp -R "$root/examples/hospital" "$here/hospital"
rm -f "$here"/hospital/*.key
cd "$here"

# Nothing of the caller's environment decides what is shown.
unset ANON_SIGNING_KEY ANON_PASSPHRASE_FILE SOURCE_DATE_EPOCH
export NO_COLOR=1
# Nor is anything left in the caller's audit log.
export XDG_STATE_HOME="$here/.state"
anon() { node "$root/bin/anon.js" "$@"; }

step() { printf '\n\n%s\n\n' "── $*"; }
show() { printf '$ %s\n' "$*"; }
failed() {
  printf '\nthe demo failed: %s\n' "$*" >&2
  exit 1
}

# Show a command, run it, and show what it says. Anything but the expected exit status ends the demo.
run() { expect 0 "$@"; }
expect() {
  local wanted="$1" status=0
  shift
  show "$*"
  "$@" >said.txt 2>&1 || status=$?
  cat said.txt
  [ "$status" = "$wanted" ] || failed "exit status $status instead of $wanted"
}
says() { grep -q -- "$1" said.txt || failed "expected \`$1\`"; }

# The first two records of two CSV files, field by field.
compare() {
  node --input-type=module - "$1" "$2" <<'JS'
import { readFileSync } from 'node:fs';
const [source, output] = process.argv.slice(2).map((file) => {
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, 3);
  const cells = /(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g;
  return lines.map((line) => [...line.matchAll(cells)].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain));
});
for (const record of [1, 2]) {
  console.log(`${record === 1 ? '' : '\n'}  ${'field'.padEnd(12)}${'source'.padEnd(34)}released`);
  for (const [i, field] of source[0].entries()) {
    const at = output[0].indexOf(field);
    const released = at < 0 ? '-' : output[record][at];
    console.log(`  ${field.padEnd(12)}${source[record][i].padEnd(34)}${released}`);
  }
}
JS
}

step '1. Two keys: one makes pseudonyms, one signs. (--plain: without a passphrase, for this demo.)'
run anon keys generate --type pseudonym hospital/pseudonym.key
run anon keys generate issuer.key --plain

step '2. A year of admissions, released by a policy: anonymized, measured, searched for leaks, signed.'
run anon apply hospital/patients.yaml hospital/patients.csv --out bundle --key issuer.key
says 'k-anonymity: required k=11, measured k='
says 'leak check: nothing found'
run ls -R bundle

step '3. The first two records of hospital/patients.csv and of bundle/data/patients.csv, side by side (- is left out).'
compare hospital/patients.csv bundle/data/patients.csv

step '4. The university checks the bundle for a use that the license allows.'
use=(--trust issuer.pub --organization urn:org:example-university --region DE)
run anon verify bundle "${use[@]}" --purpose AcademicResearch
says '^allow urn:anon:license:'

step '5. Another purpose is refused.'
expect 1 anon verify bundle "${use[@]}" --purpose Marketing
says '^deny TERMS'

step '6. So is a bundle in which one byte was changed.'
cp -R bundle changed
show "printf '~' | dd of=changed/data/patients.csv bs=1 seek=1000 conv=notrunc"
printf '~' | dd of=changed/data/patients.csv bs=1 seek=1000 conv=notrunc 2>/dev/null
[ "$(cmp -l bundle/data/patients.csv changed/data/patients.csv | wc -l)" -eq 1 ] || failed 'not one byte changed'
expect 1 anon verify changed "${use[@]}" --purpose AcademicResearch
says '^deny DIGEST'

step '7. Nested records, several visits of one patient: k counts patients, not visits.'
run anon apply hospital/visits.yaml hospital/visits.ndjson --out visits --key issuer.key
says 'k-anonymity: required k=5, measured k='
run anon verify visits "${use[@]}" --purpose AcademicResearch --quiet

step '8. The first bundle once more, without anon: openssl checks the signature, sha256sum the files.'
if openssl version 2>/dev/null | grep -q '^OpenSSL [3-9]' && command -v sha256sum >/dev/null; then
  sed -n '/<!-- shell-verify -->/,/^```$/p' "$root/README.md" | sed '1,2d;$d' >shell-verify.sh
  [ -s shell-verify.sh ] || failed 'README.md does not say how'
  sed '1s/^/$ /; 2,$s/^/  /' shell-verify.sh
  bash -euo pipefail shell-verify.sh >said.txt 2>&1 || { cat said.txt; failed 'the shell does not agree'; }
  cat said.txt
  says '^Signature Verified Successfully$'
  says '^data/patients.csv: OK$'
else
  echo 'skipped: this machine has no OpenSSL 3 or no sha256sum'
fi

step 'All of it worked, and nothing is left behind. Where to go next:'
cat <<'END'
  README.md             a policy for your own data, and the reference
  examples/hospital/    the two policies, explained line by line
  policies/README.md    the policy language
END
