package dev.idem.conformance.cases;

import static dev.idem.conformance.suite.Need.PROBE;

import dev.idem.conformance.exchange.Trial;
import dev.idem.conformance.http.Answer;
import dev.idem.conformance.http.Request;
import dev.idem.conformance.http.Wire;
import dev.idem.conformance.suite.Case;
import dev.idem.conformance.suite.Source;
import dev.idem.conformance.suite.Theme;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What clients and connections do in the middle of a request. */
final class Connections {
    private Connections() {}

    static Theme theme() {
        return Theme.of(
                "Connections",
                Case.of("connection-lost-in-upload", "A client that hangs up within its body leaves no record")
                        .own()
                        .needs(PROBE)
                        .expect("nothing executes; the same key executes after")
                        .play(trial -> {
                            Request request = trial.post();
                            try (Wire wire = trial.wire()) {
                                wire.send(wire.head(request, "HTTP/1.1")).send(half(request));
                            }
                            trial.isReplay(trial.send(request), trial.send(request));
                            trial.hasExecuted(1);
                        }),
                Case.of(
                                "connection-lost-in-execution",
                                "A request whose client hangs up is finished, and its answer kept")
                        .own()
                        .says(Source.ADYEN, "after a timeout the request is sent again with the same key")
                        .needs(PROBE)
                        .expect("a repeat is a replay; one execution")
                        .play(trial -> {
                            Request request = trial.probe(trial.hold("a"));
                            try (Wire wire = trial.wire()) {
                                wire.send(request);
                                trial.awaitExecutions(1);
                            }
                            trial.release("a");
                            Answer repeat = answerOnce(trial, request);
                            trial.that(repeat.isSuccess(), "the first answer", repeat.toString());
                            trial.isSame(repeat, trial.send(request));
                            trial.hasExecuted(1);
                        }),
                Case.of(
                                "connection-slow-upload",
                                "A body that comes slowly keeps no other request with its key waiting")
                        .own()
                        .needs(PROBE)
                        .expect("the one that is there first executes; the slow one is a replay")
                        .play(trial -> {
                            Request request = trial.post();
                            try (Wire wire = trial.wire()) {
                                byte[] half = half(request);
                                wire.send(wire.head(request, "HTTP/1.1")).send(half);
                                Answer first = trial.send(request);
                                byte[] rest = Arrays.copyOfRange(request.body(), half.length, request.body().length);
                                trial.isReplay(
                                        first, trial.noted(wire.send(rest).answer()));
                            }
                            trial.hasExecuted(1);
                        }),
                Case.of("connection-byte-by-byte", "A body that comes byte by byte is read whole")
                        .own()
                        .needs(PROBE)
                        .expect("executes with the whole body")
                        .play(trial -> {
                            Request request = trial.post();
                            try (Wire wire = trial.wire()) {
                                wire.send(wire.head(request, "HTTP/1.1"));
                                for (byte one : request.body()) {
                                    wire.send(new byte[] {one});
                                }
                                Answer answer = trial.noted(wire.answer());
                                trial.is(
                                        "bytes",
                                        request.body().length,
                                        trial.problem(answer).path("bytes").asInt());
                                trial.isReplay(answer, trial.send(request));
                            }
                        }),
                Case.of("connection-kept", "Executions, replays and refusals leave a connection usable")
                        .from(Source.RFC_9112, "9.3")
                        .needs(PROBE)
                        .expect("four answers on one connection")
                        .play(trial -> {
                            try (Wire wire = trial.wire()) {
                                Answer first =
                                        trial.noted(wire.send(trial.post()).answer());
                                trial.isReplay(
                                        first,
                                        trial.noted(wire.send(trial.post()).answer()));
                                trial.isReuse(trial.noted(
                                        wire.send(trial.otherBody(trial.post())).answer()));
                                trial.isReplay(
                                        first,
                                        trial.noted(wire.send(trial.post()).answer()));
                            }
                        }),
                Case.of("connection-http-1-0", "A repeat over HTTP/1.0 is a repeat")
                        .from(Source.RFC_9112, "2.3")
                        .expect("a replay")
                        .play(trial -> {
                            Answer first = trial.send(trial.post());
                            try (Wire wire = trial.wire()) {
                                wire.send(wire.head(trial.post(), "HTTP/1.0"))
                                        .send(trial.post().body());
                                trial.isReplay(first, trial.noted(wire.answer()));
                            }
                        }),
                Case.of("connection-expect-continue", "A client that waits to be asked for its body is asked")
                        .from(Source.RFC_9110, "10.1.1")
                        .needs(PROBE)
                        .expect("100, then it executes; a repeat is a replay")
                        .play(trial -> {
                            Request request = trial.post().plus("Expect", "100-continue");
                            try (Wire wire = trial.wire()) {
                                wire.send(wire.head(request, "HTTP/1.1"));
                                trial.hasStatus(100, wire.answer());
                                Answer first =
                                        trial.noted(wire.send(request.body()).answer());
                                trial.isReplay(first, trial.send(trial.post()));
                            }
                        }),
                Case.of("connection-pipelined", "A repeat that is sent before the first answer has come is a repeat")
                        .from(Source.RFC_9112, "9.3.2")
                        .needs(PROBE)
                        .expect("two answers in their order, the second a replay")
                        .play(trial -> {
                            try (Wire wire = trial.wire()) {
                                wire.send(trial.post()).send(trial.post());
                                trial.isReplay(trial.noted(wire.answer()), trial.noted(wire.answer()));
                            }
                            trial.hasExecuted(1);
                        }));
    }

    private static byte[] half(Request request) {
        return Arrays.copyOf(request.body(), request.body().length / 2);
    }

    /** The first answer that is not 409, for servers that do not let repeats wait. */
    private static Answer answerOnce(Trial trial, Request request) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        Answer answer = trial.send(request);
        while (answer.status() == 409 && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            answer = trial.send(request);
        }
        return answer;
    }
}
