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
# Class-data sharing halves the start: the first command writes the archive, an archive that is older than the jar is written anew,
# and Java itself leaves alone what is not its own.
archive=
if [ -n "$IDEM_ADMIN_ARCHIVE" ]; then
  if [ "$IDEM_ADMIN_ARCHIVE" -nt "$0" ]; then
    archive=-XX:SharedArchiveFile=$IDEM_ADMIN_ARCHIVE
  else
    rm -f "$IDEM_ADMIN_ARCHIVE"
    archive=-XX:ArchiveClassesAtExit=$IDEM_ADMIN_ARCHIVE
  fi
fi
exec "$java" ${archive:+"$archive"} -Xlog:disable -Xlog:all=error:stderr -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto -Djdk.console=java.base $IDEM_ADMIN_JAVA_OPTS -jar "$0" "$@"
