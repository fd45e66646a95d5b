package dev.idem.conformance.cases.body;

import static dev.idem.conformance.suite.Need.PROBE;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.idem.conformance.http.Answer;
import dev.idem.conformance.http.Request;
import dev.idem.conformance.suite.Case;
import dev.idem.conformance.suite.Source;
import dev.idem.conformance.suite.Theme;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;

/** Bodies that are written in two ways and say the same. */
public final class EqualBodies {
    private static final String MULTIPART = "multipart/form-data; boundary=";

    private EqualBodies() {}

    public static Theme theme() {
        return Theme.of(
                "Bodies that say the same",
                Case.of("same-json-pretty", "JSON with line breaks and indents is the same JSON")
                        .from(Source.RFC_8259, "2")
                        .says(Source.DRAFT, "2.4: how requests are compared is the server's choice")
                        .oursAlone()
                        .expect("a replay")
                        .play(trial -> {
                            ObjectMapper mapper = new ObjectMapper();
                            Request request = trial.post();
                            String pretty = mapper.readTree(request.body()).toPrettyString();
                            trial.isReplay(trial.send(request), trial.send(request.body(pretty)));
                        }),
                json("order", "members in another order", "{\"a\":1,\"b\":2}", "{\"b\":2,\"a\":1}"),
                json(
                        "order-nested",
                        "nested members in another order",
                        "[{\"x\":{\"a\":1,\"b\":2}}]",
                        "[{\"x\":{\"b\":2,\"a\":1}}]"),
                json("number-fraction", "1 as 1.0", "{\"a\":1}", "{\"a\":1.0}"),
                json("number-exponent", "1000 as 1e3", "{\"a\":1000}", "{\"a\":1e3}"),
                json("number-large", "the same large number", "{\"a\":9007199254740993}", "{\"a\":9007199254740993.0}"),
                json("escapes", "a letter as an escape", "{\"a\":\"\u00e4\"}", "{\"a\":\"\\u00e4\"}"),
                json(
                        "escapes-surrogates",
                        "a letter beyond the first plane as escapes",
                        "{\"a\":\"\ud83d\ude00\"}",
                        "{\"a\":\"\\ud83d\\ude00\"}"),
                json("escapes-slash", "an escaped slash", "{\"a\":\"/\"}", "{\"a\":\"\\/\"}"),
                json("escapes-in-names", "an escape in a member's name", "{\"ab\":1}", "{\"\\u0061b\":1}"),
                json("trailing-line-break", "a line break at the end", "{\"a\":1}", "{\"a\":1}\n"),
                json("byte-order-mark", "a byte-order mark", "{\"a\":1}", "\ufeff{\"a\":1}"),
                charset("utf-16", StandardCharsets.UTF_16),
                charset("utf-16le", StandardCharsets.UTF_16LE),
                type("parameter", "a charset in the content type", "application/json; charset=utf-8"),
                type("case", "the content type in capitals", "Application/JSON"),
                same(
                        "same-merge-patch",
                        "A structured-syntax suffix says JSON, too",
                        request -> request.type("application/merge-patch+json").body("{\"a\":1,\"b\":2}"),
                        request -> request.type("application/merge-patch+json").body("{ \"b\":2, \"a\":1 }")),
                same(
                        "same-form-order",
                        "Form fields in another order are the same form",
                        request -> request.form("a=1&b=2"),
                        request -> request.form("b=2&a=1")),
                same(
                        "same-form-encoding",
                        "A form field's space is a plus or %20",
                        request -> request.form("a=x+y"),
                        request -> request.form("a=x%20y")),
                same(
                        "same-multipart-boundary",
                        "A multipart body has another boundary each time",
                        request -> multipart(request, "one"),
                        request -> multipart(request, "another")),
                same(
                        "same-query-order",
                        "Query parameters in another order are the same query",
                        request -> request.parameter("a=1").parameter("b=2"),
                        request -> request.parameter("b=2").parameter("a=1")),
                same(
                        "same-bytes",
                        "Bytes of a type that has no meaning are compared as they are",
                        request -> request.type("application/octet-stream").body(new byte[] {0, 1, (byte) 0xff}),
                        request -> request.type("application/octet-stream").body(new byte[] {0, 1, (byte) 0xff})),
                same(
                        "same-broken-json",
                        "What is no JSON is compared as it is",
                        request -> request.json("{broken"),
                        request -> request.json("{broken")),
                same(
                        "same-deep-json",
                        "JSON of a thousand levels is compared somehow",
                        request -> request.json("[".repeat(1000) + "]".repeat(1000)),
                        request -> request.json("[".repeat(1000) + "]".repeat(1000))),
                same(
                        "same-huge-exponent",
                        "A number of a billion digits costs nothing to compare",
                        request -> request.json("{\"a\":1e999999999}"),
                        request -> request.json("{\"a\":1e999999999}")),
                Case.of("same-gzip", "A compressed body is what it decodes to")
                        .from(Source.RFC_9110, "8.4")
                        .needs(PROBE)
                        .oursAlone()
                        .expect("executes with the decoded body; the plain one is a replay")
                        .play(trial -> {
                            Request plain = trial.post();
                            Answer first = trial.send(
                                    plain.plus("Content-Encoding", "gzip").body(gzipped(plain.body())));
                            if (first.status() == 415) {
                                throw trial.notApplicable("the server takes no gzip");
                            }
                            trial.is(
                                    "bytes that the handler read",
                                    plain.body().length,
                                    trial.problem(first).path("bytes").asInt());
                            trial.isReplay(first, trial.send(plain));
                        }));
    }

    private static Case json(String id, String what, String once, String again) {
        return same(
                "same-json-" + id,
                "JSON with " + what + " is the same JSON",
                request -> request.json(once),
                request -> request.json(again));
    }

    private static Case charset(String id, Charset charset) {
        return same(
                "same-json-" + id,
                "JSON in " + charset.name() + " is the same JSON",
                request -> request.json("{\"a\":\"\u00e4\"}"),
                request -> request.type("application/json").body("{\"a\":\"\u00e4\"}".getBytes(charset)));
    }

    private static Case type(String id, String what, String mediaType) {
        return same(
                "same-content-type-" + id,
                "JSON with " + what + " is JSON",
                request -> request,
                request -> request.type(mediaType));
    }

    private static Case same(String id, String title, UnaryOperator<Request> once, UnaryOperator<Request> again) {
        return Case.of(id, title)
                .own()
                .says(Source.DRAFT, "2.4: how requests are compared is the server's choice")
                .needs(PROBE)
                .oursAlone()
                .expect("a replay; one execution")
                .play(trial -> {
                    trial.isReplay(trial.send(once.apply(trial.post())), trial.send(again.apply(trial.post())));
                    trial.hasExecuted(1);
                });
    }

    private static Request multipart(Request request, String boundary) {
        return request.type(MULTIPART + boundary)
                .body(form(boundary, "a", "1") + form(boundary, "b", "2") + "--" + boundary + "--\r\n");
    }

    public static String form(String boundary, String name, String value) {
        return "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
    }

    public static byte[] gzipped(byte[] plain) {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return zipped.toByteArray();
    }
}
