# What it does, in this order, each time the ACME client has a new certificate:
#   1 copies it into a folder of its own, which is where the mail server reads from;
#   2 publishes "3 1 1" of its key beside the records that stand (RFC 7671 section 8.1);
#   3 waits until every authoritative server shows it, and then two TTLs;
#   4 installs key and certificate together, reloads, looks at what the server presents,
#     and goes back to the old pair if that is not the new one;
#   5 waits two TTLs more, so that there is a way back;
#   6 removes the old record, if it is sure that it is its own and that nothing uses it.
# Every step can be repeated, and nothing is lost when it stops in between.
#
# The ACME client starts it without arguments; cron or a timer starts "run" every few minutes.
# A line "NAME=value" in the configuration file, or NAME in the environment, overrides what is here.
set -eu
umask 077
unset CDPATH
LC_ALL=C
export LC_ALL
# Cron leaves out where the commands of servers are.
PATH=${PATH:-/usr/bin:/bin}:/usr/local/sbin:/usr/sbin:/sbin
export PATH
