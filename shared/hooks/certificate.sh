
# --- Keys and certificates ------------------------------------------------------------------

# Of the first certificate in FILE: sets $hash to the SHA-256 of its public key (3 1 1), in lower case.
# One command after the other, as a pipe would hash nothing and not tell.
hash_certificate() {
    openssl x509 -in "$1" -noout -pubkey >"$work/public.pem" 2>"$work/openssl" ||
        die "no certificate can be read from $1." "$(first_line "$work/openssl")"
    openssl pkey -pubin -in "$work/public.pem" -outform DER -out "$work/public.der" 2>"$work/openssl" ||
        die "the key in the certificate $1 cannot be read." "$(first_line "$work/openssl")"
    openssl dgst -sha256 -r "$work/public.der" >"$work/digest" || die "openssl did not hash the key of $1."
    read -r hash _ <"$work/digest" || die "openssl gave no hash of the key of $1."
    case $hash in
    *[!0-9a-f]*) hash='' ;;
    e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855) hash='' ;; # of nothing at all
    esac
    [ "${#hash}" -eq 64 ] || die "openssl gave no hash of the key of $1."
}

# Of the first certificate in FILE: sets $kind.
kind_of_certificate() {
    openssl x509 -in "$1" -noout -text >"$work/text" 2>/dev/null || die "no certificate can be read from $1."
    case $(grep -m 1 'Public Key Algorithm:' "$work/text") in
    *rsaEncryption*) kind=RSA ;;
    *id-ecPublicKey*) kind=ECDSA ;;
    *ED25519* | *Ed25519*) kind=Ed25519 ;;
    *) kind=other ;;
    esac
}

# CHAIN KEY: are they a pair?
check_pair() {
    hash_certificate "$1"
    openssl pkey -in "$2" -passin pass: -pubout -out "$work/key-public.pem" 2>"$work/openssl" ||
        die "no private key can be read from $2." "It must not be protected by a password."
    cmp -s "$work/public.pem" "$work/key-public.pem" ||
        die "the key $2 does not belong to the certificate $1." "Let the ACME client finish, then start again."
}

# CHAIN: is it for one of the hosts? Usage 3 asks for no name, but a certificate of a web site is a mistake.
is_for_hosts() {
    [ "$DANE_ANY_NAME" != yes ] || return 0
    for place in $DANE_PLACES; do
        if openssl x509 -in "$1" -noout -checkhost "${place%:*}" 2>/dev/null | grep -q ' does match '; then
            return 0
        fi
    done
    return 1
}
