
# --- Changes in DNS: dynamic update (RFC 2136) with a TSIG key (RFC 8945) -----------------------

take_dns_setting() {
    case $1 in
    DANE_NSUPDATE_SERVER) DANE_NSUPDATE_SERVER=$2 ;;
    DANE_NSUPDATE_KEY) DANE_NSUPDATE_KEY=$2 ;;
    *) return 1 ;;
    esac
}

is_secret() { false; }

check_dns() {
    need_program nsupdate bind9-dnsutils
    [ -n "$DANE_NSUPDATE_KEY" ] || die "DANE_NSUPDATE_KEY is empty." "Set it to the file with the TSIG key."
    [ -r "$DANE_NSUPDATE_KEY" ] || die "the TSIG key $DANE_NSUPDATE_KEY cannot be read."
    check_secret "$DANE_NSUPDATE_KEY"
    [ -z "$DANE_NSUPDATE_SERVER" ] || check_address DANE_NSUPDATE_SERVER "$DANE_NSUPDATE_SERVER"
}

# WHAT-TO-DO, one line; nsupdate finds the primary itself unless it is named.
send_update() {
    {
        case $DANE_NSUPDATE_SERVER in
        '') ;;
        *#*) printf 'server %s %s\n' "${DANE_NSUPDATE_SERVER%%#*}" "${DANE_NSUPDATE_SERVER#*#}" ;;
        *) printf 'server %s\n' "$DANE_NSUPDATE_SERVER" ;;
        esac
        printf 'zone %s.\n%s\nsend\n' "$zone" "$1"
    } >"$work/update"
    nsupdate -t 30 -k "$DANE_NSUPDATE_KEY" "$work/update" >"$work/update-answer" 2>&1 ||
        die "the name server refused the update of $zone: $(last_line "$work/update-answer")" "Check DANE_NSUPDATE_KEY, and that the zone allows that key to change TLSA records."
}

# OWNER TTL HASH…, after a look: all at once. A record that is there already is no error (RFC 2136 section 3.4.2.2).
add_records() {
    additions='' added_owner=$1 added_ttl=$2
    shift 2
    for added_hash in "$@"; do
        additions="${additions}update add $added_owner. $added_ttl IN TLSA 3 1 1 $added_hash
"
    done
    send_update "${additions%?}"
}

delete_record() { send_update "update delete $1. IN TLSA 3 1 1 $2"; }
