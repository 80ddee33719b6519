
# --- What the server presents ---------------------------------------------------------------

# Of PLACE: every address into the file "targets", a line "HOST ADDRESS PORT" each.
find_targets() {
    host=${1%:*}
    : >"$work/targets"
    for address in $DANE_CONNECT; do
        case $address in
        *#*) printf '%s\n' "$host ${address%%#*} ${address#*#}" ;;
        *) printf '%s\n' "$host $address ${1##*:}" ;;
        esac
    done >>"$work/targets"
    [ -z "$DANE_CONNECT" ] || return 0
    { resolve "$host" A && resolve "$host" AAAA; } >"$work/addresses"
    list_addresses "$host" "${1##*:}" >>"$work/targets"
    [ -s "$work/targets" ] || die "$host has no address." "Set DANE_CONNECT to where the mail server listens."
}

# HOST ADDRESS PORT KIND: the certificate presented into the file "session"; KIND asks for a key of that kind.
connect() {
    peer=$2:$3 starttls=$DANE_STARTTLS algorithms=''
    case $2 in *:*) peer="[$2]:$3" ;; esac
    if [ "$starttls" = auto ]; then
        case $3 in
        25 | 587 | 2525) starttls=smtp ;;
        110) starttls=pop3 ;;
        143) starttls=imap ;;
        *) starttls=none ;;
        esac
    fi
    # RSA certificates may stand in the chain of any key.
    case $4 in
    RSA) algorithms=$rsa_algorithms ;;
    ECDSA) algorithms=ECDSA+SHA256:ECDSA+SHA384:ECDSA+SHA512 ;;
    Ed25519) algorithms=ed25519 ;;
    esac
    case $starttls in
    none) set -- s_client -connect "$peer" -servername "$1" ;;
    smtp) set -- s_client -connect "$peer" -servername "$1" -starttls smtp -name "$1" ;;
    *) set -- s_client -connect "$peer" -servername "$1" -starttls "$starttls" ;;
    esac
    [ -z "$algorithms" ] || set -- "$@" -sigalgs "$algorithms"
    timeout 20 openssl "$@" </dev/null >"$work/session" 2>"$work/session-errors" || return 1
    openssl x509 -in "$work/session" -noout -pubkey >/dev/null 2>&1
}

rsa_algorithms=rsa_pss_rsae_sha256:rsa_pss_rsae_sha384:rsa_pss_rsae_sha512:rsa_pkcs1_sha256:rsa_pkcs1_sha384:rsa_pkcs1_sha512

# HASH KIND: does every address of every place present it? Sets $wrong to the first that does not.
all_present() {
    wrong=''
    for place in $DANE_PLACES; do
        find_targets "$place"
        while read -r target_host address port; do
            if connect "$target_host" "$address" "$port" "$2" || connect "$target_host" "$address" "$port" any; then
                hash_certificate "$work/session"
                [ "$hash" = "$1" ] || wrong="$address port $port presents another certificate"
            else
                wrong="nothing presents a certificate at $address port $port"
            fi
            [ -z "$wrong" ] || return 1
        done <"$work/targets"
    done
}

# Of PLACE: the hashes of all keys presented, at every address and for every kind of key, into the file "presented".
find_presented() {
    find_targets "$1"
    : >"$work/presented"
    while read -r target_host address port; do
        connect "$target_host" "$address" "$port" any ||
            die "nothing presents a certificate at $address port $port." "Start the mail server, or set DANE_CONNECT to where it listens."
        hash_certificate "$work/session"
        printf '%s\n' "$hash" >>"$work/presented"
        for kind in RSA ECDSA Ed25519; do
            if connect "$target_host" "$address" "$port" "$kind"; then
                hash_certificate "$work/session"
                printf '%s\n' "$hash" >>"$work/presented"
            fi
        done
    done <"$work/targets"
    sort -u -o "$work/presented" "$work/presented"
}
