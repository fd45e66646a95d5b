package dev.idem.conformance.cases.body;

import static dev.idem.conformance.suite.Need.PROBE;

import dev.idem.conformance.http.Request;
import dev.idem.conformance.suite.Case;
import dev.idem.conformance.suite.Source;
import dev.idem.conformance.suite.Theme;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/** Bodies that look alike and say different things. */
public final class DifferentBodies {
    private DifferentBodies() {}

    public static Theme theme() {
        return Theme.of(
                "Bodies that differ",
                json(
                        "large-numbers",
                        "9007199254740993 and ...992 are two numbers",
                        "{\"a\":9007199254740993}",
                        "{\"a\":9007199254740992}"),
                json(
                        "small-fractions",
                        "0.1 and 0.10000000000000001 are two numbers",
                        "{\"a\":0.1}",
                        "{\"a\":0.10000000000000001}"),
                json("number-and-text", "1 and \"1\" are two values", "{\"a\":1}", "{\"a\":\"1\"}"),
                json(
                        "null-and-absent",
                        "A member that is null is not one that is left out",
                        "{\"a\":1,\"b\":null}",
                        "{\"a\":1}"),
                json("empty-text-and-null", "An empty text is not null", "{\"a\":\"\"}", "{\"a\":null}"),
                json("true-and-text", "The text \"true\" is not true", "{\"a\":true}", "{\"a\":\"true\"}"),
                json("array-order", "An array's order matters", "[1,2]", "[2,1]"),
                json("nesting", "Where a member is nested matters", "{\"a\":{\"b\":1}}", "{\"a\":{},\"b\":1}"),
                json("case-of-names", "The case of a member's name matters", "{\"a\":1}", "{\"A\":1}"),
                json("space-in-text", "A space within a text matters", "{\"a\":\"x y\"}", "{\"a\":\"x  y\"}"),
                json(
                        "duplicate-order",
                        "Members of the same name keep their order",
                        "{\"a\":1,\"a\":2}",
                        "{\"a\":2,\"a\":1}"),
                json(
                        "duplicate-and-single",
                        "A member that comes twice is not the one that comes last",
                        "{\"a\":1,\"a\":2}",
                        "{\"a\":2}"),
                json(
                        "normalisation",
                        "A letter is not its decomposed form",
                        "{\"a\":\"\u00e4\"}",
                        "{\"a\":\"a\u0308\"}"),
                json("empty-object-and-array", "{} is not []", "{}", "[]"),
                different(
                        "differ-empty-and-object",
                        "No body is not {}",
                        request -> request.body(""),
                        request -> request.json("{}")),
                different(
                        "differ-form-values",
                        "A form field's value matters",
                        request -> request.form("a=1&b=2"),
                        request -> request.form("a=2&b=1")),
                different(
                        "differ-form-repeated",
                        "Form fields of the same name keep their order",
                        request -> request.form("a=1&a=2"),
                        request -> request.form("a=2&a=1")),
                different(
                        "differ-query-repeated",
                        "Query parameters of the same name keep their order",
                        request -> request.parameter("a=1").parameter("a=2"),
                        request -> request.parameter("a=2").parameter("a=1")),
                different(
                        "differ-text-space",
                        "A text's spaces matter",
                        request -> request.type("text/plain").body("a b"),
                        request -> request.type("text/plain").body("a  b")),
                different(
                        "differ-bytes",
                        "One bit matters",
                        request -> request.type("application/octet-stream").body(new byte[] {0, 1, 2}),
                        request -> request.type("application/octet-stream").body(new byte[] {0, 1, 3})),
                different(
                        "differ-bytes-length",
                        "A zero byte more matters",
                        request -> request.type("application/octet-stream").body(new byte[] {1, 0}),
                        request -> request.type("application/octet-stream").body(new byte[] {1, 0, 0})),
                different(
                        "differ-multipart-content",
                        "A part's content matters",
                        request -> multipart(request, "1"),
                        request -> multipart(request, "2")),
                different(
                        "differ-gzip",
                        "Compressed bodies differ if what they decode to differs",
                        request -> gzip(request, "{\"a\":1}"),
                        request -> gzip(request, "{\"a\":2}")));
    }

    private static Case json(String id, String title, String once, String other) {
        return different("differ-json-" + id, title, request -> request.json(once), request -> request.json(other));
    }

    private static Case different(String id, String title, UnaryOperator<Request> once, UnaryOperator<Request> other) {
        return Case.of(id, title)
                .from(Source.DRAFT, "2.2")
                .says(Source.DRAFT, "a key is not used again with a different payload")
                .needs(PROBE)
                .expect(profile -> profile.reusedStatus() + "; one execution")
                .play(trial -> {
                    trial.isExecution(trial.send(once.apply(trial.post())));
                    trial.isReuse(trial.send(other.apply(trial.post())));
                    trial.hasExecuted(1);
                });
    }

    private static Request multipart(Request request, String value) {
        return request.type("multipart/form-data; boundary=b").body(EqualBodies.form("b", "a", value) + "--b--\r\n");
    }

    private static Request gzip(Request request, String json) {
        return request.json("")
                .plus("Content-Encoding", "gzip")
                .body(EqualBodies.gzipped(json.getBytes(StandardCharsets.UTF_8)));
    }
}
