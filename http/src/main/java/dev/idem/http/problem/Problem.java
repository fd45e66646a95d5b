package dev.idem.http.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.idem.http.log.LogFields;
import java.net.URI;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One occurrence of a problem (RFC 9457, section 3.1), with two extension members.
 *
 * @param instance a {@code urn:uuid:} that the log line of the same event carries
 * @param retryable whether the same request may be sent again unchanged
 * @param idempotencyKey the client's own key, if it sent one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"type", "title", "status", "detail", "instance", "retryable", "idempotency_key"})
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        URI instance,
        boolean retryable,
        @JsonProperty("idempotency_key") @Nullable String idempotencyKey) {

    /** The media type of a problem (RFC 9457, section 6.1). */
    public static final String MEDIA_TYPE = "application/problem+json";

    /** The default {@code Retry-After} of retryable problems, seconds. */
    public static final String SOON = "1";

    private static final Logger log = LoggerFactory.getLogger(Problem.class);

    /** Writes the log line that carries the instance; call it once, when the client is given the problem. */
    public void log() {
        fields().write(() -> log.info("{} {} {}", status, type, instance));
    }

    /** A problem for a status that came without a reason; it keeps the status where its type is a general one. */
    public static Problem ofStatus(int status, @Nullable String idempotencyKey) {
        ProblemType type = ProblemType.ofStatus(status);
        Problem problem = of(type, type.meaning() + ' ' + type.remedy(), idempotencyKey);
        boolean isOurs = type == ProblemType.INVALID_REQUEST || type == ProblemType.INTERNAL_ERROR;
        return isOurs ? problem.withStatus(status) : problem;
    }

    /** Logs the cause for operators; the client is not told. */
    public void logCause(Throwable error) {
        fields().write(() -> log.error("{} failed", instance, error));
    }

    /** Logs in one line for operators why this happened; the client is not told. */
    public void logReason(@Nullable String reason) {
        fields().write(() -> log.warn("{}: {}", instance, reason));
    }

    private LogFields fields() {
        return new LogFields(
                Map.of("instance", instance.toString(), "problem", type, "status", Integer.toString(status)));
    }

    /** The same with another status. */
    public Problem withStatus(int other) {
        return new Problem(type, title, other, detail, instance, retryable, idempotencyKey);
    }

    /** The same with another detail. */
    public Problem saying(String other) {
        return new Problem(type, title, status, other, instance, retryable, idempotencyKey);
    }

    /** @param detail a sentence that says what happened and what to do */
    public static Problem of(ProblemType type, String detail, @Nullable String idempotencyKey) {
        URI instance = URI.create("urn:uuid:" + UUID.randomUUID());
        return new Problem(type.uri(), type.title(), type.status(), detail, instance, type.retryable(), idempotencyKey);
    }
}
