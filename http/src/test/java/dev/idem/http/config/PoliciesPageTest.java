package dev.idem.http.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.http.policy.RoutePolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The examples of docs/policies.md and docs/fingerprint.md are valid configuration. */
class PoliciesPageTest {
    private static final Pattern SECTION = Pattern.compile("```yaml\nidempotency:\n(.*?)```", Pattern.DOTALL);
    private static final Pattern POLICY = Pattern.compile("\\| `(\\{ .* })` \\|");

    @Test
    void theSectionsAreRead() throws Exception {
        for (String page : List.of("policies.md", "fingerprint.md")) {
            List<String> sections = find(SECTION, page);

            assertThat(sections).isNotEmpty();
            for (String section : sections) {
                assertThat(new Yaml(section).as(IdempotencyConfiguration.class).rules())
                        .isNotNull();
            }
        }
    }

    @Test
    void thePoliciesOfOthersAreRead() throws Exception {
        List<String> policies = find(POLICY, "policies.md");

        assertThat(policies).hasSize(3);
        for (String policy : policies) {
            assertThat(new Yaml(policy).as(PolicyConfiguration.class).over(RoutePolicy.DEFAULT))
                    .isNotEqualTo(RoutePolicy.DEFAULT);
        }
    }

    private static List<String> find(Pattern pattern, String page) throws Exception {
        String text = Files.readString(Path.of("..", "docs", page));
        return pattern.matcher(text).results().map(match -> match.group(1)).toList();
    }
}
