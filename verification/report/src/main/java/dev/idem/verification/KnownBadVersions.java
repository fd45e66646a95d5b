package dev.idem.verification;

import java.io.IOException;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The list {@code security/known-bad-versions.txt}: what the programs may not hold. */
record KnownBadVersions(List<Entry> entries) {
    private static final Pattern LINE = Pattern.compile(
            "(?<name>[^\\s:]+(:[^\\s:]+)?)(\\s+>=\\s*(?<from>\\S+))?\\s+<\\s*(?<fixed>\\S+)\\s+#\\s*(?<why>.+)");

    /**
     * @param name a group, or a group and an artifact of it
     * @param from the first bad version; empty if there is no earlier good one
     * @param fixed the first good version
     * @param why the advisory
     */
    record Entry(String name, Optional<Version> from, Version fixed, String why) {
        static Entry of(String line) {
            Matcher parts = LINE.matcher(line.strip());
            if (!parts.matches()) {
                throw new IllegalArgumentException("must be NAME [>= VERSION] < VERSION # ADVISORY, not: " + line);
            }
            return new Entry(
                    parts.group("name"),
                    Optional.ofNullable(parts.group("from")).map(Version::parse),
                    Version.parse(parts.group("fixed")),
                    parts.group("why"));
        }

        boolean means(Library library) {
            return names(library) && holds(Version.parse(library.version()));
        }

        private boolean names(Library library) {
            return name.equals(library.group()) || name.equals(library.group() + ':' + library.artifact());
        }

        private boolean holds(Version version) {
            return version.compareTo(fixed) < 0
                    && from.map(first -> version.compareTo(first) >= 0).orElse(true);
        }
    }

    /**
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException naming the line that is wrong
     */
    static KnownBadVersions read(Path file) throws IOException {
        return of(Files.readAllLines(file));
    }

    static KnownBadVersions of(List<String> lines) {
        return new KnownBadVersions(lines.stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(Entry::of)
                .toList());
    }

    /** A line for each library that is bad, with the version that mends it and the advisory. */
    List<String> among(Collection<Library> libraries) {
        return libraries.stream()
                .flatMap(library -> entries.stream()
                        .filter(entry -> entry.means(library))
                        .map(entry -> library + ": " + entry.fixed() + " is the first good one, see " + entry.why()))
                .toList();
    }
}
