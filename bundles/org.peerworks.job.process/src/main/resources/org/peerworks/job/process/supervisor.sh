#!/bin/sh
# supervisor STEP_DIRECTORY CLAIM LOG WORKING_DIRECTORY COMMAND [ARGUMENT...]
# Runs one command as the leader of its session and process group, and outlives whoever started it.
# What others wrote is only ever in "$@".
step=$1
claim=$2
log=$3
working=$4
shift 4

set -f
read -r stat < "/proc/$$/stat" || exit 1
read -r boot < /proc/sys/kernel/random/boot_id || exit 1
n=0
for field in ${stat##*) }; do
  n=$((n + 1))
  [ "$n" -eq 20 ] && ticks=$field && break
done
set +f

trap '' HUP
trap : TERM INT QUIT
# Both files are there with blanks in them: the disk may be full by the time they are written.
printf '%s' "$$ $ticks $boot" 1<> "$claim" || exit 1
# a link, so that whoever gave up waiting for us, or started another of us, can take the name before us
ln "$claim" "$step/pid" || exit 1
exec < /dev/null >> "$log" 2>&1 || exit 1

# We stand in the directory for temporary files, so that it has a short name wherever it lies:
# the address of a Unix socket has 107 bytes, and programs put sockets below TMPDIR.
: "${TMPDIR:=/proc/$$/cwd}"
export TMPDIR

# A command in the background would ignore SIGINT and SIGQUIT. Between fork and exec a signal is
# lost on it, so the file tells when it is past that.
env --chdir="$working" --default-signal=HUP,INT,QUIT,PIPE,TERM -- \
  /bin/sh -c ': > "$0"; exec "$@"' "$step/running" "$@" &
child=$!
while :; do
  wait "$child"
  status=$?
  [ "$status" -le 128 ] && break
  # Either a signal ended the command, or one to us interrupted the wait.
  kill -0 "$child" 2> /dev/null && continue
  wait "$child"
  again=$?
  # 127: the shell has told its status already. Otherwise the command ended just as the signal came.
  [ "$again" -ne 127 ] && status=$again
  break
done

# Sets $others to the processes of this group that still run, without this one.
find_others() {
  others=
  for file in /proc/[0-9]*/stat; do
    { read -r stat < "$file"; } 2> /dev/null || continue
    pid=${file#/proc/}
    pid=${pid%/stat}
    set -- ${stat##*) }
    [ "$3" = "$$" ] && [ "$pid" != "$$" ] || continue
    case $1 in
      Z | X) ;;
      *) others="$others $pid" ;;
    esac
  done
}

tries=0
find_others
while [ -n "$others" ]; do
  tries=$((tries + 1))
  if [ "$tries" -eq 3 ]; then
    echo "The program has ended and left processes behind; they are ended too."
    kill -s TERM -- "-$$"
  elif [ "$tries" -gt 50 ]; then
    kill -s KILL $others 2> /dev/null
  fi
  sleep 0.1
  find_others
done

tries=0
until printf '%s' "$status" 1<> "$step/exit.tmp" && mv "$step/exit.tmp" "$step/exit"; do
  tries=$((tries + 1))
  [ "$tries" -gt 60 ] && exit 1
  sleep 1
done
exit "$status"
