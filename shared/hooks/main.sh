
# --- The command line ---------------------------------------------------------------------------

usage() {
    cat <<'END'
Usage: dane-hook [run] [--wait] [--dry-run] [--lineage DIR | --chain FILE --key FILE [--name NAME]]

Without arguments, started by the ACME client: takes the new certificate and does what is due.
run            does what is due for every certificate, and ends; start it every few minutes
--wait         stays until all is done
--dry-run      changes nothing, and says what it would do
--lineage DIR  takes DIR/fullchain.pem and DIR/privkey.pem
--chain FILE   takes this certificate, with those of its issuers, and the key of --key
--name NAME    what the folder for it is called
--config FILE  the configuration file
END
}

wait_for_end=no
configuration=/etc/dane-hook.conf
given_chain='' given_key='' given_name=''

read_arguments() {
    while [ $# -gt 0 ]; do
        case $1 in
        run) ;;
        --wait) wait_for_end=yes ;;
        --dry-run) dry_run=yes ;;
        --lineage | --chain | --key | --name | --config)
            if [ $# -lt 2 ]; then
                usage >&2
                exit 2
            fi
            case $1 in
            --lineage)
                given_name=${2%/}
                given_chain=$given_name/fullchain.pem given_key=$given_name/privkey.pem
                given_name=${given_name##*/}
                ;;
            --chain) given_chain=$2 ;;
            --key) given_key=$2 ;;
            --name) given_name=$2 ;;
            --config)
                [ -e "$2" ] || die "the configuration file $2 is missing."
                configuration=$2
                ;;
            esac
            shift
            ;;
        --help | -h)
            usage
            exit 0
            ;;
        *)
            usage >&2
            exit 2
            ;;
        esac
        shift
    done
    if [ -n "$given_chain" ] && [ -z "$given_key" ] || [ -z "$given_chain" ] && [ -n "$given_key" ]; then
        usage >&2
        exit 2
    fi
}

# A whole path, as later runs start elsewhere.
whole_path() {
    case $1 in
    /*) printf '%s' "$1" ;;
    *) printf '%s' "$(pwd)/$1" ;;
    esac
}

# The certificate that was handed over: into its folder.
take_given() {
    [ -n "$given_chain" ] || return 0
    given_chain=$(whole_path "$given_chain")
    given_key=$(whole_path "$given_key")
    case $given_chain$given_key in
    *'
'*) die "a file name with a line break cannot be used." ;;
    esac
    [ -r "$given_chain" ] || die "the certificate $given_chain cannot be read."
    [ -r "$given_key" ] || die "the key $given_key cannot be read."
    if ! is_for_hosts "$given_chain"; then
        openssl x509 -in "$given_chain" -noout 2>/dev/null || die "no certificate can be read from $given_chain."
        tell "the certificate $given_chain is not for $DANE_PLACES; nothing to do. (DANE_ANY_NAME=yes takes it all the same.)"
        return 0
    fi
    if [ -z "$given_name" ]; then given_name=${given_chain##*/}; fi
    given_name=$(printf '%s' "$given_name" | tr -c 'A-Za-z0-9._-' '_' | sed 's/^[.-]/_/')
    load_state "$given_name"
    if [ -n "$chain" ] && [ "$chain" != "$given_chain" ]; then
        die "the folder $home belongs to the certificate $chain." "Give the other one a name of its own with --name."
    fi
    if ! is_dry; then
        mkdir -p "$home" || die "the folder $home cannot be written."
        if [ "$chain" != "$given_chain" ] || [ "$key" != "$given_key" ]; then
            chain=$given_chain key=$given_key
            save_state
        fi
    elif [ -z "$chain" ]; then
        chain=$given_chain key=$given_key
        in_background advance
    fi
    name=''
}

# In a shell of its own, so that its end is not ours; not as `( … ) || …`, in which `set -e` would sleep.
in_background() {
    ("$@") </dev/null &
    child=$!
    wait "$child" || failed_any=yes
    child=''
}

advance_for() { # NAME
    load_state "$1"
    advance
}

# One pass over every certificate; one that fails does not keep the others waiting. Sets $pending.
pass() {
    pending=no
    for folder in "$DANE_FOLDER"/*/; do
        [ -e "${folder}state" ] || continue
        folder=${folder%/}
        in_background advance_for "${folder##*/}"
        grep -q '^phase idle$' "$folder/state" || pending=yes
    done
}

clean_up() {
    if [ -n "$child" ] && kill "$child" 2>/dev/null; then wait "$child" || :; fi
    leave_lock
    rm -rf "$work"
}

main() {
    from_environment=" $(env | sed -n 's/^\(DANE_[A-Z_]*\)=.*/\1/p; s/^\(CF_[A-Z_]*\)=.*/\1/p' | tr '\n' ' ')"
    read_arguments "$@"
    if [ -z "$given_chain" ]; then read_client; fi
    default_settings
    read_configuration
    check_settings
    need_program openssl openssl
    need_program dig bind9-dnsutils
    need_program timeout coreutils
    check_dns
    child='' failed_any=no
    work=$(mktemp -d) || die "no temporary folder can be made."
    trap clean_up EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM HUP
    if ! is_dry; then
        # The mail server passes through it; the keys are in folders that only their owner opens.
        (umask 022 && mkdir -p "$DANE_FOLDER") || die "the folder $DANE_FOLDER cannot be made."
    fi
    check_owner "$DANE_FOLDER"
    while :; do
        if ! is_dry && ! take_lock "$DANE_LOCK_SECONDS"; then
            # What was handed over must not be lost; the rest the other run does just as well.
            [ -z "$given_chain" ] || die "another dane-hook is at work since long." "Start this again: dane-hook run --chain $given_chain --key $given_key"
            tell "another dane-hook is at work; nothing to do."
            exit 0
        fi
        take_given
        given_chain=''
        pass
        leave_lock
        if [ "$failed_any" = yes ]; then exit 1; fi
        if [ "$wait_for_end" = no ] || [ "$pending" = no ] || is_dry; then exit 0; fi
        sleep "$DANE_POLL_SECONDS"
    done
}

main "$@"
