package dev.idem.core.fingerprint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.core.record.Fingerprint;
import dev.idem.core.record.Scope;
import dev.idem.verification.support.Allocation;
import dev.idem.verification.support.FormOfProperties;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/** Bodies come from untrusted clients: each has one fingerprint, at a bounded cost. */
@AddLifecycleHook(FormOfProperties.class)
class HostileBodyFuzzTest {
    /**
     * Jackson accepts 1,000 characters for a number. The canonical form of a number nearly that long adds its exponent.
     */
    private static final Pattern HAS_LONGEST_NUMBER = Pattern.compile("[0-9]{990}");

    /** The memory that a body of any length takes: parser buffers, digests. */
    private static final long BASE_BYTES = 128 << 10;

    private static final long TIMES_ITS_LENGTH = 256;

    private static final FingerprintRules IGNORING = new FingerprintRules(List.of("/a", "/a/0", "/b/a"), List.of());

    private final Fingerprinter usual = new Fingerprinter(FingerprintRules.USUAL);
    private final Fingerprinter ignoring = new Fingerprinter(IGNORING);

    @Property(tries = 25_000, edgeCases = EdgeCasesMode.NONE)
    void anyBodyHasOneFingerprint(@ForAll("bodies") HostileBody body) {
        byte[] asSent = body.bytes().clone();

        Fingerprint fingerprint = fingerprint(usual, body);

        assertThat(fingerprint(new Fingerprinter(FingerprintRules.USUAL), body)).isEqualTo(fingerprint);
        assertThat(fingerprint(ignoring, body)).isEqualTo(fingerprint(new Fingerprinter(IGNORING), body));
        assertThat(body.bytes()).isEqualTo(asSent);
    }

    @Property(tries = 10_000, edgeCases = EdgeCasesMode.NONE)
    void aCanonicalTextIsItsOwnCanonicalForm(@ForAll("bodies") HostileBody body) {
        CanonicalJson json = new CanonicalJson(List.of());

        json.canonicalise(body.bytes())
                .filter(text ->
                        !HAS_LONGEST_NUMBER.matcher(new String(text, UTF_8)).find())
                .ifPresent(text -> assertThat(json.canonicalise(text))
                        .hasValueSatisfying(again -> assertThat(again).isEqualTo(text)));
    }

    @Property(tries = 10_000, edgeCases = EdgeCasesMode.NONE)
    void aSmallBodyTakesLittleMemory(@ForAll("bodies") HostileBody body) {
        assertThat(Allocation.during(() -> fingerprint(usual, body)))
                .isLessThan(BASE_BYTES + TIMES_ITS_LENGTH * body.bytes().length);
    }

    @Provide
    Arbitrary<HostileBody> bodies() {
        return Arbitraries.randomValue(HostileBody::of);
    }

    private static Fingerprint fingerprint(Fingerprinter fingerprinter, HostileBody body) {
        return fingerprinter.fingerprint(new FingerprintedRequest(
                "POST", "/orders", null, new Scope("user:1"), body.contentType(), new TreeMap<>(), body.bytes()));
    }
}
