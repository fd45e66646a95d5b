package dev.idem.conformance.cases;

import static dev.idem.conformance.suite.Need.PROBE;
import static dev.idem.conformance.suite.Need.SECOND_USER;

import dev.idem.conformance.exchange.Trial;
import dev.idem.conformance.http.Answer;
import dev.idem.conformance.http.Request;
import dev.idem.conformance.http.Wire;
import dev.idem.conformance.profile.Profile;
import dev.idem.conformance.suite.Case;
import dev.idem.conformance.suite.Source;
import dev.idem.conformance.suite.Theme;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Repeats that come while the first request runs. */
final class InFlight {
    private static final long A_MOMENT_MS = 250;
    private static final int CROWD = 50;

    private InFlight() {}

    static Theme theme() {
        return Theme.of(
                "In flight",
                Case.of("in-flight", "A repeat of a running request waits for its answer, or is told to come again")
                        .from(Source.DRAFT, "2.7")
                        .says(Source.DRAFT, "409")
                        .says(Source.STRIPE, "a conflict, which is not saved")
                        .says(Source.PAYPAL, "the first is processed; the second may fail")
                        .says(Source.AZURE, "409")
                        .needs(PROBE)
                        .expect(profile -> profile.waits()
                                ? "no answer while the first runs, then a replay of it"
                                : "409 at once; a replay when the first is done")
                        .play(InFlight::second),
                Case.of("in-flight-too-long", "A repeat does not wait without limit")
                        .own()
                        .needs(PROBE)
                        .oursAlone()
                        .expect("409 with Retry-After in seconds, within a minute; a replay when the first is done")
                        .play(trial -> {
                            Request request = trial.probe(trial.hold("a"));
                            CompletableFuture<Answer> first = running(trial, request);
                            Answer refusal = trial.send(request);
                            trial.isInProgress(refusal);
                            retryAfter(trial, refusal);
                            trial.release("a");
                            trial.isReplay(trial.answerOf(first), trial.send(request));
                            trial.hasExecuted(1);
                        }),
                Case.of("in-flight-retry-after", "A refusal says in whole seconds when to come again")
                        .from(Source.RFC_9110, "10.2.3")
                        .needs(PROBE)
                        .unless(Profile::waits, "the profile lets repeats wait; see in-flight-too-long")
                        .expect("Retry-After: a number, from 1 on")
                        .play(trial -> {
                            Request request = trial.probe(trial.hold("a"));
                            start(trial, request);
                            retryAfter(trial, trial.send(request));
                        }),
                Case.of("in-flight-crowd", "All that wait for a request get its answer")
                        .own()
                        .needs(PROBE)
                        .expect(profile -> profile.waits() ? "20 replays; one execution" : "409 for all but the first")
                        .play(trial -> {
                            Request request = trial.probe(trial.hold("a"));
                            List<CompletableFuture<Answer>> all = new ArrayList<>(List.of(running(trial, request)));
                            all.addAll(trial.sendLater(20, request));
                            trial.giveTime(all, A_MOMENT_MS);
                            trial.release("a");
                            trial.areOne(trial.answersOf(all));
                        }),
                Case.of("in-flight-burst", "Of fifty at once one executes")
                        .own()
                        .expect("one execution, and its answer for all that are not refused with 409")
                        .play(trial -> {
                            trial.areOne(trial.answersOf(trial.sendLater(CROWD, trial.post())));
                            trial.hasExecuted(1);
                        }),
                Case.of("in-flight-trickle", "Of fifty that come within 8 ms, while answers are given, one executes")
                        .own()
                        .expect("one execution, and its answer for all that are not refused with 409")
                        .play(trial -> trial.areOne(trial.answersOf(trial.trickle(CROWD, 8, trial.post())))),
                Case.of("in-flight-trickle-with-different-keys", "Fifty keys that come within 8 ms are fifty requests")
                        .own()
                        .needs(PROBE)
                        .expect("fifty executions")
                        .play(trial -> {
                            List<CompletableFuture<Answer>> all = new ArrayList<>();
                            for (int i = 0; i < CROWD; i++) {
                                all.add(trial.sendLater(trial.keyed(trial.post(), Trial.newKey())));
                            }
                            trial.answersOf(all).forEach(trial::isExecution);
                            trial.hasExecuted(CROWD);
                        }),
                Case.of("in-flight-other-key", "Another key does not wait for a running request")
                        .own()
                        .needs(PROBE)
                        .expect("executes while the first runs")
                        .play(trial -> {
                            start(trial, trial.probe(trial.hold("a")));
                            trial.isExecution(trial.send(trial.keyed(trial.post(), Trial.newKey())));
                        }),
                Case.of("in-flight-other-user", "Another user's same key does not wait for a running request")
                        .own()
                        .needs(PROBE, SECOND_USER)
                        .expect("executes while the first runs")
                        .play(trial -> {
                            start(trial, trial.probe(trial.hold("a")));
                            trial.isExecution(trial.send(trial.ofOther(trial.post())));
                        }),
                Case.of("in-flight-abandoned", "When a request fails for which others wait, one of these executes")
                        .own()
                        .needs(PROBE)
                        .oursAlone()
                        .expect("the failure for the first, one more execution, and its answer for all others")
                        .play(InFlight::abandoned),
                Case.of("in-flight-impatient", "A repeat that hangs up takes nothing with it")
                        .own()
                        .needs(PROBE)
                        .expect("the first is answered, and a later repeat is a replay")
                        .play(trial -> {
                            Request request = trial.probe(trial.hold("a"));
                            CompletableFuture<Answer> first = running(trial, request);
                            try (Wire wire = trial.wire()) {
                                wire.send(request);
                            }
                            trial.release("a");
                            trial.isReplay(trial.answerOf(first), trial.send(request));
                            trial.hasExecuted(1);
                        }));
    }

    /** Sent, and executing by now. */
    static CompletableFuture<Answer> running(Trial trial, Request request) throws Exception {
        CompletableFuture<Answer> first = trial.sendLater(request);
        trial.awaitExecutions(1);
        return first;
    }

    /** Sends it and returns when it executes. */
    static void start(Trial trial, Request request) throws Exception {
        CompletableFuture<Answer> unused = running(trial, request);
    }

    private static void second(Trial trial) throws Exception {
        Request request = trial.probe(trial.hold("a"));
        CompletableFuture<Answer> first = running(trial, request);
        CompletableFuture<Answer> second = trial.sendLater(request);
        if (trial.profile().waits()) {
            trial.that(trial.isPending(second, A_MOMENT_MS), "no answer while the first runs", "one");
            trial.release("a");
            trial.isReplay(trial.answerOf(first), trial.answerOf(second));
        } else {
            trial.isInProgress(trial.answerOf(second));
            trial.release("a");
            trial.isReplay(trial.answerOf(first), trial.send(request));
        }
        trial.hasExecuted(1);
    }

    private static void abandoned(Trial trial) throws Exception {
        Request request = trial.probe(trial.hold("a"), "failures=1");
        CompletableFuture<Answer> first = running(trial, request);
        List<CompletableFuture<Answer>> waiting = trial.sendLater(10, request);
        trial.giveTime(waiting, A_MOMENT_MS);
        trial.release("a");
        trial.hasStatus(503, trial.answerOf(first));
        List<Answer> answers = trial.answersOf(waiting);
        answers.forEach(answer -> trial.isSame(answers.get(0), answer));
        trial.that(answers.get(0).isSuccess(), "a success", answers.get(0).toString());
        trial.is(
                "answers that are no replay",
                1L,
                answers.stream().filter(one -> !Trial.isMarked(one)).count());
        trial.hasExecuted(2);
    }

    private static void retryAfter(Trial trial, Answer refusal) {
        String seconds = refusal.header("Retry-After").orElse("(none)");
        trial.that(seconds.matches("[1-9]\\d*"), "Retry-After: a number of seconds", seconds);
    }
}
