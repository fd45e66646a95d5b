package dev.idem.conformance.cases;

import static dev.idem.conformance.suite.Need.PROBE;
import static dev.idem.conformance.suite.Need.SECOND_USER;
import static dev.idem.conformance.suite.Need.WINDOW;

import dev.idem.conformance.exchange.Trial;
import dev.idem.conformance.http.Answer;
import dev.idem.conformance.http.Request;
import dev.idem.conformance.suite.Case;
import dev.idem.conformance.suite.Source;
import dev.idem.conformance.suite.Theme;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;

/** Requests without a key, which some servers compare by what they say. */
final class WithoutKey {
    private static final String REASON = "the profile does not compare requests without a key";

    private WithoutKey() {}

    static Theme theme() {
        return Theme.of(
                "Without a key",
                Case.of("keyless-executes", "Requests without a key execute each time")
                        .from(Source.PAYPAL, "Idempotency")
                        .says(Source.PAYPAL, "without its header a request is executed again")
                        .says(Source.OWN, "within a window, the same request of the same user is a repeat")
                        .unless(
                                profile -> profile.comparesWithoutKey() || profile.requiresKey(),
                                "the profile compares requests without a key, or requires one")
                        .expect("two executions")
                        .play(trial -> trial.areTwo(
                                trial.send(trial.keyless(trial.post())), trial.send(trial.keyless(trial.post())))),
                ofWindow("keyless-within-window", "The same request within the window is a repeat")
                        .needs(WINDOW)
                        .expect("a replay; one execution")
                        .play(trial -> {
                            trial.isReplay(
                                    trial.send(trial.keyless(trial.post())), trial.send(trial.keyless(trial.post())));
                            trial.hasExecuted(1);
                        }),
                ofWindow("keyless-in-flight", "The same request is a repeat for as long as the first one runs")
                        .expect("a replay, however long the first one takes")
                        .play(trial -> {
                            Request request = trial.keyless(trial.probe(trial.hold("a")));
                            CompletableFuture<Answer> first = InFlight.running(trial, request);
                            CompletableFuture<Answer> second = trial.sendLater(request);
                            trial.that(trial.isPending(second, 250), "no answer while the first runs", "one");
                            trial.release("a");
                            trial.isReplay(trial.answerOf(first), trial.answerOf(second));
                            trial.hasExecuted(1);
                        }),
                ofWindow("keyless-burst", "Of twenty at once one executes")
                        .needs(WINDOW)
                        .expect("one execution")
                        .play(trial -> trial.areOne(trial.answersOf(trial.sendLater(20, trial.keyless(trial.post()))))),
                ofWindow("keyless-after-window", "After the window the same request executes again")
                        .needs(WINDOW)
                        .expect("a second execution, once the window is over")
                        .play(trial -> {
                            Request request = trial.keyless(trial.post());
                            Answer first = trial.send(request);
                            LockSupport.parkNanos(window(trial).toNanos());
                            trial.areTwo(first, executedAgain(trial, request, 10));
                        }),
                ofWindow(
                                "keyless-window-does-not-slide",
                                "The window begins with the first request, whatever repeats come")
                        .needs(WINDOW)
                        .expect("a second execution not before the window is over, though repeats never stop")
                        .play(WithoutKey::doesNotSlide),
                other(
                        "keyless-other-body",
                        "Another body is another request",
                        request -> request.json("{\"amount\":11}")),
                other(
                        "keyless-other-query",
                        "Another query is another request",
                        request -> request.parameter("page=2")),
                other(
                        "keyless-other-path",
                        "Another path is another request",
                        request -> request.target(request.target().replaceFirst("\\?", "/elsewhere?"))),
                other("keyless-other-method", "Another method is another request", request -> request.method("PUT")),
                ofWindow("keyless-other-user", "Another user's same request is never a repeat")
                        .needs(WINDOW, SECOND_USER)
                        .expect("both execute")
                        .play(trial -> {
                            Request request = trial.keyless(trial.post());
                            trial.areTwo(trial.send(request), trial.send(trial.ofOther(request)));
                        }),
                ofWindow("keyless-and-keyed", "A request with a key is not the repeat of one without")
                        .needs(WINDOW)
                        .expect("both execute")
                        .play(trial -> trial.areTwo(trial.send(trial.keyless(trial.post())), trial.send(trial.post()))),
                ofWindow("keyless-failure", "A failure is no answer to repeat")
                        .needs(WINDOW)
                        .expect("executes again")
                        .play(trial -> {
                            Request request = trial.keyless(trial.probe("status=503"));
                            trial.areTwo(trial.send(request), trial.send(request));
                        }),
                ofWindow("keyless-no-key-in-answer", "An answer to a request without a key names none")
                        .needs(WINDOW)
                        .expect("no key, neither in the first answer nor in a replay")
                        .play(trial -> {
                            Request request = trial.keyless(trial.post());
                            trial.hasNo(trial.profile().keyHeader(), trial.send(request));
                            trial.hasNo(trial.profile().keyHeader(), trial.send(request));
                        }));
    }

    private static Case.Draft ofWindow(String id, String title) {
        return Case.of(id, title).own().needs(PROBE).unless(profile -> !profile.comparesWithoutKey(), REASON);
    }

    private static Case other(String id, String title, UnaryOperator<Request> change) {
        return ofWindow(id, title).needs(WINDOW).expect("both execute").play(trial -> {
            Request request = trial.keyless(trial.post());
            trial.areTwo(trial.send(request), trial.send(change.apply(request)));
        });
    }

    private static Duration window(Trial trial) {
        return trial.server().window().orElseThrow();
    }

    private static void doesNotSlide(Trial trial) throws Exception {
        Request request = trial.keyless(trial.post());
        long begin = System.nanoTime();
        Answer first = trial.send(request);
        Answer second = executedAgain(trial, request, 3);
        Duration passed = Duration.ofNanos(System.nanoTime() - begin);
        trial.areTwo(first, second);
        trial.that(
                passed.compareTo(window(trial)) >= 0,
                "a second execution after " + window(trial),
                "one after " + passed);
    }

    /** Sends without a pause to speak of until one is executed, for so many windows at the most. */
    private static Answer executedAgain(Trial trial, Request request, int windows) throws Exception {
        long deadline = System.nanoTime() + window(trial).multipliedBy(windows).toNanos();
        Answer answer = trial.send(request);
        while (Trial.isMarked(answer) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            answer = trial.send(request);
        }
        return answer;
    }
}
