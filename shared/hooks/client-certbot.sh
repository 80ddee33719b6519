
# --- The ACME client: certbot ------------------------------------------------------------------

# Sets $given_chain, $given_key and $given_name from what certbot hands to a deploy hook; empty when it did not start this.
read_client() {
    [ -n "${RENEWED_LINEAGE:-}" ] || return 0
    given_name=${RENEWED_LINEAGE%/}
    given_chain=$given_name/fullchain.pem given_key=$given_name/privkey.pem
    given_name=${given_name##*/}
}
