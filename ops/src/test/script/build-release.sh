#!/bin/sh
# Builds service.jar of an earlier release out of this repository's history: build-release.sh TAG COMMIT FOLDER.
# The commit stands for the tag where a clone has no tags. Does nothing if it was built before.
set -eu
jar=$3/service/target/service.jar
[ ! -f "$jar" ] || exit 0
cd "$(git rev-parse --show-toplevel)" # git archive takes the folder that it is called in
release=$1
git rev-parse -q --verify "$release^{commit}" >/dev/null || release=$2
rm -rf "$3"
mkdir -p "$3"
git archive "$release" | tar -x -C "$3"
cd "$3"
./mvnw -q -B -ntp -DskipTests package -pl service -am
