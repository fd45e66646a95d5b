package dev.idem.core.fingerprint;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.core.record.Fingerprint;
import dev.idem.core.record.Scope;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class MultipartPropertyTest {
    private static final String BOUNDARY_CHARACTERS = "abcXYZ0189'()+_,-./:=?";

    private final Fingerprinter fingerprinter = new Fingerprinter(FingerprintRules.USUAL);

    @Property(tries = 1_000)
    void whateverTheBoundaryTheSamePartsHaveTheSameFingerprint(
            @ForAll("parts") List<String> parts, @ForAll Random random) {
        assertThat(fingerprint(parts, random)).isEqualTo(fingerprint(parts, random));
    }

    @Property(tries = 1_000)
    void anyChangedPartsHaveAnother(@ForAll("parts") List<String> parts, @ForAll Random random) {
        assertThat(fingerprint(changed(parts, random), random)).isNotEqualTo(fingerprint(parts, random));
    }

    @Provide
    Arbitrary<List<String>> parts() {
        Arbitrary<String> pieces = Arbitraries.of(
                "a", "\u00ff", "\0", "\r", "\n", "\r\n", "\r\n\r\n", "--", "\r\n--", "--\r\n", "b", ": ", " ");
        return pieces.list()
                .ofMaxSize(8)
                .map(list -> String.join("", list))
                .list()
                .ofMaxSize(4);
    }

    private static List<String> changed(List<String> parts, Random random) {
        List<String> copy = new ArrayList<>(parts);
        int at = random.nextInt(parts.size() + 1);
        if (at == parts.size()) {
            copy.add("");
            return copy;
        }
        switch (random.nextInt(3)) {
            case 0 -> copy.remove(at);
            case 1 -> copy.set(at, parts.get(at) + 'x');
            default -> Collections.rotate(copy, 1);
        }
        if (copy.equals(parts)) { // equal parts were swapped
            copy.remove(at);
        }
        return copy;
    }

    private Fingerprint fingerprint(List<String> parts, Random random) {
        String boundary = boundary(random);
        StringBuilder body = new StringBuilder(random.nextBoolean() ? "" : "for old mail readers\r\n");
        parts.forEach(part -> body.append("--")
                .append(boundary)
                .append(random.nextBoolean() ? "" : " \t")
                .append("\r\n")
                .append(part)
                .append("\r\n"));
        body.append("--").append(boundary).append("--").append(random.nextBoolean() ? "" : "\r\nand after");
        return fingerprinter.fingerprint(new FingerprintedRequest(
                "POST",
                "/orders",
                null,
                new Scope("user:1"),
                "multipart/form-data; boundary=\"" + boundary + '"',
                new TreeMap<>(),
                body.toString().getBytes(ISO_8859_1)));
    }

    private static String boundary(Random random) {
        StringBuilder boundary = new StringBuilder("drawn");
        for (int left = 16 + random.nextInt(40); left > 0; left--) {
            boundary.append(BOUNDARY_CHARACTERS.charAt(random.nextInt(BOUNDARY_CHARACTERS.length())));
        }
        return boundary.toString();
    }
}
