package dev.idem.core.fingerprint;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.core.record.Fingerprint;
import dev.idem.core.record.Scope;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class FormPropertyTest {
    private final Fingerprinter fingerprinter = new Fingerprinter(FingerprintRules.USUAL);

    @Property(tries = 1_000)
    void anySpellingOfAFormHasTheSameFingerprint(@ForAll("forms") FormValue form, @ForAll Random random) {
        assertThat(fingerprint(form, random)).isEqualTo(fingerprint(form, random));
    }

    @Property(tries = 1_000)
    void anyChangedFormHasAnother(@ForAll("forms") FormValue form, @ForAll Random random) {
        assertThat(fingerprint(form.changed(random), random)).isNotEqualTo(fingerprint(form, random));
    }

    @Provide
    Arbitrary<FormValue> forms() {
        Arbitrary<String> names = Arbitraries.oneOf(Arbitraries.of("a", "b"), bytes());
        Arbitrary<FormValue.Field> fields = Combinators.combine(names, bytes().injectNull(0.2))
                .as(FormValue.Field::new)
                .filter(field -> !field.equals(new FormValue.Field("", null))); // is written as an empty text
        return fields.list().ofMaxSize(5).map(FormValue::new);
    }

    /** A field's bytes in any encoding, as the characters with the same numbers. */
    private static Arbitrary<String> bytes() {
        return Arbitraries.strings().withCharRange('\0', '\u00ff').ofMaxLength(6);
    }

    private Fingerprint fingerprint(FormValue form, Random random) {
        return fingerprinter.fingerprint(new FingerprintedRequest(
                "POST",
                "/orders",
                null,
                new Scope("user:1"),
                List.of("application/x-www-form-urlencoded", "Application/X-WWW-form-urlencoded; charset=UTF-8")
                        .get(random.nextInt(2)),
                new TreeMap<>(),
                form.spelled(random).getBytes(ISO_8859_1)));
    }
}
