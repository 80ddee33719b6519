
# --- What it remembers: one folder a certificate ----------------------------------------------
#   NAME/versions/ID/{privkey,fullchain,combined}.pem, key-hash   a pair, never changed
#   NAME/current -> versions/ID                                  what the mail server reads
#   NAME/state                                                   where the change stands

# NAME: sets $home and reads what is known of it.
load_state() {
    name=$1
    home=$DANE_FOLDER/$1
    phase='' progressed=no staged='' previous='' until=0 seconds=0 chain='' key=''
    : >"$work/own"
    if [ ! -e "$home/state" ]; then
        phase=idle
        return 0
    fi
    while read -r field value; do
        case $field in
        phase) phase=$value ;;
        staged) staged=$value ;;
        previous) previous=$value ;;
        until) until=$value ;;
        seconds) seconds=$value ;;
        chain) chain=$value ;;
        key) key=$value ;;
        own) printf '%s\n' "$value" >>"$work/own" ;;
        *) die "$home/state has a line that is not understood: $field." "Another version may have written it; look at it by hand." ;;
        esac
    done <"$home/state"
    case $phase:$until:$seconds in
    :* | *: | *::* | *:*[!0-9:]*) die "$home/state is damaged." "Remove that file, leave the rest (the mail server reads it), and hand the certificate over again with --chain and --key." ;;
    esac
}

# As a whole or not at all.
save_state() {
    if is_dry; then return 0; fi
    {
        printf '%s\n' "phase $phase" "staged $staged" "previous $previous" "until $until" "seconds $seconds" \
            "chain $chain" "key $key" &&
            sed 's/^/own /' "$work/own"
    } >"$home/state.new" || die "$home/state.new cannot be written." "Is the disk full?"
    mv -f "$home/state.new" "$home/state" || die "$home/state cannot be written."
}

# OWNER HASH: this record is for this script to remove, once nothing uses it.
claim() {
    if ! is_claimed "$1" "$2"; then printf '%s\n' "$1 $2" >>"$work/own"; fi
}

is_claimed() { grep -Fqx "$1 $2" "$work/own"; }

disclaim() {
    grep -Fvx "$1 $2" "$work/own" >"$work/own.new" || [ $? -eq 1 ] || die "$work/own.new cannot be written."
    mv -f "$work/own.new" "$work/own"
}

# Sets $current to the ID of the installed pair and $current_hash to its key's hash; both may be empty.
find_current() {
    current='' current_hash=''
    [ -L "$home/current" ] || return 0
    current=$(readlink "$home/current")
    current=${current##*/}
    if [ -r "$home/current/key-hash" ] && read -r current_hash <"$home/current/key-hash"; then return 0; fi
    hash_certificate "$home/current/fullchain.pem"
    current_hash=$hash
}

# Copies the pair CHAIN KEY; the mail server never reads what the ACME client writes.
stage() {
    check_pair "$1" "$2"
    staged_hash=$hash
    if is_dry; then
        would "take the certificate $1 (3 1 1 $hash)"
        staged=not-yet phase=publish until=0 seconds=0
        return 0
    fi
    staged=$(now)-$(printf '%.16s' "$hash")
    # One that stands may be what the mail server reads.
    while [ -e "$home/versions/$staged" ]; do staged=$staged+; done
    rm -rf "$home/versions/.new"
    mkdir -p "$home/versions/.new" || die "the folder $home cannot be written."
    cat "$2" >"$home/versions/.new/privkey.pem" || die "the key $2 cannot be copied."
    cat "$1" >"$home/versions/.new/fullchain.pem" || die "the certificate $1 cannot be copied."
    # What was copied counts, even if the client writes at this very moment.
    check_pair "$home/versions/.new/fullchain.pem" "$home/versions/.new/privkey.pem"
    staged_hash=$hash
    cat "$home/versions/.new/privkey.pem" "$home/versions/.new/fullchain.pem" >"$home/versions/.new/combined.pem"
    printf '%s\n' "$hash" >"$home/versions/.new/key-hash"
    if [ -n "$DANE_KEY_GROUP" ]; then
        chgrp "$DANE_KEY_GROUP" "$home" "$home/versions" "$home/versions/.new" "$home/versions/.new"/* ||
            die "the group $DANE_KEY_GROUP cannot be given the key." "Set DANE_KEY_GROUP to a group that exists."
        chmod 0750 "$home" "$home/versions" "$home/versions/.new"
        chmod 0640 "$home/versions/.new"/*
    fi
    mv "$home/versions/.new" "$home/versions/$staged" || die "the folder $home cannot be written."
    phase=publish progressed=yes until=0 seconds=0
    save_state
    tell "took the certificate $1 (3 1 1 $hash)."
}

# Has the ACME client a certificate that is neither installed nor on its way? Whoever renewed it, it is taken.
notice_renewal() {
    [ -n "$chain" ] || return 0
    if [ ! -r "$chain" ] || [ ! -r "$key" ]; then
        die "$chain or $key cannot be read." "If the certificate is given up, remove $home."
    fi
    if [ -n "$staged" ] && cmp -s "$chain" "$home/versions/$staged/fullchain.pem"; then return 0; fi
    if [ -z "$staged" ] && cmp -s "$chain" "$home/current/fullchain.pem"; then return 0; fi
    stage "$chain" "$key"
}

# ID becomes what the mail server reads, in one step: there is no instant without a pair, or with half of one.
point_to() {
    rm -f "$home/current.new"
    ln -s "versions/$1" "$home/current.new" || die "$home/current.new cannot be written."
    # Renaming a link over a link to a folder: -T is GNU's and busybox's word for it, -h that of the BSDs.
    mv -fT "$home/current.new" "$home/current" 2>/dev/null || mv -fh "$home/current.new" "$home/current" ||
        die "$home/current cannot be switched."
}

# Keys that are no longer of use are not kept.
tidy_versions() {
    find_current
    for version in "$home"/versions/*; do
        case ${version##*/} in
        "$current" | "$staged" | "$previous") ;;
        *) rm -rf "$version" ;;
        esac
    done
}
