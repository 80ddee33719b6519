
# --- The steps --------------------------------------------------------------------------------

# All that is due for the certificate of $name; sets $phase.
advance() {
    going=yes
    notice_renewal
    while [ "$going" = yes ]; do
        case $phase in
        idle) going=no ;;
        publish) publish ;;
        spread) watch_spread ;;
        settle) settle ;;
        announce) announce ;;
        outlast) outlast ;;
        *) die "$home/state has a step that is not understood: $phase." ;;
        esac
    done
}

# For each place; as two of them may stand in one zone file, each is looked at anew.
owner_of() { printf '%s' "_${1##*:}._tcp.${1%:*}"; }

step() { # PHASE
    phase=$1 progressed=yes
    save_state
}

# A wait is told when it begins; cron sends every word by mail.
tell_wait() {
    if [ "$progressed" = yes ] || is_dry; then tell "$1"; fi
    progressed=no
}

# Sets $left, the seconds until $until. That more than LONGEST are left means that the clock was put back: then the
# wait begins anew.
find_left() {
    left=$((until - $(now)))
    [ "$left" -gt "$1" ] || return 0
    left=$1 until=$(($(now) + $1))
    save_state
}

# Sets $staged_hash.
find_staged_hash() {
    if [ "$staged" = not-yet ]; then return 0; fi
    if [ -r "$home/versions/$staged/key-hash" ] && read -r staged_hash <"$home/versions/$staged/key-hash"; then return 0; fi
    die "$home/versions/$staged is damaged." "Remove $home/state, leave the rest (the mail server reads it), and hand the certificate over again with --chain and --key."
}

# The new record beside the old ones. Where DANE is not in force yet, the certificate comes first: a first
# record that does not match what is presented would stop the mail.
publish() {
    find_staged_hash
    find_current
    added=no seconds=0
    if [ "$current_hash" = "$staged_hash" ] || is_presented; then
        tell "the key is the one in use: there is nothing to publish or to wait for."
        until=0
        step settle
        return 0
    fi
    for place in $DANE_PLACES; do
        owner=$(owner_of "$place")
        look "$owner"
        if is_bare "$place"; then
            tell "no record of $owner is in use yet: first the certificate, then its record."
            continue
        fi
        longest=$(settling_seconds)
        if [ "$longest" -gt "$seconds" ]; then seconds=$longest; fi
        if any_usable; then
            publish_records "$owner" "$staged_hash"
        else
            need_own_keys
            # shellcheck disable=SC2046 # words of hexadecimal digits
            publish_records "$owner" $(cat "$work/presented") "$staged_hash"
        fi
    done
    until=$(($(now) + DANE_LAG_SECONDS))
    if is_dry && [ "$added" = yes ]; then
        would "wait until every name server shows it, and then $(span "$seconds")"
        would "install the certificate, wait $(span "$seconds") more and remove the record of the old key"
        going=no
        return 0
    fi
    step spread
}

# PLACE, after a look: may the certificate come first? Not if records that are gone were there for the one in service:
# caches may still hold them. Then the keys presented are published again, together with the new one.
is_bare() {
    if any_usable; then return 1; fi
    [ -n "$current_hash" ] || return 0
    find_presented "$1"
    ! grep -Fqx "$current_hash" "$work/presented"
}

# Of the keys presented, only those that lie here are published: whoever forges the address of the server, or stands
# on the way to it, would else get a key of his own into the zone.
need_own_keys() {
    cat "$DANE_FOLDER"/*/versions/*/key-hash >"$work/held"
    awk 'FILENAME == ARGV[1] { held[$1] = 1; next } !($1 in held)' "$work/held" "$work/presented" >"$work/foreign"
    [ ! -s "$work/foreign" ] || die "the server presents a key that lies in no folder here (3 1 1 $(first_line "$work/foreign"))." "Nothing was published. Hand that certificate over too with --chain and --key, or publish the first record of each key by hand."
}

# Is the new key, by another way, what every address presents already?
is_presented() {
    kind=any
    if [ "$staged" != not-yet ]; then kind_of_certificate "$home/versions/$staged/fullchain.pem"; fi
    all_present "$staged_hash" "$kind"
}

# OWNER HASH…, after a look: adds those that some server does not show.
publish_records() {
    published_owner=$1 missing='' claimed_now=''
    shift
    for published_hash in "$@"; do
        if all_show "$published_hash"; then continue; fi
        missing="$missing $published_hash"
        # Said before it is done: were the power to fail in between, the record would still be known as ours.
        # One that stands already, made by hand, is not.
        if ! any_shows "$published_hash" && ! is_claimed "$published_owner" "$published_hash"; then
            claim "$published_owner" "$published_hash"
            claimed_now="$claimed_now $published_hash"
        fi
    done
    [ -n "$missing" ] || return 0
    if any_wildcard; then
        die "the records of $published_owner come from a wildcard, which a record of that name puts out of force." "Nothing was published. Publish the same records at $published_owner itself, then start again."
    fi
    added=yes
    added_ttl=$(live_ttl)
    if is_dry; then
        for published_hash in $missing; do would "add $published_owner. $added_ttl IN TLSA 3 1 1 $published_hash"; done
        return 0
    fi
    save_state
    # shellcheck disable=SC2086 # words of hexadecimal digits
    add_records "$published_owner" "$added_ttl" $missing
    for published_hash in $missing; do tell "published $published_owner. $added_ttl IN TLSA 3 1 1 $published_hash"; done
}

watch_spread() {
    find_staged_hash
    find_current
    find_left "$DANE_LAG_SECONDS"
    for place in $DANE_PLACES; do
        owner=$(owner_of "$place")
        look "$owner"
        if is_bare "$place"; then continue; fi
        if ! any_usable; then
            tell "the records of $owner are gone; they are published anew at the next run."
            step publish
            going=no
            return 0
        fi
        longest=$(settling_seconds)
        if [ "$longest" -gt "$seconds" ]; then seconds=$longest; fi
        if all_show "$staged_hash"; then continue; fi
        late=$(lagging "$staged_hash")
        if [ "$left" -le 0 ]; then
            step publish
            die "the name servers $late do not show the new record of $owner." "Nothing is installed; the record is published anew at the next run. Do these servers get the zone from its primary?"
        fi
        tell_wait "waiting for the name servers $late to show the new record of $owner."
        save_state
        going=no
        return 0
    done
    until=$(($(now) + seconds))
    if [ "$seconds" -gt 0 ]; then tell "every name server shows the new record; every cache has it in $(span "$seconds")."; fi
    step settle
}

settle() {
    find_staged_hash
    find_left "$((seconds > DANE_RETRY_SECONDS ? seconds : DANE_RETRY_SECONDS))"
    if [ "$left" -gt 0 ]; then
        tell_wait "the certificate is installed in $(span "$left")."
        going=no
        return 0
    fi
    find_current
    if [ "$current_hash" != "$staged_hash" ] && ! is_presented; then
        # A name server put back from an old copy, or a record removed by hand: then the wait begins anew.
        for place in $DANE_PLACES; do
            owner=$(owner_of "$place")
            look "$owner"
            if ! is_bare "$place" && ! all_show "$staged_hash"; then
                tell "not every name server shows the new record of $owner any more: $(lagging "$staged_hash")."
                step publish
                going=no
                return 0
            fi
        done
    fi
    install_pair
}

install_pair() {
    if is_dry; then
        would "switch $home/current, run: $DANE_RELOAD"
        would "check that the server presents 3 1 1 $staged_hash, and switch back if it does not"
        going=no
        return 0
    fi
    kind_of_certificate "$home/versions/$staged/fullchain.pem"
    staged_kind=$kind
    if [ "$current" != "$staged" ]; then previous=$current; fi
    save_state
    point_to "$staged"
    # In a shell of its own: whatever ends it, a resolver that fails included, is a reason to go back.
    printf '%s\n' 'what the server presents could not be seen' >"$work/wrong"
    if reload && (presents_soon); then
        tell "installed: the server presents the new certificate."
    else
        go_back
    fi
    # The record of the key that was replaced is for this script to remove, whoever published it.
    if [ -n "$previous" ]; then
        read -r previous_hash <"$home/versions/$previous/key-hash"
        for place in $DANE_PLACES; do claim "$(owner_of "$place")" "$previous_hash"; done
    fi
    staged=''
    step announce
}

# A command that hangs must not keep the lock.
reload() {
    if timeout 300 sh -c "$DANE_RELOAD" >"$work/reload" 2>&1 </dev/null; then return 0; fi
    printf '%s\n' "the reload failed: $(last_line "$work/reload")" >"$work/wrong"
    return 1
}

presents_soon() {
    verify_deadline=$(($(now) + DANE_VERIFY_SECONDS))
    until all_present "$staged_hash" "$staged_kind"; do
        if [ "$(now)" -ge "$verify_deadline" ]; then
            printf '%s\n' "$wrong" >"$work/wrong"
            return 1
        fi
        sleep 1
    done
}

go_back() {
    failed=$(last_line "$work/wrong")
    until=$(($(now) + DANE_RETRY_SECONDS))
    if [ -n "$previous" ] && [ "$previous" != "$staged" ]; then
        point_to "$previous"
        save_state
        if ! reload; then die "$failed. The old certificate is back in place, but $(last_line "$work/wrong")." "Mend it now: $DANE_RELOAD"; fi
        die "$failed. The old certificate is back, both records stay." "Does the mail server read from $home/current? It is tried again in $(span "$DANE_RETRY_SECONDS")."
    fi
    save_state
    die "$failed. All records stay." "Does the mail server read from $home/current? Set it up so; it is tried again in $(span "$DANE_RETRY_SECONDS")."
}

# Where there was no usable record before: now that the new certificate is presented, its record, together with
# those of any other key that the server presents; and in any case the time until which the old record stays.
announce() {
    find_current
    seconds=0
    for place in $DANE_PLACES; do
        owner=$(owner_of "$place")
        look "$owner"
        if ! any_usable; then
            find_presented "$place"
            need_own_keys
            # shellcheck disable=SC2046 # words of hexadecimal digits
            publish_records "$owner" "$current_hash" $(grep -Fvx "$current_hash" "$work/presented")
            if ! is_dry; then look "$owner"; fi
        elif ! all_show "$current_hash"; then
            publish_records "$owner" "$current_hash"
        fi
        longest=$(settling_seconds)
        if [ "$longest" -gt "$seconds" ]; then seconds=$longest; fi
    done
    until=$(($(now) + seconds))
    step outlast
}

# The way back stays open for as long as a cache may hold the records; then what is proven stale goes.
outlast() {
    find_current
    list_stale
    if [ ! -s "$work/stale" ]; then
        finish
        return 0
    fi
    find_left "$seconds"
    if [ "$left" -gt 0 ]; then
        tell_wait "the record of the old key is removed in $(span "$left")."
        going=no
        return 0
    fi
    while read -r owner stale_hash; do
        if is_place "$owner"; then
            remove_record "$owner" "$stale_hash"
        elif ! is_dry; then
            # Of another host or port than it is set to now: what stands there cannot be judged.
            tell "DANE_PLACES no longer holds $owner: remove by hand its TLSA 3 1 1 $stale_hash"
            disclaim "$owner" "$stale_hash"
            save_state
        fi
    done <"$work/stale"
    if is_dry; then
        going=no
        return 0
    fi
    finish
}

is_place() { # OWNER
    for place in $DANE_PLACES; do
        if [ "$(owner_of "$place")" = "$1" ]; then return 0; fi
    done
    return 1
}

# Ours, and of no key that is installed or on its way in any folder here.
list_stale() {
    : >"$work/in-use"
    for other in "$DANE_FOLDER"/*/; do
        if [ -r "${other}current/key-hash" ]; then cat "${other}current/key-hash" >>"$work/in-use"; fi
        if [ -r "${other}state" ]; then
            other_staged=$(sed -n 's/^staged //p' "${other}state")
            if [ -n "$other_staged" ]; then cat "${other}versions/$other_staged/key-hash" >>"$work/in-use"; fi
        fi
    done
    awk 'NR == FNR { used[$1] = 1; next } !($2 in used)' "$work/in-use" "$work/own" >"$work/stale"
}

# OWNER HASH: only if every server shows the record in use, and nothing presents the key that is to go.
remove_record() {
    look "$1"
    if any_shows "$2"; then
        all_show "$current_hash" || die "not every name server shows the record in use of $1: $(lagging "$current_hash")." "Nothing was removed."
        service=${1%%.*}
        find_presented "${1#*._tcp.}:${service#_}"
        if grep -Fqx "$2" "$work/presented"; then
            die "the server still presents the old key (3 1 1 $2)." "Nothing was removed. Which of its settings names another file than $home/current?"
        fi
        if is_dry; then
            would "remove $1. TLSA 3 1 1 $2"
            return 0
        fi
        delete_record "$1" "$2"
        tell "removed $1. TLSA 3 1 1 $2"
    fi
    if is_dry; then return 0; fi
    disclaim "$1" "$2"
    save_state
}

finish() {
    previous=''
    step idle
    if ! is_dry; then tidy_versions; fi
    tell "done: the records are those of the certificate in use."
    going=no
}
