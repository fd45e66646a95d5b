package dev.idem.conformance.cases.body;

import static dev.idem.conformance.suite.Need.PROBE;

import dev.idem.conformance.exchange.Trial;
import dev.idem.conformance.http.Answer;
import dev.idem.conformance.http.Request;
import dev.idem.conformance.suite.Case;
import dev.idem.conformance.suite.Source;
import dev.idem.conformance.suite.Theme;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.function.UnaryOperator;

/** How a request's body comes, and how large it may be. */
public final class RequestBodies {
    private RequestBodies() {}

    public static Theme theme() {
        return Theme.of(
                "Request bodies",
                whole(
                        "body-whole",
                        "The handler reads the whole body that the layer has read before it",
                        request -> request),
                whole("body-in-chunks", "So it does if the body comes in chunks", Request::inChunks),
                whole("body-empty", "So it does if there is none", request -> request.body("")),
                whole("body-empty-in-chunks", "So it does if it comes in no chunks", request -> request.body("")
                        .inChunks()),
                whole("body-form", "A form reaches the handler, too", request -> request.form("a=1&b=%20x")),
                whole("body-binary", "So do bytes", request -> request.type("application/octet-stream")
                        .body(bytes(3000))),
                Case.of("body-largest", "A body of the largest size executes")
                        .own()
                        .needs(PROBE)
                        .oursAlone()
                        .expect("executes, and a repeat is a replay")
                        .play(trial -> {
                            Request request = large(trial, 0);
                            trial.isReplay(trial.send(request), trial.send(request.inChunks()));
                        }),
                tooLarge("body-too-large", "A body of one byte more is refused", request -> request),
                tooLarge("body-too-large-in-chunks", "So is one that does not say its length", Request::inChunks),
                Case.of("body-too-large-leaves-key-free", "A body that was too large leaves its key free")
                        .own()
                        .needs(PROBE)
                        .oursAlone()
                        .expect("a smaller one with the same key executes")
                        .play(trial -> {
                            trial.hasStatus(413, trial.send(large(trial, 1)));
                            trial.isExecution(trial.send(trial.post()));
                            trial.hasExecuted(1);
                        }),
                Case.of("body-too-large-gzip", "A compressed body is as large as what it decodes to")
                        .own()
                        .needs(PROBE)
                        .oursAlone()
                        .expect("413; nothing executes")
                        .play(trial -> {
                            byte[] zeros = new byte[trial.server().largestRequest() + 1];
                            Answer answer = trial.send(large(trial, 0)
                                    .plus("Content-Encoding", "gzip")
                                    .body(EqualBodies.gzipped(zeros)));
                            if (answer.status() == 415) {
                                throw trial.notApplicable("the server takes no gzip");
                            }
                            trial.isRefusal(413, "request-too-large", answer);
                            trial.hasExecuted(0);
                        }));
    }

    private static Case whole(String id, String title, UnaryOperator<Request> change) {
        return Case.of(id, title)
                .from(Source.RFC_9112, "6")
                .needs(PROBE)
                .expect("the probe answers with the length and SHA-256 of what was sent")
                .play(trial -> {
                    Request request = change.apply(trial.post());
                    Answer answer = trial.send(request);
                    trial.isExecution(answer);
                    trial.is(
                            "bytes",
                            request.body().length,
                            trial.problem(answer).path("bytes").asInt());
                    byte[] digest = MessageDigest.getInstance("SHA-256").digest(request.body());
                    trial.is(
                            "sha256",
                            HexFormat.of().formatHex(digest),
                            trial.problem(answer).path("sha256").asText());
                });
    }

    private static Case tooLarge(String id, String title, UnaryOperator<Request> change) {
        return Case.of(id, title)
                .from(Source.RFC_9110, "15.5.14")
                .needs(PROBE)
                .oursAlone()
                .expect("413; nothing executes")
                .play(trial -> {
                    trial.isRefusal(413, "request-too-large", trial.send(change.apply(large(trial, 1))));
                    trial.hasExecuted(0);
                });
    }

    private static Request large(Trial trial, int more) {
        return trial.post()
                .type("application/octet-stream")
                .body(bytes(trial.server().largestRequest() + more));
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) i;
        }
        return bytes;
    }
}
