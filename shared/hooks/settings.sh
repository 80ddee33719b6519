
# --- Settings: environment, then configuration file, then what stands above -------------------

# Takes NAME with VALUE unless the environment had it.
take_setting() {
    case " $from_environment " in
    *" $1 "*) return 0 ;;
    esac
    case $1 in
    DANE_PLACES) DANE_PLACES=$2 ;;
    DANE_ZONE) DANE_ZONE=$2 ;;
    DANE_TTL) DANE_TTL=$2 ;;
    DANE_FOLDER) DANE_FOLDER=$2 ;;
    DANE_RELOAD) DANE_RELOAD=$2 ;;
    DANE_NAME_SERVERS) DANE_NAME_SERVERS=$2 ;;
    DANE_CONNECT) DANE_CONNECT=$2 ;;
    DANE_STARTTLS) DANE_STARTTLS=$2 ;;
    DANE_ANY_NAME) DANE_ANY_NAME=$2 ;;
    DANE_KEY_GROUP) DANE_KEY_GROUP=$2 ;;
    DANE_POLL_SECONDS) DANE_POLL_SECONDS=$2 ;;
    DANE_VERIFY_SECONDS) DANE_VERIFY_SECONDS=$2 ;;
    DANE_RETRY_SECONDS) DANE_RETRY_SECONDS=$2 ;;
    DANE_LAG_SECONDS) DANE_LAG_SECONDS=$2 ;;
    DANE_DNS_SECONDS) DANE_DNS_SECONDS=$2 ;;
    DANE_LOCK_SECONDS) DANE_LOCK_SECONDS=$2 ;;
    *) take_dns_setting "$1" "$2" ;;
    esac
}

# It is read line by line, never run; a value may stand in quotes.
read_configuration() {
    [ -e "$configuration" ] || return 0
    check_owner "$configuration"
    line_number=0 holds_secret=no
    while IFS= read -r line || [ -n "$line" ]; do
        line_number=$((line_number + 1))
        case $line in
        '' | '#'*) continue ;;
        *=*) ;;
        *) die "$configuration, line $line_number: not a line such as NAME=value." ;;
        esac
        value=${line#*=}
        case $value in
        \"*\") value=${value#\"} value=${value%\"} ;;
        \'*\') value=${value#\'} value=${value%\'} ;;
        esac
        if is_secret "${line%%=*}" && [ -n "$value" ]; then holds_secret=yes; fi
        take_setting "${line%%=*}" "$value" ||
            die "$configuration, line $line_number: there is no setting ${line%%=*}."
    done <"$configuration"
    if [ "$holds_secret" = yes ]; then check_secret "$configuration"; fi
}

# FILE: whoever may write it decides what is done here as root.
check_owner() {
    [ -z "$(find -L "$1" -prune ! -type c \( -perm -0002 -o ! -user 0 ! -user "$(id -u)" \) 2>/dev/null)" ] ||
        die "others may write $1, or own it." "Give it to the user that starts this, and run: chmod o-w $1"
}

check_secret() { # FILE
    [ -z "$(find -L "$1" -prune ! -type c -perm -0004)" ] || die "every user of this machine may read the secret in $1." "Run: chmod o= $1"
}

check_count() { # NAME VALUE
    case $2 in
    '' | *[!0-9]* | 0?* | ??????????*) die "$1 is \"$2\", which is not a number of seconds." ;;
    esac
}

check_name() { # SETTING VALUE: what a host or zone may be made of (RFC 1123 section 2.1, and underscores)
    case $2 in
    '' | -* | .* | *. | *..* | *[!A-Za-z0-9._-]*) die "$1 holds \"$2\", which is no name in DNS." ;;
    esac
}

check_address() { # SETTING VALUE, where VALUE is ADDRESS or ADDRESS#PORT
    case $2 in
    *[!0-9A-Fa-f.:#]* | '') die "$1 holds \"$2\", which is not an address, nor address#port." ;;
    esac
}

check_settings() {
    DANE_PLACES=$(printf '%s' "$DANE_PLACES" | tr '[:upper:]' '[:lower:]')
    DANE_ZONE=$(printf '%s' "$DANE_ZONE" | tr '[:upper:]' '[:lower:]')
    [ -n "$DANE_PLACES" ] || die "DANE_PLACES is empty." "Set it to the mail host and its port, such as mail.example.org:25."
    for place in $DANE_PLACES; do
        check_name DANE_PLACES "${place%:*}"
        case ${place##*:} in
        '' | *[!0-9]* | ??????*) die "DANE_PLACES holds \"$place\", which is not host:port." ;;
        esac
    done
    [ -z "$DANE_ZONE" ] || check_name DANE_ZONE "$DANE_ZONE"
    for address in $DANE_NAME_SERVERS; do check_address DANE_NAME_SERVERS "$address"; done
    for address in $DANE_CONNECT; do check_address DANE_CONNECT "$address"; done
    check_count DANE_TTL "$DANE_TTL"
    check_count DANE_POLL_SECONDS "$DANE_POLL_SECONDS"
    check_count DANE_VERIFY_SECONDS "$DANE_VERIFY_SECONDS"
    check_count DANE_RETRY_SECONDS "$DANE_RETRY_SECONDS"
    check_count DANE_LAG_SECONDS "$DANE_LAG_SECONDS"
    check_count DANE_DNS_SECONDS "$DANE_DNS_SECONDS"
    check_count DANE_LOCK_SECONDS "$DANE_LOCK_SECONDS"
    case $DANE_STARTTLS in
    auto | none | smtp | imap | pop3) ;;
    *) die "DANE_STARTTLS is \"$DANE_STARTTLS\"." "It is auto, none, smtp, imap or pop3." ;;
    esac
    case $DANE_FOLDER in
    /*) ;;
    *) die "DANE_FOLDER is \"$DANE_FOLDER\"." "Set it to a whole path, such as /etc/dane-hook." ;;
    esac
    [ -n "$DANE_RELOAD" ] || die "DANE_RELOAD is empty." "Set it to the command that makes the mail server read its certificate again."
}
