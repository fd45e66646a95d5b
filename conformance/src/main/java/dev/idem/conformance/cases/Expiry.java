package dev.idem.conformance.cases;

import static dev.idem.conformance.suite.Need.OTHER_BODY;
import static dev.idem.conformance.suite.Need.SHORT_TTL;

import dev.idem.conformance.exchange.Trial;
import dev.idem.conformance.http.Answer;
import dev.idem.conformance.http.Request;
import dev.idem.conformance.suite.Case;
import dev.idem.conformance.suite.Source;
import dev.idem.conformance.suite.Theme;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Answers that have been kept for as long as they are kept. */
final class Expiry {
    private Expiry() {}

    static Theme theme() {
        return Theme.of(
                "Expiry",
                Case.of("expiry", "When an answer is no longer kept, its request executes again")
                        .from(Source.DRAFT, "2.3")
                        .says(Source.DRAFT, "a server may let keys expire, and publishes when")
                        .says(Source.STRIPE, "after 24 hours at the earliest; a new request then")
                        .says(Source.ADYEN, "after 31 days at the earliest")
                        .needs(SHORT_TTL)
                        .expect("a replay before, a second execution after")
                        .play(trial -> {
                            Answer first = trial.send(trial.post());
                            trial.isReplay(first, trial.send(trial.post()));
                            trial.areTwo(first, afterwards(trial, trial.post()));
                            trial.hasExecuted(2);
                        }),
                Case.of("expiry-other-body", "When an answer is no longer kept, its key is free for another body")
                        .from(Source.STRIPE, "Idempotent requests")
                        .needs(SHORT_TTL, OTHER_BODY)
                        .expect("refused before, executes after")
                        .play(trial -> {
                            Answer first = trial.send(trial.post());
                            trial.isReuse(trial.send(trial.otherBody(trial.post())));
                            trial.areTwo(first, afterwards(trial, trial.otherBody(trial.post())));
                        }),
                Case.of("expiry-not-put-off", "Repeats do not put off the end")
                        .own()
                        .needs(SHORT_TTL)
                        .expect("a second execution within twice the time, though repeats never stop")
                        .play(trial -> {
                            Answer first = trial.send(trial.post());
                            long deadline = System.nanoTime()
                                    + ttl(trial).multipliedBy(2).toNanos();
                            Answer answer = trial.send(trial.post());
                            trial.isReplay(first, answer);
                            while (answer.text().equals(first.text()) && System.nanoTime() < deadline) {
                                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
                                answer = trial.send(trial.post());
                            }
                            trial.areTwo(first, answer);
                        }));
    }

    private static Duration ttl(Trial trial) {
        return trial.server().ttl().orElseThrow();
    }

    /** What the request is answered once the time is over, and a second for clocks that are not ours. */
    private static Answer afterwards(Trial trial, Request request) throws Exception {
        long end = System.nanoTime() + ttl(trial).plusSeconds(1).toNanos();
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
        return trial.send(request);
    }
}
