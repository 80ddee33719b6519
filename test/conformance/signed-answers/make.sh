#!/bin/bash
# Makes the answer files beside this script: signs example.zone with BIND's and NLnet Labs' signers,
# serves it with BIND's named on 127.0.0.1 and writes down what dig gets.
# Needs bind9 (named), bind9-utils (dnssec-keygen, dnssec-signzone), bind9-dnsutils (dig), ldnsutils.
# Run by hand when a zone or a question changes; new keys make every file new.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
port=5391
inception=20261101000000
expiration=20261231000000
trap 'rm -rf "$work"; [ -z "${named_pid:-}" ] || kill "$named_pid"' EXIT

# variant | signer | key algorithm | key bits | signer options | question file
variants='
ecdsap256-nsec|bind|ECDSAP256SHA256||-P|questions
ecdsap256-nsec3|bind|ECDSAP256SHA256||-P -3 -|questions
ecdsap256-opt-out|bind|ECDSAP256SHA256||-P -3 aabbccdd -H 3 -A|questions
rsasha1-nsec|bind|RSASHA1|1024|-P|few-questions
nsec3rsasha1-nsec3|bind|NSEC3RSASHA1|1024|-P -3 beef -H 10|few-questions
rsasha256-nsec|bind|RSASHA256|1024|-P|few-questions
rsasha512-nsec3|bind|RSASHA512|2048|-P -3 - |few-questions
ecdsap384-nsec|bind|ECDSAP384SHA384||-P|few-questions
ed25519-nsec3|bind|ED25519||-P -3 -|few-questions
ed448-nsec|bind|ED448||-P|few-questions
ldns-rsasha256-nsec3|ldns|RSASHA256|1024|-n -s cafe -t 50|few-questions
ldns-ed25519-nsec|ldns|ED25519|||few-questions
ldns-iterations|ldns|ECDSAP256SHA256||-n -s cafe -t 51|few-questions
'

sign_with_bind() { # folder algorithm bits options
  local size=(); [ -z "$3" ] || size=(-b "$3")
  (cd "$1"
   ksk=$(dnssec-keygen -q -a "$2" "${size[@]}" -f KSK -n ZONE example.)
   dnssec-keygen -q -a "$2" "${size[@]}" -n ZONE example. >/dev/null
   # shellcheck disable=SC2086
   dnssec-signzone -q -S -s $inception -e $expiration $4 -o example. -f signed -K . -d . example.zone \
     >/dev/null 2>sign.log || { cat sign.log; exit 1; }
   for digest in SHA-256 SHA-384 SHA-1; do dnssec-dsfromkey -a $digest "$ksk.key"; done > trust)
}

sign_with_ldns() { # folder algorithm bits options
  local size=(); [ -z "$3" ] || size=(-b "$3")
  (cd "$1"
   ksk=$(ldns-keygen -a "$2" "${size[@]}" -k example.); zsk=$(ldns-keygen -a "$2" "${size[@]}" example.)
   # shellcheck disable=SC2086
   ldns-signzone -i $inception -e $expiration $4 -o example. -f signed example.zone "$ksk" "$zsk"
   ldns-key2ds -n -2 "$ksk.key" > trust)
}

{
  echo 'options { directory "'"$work"'"; listen-on port '$port' { 127.0.0.1; }; listen-on-v6 { none; };'
  echo '  recursion no; pid-file none; session-keyfile none; minimal-responses no-auth-recursive; };'
  echo 'controls { };'
} > "$work/head.conf"

while IFS='|' read -r variant signer algorithm bits options questions; do
  [ -n "$variant" ] || continue
  mkdir "$work/$variant"; cp "$here/example.zone" "$work/$variant/"
  "sign_with_$signer" "$work/$variant" "$algorithm" "$bits" "$options"
  { cat "$work/head.conf"
    echo 'zone "example." { type primary; file "'"$variant/signed"'"; check-names ignore; };'
  } > "$work/named.conf"
  named -g -n 1 -c "$work/named.conf" 2>"$work/named.log" & named_pid=$!
  for _ in $(seq 50); do grep -q running "$work/named.log" && break; sleep 0.1; done
  { echo '; section trust'; cat "$work/$variant/trust"
    while read -r name type; do
      dig @127.0.0.1 -p $port +norec +dnssec +nosplit +noall +comments +answer +authority "$name" "$type" \
        > "$work/answer"
      rcode=$(sed -n 's/.*status: \([A-Z]*\),.*/\1/p' "$work/answer")
      echo "; question $name $type $rcode"
      sed -n -e '/ANSWER SECTION/s/.*/; section answer/p' -e '/AUTHORITY SECTION/s/.*/; section authority/p' \
        -e '/^[^;]/p' "$work/answer" | tr '\t' ' ' | tr -s ' '
    done < "$here/$questions.txt"
  } > "$here/$variant.txt"
  kill $named_pid; wait $named_pid 2>/dev/null || true
  named_pid=
done <<< "$variants"
