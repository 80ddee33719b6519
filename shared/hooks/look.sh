
# --- What DNS shows -------------------------------------------------------------------------

# A .digrc of whoever starts this could change how dig writes, and so what is read of it.
ask() { HOME=$work dig "$@" +time="$DANE_DNS_SECONDS" +tries=2; }

# What the system's resolver answers for NAME TYPE, one a line. A failure is not the same as nothing.
resolve() {
    if ! ask "$1" "$2" +noall +comments +answer >"$work/resolved" 2>&1 ||
        ! awk -v type="$2" '
            /^;; ->>HEADER<<-/ { good = /status: NOERROR,/ }
            /^;/ { next }
            $4 == type { print $5 }
            END { exit !good }' "$work/resolved"; then
        die "$1 $2 could not be looked up." "Check the resolver of this machine, or set DANE_ZONE, DANE_NAME_SERVERS and DANE_CONNECT."
    fi
}

# Of OWNER: sets $zone.
find_zone() {
    zone=$DANE_ZONE
    [ -z "$zone" ] || return 0
    zone=$1
    while :; do
        ask "$zone" SOA +noall +comments +answer >"$work/soa" 2>&1 ||
            die "$zone SOA could not be looked up." "Check the resolver of this machine, or set DANE_ZONE."
        grep -Eq 'status: (NOERROR|NXDOMAIN),' "$work/soa" ||
            die "$zone SOA could not be looked up." "Check the resolver of this machine, or set DANE_ZONE."
        if awk -v zone="$zone." 'tolower($1) == zone && $4 == "SOA" { found = 1 } END { exit !found }' "$work/soa"; then
            return 0
        fi
        case $zone in
        *.*) zone=${zone#*.} ;;
        *) die "the zone of $1 was not found." "Set DANE_ZONE." ;;
        esac
    done
}

# Of $zone: every authoritative server into the file "servers", a line "NAME ADDRESS PORT" each.
find_servers() {
    : >"$work/servers"
    for server in $DANE_NAME_SERVERS; do
        case $server in
        *#*) printf '%s\n' "- ${server%%#*} ${server#*#}" ;;
        *) printf '%s\n' "- $server 53" ;;
        esac
    done >>"$work/servers"
    [ -z "$DANE_NAME_SERVERS" ] || return 0
    resolve "$zone" NS >"$work/ns"
    while read -r server; do
        { resolve "$server" A && resolve "$server" AAAA; } >"$work/addresses"
        list_addresses "$server" 53 >>"$work/servers"
    done <"$work/ns"
    [ -s "$work/servers" ] || die "no name server of $zone was found." "Set DANE_NAME_SERVERS."
}

# NAME PORT: a line "NAME ADDRESS PORT" for each of the file "addresses".
list_addresses() { awk -v name="$1" -v port="$2" '!/[^0-9A-Fa-f.:]/ { print name, $0, port }' "$work/addresses"; }

# Asks each authoritative server for the TLSA records of OWNER. The file "seen" then holds, a line each,
#   server ADDRESS | record ADDRESS TTL USAGE SELECTOR MATCHING HEX | absent ADDRESS SECONDS | wildcard ADDRESS
# Every server must answer: one that does not may still hand out the old records.
look() {
    find_zone "$1"
    find_servers
    : >"$work/seen"
    : >"$work/unreached"
    while read -r server address port; do
        seen_as=$address
        if [ "$port" != 53 ]; then seen_as="$address#$port"; fi
        if ask "@$address" -p "$port" +norecurse +dnssec +noall +comments +answer +authority "$1" TLSA >"$work/answer" 2>&1 </dev/null; then
            read_answer "$seen_as" "$1" >"$work/read" ||
                die "the name server $seen_as gives no answer for $1: $(cat "$work/read")." "Mend that server, or take it out of the NS records or DANE_NAME_SERVERS; then start again."
            cat "$work/read" >>"$work/seen"
        elif [ "$server" != - ] && grep -qi 'unreachable' "$work/answer"; then
            # This machine has no IPv6, or no IPv4: then the server's address of the other kind must do.
            printf '%s\n' "$server $address" >>"$work/unreached"
        else
            die "the name server $seen_as did not answer for $1." "Mend that server, or take it out of the NS records or DANE_NAME_SERVERS; then start again."
        fi
    done <"$work/servers"
    while read -r server address; do
        awk -v server="$server" -v address="$address" '
            NR == FNR { if ($1 == "server") { seen[$2] = 1; if (($2 ~ /:/) == (address ~ /:/)) same_kind = 1 } next }
            $1 == server && ($2 in seen) { found = 1 }
            END { exit !found || same_kind }' "$work/seen" "$work/servers" ||
            die "the name server $server cannot be reached at $address." "Mend that server, or check the network of this machine."
    done <"$work/unreached"
}

# What ADDRESS answered for OWNER, in lines of "seen"; on failure the reason.
read_answer() {
    awk -v address="$1" -v owner="$2." '
        /^;; ->>HEADER<<-/ { status = $0; sub(/.*status: /, "", status); sub(/,.*/, "", status); next }
        /^;; flags:/ { authoritative = / aa[ ;]/; next }
        /^;/ || NF < 5 { next }
        $4 == "CNAME" { alias = $5; next }
        $4 == "RRSIG" && $5 == "TLSA" && tolower($1) == tolower(owner) { labels = $7 }
        $4 == "TLSA" && tolower($1) == tolower(owner) {
            if ($2 $5 $6 $7 ~ /[^0-9]/) strange = 1
            hex = ""
            for (field = 8; field <= NF; field++) hex = hex $field
            records[++count] = $2 " " $5 " " $6 " " $7 " " tolower(hex)
            next
        }
        $4 == "SOA" { negative = $NF < $2 ? $NF : $2 }
        END {
            if (status != "NOERROR" && status != "NXDOMAIN") { print (status == "" ? "no answer" : status); exit 1 }
            if (alias != "") { print "it is an alias of " alias; exit 1 }
            if (!authoritative) { print "it is not authoritative"; exit 1 }
            if (strange) { print "a record that is not understood"; exit 1 }
            print "server " address
            for (i = 1; i <= count; i++) print "record " address " " records[i]
            # Fewer labels are signed than the name has: the records are those of a wildcard (RFC 4034 section 3.1.3).
            if (labels != "" && labels + 0 < split(owner, parts, ".") - 1) print "wildcard " address
            if (count == 0) print "absent " address " " (negative == "" ? 0 : negative)
        }' "$work/answer"
}

# After a look: does every server show 3 1 1 of HASH?
all_show() {
    awk -v hash="$1" '
        $1 == "server" { servers++ }
        $1 == "record" && $4 $5 $6 == "311" && $7 == hash { if (!shown[$2]++) showing++ }
        END { exit !(servers > 0 && servers == showing) }' "$work/seen"
}

any_shows() {
    awk -v hash="$1" '$1 == "record" && $4 $5 $6 == "311" && $7 == hash { found = 1 } END { exit !found }' "$work/seen"
}

# Which servers do not show 3 1 1 of HASH.
lagging() {
    awk -v hash="$1" '
        $1 == "server" { order[++servers] = $2 }
        $1 == "record" && $4 $5 $6 == "311" && $7 == hash { shown[$2] = 1 }
        END { for (i = 1; i <= servers; i++) if (!(order[i] in shown)) printf "%s%s", comma++ ? ", " : "", order[i] }' "$work/seen"
}

# Are the records that some server shows those of a wildcard?
any_wildcard() { grep -q '^wildcard ' "$work/seen"; }

# Is DANE in force: does any server show a record that SMTP can use (RFC 7672 section 3.1)?
any_usable() {
    awk '$1 == "record" && ($4 == 2 || $4 == 3) && $5 <= 1 && $6 <= 2 { found = 1 } END { exit !found }' "$work/seen"
}

# Two TTLs: how long a cache may go on without what was just published.
settling_seconds() {
    # No resolver keeps anything for longer than a week (RFC 8767 section 4).
    awk -v fallback="$DANE_TTL" -v week=604800 '
        $1 == "record" && $3 > longest { longest = $3 < week ? $3 : week }
        $1 == "absent" { seconds = $3 > 0 ? $3 : fallback; if (seconds > longest) longest = seconds < week ? seconds : week }
        END { print 2 * longest }' "$work/seen"
}

# The TTL that the records have, as one set has one TTL (RFC 2181 section 5.2).
live_ttl() {
    awk -v fallback="$DANE_TTL" '$1 == "record" && !ttl { ttl = $3 } END { print ttl ? ttl : fallback }' "$work/seen"
}
