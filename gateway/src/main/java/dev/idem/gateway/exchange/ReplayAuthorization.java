package dev.idem.gateway.exchange;

import dev.idem.core.record.RecordedResponse;
import dev.idem.gateway.caller.AccessTokenCheck;
import dev.idem.gateway.route.ReplayAuth;
import dev.idem.http.decision.Decision;
import dev.idem.http.decision.Refusal;
import dev.idem.http.problem.Problem;
import dev.idem.http.problem.ProblemType;
import java.util.Map;
import java.util.Optional;

/**
 * Stands before everything that tells a caller of an earlier request. The upstream is not asked when a request is repeated,
 * and so cannot turn a caller away whose credentials have been revoked since. Thread-safe.
 */
final class ReplayAuthorization {
    private final ReplayAuth rule;
    private final Optional<AccessTokenCheck> tokens;
    private final UpstreamQuery question;
    private final GatewayResponses answers;

    ReplayAuthorization(
            ReplayAuth rule, Optional<AccessTokenCheck> tokens, UpstreamQuery question, GatewayResponses answers) {
        this.rule = rule;
        this.tokens = tokens;
        this.question = question;
        this.answers = answers;
    }

    /** @param then what the caller is told, if it may know; may block */
    void pass(ClientExchange client, Optional<String> key, Runnable then) {
        if (rule instanceof ReplayAuth.Probe probe) {
            question.ask(
                    client, probe.path(), ReplayAuthorization::isRefused, answer -> judge(client, key, answer, then));
        } else if (rule instanceof ReplayAuth.None
                || tokens.flatMap(check -> check.verified(client.request().getHeaders()))
                        .isPresent()) {
            then.run();
        } else {
            refuse(
                    client,
                    ProblemType.UNAUTHORIZED,
                    "The access token is missing, not signed as it should be, or expired.",
                    Map.of("WWW-Authenticate", "Bearer"));
        }
    }

    /** The caller is told so in the upstream's own words. */
    private static boolean isRefused(int status) {
        return status == 401 || status == 403;
    }

    private void judge(ClientExchange client, Optional<String> key, Optional<RecordedResponse> answer, Runnable then) {
        int status = answer.map(RecordedResponse::status).orElse(0);
        if (status >= 200 && status < 300) {
            then.run();
        } else if (isRefused(status)) {
            answers.giveOf(client, answer.orElseThrow(), key);
        } else {
            refuse(
                    client,
                    ProblemType.AUTHORISATION_UNKNOWN,
                    "The upstream could not be asked whether the credentials still hold; nothing was executed.",
                    Map.of("Retry-After", "1"));
        }
    }

    private void refuse(ClientExchange client, ProblemType type, String detail, Map<String, String> headers) {
        answers.give(
                client,
                new Decision.Refuse(new Refusal(Problem.of(type, detail, null), headers), Optional.empty(), false));
    }
}
