
# --- Changes in DNS: the API of Cloudflare ---------------------------------------------------

take_dns_setting() {
    case $1 in
    CF_API) CF_API=$2 ;;
    CF_API_TOKEN) CF_API_TOKEN=$2 ;;
    CF_API_TOKEN_FILE) CF_API_TOKEN_FILE=$2 ;;
    CF_ZONE_ID) CF_ZONE_ID=$2 ;;
    *) return 1 ;;
    esac
}

is_secret() { [ "$1" = CF_API_TOKEN ]; }

check_dns() {
    need_program curl curl
    need_program jq jq
    # From here on no other program has it in its environment.
    token=$CF_API_TOKEN
    unset CF_API_TOKEN
    if [ -z "$token" ]; then
        [ -n "$CF_API_TOKEN_FILE" ] || die "there is no token." "Set CF_API_TOKEN_FILE to a file with an API token that may edit the zone's DNS, or CF_API_TOKEN to the token."
        [ -r "$CF_API_TOKEN_FILE" ] || die "the token file $CF_API_TOKEN_FILE cannot be read."
        check_secret "$CF_API_TOKEN_FILE"
        read -r token <"$CF_API_TOKEN_FILE" || [ -n "$token" ] || die "the token file $CF_API_TOKEN_FILE is empty."
    fi
    case $token in
    '' | *[!A-Za-z0-9_.-]*) die "the API token holds characters that no token has." ;;
    esac
    case $CF_ZONE_ID in
    *[!0-9A-Za-z]*) die "CF_ZONE_ID is no zone identifier." ;;
    esac
    case $CF_API in
    https://* | http://127.0.0.1:* | http://\[::1\]:*) ;;
    *) die "CF_API is \"$CF_API\"." "It begins with https://, as the token would otherwise be readable on the way." ;;
    esac
}

# METHOD PATH [BODY]: the reply into the file "reply", its status into $status. The token goes in by
# standard input: what stands on a command line, every user of the machine can read.
call() {
    tries=0
    while :; do
        set -- "$1" "$2" "${3:-}"
        if [ -n "$3" ]; then
            printf '%s' "$3" >"$work/body"
            status=$(authorization | curl -q -sS -K - -X "$1" -H 'Content-Type: application/json' --data-binary "@$work/body" \
                --max-time 30 --max-filesize 4000000 -D "$work/headers" -o "$work/reply" -w '%{http_code}' "$CF_API$2" 2>"$work/curl") || status=''
        else
            status=$(authorization | curl -q -sS -K - -X "$1" \
                --max-time 30 --max-filesize 4000000 -D "$work/headers" -o "$work/reply" -w '%{http_code}' "$CF_API$2" 2>"$work/curl") || status=''
        fi
        [ -n "$status" ] || die "the API of Cloudflare was not reached: $(first_line "$work/curl")" "It is tried again at the next run."
        tries=$((tries + 1))
        if [ "$status" != 429 ] || [ "$tries" -ge 3 ]; then break; fi
        pause=$(tr -d '\r' <"$work/headers" | awk 'tolower($1) == "retry-after:" && $2 ~ /^[0-9]+$/ { print $2; exit }')
        [ "${pause:-5}" -le 60 ] || break
        sleep "${pause:-5}"
    done
    jq -e 'type == "object"' "$work/reply" >/dev/null 2>&1 || die "the API of Cloudflare answered $status, and not in JSON." "It is tried again at the next run."
}

authorization() { printf 'header = "Authorization: Bearer %s"\n' "$token"; }

succeeded() { jq -e '.success == true' "$work/reply" >/dev/null; }

# CODE…: does the reply hold an error of one of these numbers?
failed_with() {
    jq -e --args '[.errors[]?.code | tostring] - ([.errors[]?.code | tostring] - $ARGS.positional) | length > 0' "$@" \
        <"$work/reply" >/dev/null
}

refused() { # WHAT
    die "Cloudflare did not $1 ($status): $(jq -r '[.errors[]? | "\(.code) \(.message)"] | join("; ")' "$work/reply" | tr -d '\000-\037')" \
        "$(case $status in
        401 | 403 | 400) echo "Check the token: it needs the permission to edit the DNS of $zone." ;;
        429) echo 'Too many requests; it is tried again at the next run.' ;;
        *) echo 'It is tried again at the next run.' ;;
        esac)"
}

# Sets $zone_id of $zone.
find_zone_id() {
    zone_id=$CF_ZONE_ID
    [ -z "$zone_id" ] || return 0
    call GET "/zones?name=$zone"
    succeeded || refused "show the zone $zone"
    zone_id=$(jq -r --arg zone "$zone" '[.result[]? | select(.name == $zone) | .id] | first // ""' "$work/reply")
    case $zone_id in
    '' | *[!0-9A-Za-z]*) die "Cloudflare has no zone $zone that this token may see." "Check the token, or set CF_ZONE_ID." ;;
    esac
}

add_records() { # OWNER TTL HASH…, after a look
    added_owner=$1 added_ttl=$2
    shift 2
    find_zone_id
    for added_hash in "$@"; do
        request=$(jq -cn --arg name "$added_owner" --arg hash "$added_hash" --argjson ttl "$added_ttl" '
            { type: "TLSA", name: $name, ttl: $ttl, data: { usage: 3, selector: 1, matching_type: 1, certificate: $hash } }')
        call POST "/zones/$zone_id/dns_records" "$request"
        if succeeded; then continue; fi
        # 81057 and 81058: the record is there already, which is what was wanted.
        failed_with 81057 81058 || refused "add the record to $added_owner"
        # Somebody else made it just now, so it is not for this script to remove.
        case " $claimed_now " in
        *" $added_hash "*)
            disclaim "$added_owner" "$added_hash"
            save_state
            ;;
        esac
    done
}

delete_record() { # OWNER HASH, after a look
    find_zone_id
    page=1
    : >"$work/ids"
    while :; do
        call GET "/zones/$zone_id/dns_records?type=TLSA&name=$1&per_page=100&page=$page"
        succeeded || refused "show the records of $1"
        # Digits may come in upper case and in groups.
        jq -r --arg name "$1" --arg hash "$2" '.result[]
            | select(.type == "TLSA" and (.name | ascii_downcase) == ($name | ascii_downcase))
            | select(.data.usage == 3 and .data.selector == 1 and .data.matching_type == 1)
            | select((.data.certificate | ascii_downcase | gsub("[^0-9a-f]"; "")) == $hash) | .id' "$work/reply" >>"$work/ids" ||
            die "the list of records from Cloudflare is not understood." "Nothing was removed."
        [ "$page" -lt "$(jq -r '.result_info.total_pages // 1 | if . > 50 then 50 else . end' "$work/reply")" ] || break
        page=$((page + 1))
    done
    while read -r id; do
        case $id in
        '' | *[!0-9A-Za-z]*) die "an identifier from Cloudflare is not understood." "Nothing was removed." ;;
        esac
        call DELETE "/zones/$zone_id/dns_records/$id"
        # 81044: it is gone already.
        succeeded || failed_with 81044 || refused "remove the record of $1"
    done <"$work/ids"
}
