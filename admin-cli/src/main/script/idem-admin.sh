#!/bin/sh
# idem-admin: a jar with this script in front of it. The flags start Java quickly; a terminal is one only if it really is.
if [ -n "$JAVA_HOME" ] && [ -x "$JAVA_HOME/bin/java" ]; then
  java=$JAVA_HOME/bin/java
elif command -v java >/dev/null 2>&1; then
  java=java
else
  echo "idem-admin needs Java 17 or newer: install it, or set JAVA_HOME." >&2
  exit 1
fi
# picocli's classes are of a version that Java verifies slowly, each time, even from an archive: what is in this file is ours and not verified.
# Class-data sharing spares most of the start. The build makes an archive beside this file. With IDEM_ADMIN_ARCHIVE the first command writes
# another, and one that is older than this file is written anew. Java itself leaves alone what is not its own, or not of this file, and has
# nothing to say about that. It would crash on half an archive, so a new one gets its name when it is complete. Only a file is replaced.
archive=
new=
if [ -z "$IDEM_ADMIN_ARCHIVE" ]; then
  if [ -f "$0.jsa" ]; then
    archive=-XX:SharedArchiveFile=$0.jsa
  fi
elif [ -f "$IDEM_ADMIN_ARCHIVE" ] && [ "$IDEM_ADMIN_ARCHIVE" -nt "$0" ]; then
  archive=-XX:SharedArchiveFile=$IDEM_ADMIN_ARCHIVE
elif [ -f "$IDEM_ADMIN_ARCHIVE" ] || [ ! -e "$IDEM_ADMIN_ARCHIVE" ]; then
  case $IDEM_ADMIN_ARCHIVE in
    */*) directory=${IDEM_ADMIN_ARCHIVE%/*}/ ;;
    *) directory=. ;;
  esac
  if [ -d "$directory" ] && [ -w "$directory" ]; then
    new=$IDEM_ADMIN_ARCHIVE.$$
    archive=-XX:ArchiveClassesAtExit=$new
  fi
fi
set -- ${archive:+"$archive"} -XX:-PrintWarnings -Xlog:disable -XX:+IgnoreUnrecognizedVMOptions -XX:+UnlockDiagnosticVMOptions -XX:-BytecodeVerificationRemote \
  -XX:-FlightRecorder -XX:-UsePerfData \
  -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xms64m -Xmn48m -Xshare:auto -Djdk.console=java.base $IDEM_ADMIN_JAVA_OPTS -jar "$0" "$@"
if [ -z "$new" ]; then
  exec "$java" "$@"
fi
# Signals must reach Java, so it runs in the background: there it ignores SIGINT, so it gets SIGTERM instead, and some shells take away its input.
if [ -e /dev/fd/0 ]; then
  exec 3<&0
else
  exec 3</dev/null
fi
"$java" "$@" <&3 3<&- &
child=$!
interrupted=
trap 'kill -TERM "$child" 2>/dev/null' TERM HUP
trap 'interrupted=yes; kill -TERM "$child" 2>/dev/null' INT
wait "$child"
code=$?
while kill -0 "$child" 2>/dev/null; do
  wait "$child"
  code=$?
done
if [ -n "$interrupted" ] && [ "$code" -eq 143 ]; then
  code=130
fi
# Java writes the archive when it ends; killed, it leaves half of one.
if [ "$code" -ge 128 ]; then
  rm -f "$new"
elif [ -f "$new" ]; then
  mv -f "$new" "$IDEM_ADMIN_ARCHIVE"
fi
exit $code
