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
exec "$java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto -Djdk.console=java.base $IDEM_ADMIN_JAVA_OPTS -jar "$0" "$@"
