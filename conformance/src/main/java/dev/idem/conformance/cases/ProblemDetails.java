package dev.idem.conformance.cases;

import static dev.idem.conformance.suite.Need.OTHER_BODY;
import static dev.idem.conformance.suite.Need.PROBE;

import com.fasterxml.jackson.databind.JsonNode;
import dev.idem.conformance.exchange.Trial;
import dev.idem.conformance.http.Answer;
import dev.idem.conformance.http.Request;
import dev.idem.conformance.suite.Case;
import dev.idem.conformance.suite.Need;
import dev.idem.conformance.suite.Source;
import dev.idem.conformance.suite.Theme;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** What a refusal looks like. */
final class ProblemDetails {
    private ProblemDetails() {}

    /** A way to be refused. */
    private enum Refused {
        MALFORMED("invalid-key", 400, false),
        REUSED("key-reused", 422, false, OTHER_BODY),
        IN_PROGRESS("request-in-progress", 409, true, PROBE),
        TOO_LARGE("request-too-large", 413, false, PROBE),
        NOT_STORED("response-not-stored", 409, false, PROBE);

        private final String name;
        private final int status;
        private final boolean retryable;

        @SuppressWarnings("ImmutableEnumChecker") // List.of cannot be changed
        private final List<Need> needs;

        Refused(String name, int status, boolean retryable, Need... needs) {
            this.name = name;
            this.status = status;
            this.retryable = retryable;
            this.needs = List.of(needs);
        }

        Answer of(Trial trial) throws Exception {
            switch (this) {
                case MALFORMED -> {
                    return trial.send(trial.keyLine(trial.post(), "a,b"));
                }
                case REUSED -> {
                    trial.send(trial.post());
                    return trial.send(trial.otherBody(trial.post()));
                }
                case IN_PROGRESS -> {
                    Request request = trial.probe(trial.hold("a"));
                    InFlight.start(trial, request);
                    return trial.send(request);
                }
                case TOO_LARGE -> {
                    return trial.send(
                            trial.post().json(" ".repeat(trial.server().largestRequest() + 1)));
                }
                case NOT_STORED -> {
                    String bytes = "bytes=" + (trial.server().largestAnswer() + 1);
                    trial.send(trial.probe(bytes));
                    return trial.send(trial.probe(bytes));
                }
            }
            throw new IllegalStateException(name);
        }
    }

    static Theme theme() {
        return new Theme(
                "Problem details",
                Stream.concat(Arrays.stream(Refused.values()).map(ProblemDetails::problem), others().stream())
                        .toList());
    }

    private static Case problem(Refused refused) {
        return Case.of("problem-" + refused.name, "The problem " + refused.name + " says all that a client needs")
                .from(Source.RFC_9457, "3.1")
                .needs(refused.needs.toArray(Need[]::new))
                .oursAlone()
                .expect(refused.status
                        + " application/problem+json: type, title, status, detail, a urn:uuid: as instance,"
                        + " retryable " + refused.retryable + ", idempotency_key where there is one")
                .play(trial -> {
                    Answer answer = refused.of(trial);
                    trial.isRefusal(refused.status, refused.name, answer);
                    trial.is(
                            "Content-Type",
                            "application/problem+json",
                            answer.header("Content-Type").orElse("(none)"));
                    JsonNode problem = trial.problem(answer);
                    trial.is("status", refused.status, problem.path("status").asInt());
                    trial.is(
                            "retryable",
                            refused.retryable,
                            problem.path("retryable").asBoolean());
                    trial.that(!problem.path("title").asText().isEmpty(), "a title", problem.toString());
                    trial.that(!problem.path("detail").asText().isEmpty(), "a detail", problem.toString());
                    trial.that(
                            problem.path("instance").asText().matches("urn:uuid:[0-9a-f-]{36}"),
                            "a urn:uuid: as instance",
                            problem.toString());
                    if (refused == Refused.REUSED || refused.status == 409) {
                        trial.is(
                                "idempotency_key",
                                trial.key(),
                                problem.path("idempotency_key").asText());
                    }
                });
    }

    private static List<Case> others() {
        return List.of(
                Case.of("problem-instances-differ", "Each occurrence of a problem has an instance of its own")
                        .from(Source.RFC_9457, "3.1.5")
                        .oursAlone()
                        .expect("two refusals, two instances")
                        .play(trial -> {
                            JsonNode one = trial.problem(Refused.MALFORMED.of(trial));
                            JsonNode other = trial.problem(Refused.MALFORMED.of(trial));
                            trial.that(
                                    !one.path("instance").equals(other.path("instance")),
                                    "another instance",
                                    one.toString());
                        }),
                Case.of("problem-type-is-a-page", "A problem's type leads to its description")
                        .from(Source.RFC_9457, "3.1.1")
                        .oursAlone()
                        .expect("200 for a GET of the type")
                        .play(trial -> {
                            JsonNode problem = trial.problem(Refused.MALFORMED.of(trial));
                            Request page = trial.post()
                                    .method("GET")
                                    .target(problem.path("type").asText())
                                    .without("Content-Type")
                                    .body("");
                            trial.hasStatus(200, trial.send(trial.keyless(page)));
                        }),
                Case.of("problem-linked", "A refusal links to its documentation")
                        .from(Source.DRAFT, "2.7")
                        .says(Source.DRAFT, "a link in the body or in the header Link")
                        .oursAlone()
                        .expect("Link: rel=\"describedby\"")
                        .play(trial -> {
                            String link = String.join(
                                    ", ", Refused.MALFORMED.of(trial).all("Link"));
                            trial.that(
                                    link.contains("describedby"),
                                    "Link with rel=\"describedby\"",
                                    link.isEmpty() ? "(none)" : link);
                        }),
                Case.of("answer-linked", "Answers of a protected route link to its documentation")
                        .from(Source.DRAFT, "2.5")
                        .says(Source.DRAFT, "a server publishes what it does about keys")
                        .oursAlone()
                        .expect("Link: rel=\"describedby\", on an execution and on a replay")
                        .play(trial -> {
                            for (int i = 0; i < 2; i++) {
                                String link = String.join(
                                        ", ", trial.send(trial.post()).all("Link"));
                                trial.that(
                                        link.contains("describedby"),
                                        "Link with rel=\"describedby\"",
                                        link.isEmpty() ? "(none)" : link);
                            }
                        }));
    }
}
