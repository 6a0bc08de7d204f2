#!/usr/bin/env bash
# Runs a command beside real mail servers of its own: OpenSMTPD, which takes mail for every address of ps.test and bounces what goes to gone.ps.test, and Dovecot, which keeps it
# and is the door for senders who want TLS, on free ports of the loopback and in a temporary folder, gone when the command ends. Any address is a mailbox that opens with the one password.
#   eng/with-mail.sh dotnet test --no-build --filter-class '*MailJourneyTests'
# The command finds them in PREMIUMSUPPORT_TEST_MAIL, key=value pairs separated by semicolons:
#   Host, Domain, Password   the machine, the addresses' domain and every mailbox's password
#   Smtp, Imap               ports that speak in the clear
#   SmtpStartTls, SmtpTls    ports that insist on STARTTLS or begin with TLS, and ask for any address of ps.test with the password
#   ImapStartTls, ImapTls    likewise
#   Imapd                    a program: "$Imapd kill" kills Dovecot with all of its sessions, "$Imapd start" starts it again on the same ports and mail
# The certificate, for "localhost" and 127.0.0.1, is one that .NET trusts through SSL_CERT_DIR, in this command only.
# OpenSMTPD has to be started by root; where we are somebody else, sudo does it. Its spool is a file system of its own where the kernel allows that to be
# made, else two of these take turns.
set -uo pipefail
[ $# -ge 1 ] || { echo "usage: eng/with-mail.sh command [argument...]" >&2; exit 2; }

smtpd=${PREMIUMSUPPORT_SMTPD:-/usr/sbin/smtpd}
dovecot=${PREMIUMSUPPORT_DOVECOT:-/usr/sbin/dovecot}
for program in "$smtpd" "$dovecot" /usr/lib/dovecot/lmtp /usr/lib/dovecot/imap /usr/lib/dovecot/submission; do
  [ -x "$program" ] || { echo "$program is missing; eng/test.sh installs it." >&2; exit 1; }
done

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }

folder=$(mktemp -d /tmp/premium-support-mail-XXXXXX)
chmod 755 "$folder"
# The servers' own user where we are root, for Dovecot needs none of root's rights.
if [ "$(id -u)" = 0 ]; then owner=dovecot; as_owner="runuser -u dovecot --"; else owner=$(id -un); as_owner=; fi

stop() {
  [ -f "$folder/smtpd.pid" ] && as_root kill -- "-$(cat "$folder/smtpd.pid")" 2>/dev/null
  "$folder/imapd" kill 2>/dev/null
  as_root rm -rf "$folder"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

free_ports() {
  local port found=()
  while [ ${#found[@]} -lt "$1" ]; do
    port=$((RANDOM % 12000 + 20000))
    [[ " ${found[*]:-} " == *" $port "* ]] && continue
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || found+=("$port")
  done
  echo "${found[@]}"
}

answers() { for _ in $(seq 100); do (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null && return 0; sleep 0.1; done; return 1; }

mkdir "$folder/trusted"
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost -addext "subjectAltName=DNS:localhost,IP:127.0.0.1" \
  -keyout "$folder/key.pem" -out "$folder/trusted/mail.pem" 2>/dev/null || { echo "openssl could not make a certificate." >&2; exit 1; }
ln -s mail.pem "$folder/trusted/$(openssl x509 -hash -noout -in "$folder/trusted/mail.pem").0"
[ -z "$as_owner" ] || chown "$owner" "$folder/key.pem"
password=secret

configure() {
  cat > "$folder/smtpd.conf" <<CONF
table everybody { "@" = "$owner" }
queue ttl 1d
smtp max-message-size "40M"
listen on 127.0.0.1 port $1 hostname mx.ps.test
action "keep" lmtp "127.0.0.1:$4" rcpt-to virtual <everybody>
action "refuse" mda "echo nobody of that name; exit 67" virtual <everybody>
match from any for domain "ps.test" action "keep"
match from any for domain "gone.ps.test" action "refuse"
CONF
  cat > "$folder/dovecot.conf" <<CONF
base_dir = $folder/run
state_dir = $folder/state
log_path = $folder/run/dovecot.log
protocols = imap lmtp submission
hostname = mx.ps.test
submission_relay_host = 127.0.0.1
submission_relay_port = $1
submission_max_mail_size = 40M
listen = 127.0.0.1
ssl = yes
ssl_cert = <$folder/trusted/mail.pem
ssl_key = <$folder/key.pem
disable_plaintext_auth = no
default_internal_user = $owner
default_internal_group = $(id -gn "$owner")
default_login_user = $owner
mail_location = maildir:$folder/mail/%u
mail_uid = $owner
mail_gid = $(id -gn "$owner")
first_valid_uid = 1
auth_mechanisms = plain login
mail_fsync = never
passdb {
  driver = static
  args = password=$password
}
userdb {
  driver = static
  args = uid=$owner gid=$(id -gn "$owner") home=$folder/mail/%u allow_all_users=yes
}
namespace inbox {
  inbox = yes
}
service imap-login {
  chroot =
  inet_listener imap {
    port = $5
  }
  inet_listener imaps {
    port = $6
  }
}
protocol submission {
  ssl = required
}
service submission-login {
  chroot =
  inet_listener submission {
    port = $2
  }
  inet_listener submissions {
    port = $3
    ssl = yes
  }
}
service imap {
  process_limit = 500
}
service anvil {
  chroot =
}
service stats {
  chroot =
}
service lmtp {
  inet_listener lmtp {
    address = 127.0.0.1
    port = $4
  }
}
CONF
}

cat > "$folder/imapd" <<PROGRAM
#!/usr/bin/env bash
case "\${1:-}" in
  start) exec $as_owner "$dovecot" -c "$folder/dovecot.conf" ;;
  kill)
    [ -f "$folder/run/master.pid" ] || exit 0
    master=\$(cat "$folder/run/master.pid")
    # Asked for before, for nobody is a dead master's child; killed after, for a living master would start others.
    sessions=\$(pgrep -P "\$master")
    kill -KILL "\$master" \$sessions
    rm -f "$folder/run/master.pid" ;;
  *) echo "usage: \$0 start|kill" >&2; exit 2 ;;
esac
PROGRAM
chmod 755 "$folder/imapd"

# A spool and a control socket of its own, where a mount of its own may be made; they have fixed places.
alone=(flock /tmp/premium-support-smtpd.lock)
if as_root unshare -m true 2>/dev/null; then
  alone=(unshare -m sh -c 'mount -t tmpfs tmpfs /run && mkdir -p /var/spool/smtpd && mount -t tmpfs -o mode=711 tmpfs /var/spool/smtpd && exec "$@"' sh)
fi

started=
for _ in 1 2 3; do
  # Another program may take a port between the look and the start; then others are tried.
  read -r smtp smtp_start smtps lmtp imap imaps <<< "$(free_ports 6)"
  configure "$smtp" "$smtp_start" "$smtps" "$lmtp" "$imap" "$imaps"
  mkdir -p "$folder/run" "$folder/state" "$folder/mail"
  [ -z "$as_owner" ] || chown -R "$owner" "$folder/run" "$folder/state" "$folder/mail"
  "$folder/imapd" start || continue
  as_root setsid sh -c 'echo $$ > "$0" && exec "$@"' "$folder/smtpd.pid" "${alone[@]}" "$smtpd" -d -f "$folder/smtpd.conf" > "$folder/smtpd.log" 2>&1 &
  answers "$imap" && answers "$lmtp" && answers "$smtp" && { started=1; break; }
  as_root kill -- "-$(cat "$folder/smtpd.pid")" 2>/dev/null
  "$folder/imapd" kill
done
[ -n "$started" ] || { cat "$folder/smtpd.log" "$folder/run/dovecot.log" >&2; exit 1; }

export SSL_CERT_DIR="$folder/trusted" SSL_CERT_FILE="${SSL_CERT_FILE:-/etc/ssl/certs/ca-certificates.crt}"
export PREMIUMSUPPORT_TEST_MAIL="Host=127.0.0.1;Domain=ps.test;Password=$password;Smtp=$smtp;SmtpStartTls=$smtp_start;SmtpTls=$smtps;Imap=$imap;ImapStartTls=$imap;ImapTls=$imaps;Imapd=$folder/imapd"
"$@"
