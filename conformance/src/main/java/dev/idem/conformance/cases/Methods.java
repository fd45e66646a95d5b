package dev.idem.conformance.cases;

import static dev.idem.conformance.suite.Need.PROBE;

import dev.idem.conformance.http.Answer;
import dev.idem.conformance.http.Request;
import dev.idem.conformance.suite.Case;
import dev.idem.conformance.suite.Source;
import dev.idem.conformance.suite.Theme;
import java.util.Locale;

/** Which methods a key has a meaning for. */
final class Methods {
    private Methods() {}

    static Theme theme() {
        return Theme.of(
                "Methods",
                covered("PUT"),
                covered("PATCH"),
                covered("DELETE"),
                safe("GET"),
                safe("HEAD"),
                Case.of("method-get-after-post", "A GET with a POST's key is not that POST's repeat")
                        .from(Source.STRIPE, "Idempotent requests")
                        .says(Source.STRIPE, "a key has no effect on GET and DELETE")
                        .needs(PROBE)
                        .expect("executes; nothing is refused")
                        .play(trial -> trial.areTwo(trial.send(trial.post()), trial.send(get(trial.post())))),
                Case.of("method-get-with-malformed-key", "A GET's key is not looked at")
                        .own()
                        .needs(PROBE)
                        .expect("executes")
                        .play(trial -> trial.isExecution(trial.send(get(trial.keyLine(trial.post(), "a,b"))))),
                Case.of("method-options", "OPTIONS is answered whatever the key")
                        .own()
                        .needs(PROBE)
                        .expect("a success; nothing executes")
                        .play(trial -> {
                            Answer answer = trial.send(get(trial.post()).method("OPTIONS"));
                            trial.that(answer.isSuccess(), "a success", answer.toString());
                            trial.hasExecuted(0);
                        }));
    }

    private static Case covered(String method) {
        return Case.of(
                        "method-" + method.toLowerCase(Locale.ROOT),
                        "A repeated " + method + " takes effect once, where it is covered")
                .from(Source.AZURE, "")
                .says(Source.AZURE, "OASIS: POST, PUT, PATCH and DELETE; Azure: POST, since the others are idempotent")
                .says(Source.DRAFT, "methods that are not idempotent, such as POST and PATCH")
                .says(Source.STRIPE, "POST; a key on DELETE has no effect")
                .says(Source.ADYEN, "POST; GET, PUT and DELETE are idempotent")
                .says(Source.PAYPAL, "POST")
                .needs(PROBE)
                .expect(profile -> profile.covers(method) ? "a replay; one execution" : "executes each time")
                .play(trial -> {
                    Request request = trial.post().method(method);
                    trial.isReplayIf(trial.profile().covers(method), trial.send(request), trial.send(request));
                });
    }

    private static Case safe(String method) {
        return Case.of("method-" + method.toLowerCase(Locale.ROOT), "A " + method + " is answered anew each time")
                .from(Source.RFC_9110, "9.2.1")
                .needs(PROBE)
                .expect("executes each time, with or without a key")
                .play(trial -> {
                    Request request = get(trial.post()).method(method);
                    trial.areTwo(trial.send(request), trial.send(request));
                    trial.isExecution(trial.send(trial.keyless(request)));
                });
    }

    private static Request get(Request request) {
        return request.method("GET").body("").without("Content-Type");
    }
}
