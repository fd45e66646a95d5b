package dev.idem.http.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.core.engine.waiting.ClientLiveness;
import dev.idem.http.policy.CallerDiscriminator;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallerIdentityTest {
    private static final CallerDiscriminator SESSION =
            new CallerDiscriminator(List.of("X-Session"), Optional.of(Set.of("session")));

    /** @param lines {@code Name: value} each */
    private record Sent(List<String> lines, Optional<String> principal) implements IncomingRequest {

        static Sent of(String... lines) {
            return new Sent(Arrays.asList(lines), Optional.empty());
        }

        @Override
        public String method() {
            return "POST";
        }

        @Override
        public String rawPath() {
            return "/orders";
        }

        @Override
        public @Nullable String rawQuery() {
            return null;
        }

        @Override
        public List<String> headers(String name) {
            return lines.stream()
                    .filter(line -> line.regionMatches(true, 0, name + ": ", 0, name.length() + 2))
                    .map(line -> line.substring(name.length() + 2))
                    .toList();
        }

        @Override
        public ClientLiveness caller() {
            return ClientLiveness.PRESENT;
        }

        @Override
        public Optional<byte[]> body(long limit) {
            return Optional.of(new byte[0]);
        }

        @Override
        public void reserveAnswer(long bytes) {
            // No response here.
        }
    }

    private static SortedMap<String, String> of(CallerDiscriminator marks, String... lines) {
        return CallerIdentity.of(Sent.of(lines), marks);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Authorization: a     | Authorization: b",
                "Authorization: a     | Authorization: A",
                "Authorization: a     | X-Other: a",
                "Authorization: a;b=c | Cookie: b=c",
                "Cookie: a=1          | Cookie: a=2",
                "Cookie: a=1          | Cookie: a=1; b=2",
                "Cookie: a=1; a=2     | Cookie: a=2; a=1",
                "Cookie: a=1          | X-Other: a=1"
            })
    void whoSaysSomethingElseIsSomebodyElse(String one, String another) {
        assertThat(of(CallerDiscriminator.USUAL, one)).isNotEqualTo(of(CallerDiscriminator.USUAL, another));
    }

    @Test
    void linesAreNotJoinedToTheSame() {
        assertThat(of(CallerDiscriminator.USUAL, "Authorization: a", "Authorization: b"))
                .isNotEqualTo(of(CallerDiscriminator.USUAL, "Authorization: a,b"))
                .isNotEqualTo(of(CallerDiscriminator.USUAL, "Authorization: a, b"))
                .isNotEqualTo(of(CallerDiscriminator.USUAL, "Authorization: b", "Authorization: a"))
                .isNotEqualTo(of(CallerDiscriminator.USUAL, "Authorization: a"));
    }

    @Test
    void cookiesAreTheSameInWhateverLinesAndOrder() {
        assertThat(of(CallerDiscriminator.USUAL, "Cookie: a=1; b=2"))
                .isEqualTo(of(CallerDiscriminator.USUAL, "Cookie: b=2;a=1"))
                .isEqualTo(of(CallerDiscriminator.USUAL, "Cookie: b=2", "Cookie: a=1"))
                .isEqualTo(of(CallerDiscriminator.USUAL, "cookie: a=1;; b=2;"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Cookie: session=ann          | Cookie: session=bob",
                "Cookie: session=ann,1        | Cookie: session=ann,2",
                "Cookie: a=1, session=ann     | Cookie: a=1, session=bob",
                "Cookie: Session=ann          | Cookie: Session=bob",
                "Cookie: session = ann        | Cookie: session = bob",
                "Cookie: session              | Cookie: a=1",
                "X-Session: ann               | X-Session: bob",
            })
    void whatARouteNamesTellsCallersApart(String one, String another) {
        assertThat(of(SESSION, one)).isNotEqualTo(of(SESSION, another));
    }

    @Test
    void otherCookiesDoNotCountWhereSomeAreNamed() {
        assertThat(of(SESSION, "Cookie: seen=1; session=ann")).isEqualTo(of(SESSION, "Cookie: session=ann; seen=2"));
        assertThat(of(new CallerDiscriminator(List.of(), Optional.of(Set.of())), "Cookie: session=ann"))
                .isEmpty();
    }

    @Test
    void aNameThatTheApplicationKnowsStandsForTheUsualOnes() {
        List<String> lines = List.of("Authorization: a", "Cookie: a=1; session=s", "X-Session: x");

        assertThat(CallerIdentity.of(new Sent(lines, Optional.of("ann")), CallerDiscriminator.USUAL))
                .isEqualTo(Map.of(":principal", "ann"));
        assertThat(CallerIdentity.of(new Sent(lines, Optional.of("ann")), SESSION))
                .isEqualTo(Map.of(":principal", "ann", "cookie", "session=s", "x-session", "x"));
    }
}
