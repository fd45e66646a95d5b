package dev.idem.conformance.cases;

import static dev.idem.conformance.suite.Need.PROBE;

import dev.idem.conformance.exchange.Trial;
import dev.idem.conformance.http.Answer;
import dev.idem.conformance.suite.Case;
import dev.idem.conformance.suite.Source;
import dev.idem.conformance.suite.Theme;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What of the first answer a repeat gets. */
final class ReplayedAnswers {
    private ReplayedAnswers() {}

    static Theme theme() {
        return new Theme(
                "Replay: the answer",
                Stream.of(basics(), statuses(), bodies(), headers())
                        .flatMap(List::stream)
                        .toList());
    }

    private static List<Case> basics() {
        return List.of(
                Case.of("replay", "A repeat gets the first answer and executes nothing")
                        .from(Source.DRAFT, "2.6")
                        .says(Source.DRAFT, "the result of the completed operation, a success or an error")
                        .says(Source.STRIPE, "the status and the body of the first request")
                        .says(Source.ADYEN, "the answer to the first attempt")
                        .says(Source.PAYPAL, "the latest status of the previous request")
                        .says(Source.SQUARE, "the answer of the first success")
                        .expect("the same status and body; one execution")
                        .play(trial -> {
                            trial.isReplay(trial.send(trial.post()), trial.send(trial.post()));
                            trial.hasExecuted(1);
                        }),
                Case.of("replay-many-times", "The tenth repeat gets what the first one got")
                        .from(Source.DRAFT, "2.6")
                        .expect("ten replays; one execution")
                        .play(trial -> {
                            Answer first = trial.send(trial.post());
                            for (int i = 0; i < 10; i++) {
                                trial.isReplay(first, trial.send(trial.post()));
                            }
                            trial.hasExecuted(1);
                        }),
                Case.of("replay-marked", "A replay says that it is one, the first answer does not")
                        .from(Source.STRIPE, "Advanced error handling")
                        .says(Source.STRIPE, "Idempotent-Replayed: true")
                        .says(Source.DRAFT, "not stated")
                        .unless(profile -> !profile.marksReplays(), "the profile's source does not state it")
                        .expect("Idempotent-Replayed: true, on the replay alone")
                        .play(trial -> {
                            trial.hasNo(Trial.MARK, trial.send(trial.post()));
                            trial.is(
                                    "lines of " + Trial.MARK,
                                    List.of("true"),
                                    trial.send(trial.post()).all(Trial.MARK));
                        }),
                Case.of("replay-other-keys", "Equal requests with two keys are two")
                        .from(Source.DRAFT, "2.2")
                        .expect("both execute")
                        .play(trial -> {
                            trial.areTwo(
                                    trial.send(trial.post()), trial.send(trial.keyed(trial.post(), Trial.newKey())));
                            trial.hasExecuted(2);
                        }));
    }

    private static List<Case> statuses() {
        return IntStream.of(200, 201, 202, 203, 204, 205, 301, 303, 307)
                .mapToObj(status -> Case.of("replay-" + status, "A " + status + " is replayed as a " + status)
                        .from(Source.DRAFT, "2.6")
                        .needs(PROBE)
                        .expect("the same status; one execution")
                        .play(trial -> {
                            String empty = "empty=" + (status == 204 || status == 205);
                            trial.isReplay(
                                    trial.send(trial.probe("status=" + status, empty)),
                                    trial.send(trial.probe("status=" + status, empty)));
                            trial.hasExecuted(1);
                        }))
                .toList();
    }

    private static List<Case> bodies() {
        return List.of(
                body(
                        "replay-empty-body",
                        "A 200 without a body is an answer like any other",
                        "status=200",
                        "empty=true"),
                body("replay-bytes", "A binary body is replayed byte for byte", "bytes=5000"),
                body("replay-one-byte", "A body of one byte is replayed", "bytes=1"),
                body(
                        "replay-streamed",
                        "A body that is written in pieces is replayed whole",
                        "bytes=5000",
                        "stream=true"),
                body(
                        "replay-text",
                        "A text beyond ASCII is replayed",
                        "type=text/plain; charset=utf-8",
                        "text=\u00e4\u20ac\ud83d\ude00"),
                Case.of("replay-charset", "A body in Latin-1 is replayed in Latin-1, and says so")
                        .from(Source.OWN, "")
                        .needs(PROBE)
                        .expect("the same bytes and the same Content-Type")
                        .play(trial -> {
                            String type = "type=text/plain; charset=iso-8859-1";
                            Answer first = trial.send(trial.probe(type, "text=\u00e4\u00f6\u00fc"));
                            Answer repeat = trial.send(trial.probe(type, "text=\u00e4\u00f6\u00fc"));
                            trial.is("bytes of the body", 3, first.body().length);
                            trial.isReplay(first, repeat);
                            trial.is("Content-Type", first.all("Content-Type"), repeat.all("Content-Type"));
                        }),
                Case.of("replay-largest", "An answer of the largest size that is kept is replayed")
                        .own()
                        .needs(PROBE)
                        .oursAlone()
                        .expect("the same bytes; one execution")
                        .play(trial -> {
                            String bytes = "bytes=" + trial.server().largestAnswer();
                            trial.isReplay(trial.send(trial.probe(bytes)), trial.send(trial.probe(bytes)));
                            trial.hasExecuted(1);
                        }),
                tooLarge("answer-too-large", "An answer too large to keep is given whole, once", "stream=false"),
                tooLarge("answer-too-large-streamed", "So is one that is written in pieces", "stream=true"));
    }

    private static List<Case> headers() {
        return List.of(
                header("etag", "ETag", "\"v1\""),
                header("location", "Location", "/things/1"),
                header("content-language", "Content-Language", "de"),
                header("content-location", "Content-Location", "/things/1"),
                header("content-disposition", "Content-Disposition", "attachment; filename=\"a.csv\""),
                header("last-modified", "Last-Modified", "Sun, 06 Nov 1994 08:49:37 GMT"),
                header("cache-control", "Cache-Control", "no-store"),
                header("link", "Link", "</things>; rel=\"collection\""),
                header("retry-after", "Retry-After", "120"),
                header("of-its-own", "X-Order-Number", "42"),
                Case.of("replay-header-repeated", "A header that was sent twice is replayed twice")
                        .from(Source.RFC_9110, "5.3")
                        .needs(PROBE)
                        .expect("both lines, in their order")
                        .play(trial -> {
                            String[] twice = {"header=X-Part: one", "header=X-Part: two"};
                            trial.isReplay(trial.send(trial.probe(twice)), trial.send(trial.probe(twice)));
                            Answer repeat = trial.send(trial.probe(twice));
                            trial.is("values", "one, two", String.join(", ", repeat.all("X-Part")));
                        }),
                Case.of("replay-vary", "Vary is replayed")
                        .from(Source.RFC_9110, "12.5.5")
                        .needs(PROBE)
                        .expect("the replay's Vary names what the handler named")
                        .play(trial -> {
                            Answer first = trial.send(trial.probe("header=Vary: X-Tenant"));
                            Answer repeat = trial.send(trial.probe("header=Vary: X-Tenant"));
                            trial.isReplay(first, repeat);
                            trial.that(
                                    String.join(", ", repeat.all("Vary")).contains("X-Tenant"),
                                    "Vary: X-Tenant",
                                    repeat.toString());
                        }),
                notReplayed(
                        "set-cookie", "A session's cookie", Source.OWN, "", "Set-Cookie", "session=secret; HttpOnly"),
                notReplayed(
                        "traceparent",
                        "The trace of the first request",
                        Source.OWN,
                        "",
                        "traceparent",
                        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"),
                notReplayed("tracestate", "The trace's state", Source.OWN, "", "tracestate", "vendor=1"),
                notReplayed("request-id", "The first request's number", Source.OWN, "", "X-Request-Id", "r-1"),
                notReplayed("b3", "A Zipkin trace", Source.OWN, "", "X-B3-TraceId", "80f198ee56343ba864fe8b2a57d3eff7"),
                notReplayed(
                        "keep-alive",
                        "What is said to one connection",
                        Source.RFC_9110,
                        "7.6.1",
                        "Keep-Alive",
                        "timeout=5"),
                notReplayed(
                        "date",
                        "The moment of the first answer",
                        Source.RFC_9110,
                        "6.6.1",
                        "Date",
                        "Sun, 06 Nov 1994 08:49:37 GMT"));
    }

    private static Case body(String id, String title, String... parameters) {
        return Case.of(id, title)
                .from(Source.STRIPE, "Idempotent requests")
                .says(Source.STRIPE, "the saved body")
                .needs(PROBE)
                .expect("the same bytes; one execution")
                .play(trial -> {
                    trial.isReplay(trial.send(trial.probe(parameters)), trial.send(trial.probe(parameters)));
                    trial.hasExecuted(1);
                });
    }

    private static Case tooLarge(String id, String title, String stream) {
        return Case.of(id, title)
                .own()
                .needs(PROBE)
                .oursAlone()
                .expect("the whole body first, then 409 response-not-stored; one execution")
                .play(trial -> {
                    int size = trial.server().largestAnswer() + 1;
                    Answer first = trial.send(trial.probe("bytes=" + size, stream));
                    trial.isExecution(first);
                    trial.is("bytes of the body", size, first.body().length);
                    trial.isRefusal(409, "response-not-stored", trial.send(trial.probe("bytes=" + size, stream)));
                    trial.hasExecuted(1);
                });
    }

    private static Case header(String id, String name, String value) {
        return Case.of("replay-header-" + id, name + " is replayed")
                .own()
                .needs(PROBE)
                .expect("the header as the handler gave it")
                .play(trial -> {
                    Answer first = trial.send(trial.probe("header=" + name + ": " + value));
                    Answer repeat = trial.send(trial.probe("header=" + name + ": " + value));
                    trial.isReplay(first, repeat);
                    trial.that(first.header(name).isPresent(), "a probe that answers with " + name, first.toString());
                    trial.is(name, first.all(name), repeat.all(name));
                });
    }

    private static Case notReplayed(String id, String what, Source source, String section, String name, String value) {
        return Case.of("replay-without-" + id, what + " is not replayed (" + name + ")")
                .from(source, section)
                .needs(PROBE)
                .expect("a replay without the first answer's value")
                .play(trial -> {
                    String header = "header=" + name + ": " + value;
                    trial.isExecution(trial.send(trial.probe(header)));
                    Answer repeat = trial.send(trial.probe(header));
                    trial.is(
                            "lines with the first value",
                            List.of(),
                            repeat.all(name).stream().filter(value::equals).toList());
                    trial.hasExecuted(1);
                });
    }
}
