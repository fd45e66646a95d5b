#!/bin/sh
# Builds service.jar of an earlier release out of this repository's history: build-release.sh TAG COMMIT FOLDER.
# The commit is what the tag stands for, and serves alone where a clone has no tags. Does nothing if it was built before.
set -eu
release=$1
commit=$2
folder=$3
fail() {
  echo "build-release: $1" >&2
  exit 1
}

top=$(git rev-parse --show-toplevel) || fail "the history is needed to build $release: this is no clone, or git does not trust it"
cd "$top" # git archive takes the folder that it is called in
git cat-file -e "$commit^{commit}" || fail "this clone lacks $release ($commit): git fetch --unshallow --tags"
if tagged=$(git rev-parse -q --verify "$release^{commit}") && [ "$tagged" != "$commit" ]; then
  fail "the tag $release is $tagged, not $commit"
fi
[ "$(cat "$folder/BUILT" 2>/dev/null)" != "$commit" ] || exit 0
rm -rf "$folder"
mkdir -p "$folder"
git archive "$commit" -o "$folder/sources.tar"
cd "$folder"
tar -x -f sources.tar
./mvnw -q -B -ntp -DskipTests package -pl service -am
echo "$commit" > BUILT # last, so that half a build is built again
