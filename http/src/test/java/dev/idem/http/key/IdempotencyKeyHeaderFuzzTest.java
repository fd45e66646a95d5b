package dev.idem.http.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import dev.idem.verification.support.FormOfProperties;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/** Any header value names one good key, or is refused with a sentence. */
@AddLifecycleHook(FormOfProperties.class)
class IdempotencyKeyHeaderFuzzTest {
    private static final String PRINTABLE = "[ -~]+";

    private enum Kind {
        KEY,
        NONE,
        REFUSED
    }

    private record Outcome(Kind kind, String text) {}

    @Property(tries = 40_000, edgeCases = EdgeCasesMode.NONE)
    void theLinesNameAKeyOrAreRefused(@ForAll("lines") HeaderLines header) {
        for (KeyFormat format : List.of(KeyFormat.ANY, KeyFormat.UUID, KeyFormat.of("^[a-z\"]{1,99}$"))) {
            Outcome outcome = read(header.lines(), format);
            switch (outcome.kind()) {
                case NONE -> assertThat(header.lines()).isEmpty();
                case KEY -> {
                    assertThat(outcome.text()).hasSizeBetween(1, 255).matches(PRINTABLE);
                    assertThat(format.accepts(outcome.text())).isTrue();
                    assertThat(new RecordId(new Scope("user:1"), outcome.text()).key())
                            .isEqualTo(outcome.text());
                }
                case REFUSED ->
                    assertThat(outcome.text()).matches(PRINTABLE).endsWith(".").doesNotContain(HeaderLines.SECRET);
            }
        }
    }

    @Property(tries = 5_000, edgeCases = EdgeCasesMode.NONE)
    void theOrderOfTheLinesDoesNotMatter(@ForAll("lines") HeaderLines header, @ForAll Random random) {
        List<String> shuffled = new ArrayList<>(header.lines());
        Collections.shuffle(shuffled, random);

        assertThat(read(shuffled, KeyFormat.ANY).kind())
                .isEqualTo(read(header.lines(), KeyFormat.ANY).kind());
    }

    @Property(tries = 5_000)
    void anyKeyIsReadAsItWasQuotedHoweverOftenAndWithWhateverParameters(
            @ForAll @CharRange(from = ' ', to = '~') @StringLength(min = 1, max = 255) String key) {
        String quoted = '"' + key.replace("\\", "\\\\").replace("\"", "\\\"") + '"';

        assertThat(read(List.of(quoted), KeyFormat.ANY)).isEqualTo(new Outcome(Kind.KEY, key));
        assertThat(read(List.of(quoted + ";a=" + quoted + " , " + quoted, quoted + ";b"), KeyFormat.ANY))
                .isEqualTo(new Outcome(Kind.KEY, key));
    }

    @Property(tries = 5_000)
    void anyKeyWithoutSpacesAndCommasIsReadAsItIs(
            @ForAll @CharRange(from = '!', to = '~') @StringLength(min = 1, max = 255) String text) {
        String key = text.replace(',', '.');

        if (!key.startsWith("\"")) {
            assertThat(read(List.of(key), KeyFormat.ANY)).isEqualTo(new Outcome(Kind.KEY, key));
        }
    }

    @Provide
    Arbitrary<HeaderLines> lines() {
        return Arbitraries.randomValue(HeaderLines::of);
    }

    /** Any exception but a refusal fails the test. */
    private static Outcome read(List<String> lines, KeyFormat format) {
        try {
            Optional<String> key = IdempotencyKeyHeader.read(lines, KeyPolicy.of(format));
            return key.map(text -> new Outcome(Kind.KEY, text)).orElseGet(() -> new Outcome(Kind.NONE, ""));
        } catch (MalformedKeyException refused) {
            return new Outcome(Kind.REFUSED, String.valueOf(refused.getMessage()));
        }
    }
}
