package dev.idem.ops;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What an expression in PromQL asks for: not a parser, but enough for expressions that are written as ours are.
 *
 * @param metrics the names of metrics, recorded ones too
 * @param labels the labels that are compared or grouped by
 */
record Expression(Set<String> metrics, Set<String> labels) {
    private static final Pattern TEXT = Pattern.compile("\"[^\"]*\"");
    private static final Pattern RANGE = Pattern.compile("\\[[^]]*]");
    private static final Pattern MATCHER = Pattern.compile("(\\w+)\\s*(?:=~|!=|!~|=)");
    private static final Pattern SELECTOR = Pattern.compile("\\{([^}]*)}");
    private static final Pattern GROUPING = Pattern.compile("\\b(?:by|without|on|ignoring)\\s*\\(([^)]*)\\)");
    private static final Pattern OFFSET = Pattern.compile("\\boffset\\s+\\w+");
    private static final Pattern NAME = Pattern.compile("(?<![\\w:.])([a-zA-Z_][\\w:]*)(?![\\w:]*\\s*\\()");
    private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool", "sum", "min", "max", "count", "avg");

    static Expression of(String text) {
        String plain = RANGE.matcher(TEXT.matcher(text).replaceAll("\"\"")).replaceAll("");
        Set<String> labels = new TreeSet<>();
        Matcher selectors = SELECTOR.matcher(plain);
        while (selectors.find()) {
            MATCHER.matcher(selectors.group(1)).results().forEach(found -> labels.add(found.group(1)));
        }
        Matcher groupings = GROUPING.matcher(plain);
        while (groupings.find()) {
            for (String label : groupings.group(1).split(",", -1)) {
                labels.add(label.strip());
            }
        }
        String names = OFFSET.matcher(
                        GROUPING.matcher(SELECTOR.matcher(plain).replaceAll("")).replaceAll(""))
                .replaceAll("");
        return new Expression(
                NAME.matcher(names)
                        .results()
                        .map(found -> found.group(1))
                        .filter(name -> !WORDS.contains(name))
                        .collect(Collectors.toCollection(TreeSet::new)),
                labels);
    }
}
