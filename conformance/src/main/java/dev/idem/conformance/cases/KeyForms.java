package dev.idem.conformance.cases;

import static dev.idem.conformance.suite.Need.FREE_KEYS;
import static dev.idem.conformance.suite.Need.UUID_KEYS;

import dev.idem.conformance.exchange.Trial;
import dev.idem.conformance.http.Answer;
import dev.idem.conformance.http.Request;
import dev.idem.conformance.profile.Profile;
import dev.idem.conformance.suite.Case;
import dev.idem.conformance.suite.Source;
import dev.idem.conformance.suite.Theme;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** Which ways of writing a key are taken, and which of them name the same one. */
final class KeyForms {
    private static final String BARE_ALONE = "the profile takes bare keys alone";
    private static final String QUOTED_ALONE = "the profile takes quoted keys alone";

    private KeyForms() {}

    static Theme theme() {
        return Theme.of(
                "Key: forms",
                Case.of("key-quoted", "A key in double quotes is taken")
                        .from(Source.DRAFT, "2.1")
                        .says(Source.DRAFT, "the value is a String of structured fields, so in double quotes")
                        .says(Source.STRIPE, "not stated; examples are bare")
                        .says(Source.ADYEN, "not stated; examples are bare")
                        .unless(profile -> !profile.takesQuoted(), BARE_ALONE)
                        .expect("executes, and a repeat is a replay")
                        .play(trial -> sameKey(trial, Trial::quoted, Trial::quoted)),
                Case.of("key-bare", "A key without quotes is taken, or refused where it must be a String")
                        .from(Source.STRIPE, "Idempotent requests")
                        .says(Source.STRIPE, "examples are bare")
                        .says(Source.DRAFT, "2.1: the value is a String, so a bare one is malformed")
                        .expect(profile -> profile.takesBare() ? "executes, and a repeat is a replay" : "400")
                        .play(KeyForms::bare),
                Case.of("key-quoted-and-bare", "The quoted and the bare form name the same key")
                        .own()
                        .unless(profile -> !profile.takesBothForms(), "the profile takes one form alone")
                        .expect("the second is a replay of the first")
                        .play(trial -> sameKey(trial, key -> key, Trial::quoted)),
                quotedTwice(
                        "key-parameters",
                        "Parameters after a quoted key do not belong to it",
                        key -> Trial.quoted(key) + ";version=1;flag"),
                quotedTwice(
                        "key-parameters-quoted",
                        "A parameter's value may be quoted and have commas",
                        key -> Trial.quoted(key) + ";note=\"a, b; c\""),
                quotedTwice(
                        "key-repeated-joined",
                        "Two equal keys that a proxy has joined are one",
                        key -> Trial.quoted(key) + ", " + Trial.quoted(key)),
                Case.of("key-repeated-lines", "Two equal header lines are one key")
                        .own()
                        .expect("executes; a repeat with one line is a replay")
                        .play(trial -> {
                            String line = trial.profile().takesBare() ? trial.key() : Trial.quoted(trial.key());
                            Answer first = trial.send(trial.keyLine(trial.post(), line, line));
                            trial.isReplay(first, trial.send(trial.post()));
                        }),
                Case.of("key-spaces-around", "White space around a header's value is no part of the key")
                        .from(Source.RFC_9110, "5.5")
                        .expect("a replay of the request that has the key without it")
                        .play(trial -> {
                            Answer first = trial.send(trial.post());
                            String line = trial.profile().takesBare() ? trial.key() : Trial.quoted(trial.key());
                            trial.isReplay(first, trial.sendRaw(trial.keyLine(trial.post(), "  " + line + " \t ")));
                        }),
                Case.of("key-header-name-in-any-case", "The header's name is compared without regard to case")
                        .from(Source.RFC_9110, "5.1")
                        .says(Source.ADYEN, "clients should not rely on the case of header names")
                        .expect("a replay of the request that has the name in another case")
                        .play(trial -> {
                            Answer first = trial.send(trial.post());
                            String name = trial.profile().keyHeader();
                            String value = trial.profile().takesBare() ? trial.key() : Trial.quoted(trial.key());
                            trial.isReplay(
                                    first,
                                    trial.sendRaw(
                                            trial.keyless(trial.post()).plus(name.toUpperCase(Locale.ROOT), value)));
                        }),
                Case.of("key-case-matters", "Keys that differ in the case of their letters are two")
                        .own()
                        .needs(FREE_KEYS)
                        .expect("both execute")
                        .play(trial -> trial.areTwo(
                                trial.send(trial.keyed(trial.post(), "k" + trial.key())),
                                trial.send(trial.keyed(trial.post(), "K" + trial.key())))),
                Case.of("key-escapes", "A backslash in quotes stands before a quote or a backslash")
                        .from(Source.RFC_9651, "3.3.3")
                        .needs(FREE_KEYS)
                        .unless(profile -> !profile.takesBothForms(), QUOTED_ALONE + ", or bare ones")
                        .expect("the escaped quoted form and the bare form are the same key")
                        .play(trial -> sameKey(trial, key -> key + "\\x", key -> Trial.quoted(key + "\\\\x"))),
                Case.of("key-space-in-quotes", "A quoted key may have spaces")
                        .from(Source.RFC_9651, "3.3.3")
                        .needs(FREE_KEYS)
                        .unless(profile -> !profile.takesQuoted(), BARE_ALONE)
                        .expect("executes, and a repeat is a replay")
                        .play(trial -> sameKey(
                                trial, key -> Trial.quoted("my key " + key), key -> Trial.quoted("my key " + key))),
                Case.of("key-comma-in-quotes", "A quoted key may have a comma")
                        .from(Source.RFC_9651, "3.3.3")
                        .needs(FREE_KEYS)
                        .unless(profile -> !profile.takesQuoted(), BARE_ALONE)
                        .expect("executes, and a repeat is a replay")
                        .play(trial ->
                                sameKey(trial, key -> Trial.quoted("a,b " + key), key -> Trial.quoted("a,b " + key))),
                length("key-of-64", "A key may have 64 characters", 64),
                length("key-of-255", "A key may have 255 characters", 255),
                Case.of("key-of-256", "A key of 256 characters is refused")
                        .from(Source.STRIPE, "Idempotent requests")
                        .says(Source.STRIPE, "up to 255 characters")
                        .says(Source.ADYEN, "at most 64 characters")
                        .says(Source.DRAFT, "not stated")
                        .unless(Profile::wantsUuids, "the profile takes UUIDs alone")
                        .expect("400; nothing executes")
                        .play(trial -> {
                            trial.isMalformed(trial.send(trial.keyed(trial.post(), "k".repeat(256))));
                            trial.hasExecuted(0);
                        }),
                Case.of("key-no-uuid", "A route that asks for UUIDs refuses another key")
                        .from(Source.AZURE, "Repeatability-Request-ID")
                        .says(Source.AZURE, "a GUID")
                        .says(Source.DRAFT, "2.2: a UUID or a similar random identifier is recommended")
                        .needs(UUID_KEYS)
                        .expect("400; nothing executes")
                        .play(trial -> {
                            trial.isMalformed(trial.send(trial.keyed(trial.post(), "order-42")));
                            trial.hasExecuted(0);
                        }));
    }

    private static Case length(String id, String title, int length) {
        return Case.of(id, title)
                .from(Source.STRIPE, "Idempotent requests")
                .says(Source.STRIPE, "up to 255 characters")
                .says(Source.ADYEN, "at most 64 characters")
                .needs(FREE_KEYS)
                .expect("executes, and a repeat is a replay")
                .play(trial -> {
                    Request request =
                            trial.keyed(trial.post(), (trial.key() + "k".repeat(length)).substring(0, length));
                    trial.isReplay(trial.send(request), trial.send(request));
                });
    }

    private static Case quotedTwice(String id, String title, UnaryOperator<String> line) {
        return Case.of(id, title)
                .from(Source.RFC_9651, "3.3")
                .unless(profile -> !profile.takesQuoted(), BARE_ALONE)
                .expect("the same key as without")
                .play(trial -> sameKey(trial, Trial::quoted, line));
    }

    private static void bare(Trial trial) throws Exception {
        if (trial.profile().takesBare()) {
            sameKey(trial, key -> key, key -> key);
        } else {
            trial.isMalformed(trial.send(trial.keyLine(trial.post(), trial.key())));
            trial.hasExecuted(0);
        }
    }

    private static void sameKey(Trial trial, UnaryOperator<String> once, UnaryOperator<String> again) throws Exception {
        Answer first = trial.send(trial.keyLine(trial.post(), once.apply(trial.key())));
        trial.isReplay(first, trial.send(trial.keyLine(trial.post(), again.apply(trial.key()))));
        trial.hasExecuted(1);
    }
}
