
# --- The ACME client: lego -----------------------------------------------------------------------

# Sets $given_chain, $given_key and $given_name from what lego hands to its hooks (version 5 has LEGO_HOOK_ before
# the names of version 4); empty when it did not start this.
read_client() {
    given_chain=${LEGO_HOOK_CERT_PATH:-${LEGO_CERT_PATH:-}}
    given_key=${LEGO_HOOK_CERT_KEY_PATH:-${LEGO_CERT_KEY_PATH:-}}
    given_name=${given_chain##*/}
    given_name=${given_name%.crt}
    if [ -z "$given_key" ]; then given_chain=''; fi
}
