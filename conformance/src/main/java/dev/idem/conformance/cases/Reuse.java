package dev.idem.conformance.cases;

import static dev.idem.conformance.suite.Need.OTHER_BODY;
import static dev.idem.conformance.suite.Need.PROBE;

import dev.idem.conformance.exchange.Trial;
import dev.idem.conformance.http.Answer;
import dev.idem.conformance.http.Request;
import dev.idem.conformance.profile.Profile;
import dev.idem.conformance.suite.Case;
import dev.idem.conformance.suite.Source;
import dev.idem.conformance.suite.Theme;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/** A key that is sent with another request than its first one. */
final class Reuse {
    private Reuse() {}

    static Theme theme() {
        return Theme.of(
                "Reuse of a key",
                Case.of("reuse-body", "A key with another body is refused, and the first answer stays")
                        .from(Source.DRAFT, "2.7")
                        .says(Source.DRAFT, "422")
                        .says(Source.STRIPE, "an error of the type idempotency_error; the status is not stated")
                        .says(Source.SQUARE, "an error; may differ from one API to the other")
                        .says(Source.PAYPAL, "not stated")
                        .says(Source.AZURE, "400 if it does not match the previous request")
                        .needs(OTHER_BODY)
                        .expect(profile -> profile.reusedStatus() + "; nothing executes; a repeat is a replay")
                        .play(trial -> refusedAfter(trial, trial.otherBody(trial.post()))),
                reuse("reuse-body-empty", "A key without the body is refused", request -> request.body("")),
                reuse("reuse-query", "A key with another query is refused", request -> request.parameter("page=2")),
                reuse(
                        "reuse-query-begins-otherwise",
                        "So is one with one more parameter at the query's beginning",
                        request -> request.target(request.target().replace("run=", "x=1&run="))),
                reuse(
                        "reuse-content-type",
                        "A key with another content type is refused",
                        request -> request.type("text/plain")),
                reuse(
                        "reuse-without-content-type",
                        "A key without the content type is refused",
                        request -> request.without("Content-Type")),
                Case.of("reuse-path", "A key on another path is refused, or is another request")
                        .from(Source.STRIPE, "idempotency_error")
                        .says(Source.STRIPE, "an error if the end point is not the first request's")
                        .says(Source.DRAFT, "not stated")
                        .says(Source.AZURE, "an ID is unique for all time; what another path does is not stated")
                        .needs(PROBE)
                        .expect(profile -> profile.hasKeysOfEachPath()
                                ? "executes: each path has keys of its own"
                                : profile.reusedStatus() + "; nothing executes; a repeat is a replay")
                        .play(trial -> {
                            Request request = trial.post();
                            Request elsewhere = request.target(request.target().replaceFirst("\\?", "/elsewhere?"));
                            if (trial.profile().hasKeysOfEachPath()) {
                                trial.areTwo(trial.send(request), trial.send(elsewhere));
                            } else {
                                refusedAfter(trial, elsewhere);
                            }
                        }),
                method("PUT"),
                method("PATCH"),
                method("DELETE"),
                Case.of("reuse-in-flight", "A key with another body is refused while the first request runs")
                        .from(Source.DRAFT, "2.7")
                        .says(Source.DRAFT, "422, whether the first one is done is not stated")
                        .needs(PROBE)
                        .unless(
                                profile -> profile == Profile.STRIPE_V1,
                                "the profile's source does not say which comes first")
                        .expect(profile -> profile.reusedStatus() + " at once; the first is answered")
                        .play(trial -> {
                            Request request = trial.probe(trial.hold("a"));
                            CompletableFuture<Answer> first = InFlight.running(trial, request);
                            trial.isReuse(trial.send(trial.otherBody(request)));
                            trial.release("a");
                            trial.isReplay(trial.answerOf(first), trial.send(request));
                            trial.hasExecuted(1);
                        }),
                Case.of("reuse-after-failure", "A key that a failure has left free may be sent with another body")
                        .own()
                        .needs(PROBE)
                        .unless(Profile::storesServerErrors, "the profile stores 5xx")
                        .expect("executes")
                        .play(trial -> {
                            trial.hasStatus(503, trial.send(trial.probe("status=503")));
                            trial.isExecution(trial.send(trial.otherBody(trial.post())));
                            trial.hasExecuted(2);
                        }),
                Case.of("reuse-twice", "A refused reuse does not become the key's request")
                        .own()
                        .needs(PROBE)
                        .expect("refused again")
                        .play(trial -> {
                            trial.send(trial.post());
                            trial.isReuse(trial.send(trial.otherBody(trial.post())));
                            trial.isReuse(trial.send(trial.otherBody(trial.post())));
                            trial.hasExecuted(1);
                        }));
    }

    private static Case reuse(String id, String title, UnaryOperator<Request> change) {
        return Case.of(id, title)
                .own()
                .needs(PROBE)
                .expect(profile -> profile.reusedStatus() + "; nothing executes; a repeat is a replay")
                .play(trial -> refusedAfter(trial, change.apply(trial.post())));
    }

    private static Case method(String method) {
        return Case.of("reuse-method-" + method.toLowerCase(Locale.ROOT), "A POST's key on a " + method)
                .own()
                .needs(PROBE)
                .expect(profile -> profile.covers(method)
                        ? profile.reusedStatus() + "; nothing executes; a repeat is a replay"
                        : "executes: " + method + " is not covered")
                .play(trial -> {
                    Request other = trial.post().method(method);
                    if (trial.profile().covers(method)) {
                        refusedAfter(trial, other);
                    } else {
                        trial.areTwo(trial.send(trial.post()), trial.send(other));
                    }
                });
    }

    private static void refusedAfter(Trial trial, Request other) throws Exception {
        Answer first = trial.send(trial.post());
        trial.isReuse(trial.send(other));
        trial.isReplay(first, trial.send(trial.post()));
        trial.hasExecuted(1);
    }
}
