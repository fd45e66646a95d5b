package dev.idem.conformance.cases;

import static dev.idem.conformance.suite.Need.PROBE;

import dev.idem.conformance.exchange.Trial;
import dev.idem.conformance.http.Answer;
import dev.idem.conformance.http.Request;
import dev.idem.conformance.http.Wire;
import dev.idem.conformance.profile.Profile;
import dev.idem.conformance.suite.Case;
import dev.idem.conformance.suite.Source;
import dev.idem.conformance.suite.Theme;
import java.time.Duration;
import java.util.function.Function;

/** Keys that are none, and what a refusal leaves behind. */
final class KeyRefusals {
    private KeyRefusals() {}

    static Theme theme() {
        return Theme.of(
                "Key: refusals",
                malformed("key-empty", "An empty header is refused", Source.RFC_9651, "3", trial -> ""),
                malformed("key-empty-quoted", "An empty String is refused", Source.RFC_9651, "3.3.3", trial -> "\"\""),
                malformed("key-blank", "A header of spaces alone is refused", Source.RFC_9110, "5.5", trial -> "   "),
                malformed(
                        "key-unterminated",
                        "A String without its closing quote is refused",
                        Source.RFC_9651,
                        "4.2.5",
                        trial -> '"' + trial.key()),
                malformed("key-quote-alone", "A quote alone is refused", Source.RFC_9651, "4.2.5", trial -> "\""),
                malformed(
                        "key-text-after-quotes",
                        "Text after the closing quote is refused",
                        Source.RFC_9651,
                        "4.2.5",
                        trial -> Trial.quoted(trial.key()) + "x"),
                malformed(
                        "key-unknown-escape",
                        "A backslash before another character is refused",
                        Source.RFC_9651,
                        "4.2.5",
                        trial -> Trial.quoted(trial.key() + "\\n")),
                malformed(
                        "key-backslash-at-the-end",
                        "A backslash that nothing follows is refused",
                        Source.RFC_9651,
                        "4.2.5",
                        trial -> '"' + trial.key() + '\\'),
                malformed(
                        "key-comma-in-bare",
                        "A comma in the bare form is refused: proxies join repeated headers with it",
                        Source.RFC_9110,
                        "5.3",
                        trial -> trial.key() + ",x"),
                malformed(
                        "key-joined-bare",
                        "Two different bare keys that a proxy has joined are refused",
                        Source.RFC_9110,
                        "5.3",
                        trial -> trial.key() + ", " + Trial.newKey()),
                malformed(
                        "key-joined-quoted",
                        "Two different quoted keys that a proxy has joined are refused",
                        Source.DRAFT,
                        "2.1",
                        trial -> Trial.quoted(trial.key()) + ", " + Trial.quoted(Trial.newKey())),
                malformed(
                        "key-space-in-bare",
                        "A space within a bare key is refused",
                        Source.OWN,
                        "",
                        trial -> "my " + trial.key()),
                malformed(
                        "key-non-ascii-bare",
                        "A bare key with a letter beyond ASCII is refused",
                        Source.RFC_9110,
                        "5.5",
                        trial -> trial.key() + '\u00e4'),
                malformed(
                        "key-non-ascii-quoted",
                        "A String with a letter beyond ASCII is refused",
                        Source.RFC_9651,
                        "4.2.5",
                        trial -> Trial.quoted(trial.key() + '\u00e4')),
                malformed(
                        "key-tab",
                        "A tab within a String is refused",
                        Source.RFC_9651,
                        "4.2.5",
                        trial -> Trial.quoted("my\t" + trial.key())),
                unprintable("key-control-character", "A control character is refused", '\u0001'),
                unprintable("key-escape-character", "An escape character is refused", '\u001b'),
                unprintable("key-delete-character", "A delete character is refused", '\u007f'),
                unprintable("key-null-character", "A null character is refused", '\0'),
                Case.of("key-several-lines", "Several header lines with different keys are refused")
                        .from(Source.DRAFT, "2.1")
                        .says(Source.DRAFT, "a request has one such header at the most")
                        .expect("400; nothing executes")
                        .play(trial -> {
                            boolean bare = trial.profile().takesBare();
                            String one = bare ? trial.key() : Trial.quoted(trial.key());
                            String other = bare ? Trial.newKey() : Trial.quoted(Trial.newKey());
                            trial.isMalformed(trial.send(trial.keyLine(trial.post(), one, other)));
                            trial.hasExecuted(0);
                        }),
                structured("key-integer", "An Integer of structured fields is no key", "42"),
                structured("key-boolean", "A Boolean of structured fields is no key", "?1"),
                structured("key-bytes", "A Byte Sequence of structured fields is no key", ":cHJldHR5:"),
                structured("key-list", "An Inner List of structured fields is no key", "(\"a\" \"b\")"),
                Case.of("key-refused-then-corrected", "A refused key leaves nothing behind")
                        .own()
                        .expect("the corrected request executes")
                        .play(trial -> {
                            trial.isMalformed(trial.sendRaw(trial.keyLine(trial.post(), '"' + trial.key())));
                            trial.isExecution(trial.send(trial.post()));
                            trial.hasExecuted(1);
                        }),
                Case.of("key-refused-before-the-body", "A malformed key is refused before the body is read")
                        .own()
                        .oursAlone()
                        .expect("400 within 5 s, though the body never comes")
                        .play(trial -> {
                            Request request = trial.keyLine(trial.post(), "a,b");
                            try (Wire wire = trial.wire(Duration.ofSeconds(5))) {
                                trial.isMalformed(trial.noted(wire.send(wire.head(request, "HTTP/1.1"))
                                        .answer()));
                            }
                        }),
                Case.of("key-required", "A request without the key that a route requires is refused")
                        .from(Source.DRAFT, "2.7")
                        .says(Source.DRAFT, "400 with a link to the documentation")
                        .says(Source.STRIPE, "the key is optional")
                        .says(Source.PAYPAL, "without its header a request is executed again")
                        .unless(profile -> !profile.requiresKey(), "the profile requires no key")
                        .expect("400 with Link: rel=\"describedby\"; nothing executes")
                        .play(trial -> {
                            Answer refusal = trial.send(trial.keyless(trial.post()));
                            trial.isRefusal(400, "key-missing", refusal);
                            String link = refusal.header("Link").orElse("(none)");
                            trial.that(link.contains("describedby"), "Link with rel=\"describedby\"", link);
                            trial.hasExecuted(0);
                        }),
                echo("key-echoed", "An answer repeats the key, without quotes", false),
                echo("key-echoed-by-replay", "A replay repeats the key", true),
                Case.of("key-echoed-by-refusal", "A refusal repeats the key that it is about")
                        .own()
                        .needs(PROBE)
                        .unless(profile -> !profile.speaksOurWay(), "the profile's source does not state it")
                        .expect("the header of the 422 is the key")
                        .play(trial -> {
                            trial.send(trial.post());
                            Answer reuse = trial.send(trial.otherBody(trial.post()));
                            trial.isReuse(reuse);
                            trial.is(
                                    "key",
                                    trial.key(),
                                    reuse.header(trial.profile().keyHeader()).orElse("(none)"));
                        }));
    }

    private static Case malformed(
            String id, String title, Source source, String section, Function<Trial, String> line) {
        return Case.of(id, title)
                .from(source, section)
                .unless(KeyRefusals::mayTakeAnything, "the profile's source does not say what a key may not be")
                .expect("400; nothing executes")
                .play(trial -> {
                    trial.isMalformed(trial.sendRaw(trial.keyLine(trial.post(), line.apply(trial))));
                    trial.hasExecuted(0);
                });
    }

    /** Stripe names a length alone. */
    private static boolean mayTakeAnything(Profile profile) {
        return profile == Profile.STRIPE_V1;
    }

    /** A server may refuse these before it looks at the key: any 400 will do. */
    private static Case unprintable(String id, String title, char character) {
        return Case.of(id, title)
                .from(Source.RFC_9110, "5.5")
                .expect("400; nothing executes")
                .play(trial -> {
                    String key = trial.key() + character;
                    String line = trial.profile().takesBare() ? key : Trial.quoted(key);
                    trial.hasStatus(400, trial.sendRaw(trial.keyLine(trial.post(), line)));
                    trial.hasExecuted(0);
                });
    }

    private static Case structured(String id, String title, String line) {
        return Case.of(id, title)
                .from(Source.RFC_8941, "4.2.3.1")
                .unless(Profile::takesBare, "the profile takes bare keys")
                .expect("400; nothing executes")
                .play(trial -> {
                    trial.isMalformed(trial.send(trial.keyLine(trial.post(), line)));
                    trial.hasExecuted(0);
                });
    }

    private static Case echo(String id, String title, boolean replayed) {
        return Case.of(id, title)
                .from(Source.ADYEN, "API idempotency")
                .says(Source.ADYEN, "the answer has the key in a header of the same name")
                .says(Source.DRAFT, "not stated")
                .unless(profile -> !profile.speaksOurWay(), "the profile's source does not state it")
                .expect("the header of the answer is the key")
                .play(trial -> {
                    Answer first = trial.send(trial.post());
                    Answer answer = replayed ? trial.send(trial.post()) : first;
                    trial.is(
                            "key",
                            trial.key(),
                            answer.header(trial.profile().keyHeader()).orElse("(none)"));
                });
    }
}
