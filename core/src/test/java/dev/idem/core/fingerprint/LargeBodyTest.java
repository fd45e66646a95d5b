package dev.idem.core.fingerprint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.idem.core.record.Scope;
import dev.idem.verification.support.Allocation;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The largest bodies that a route accepts, each with the most expensive content. */
class LargeBodyTest {
    private static final String JSON = "application/json";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String MULTIPART = "multipart/mixed; boundary=b";
    private static final int LENGTH = 256 << 10;

    /** A field of two bytes becomes several objects of some dozen bytes each. */
    private static final long TIMES_ITS_LENGTH = 200;

    private final Fingerprinter fingerprinter = new Fingerprinter(FingerprintRules.USUAL);

    @ParameterizedTest(name = "{0}")
    @MethodSource("bodies")
    void theMemoryThatABodyTakesIsInProportionToItsLength(String name, String contentType, String text) {
        byte[] body = text.getBytes(UTF_8);
        fingerprint(contentType, new byte[0]);

        assertThat(Allocation.during(() -> fingerprint(contentType, body)))
                .isLessThan(TIMES_ITS_LENGTH * Math.max(LENGTH, body.length));
    }

    static Stream<Arguments> bodies() {
        return Stream.of(
                arguments("arrays that never close", JSON, "[".repeat(LENGTH)),
                arguments("a string deep in objects", JSON, deep("{\"a\":", "}")),
                arguments("a string deep in objects that are out of order", JSON, deep("{\"b\":", ",\"a\":0}")),
                arguments("a string deep in arrays", JSON, deep("[0,", "]")),
                arguments("numbers with many zeros", JSON, array("1" + "0".repeat(998), LENGTH / 1_000)),
                arguments("numbers with many digits", JSON, array("0." + "1".repeat(990), LENGTH / 1_000)),
                arguments("numbers with large exponents", JSON, array("1e999999999", LENGTH / 12)),
                arguments("small numbers", JSON, array("1", LENGTH / 2)),
                arguments("empty objects", JSON, array("{}", LENGTH / 3)),
                arguments("objects", JSON, array("{\"\":1}", LENGTH / 7)),
                arguments("a member many times", JSON, "{" + "\"a\":1,".repeat(LENGTH / 6) + "\"a\":1}"),
                arguments("characters beyond the basic plane", JSON, '"' + "\ud83d\ude00".repeat(LENGTH / 4) + '"'),
                arguments("control characters", JSON, '"' + "\\u0001".repeat(LENGTH / 6) + '"'),
                arguments("no fields", FORM, "&".repeat(LENGTH)),
                arguments("small fields", FORM, "a&".repeat(LENGTH / 2)),
                arguments("escaped fields", FORM, "%41=%42&".repeat(LENGTH / 8)),
                arguments("broken escapes", FORM, "%".repeat(LENGTH)),
                arguments("small parts", MULTIPART, "--b\r\n\r\n".repeat(LENGTH / 7) + "--b--"),
                arguments("all but delimiters", MULTIPART, "--b\r\n" + "\r\n--".repeat(LENGTH / 4) + "\r\n--b--"),
                arguments("a delimiter that never ends", MULTIPART, "--b" + " ".repeat(LENGTH)));
    }

    private static String deep(String begin, String end) {
        return begin.repeat(200) + '"' + "x".repeat(LENGTH) + '"' + end.repeat(200);
    }

    private static String array(String element, int times) {
        return '[' + (element + ',').repeat(times) + element + ']';
    }

    private void fingerprint(String contentType, byte[] body) {
        fingerprinter.fingerprint(new FingerprintedRequest(
                "POST", "/orders", null, new Scope("user:1"), contentType, new TreeMap<>(), body));
    }
}
