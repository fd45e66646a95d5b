package dev.idem.conformance.cases;

import static dev.idem.conformance.suite.Need.CREDENTIALS;
import static dev.idem.conformance.suite.Need.OTHER_BODY;
import static dev.idem.conformance.suite.Need.PROBE;

import dev.idem.conformance.http.Answer;
import dev.idem.conformance.http.Request;
import dev.idem.conformance.profile.Profile;
import dev.idem.conformance.suite.Case;
import dev.idem.conformance.suite.Source;
import dev.idem.conformance.suite.Theme;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Which answers are kept, and which leave the key free. */
final class Outcomes {
    private Outcomes() {}

    static Theme theme() {
        return new Theme(
                "Outcomes",
                Stream.of(
                                IntStream.of(500, 501, 502, 503, 504, 507).mapToObj(Outcomes::serverError),
                                IntStream.of(408, 425, 429).mapToObj(Outcomes::passing),
                                IntStream.of(400, 402, 403, 404, 409, 410, 422, 451)
                                        .mapToObj(Outcomes::clientError),
                                Stream.of(precondition()),
                                IntStream.of(400, 401, 403, 422, 429, 503).mapToObj(Outcomes::refusedBefore),
                                failures().stream(),
                                unreached().stream())
                        .flatMap(cases -> cases)
                        .toList());
    }

    private static Case serverError(int status) {
        return Case.of("outcome-" + status, "A " + status + " of the handler is kept, or leaves the key free")
                .from(Source.STRIPE, "Advanced error handling")
                .says(Source.STRIPE, "kept, 500 included, once the execution has begun")
                .says(Source.DRAFT, "2.6: the result is repeated, a success or an error")
                .says(Source.PAYPAL, "a call that failed with 5xx may be repeated with the same ID")
                .says(Source.ADYEN, "not stated for 5xx as such")
                .says(Source.AZURE, "executed again")
                .needs(PROBE)
                .expect(profile -> profile.storesServerErrors() ? "a replay of it" : "executes again")
                .play(trial -> {
                    Answer first = trial.send(trial.probe("status=" + status));
                    trial.hasStatus(status, first);
                    trial.isReplayIf(
                            trial.profile().storesServerErrors(), first, trial.send(trial.probe("status=" + status)));
                });
    }

    private static Case passing(int status) {
        return Case.of("outcome-" + status, "A " + status + " of the handler leaves the key free")
                .own()
                .says(Source.STRIPE, "its own 429 come before the end point and are not kept")
                .needs(PROBE)
                .oursAlone()
                .expect("executes again")
                .play(trial -> {
                    Answer first = trial.send(trial.probe("status=" + status));
                    trial.hasStatus(status, first);
                    trial.areTwo(first, trial.send(trial.probe("status=" + status)));
                });
    }

    private static Case clientError(int status) {
        return Case.of("outcome-" + status, "A " + status + " of the handler is an answer like any other")
                .from(Source.STRIPE, "Advanced error handling")
                .says(Source.STRIPE, "kept, 400 included, once the execution has begun")
                .says(Source.DRAFT, "2.6: the result is repeated, a success or an error")
                .says(Source.AZURE, "a 2xx or 4xx is repeated")
                .says(Source.SQUARE, "the answer of the first success is repeated; of others it is not stated")
                .needs(PROBE)
                .expect("a replay of it")
                .play(trial -> {
                    Answer first = trial.send(trial.probe("status=" + status));
                    trial.hasStatus(status, first);
                    trial.isReplay(first, trial.send(trial.probe("status=" + status)));
                    trial.hasExecuted(1);
                });
    }

    private static Case precondition() {
        return Case.of("outcome-412", "A 412 of the handler is kept, or leaves the key free for a fresh precondition")
                .from(Source.STRIPE, "Advanced error handling")
                .says(Source.STRIPE, "kept, 400 included, once the execution has begun")
                .says(Source.DRAFT, "2.6: the result is repeated, a success or an error")
                .says(Source.AZURE, "a 2xx or 4xx is repeated")
                .needs(PROBE)
                .expect(profile -> profile.storesFailedPreconditions() ? "a replay of it" : "executes again")
                .play(trial -> {
                    Answer first = trial.send(trial.probe("status=412"));
                    trial.hasStatus(412, first);
                    trial.isReplayIf(
                            trial.profile().storesFailedPreconditions(), first, trial.send(trial.probe("status=412")));
                });
    }

    private static Case refusedBefore(int status) {
        return Case.of("refused-" + status, "A " + status + " that is given before the handler leaves the key free")
                .from(Source.STRIPE, "Idempotent requests")
                .says(Source.STRIPE, "results are kept only once the end point has begun")
                .needs(PROBE)
                .expect("the same request, no longer refused, executes")
                .play(trial -> {
                    Request request = trial.post();
                    trial.hasStatus(status, trial.send(request.plus("Probe-Refuse", String.valueOf(status))));
                    trial.hasExecuted(0);
                    trial.isReplay(trial.send(request), trial.send(request));
                    trial.hasExecuted(1);
                });
    }

    private static List<Case> failures() {
        return List.of(
                Case.of("outcome-exception", "A handler that throws leaves the key free")
                        .own()
                        .needs(PROBE)
                        .unless(Profile::storesServerErrors, "the profile stores 5xx")
                        .expect("500; executes again")
                        .play(trial -> {
                            trial.hasStatus(500, trial.send(trial.probe("fail=handler")));
                            trial.hasStatus(500, trial.send(trial.probe("fail=handler")));
                            trial.hasExecuted(2);
                        }),
                Case.of("outcome-unwritable", "An answer that cannot be written leaves the key free")
                        .own()
                        .needs(PROBE)
                        .unless(Profile::storesServerErrors, "the profile stores 5xx")
                        .expect("500; executes again")
                        .play(trial -> {
                            trial.hasStatus(500, trial.send(trial.probe("fail=writer")));
                            trial.hasStatus(500, trial.send(trial.probe("fail=writer")));
                            trial.hasExecuted(2);
                        }),
                Case.of("outcome-failure-then-success", "A repeat of what has failed may succeed, and is kept then")
                        .from(Source.PAYPAL, "Idempotency")
                        .needs(PROBE)
                        .unless(Profile::storesServerErrors, "the profile stores 5xx")
                        .expect("503, then a success, then its replay")
                        .play(trial -> {
                            Request request = trial.probe("failures=1");
                            trial.hasStatus(503, trial.send(request));
                            trial.isReplay(trial.send(request), trial.send(request));
                            trial.hasExecuted(2);
                        }),
                Case.of("refusal-of-reuse-not-kept", "The refusal of a reused key is never given to a repeat")
                        .own()
                        .needs(OTHER_BODY)
                        .expect("the first request's answer, as before")
                        .play(trial -> {
                            Answer first = trial.send(trial.post());
                            trial.isReuse(trial.send(trial.otherBody(trial.post())));
                            trial.isReplay(first, trial.send(trial.post()));
                        }),
                Case.of("refusal-in-progress-not-kept", "The refusal of an early repeat is never given to a later one")
                        .from(Source.STRIPE, "Idempotent requests")
                        .says(Source.STRIPE, "a conflict with a running request is not saved")
                        .needs(PROBE)
                        .unless(Profile::waits, "the profile lets repeats wait; see in-flight-too-long")
                        .expect("409 twice, then a replay")
                        .play(trial -> {
                            Request request = trial.probe(trial.hold("a"));
                            var first = InFlight.running(trial, request);
                            trial.isInProgress(trial.send(request));
                            trial.isInProgress(trial.send(request));
                            trial.release("a");
                            trial.isReplay(trial.answerOf(first), trial.send(request));
                        }));
    }

    private static List<Case> unreached() {
        return List.of(
                unreached(
                        "unreached-404",
                        "No such path",
                        404,
                        request -> request.target(request.target().replaceFirst("/[^/?]*\\?", "-nowhere/x?"))),
                unreached("unreached-405", "No such method", 405, request -> request.method("PROPFIND")),
                unreached(
                        "unreached-406",
                        "Nothing that is acceptable",
                        406,
                        request -> request.header("Accept", "image/png")),
                unreached("unreached-415", "No type that is read", 415, request -> request.type("image/png")),
                Case.of("unreached-401", "A client that forgot its credentials may repeat with them")
                        .own()
                        .needs(CREDENTIALS)
                        .expect("401, then executes")
                        .play(trial -> {
                            trial.hasStatus(401, trial.send(trial.ofNobody(trial.post())));
                            trial.isExecution(trial.send(trial.post()));
                            trial.hasExecuted(1);
                        }));
    }

    private static Case unreached(String id, String title, int status, UnaryOperator<Request> change) {
        return Case.of(id, title + " (" + status + ") leaves the key free")
                .from(Source.STRIPE, "Idempotent requests")
                .says(Source.STRIPE, "results are kept only once the end point has begun")
                .needs(PROBE)
                .expect("the same key, sent right, executes")
                .play(trial -> {
                    trial.hasStatus(status, trial.send(change.apply(trial.post())));
                    trial.isExecution(trial.send(trial.post()));
                    trial.hasExecuted(1);
                });
    }
}
