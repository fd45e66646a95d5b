package dev.idem.conformance.report;

import dev.idem.conformance.profile.Profile;
import dev.idem.conformance.suite.Case;
import dev.idem.conformance.suite.Need;
import dev.idem.conformance.suite.Position;
import dev.idem.conformance.suite.Source;
import dev.idem.conformance.suite.Theme;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The page {@code docs/conformance.md}: how to use the suite, and each case. */
public final class CasesPage {
    private static final String INTRODUCTION = "introduction.md";

    private CasesPage() {}

    /** In Markdown. */
    public static String of(List<Theme> themes) {
        long count = themes.stream().mapToLong(theme -> theme.cases().size()).sum();
        return introduction() + sources() + "\n## The cases\n\nThere are " + count + ".\n"
                + themes.stream().map(CasesPage::theme).collect(Collectors.joining());
    }

    private static String introduction() {
        try (InputStream file =
                Objects.requireNonNull(CasesPage.class.getResourceAsStream(INTRODUCTION), INTRODUCTION)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sources() {
        return Arrays.stream(Source.values())
                .map(source -> "| `" + source + "` | " + source.title() + " |\n")
                .collect(Collectors.joining("", "\n## The sources\n\n| name | what it is |\n|---|---|\n", ""));
    }

    private static String theme(Theme theme) {
        return "\n### " + theme.title() + "\n\n"
                + theme.cases().stream().map(CasesPage::entry).collect(Collectors.joining());
    }

    private static String entry(Case one) {
        return "- **`" + one.id() + "`** " + one.title() + ". *" + one.reference() + "*" + needs(one) + "  \n"
                + expectations(one)
                + one.positions().stream().map(CasesPage::position).collect(Collectors.joining());
    }

    private static String needs(Case one) {
        return one.needs().isEmpty()
                ? ""
                : one.needs().stream().sorted().map(Need::name).collect(Collectors.joining(", ", " (needs ", ")"));
    }

    /** Profiles that expect the same share a line. */
    private static String expectations(Case one) {
        Map<String, List<Profile>> by = new LinkedHashMap<>();
        for (Profile profile : Profile.values()) {
            String text = one.exclusion(profile)
                    .map(reason -> "not run: " + reason)
                    .orElseGet(() -> one.expectation(profile));
            by.merge(text, List.of(profile), (some, more) -> Stream.concat(some.stream(), more.stream())
                    .toList());
        }
        return by.entrySet().stream()
                .map(entry -> "  " + names(entry.getValue()) + ": " + entry.getKey() + "  \n")
                .collect(Collectors.joining());
    }

    private static String names(List<Profile> profiles) {
        return profiles.size() == Profile.values().length
                ? "All profiles"
                : profiles.stream().map(profile -> "`" + profile.label() + "`").collect(Collectors.joining(", "));
    }

    private static String position(Position position) {
        return "  - " + position.source() + ": " + position.says() + "\n";
    }
}
