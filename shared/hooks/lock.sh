
# --- One at a time --------------------------------------------------------------------------

# A link is made in one step and holds who made it: "PID-START". START tells a process from a later one of that number.
process_mark() {
    mark=''
    if [ -r "/proc/$1/stat" ]; then mark=$(sed 's/.*) //' "/proc/$1/stat" | cut -d ' ' -f 20); fi
}

# Takes the lock, or returns 1 when another holds it for longer than SECONDS.
take_lock() {
    lock=$DANE_FOLDER/.lock
    process_mark "$$"
    mine=$$-$mark
    lock_deadline=$(($(now) + $1))
    until ln -s "$mine" "$lock" 2>/dev/null; do
        holder=$(readlink "$lock" 2>/dev/null) || holder=''
        if [ -z "$holder" ]; then
            [ -w "$DANE_FOLDER" ] || die "the folder $DANE_FOLDER cannot be written." "Start it as the user that owns it."
        elif ! is_alive "$holder"; then
            break_lock "$holder"
            continue
        fi
        [ "$(now)" -lt "$lock_deadline" ] || return 1
        sleep 1
    done
    locked=yes
}

is_alive() {
    process_mark "${1%%-*}"
    [ -z "$mark" ] || { [ "$mark" = "${1#*-}" ] && return 0 || return 1; }
    kill -0 "${1%%-*}" 2>/dev/null
}

# Removes the lock of HOLDER, which is gone. Only one may do so, and only while the lock is still that one.
break_lock() {
    if mkdir "$lock.breaking" 2>/dev/null; then
        if [ "$(readlink "$lock" 2>/dev/null)" = "$1" ]; then
            tell "the run before ended in the middle; going on from there."
            rm -f "$lock"
        fi
        rmdir "$lock.breaking"
    elif [ "$(now)" -ge "$lock_deadline" ]; then
        die "$lock.breaking stands in the way." "If no other dane-hook runs, remove that folder."
    else
        sleep 1
    fi
}

locked=no
leave_lock() {
    if [ "$locked" = yes ]; then rm -f "$lock"; fi
    locked=no
}
