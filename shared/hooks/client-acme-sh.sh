
# --- The ACME client: acme.sh ------------------------------------------------------------------

# Sets $given_chain, $given_key and $given_name from what acme.sh hands to --reloadcmd and --renew-hook; empty when
# it did not start this. The folder's name tells an RSA certificate from an ECDSA one of the same host ("_ecc").
read_client() {
    [ -n "${CERT_FULLCHAIN_PATH:-}" ] && [ -n "${CERT_KEY_PATH:-}" ] || return 0
    given_chain=$CERT_FULLCHAIN_PATH given_key=$CERT_KEY_PATH
    given_name=${CERT_KEY_PATH%/*}
    given_name=${given_name##*/}
}
