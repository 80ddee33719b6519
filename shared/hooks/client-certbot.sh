
# --- The ACME client: certbot ------------------------------------------------------------------

# Sets $given_chain, $given_key and $given_name from what certbot hands to a deploy hook; empty when it did not start this.
read_client() {
    [ -n "${RENEWED_LINEAGE:-}" ] || return 0
    given_chain=$RENEWED_LINEAGE/fullchain.pem given_key=$RENEWED_LINEAGE/privkey.pem
    given_name=${RENEWED_LINEAGE##*/}
}
