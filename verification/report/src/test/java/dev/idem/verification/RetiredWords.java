package dev.idem.verification;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Names and phrases that the project has given up, and the files that still have one.
 *
 * <p>The list has one entry a line: {@code word}, {@code type}, {@code phrase} or {@code except}, then a space and the
 * text. Empty lines and lines that begin with {@code #} are comments.
 */
record RetiredWords(List<Entry> entries, List<String> exceptions) {
    private static final Set<String> UNREAD_FOLDERS = Set.of("target", "data", "node_modules");
    private static final Pattern READ =
            Pattern.compile(".*\\.(?:java|md|sql|lua|yml|html|js|mjs|properties)", Pattern.DOTALL);
    /** Spaces and line breaks, with what begins a comment's line or joins two literals. */
    private static final String GAP = "[\\\\s\"+*#/-]+";

    /**
     * One line of the list.
     *
     * @param text as it stands in the list
     * @param hint in lower case, part of all that the pattern finds; looking for it first is quick
     * @param pattern finds it in a file
     * @param productOnly whether test code, the suites and the embedded servers may use it in another sense
     */
    record Entry(String text, String hint, Pattern pattern, boolean productOnly) {
        static Entry word(String name) {
            return new Entry(name, lowerCase(name), Pattern.compile("\\b" + Pattern.quote(name) + "\\b"), false);
        }

        static Entry type(String name) {
            String declaration = "^(?:[a-z-]+ )*(?:class|record|@?interface|enum) " + Pattern.quote(name) + "\\b";
            return new Entry("type " + name, lowerCase(name), Pattern.compile(declaration, Pattern.MULTILINE), true);
        }

        static Entry phrase(String phrase) {
            String pattern = "(?<!\\w)" + Pattern.quote(phrase).replaceAll(" +", "\\\\E" + GAP + "\\\\Q") + "(?!\\w)";
            String longest = Arrays.stream(phrase.split(" "))
                    .max(Comparator.comparingInt(String::length))
                    .orElseThrow();
            return new Entry(phrase, lowerCase(longest), Pattern.compile(pattern, Pattern.CASE_INSENSITIVE), false);
        }

        private static String lowerCase(String text) {
            return text.toLowerCase(Locale.ROOT);
        }

        private boolean concerns(String file) {
            return !productOnly
                    || (file.contains("src/main/java/") && !file.matches("(conformance|benchmarks|embedded)/.*"));
        }
    }

    /** @throws IllegalArgumentException if a line is no entry */
    static RetiredWords parse(List<String> lines) {
        List<Entry> entries = new ArrayList<>();
        List<String> exceptions = new ArrayList<>();
        for (String line : lines) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String text = line.substring(line.indexOf(' ') + 1);
            switch (line.substring(0, Math.max(0, line.indexOf(' ')))) {
                case "word" -> entries.add(Entry.word(text));
                case "type" -> entries.add(Entry.type(text));
                case "phrase" -> entries.add(Entry.phrase(text));
                case "except" -> exceptions.add(text);
                default -> throw new IllegalArgumentException("neither word, type, phrase nor except: " + line);
            }
        }
        return new RetiredWords(List.copyOf(entries), List.copyOf(exceptions));
    }

    /**
     * What is left, by file. A finding is {@code line: entry}. Hidden folders and build output are not read.
     *
     * @throws IOException if a file below the root cannot be read
     */
    Map<String, List<String>> in(Path root) throws IOException {
        Map<String, List<String>> found = new TreeMap<>();
        for (Path file : files(root)) {
            String name = root.relativize(file).toString().replace('\\', '/');
            List<String> left = isException(name) ? List.of() : find(name, Files.readString(file));
            if (!left.isEmpty()) {
                found.put(name, left);
            }
        }
        return found;
    }

    private boolean isException(String file) {
        return exceptions.stream().anyMatch(part -> file.startsWith(part) || file.endsWith(part));
    }

    private List<String> find(String file, String text) {
        List<String> found = new ArrayList<>();
        String lowerCase = text.toLowerCase(Locale.ROOT);
        for (Entry entry : entries) {
            if (lowerCase.contains(entry.hint()) && entry.concerns(file)) {
                entry.pattern()
                        .matcher(text)
                        .results()
                        .map(match -> line(text, match) + ": " + entry.text())
                        .forEach(found::add);
            }
        }
        return found;
    }

    private static long line(String text, MatchResult match) {
        return 1
                + text.substring(0, match.start())
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
    }

    private static List<Path> files(Path root) throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                String name = folder.getFileName().toString();
                boolean unread = !folder.equals(root) && (name.startsWith(".") || UNREAD_FOLDERS.contains(name));
                return unread ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (READ.matcher(file.getFileName().toString()).matches()) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return files;
    }
}
