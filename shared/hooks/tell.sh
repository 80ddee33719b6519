
# --- What it says ---------------------------------------------------------------------------

dry_run=no
name=''

tell() { printf '%s\n' "dane-hook: ${name:+$name: }$1"; }
would() { tell "would $1"; }

# Stops with all as it is: $1 what went wrong and where, $2 what to do.
die() {
    printf '%s\n' "dane-hook: ${name:+$name: }$1" >&2
    if [ -n "${2:-}" ]; then printf '%s\n' "dane-hook: ${name:+$name: }$2" >&2; fi
    exit 1
}

# Of FILE, the last line, without what could steer a terminal.
last_line() { tail -n 1 "$1" | tr -d '\000-\037\177'; }
first_line() { head -n 1 "$1" | tr -d '\000-\037\177'; }

is_dry() { [ "$dry_run" = yes ]; }

now() { date +%s; }

# In words: SECONDS.
span() {
    if [ "$1" -ge 7200 ]; then
        printf '%s' "$(($1 / 3600)) h $(($1 % 3600 / 60)) min"
    elif [ "$1" -ge 120 ]; then
        printf '%s' "$(($1 / 60)) min $(($1 % 60)) s"
    else
        printf '%s' "$1 s"
    fi
}

need_program() {
    command -v "$1" >/dev/null 2>&1 ||
        die "the program $1 is missing." "Install it (Debian: the package $2), then start again."
}
