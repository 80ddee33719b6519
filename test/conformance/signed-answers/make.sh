#!/bin/bash
# Makes the answer files beside this script: signs example.zone with BIND's, NLnet Labs' and Knot's signers,
# serves it with BIND's named on 127.0.0.1 and writes down what dig gets.
# Needs bind9 (named), bind9-utils (dnssec-keygen, dnssec-signzone), bind9-dnsutils (dig), ldnsutils, and
# knot (keymgr) with knot-dnssecutils (kzonesign).
# Run by hand when a zone or a question changes, for all variants or for those named as arguments; new keys
# make every file new.
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
iterations-1|bind|ED25519||-P -3 - -H 1|few-questions
iterations-50|bind|ED25519||-P -3 cafe -H 50|few-questions
iterations-150|bind|ED25519||-P -3 cafe -H 150|few-questions
ldns-rsasha1-nsec|ldns|RSASHA1|1024||few-questions
ldns-nsec3rsasha1-nsec3|ldns|RSASHA1-NSEC3-SHA1|1024|-n -t 0|few-questions
ldns-rsasha256-nsec3|ldns|RSASHA256|1024|-n -s cafe -t 50|few-questions
ldns-rsasha512-nsec|ldns|RSASHA512|1024||few-questions
ldns-ecdsap256-nsec3|ldns|ECDSAP256SHA256||-n -s cafe -t 1|questions
ldns-ecdsap256-opt-out|ldns|ECDSAP256SHA256||-n -p -s cafe -t 0|questions
ldns-ecdsap384-nsec3|ldns|ECDSAP384SHA384||-n -t 0|few-questions
ldns-ed25519-nsec|ldns|ED25519|||few-questions
ldns-ed448-nsec3|ldns|ED448||-n -t 0|few-questions
ldns-iterations|ldns|ECDSAP256SHA256||-n -s cafe -t 51|few-questions
knot-rsasha1-nsec|knot|RSASHA1|1024|nsec3: off|few-questions
knot-nsec3rsasha1-nsec3|knot|RSASHA1-NSEC3-SHA1|1024|nsec3: on|few-questions
knot-rsasha256-nsec|knot|RSASHA256|1024|nsec3: off|few-questions
knot-rsasha512-nsec3|knot|RSASHA512|1024|nsec3: on|few-questions
knot-ecdsap256-nsec|knot|ECDSAP256SHA256||nsec3: off|questions
knot-ecdsap256-nsec3|knot|ECDSAP256SHA256||nsec3: on|questions
knot-ecdsap256-opt-out|knot|ECDSAP256SHA256||nsec3: on#nsec3-opt-out: on|questions
knot-ecdsap384-nsec|knot|ECDSAP384SHA384||nsec3: off|few-questions
knot-ed25519-nsec3|knot|ED25519||nsec3: on#nsec3-iterations: 50|few-questions
knot-ed448-nsec|knot|ED448||nsec3: off|few-questions
knot-iterations|knot|ED25519||nsec3: on#nsec3-iterations: 150|few-questions
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

# Options are lines of a Knot policy, `#` between them.
sign_with_knot() { # folder algorithm bits options
  local size=; [ -z "$3" ] || size=$'\n'"  ksk-size: $3"$'\n'"  zsk-size: $3"
  (cd "$1"
   cat > knot.conf <<CONF
database:
  storage: $PWD
policy:
- id: sign
  algorithm: ${2,,}$size
  rrsig-lifetime: 60d
  rrsig-refresh: 1d
  nsec3-salt-length: 4
  ${4//#/$'\n'  }
zone:
- domain: example.
  storage: $PWD
  file: example.zone
  dnssec-signing: on
  dnssec-policy: sign
CONF
   mkdir out
   kzonesign -c knot.conf -t "$(date -u -d "${inception:0:8}" +%s)" -o out example. >sign.log 2>&1 \
     || { cat sign.log; exit 1; }
   mv out/* signed
   keymgr -c knot.conf example. ds | sort -u > trust)
}

{
  echo 'options { directory "'"$work"'"; listen-on port '$port' { 127.0.0.1; }; listen-on-v6 { none; };'
  echo '  recursion no; pid-file none; session-keyfile none; minimal-responses no-auth-recursive; };'
  echo 'controls { };'
} > "$work/head.conf"

while IFS='|' read -r variant signer algorithm bits options questions; do
  [ -n "$variant" ] || continue
  [ $# -eq 0 ] || [[ " $* " == *" $variant "* ]] || continue
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
