package dev.idem.gateway.exchange;

import dev.idem.core.record.answer.RecordedResponse;
import dev.idem.gateway.caller.AccessTokenCheck;
import dev.idem.gateway.client.ClientExchange;
import dev.idem.gateway.probe.UpstreamQuery;
import dev.idem.gateway.response.GatewayResponses;
import dev.idem.gateway.route.ReplayAuth;
import dev.idem.http.decision.Decision;
import dev.idem.http.problem.Problem;
import dev.idem.http.problem.ProblemType;
import dev.idem.http.problem.Refusal;
import java.util.Map;
import java.util.Optional;

/**
 * Authorizes a caller before it learns anything of an earlier request. A repeat does not reach the upstream, which
 * therefore cannot refuse credentials that have been revoked since. Thread-safe.
 */
final class ReplayAuthorization {
    private final ReplayAuth rule;
    private final Optional<AccessTokenCheck> tokens;
    private final UpstreamQuery question;
    private final GatewayResponses responses;

    ReplayAuthorization(
            ReplayAuth rule, Optional<AccessTokenCheck> tokens, UpstreamQuery question, GatewayResponses responses) {
        this.rule = rule;
        this.tokens = tokens;
        this.question = question;
        this.responses = responses;
    }

    /** Answers a request that does not execute. What tells of an earlier request goes to an authorized caller only. */
    void answer(ClientExchange client, Decision.Answered answer) {
        if (answer.revealing()) {
            pass(client, answer.key(), () -> responses.give(client, answer));
        } else {
            responses.give(client, answer);
        }
    }

    /** @param then the response for an authorized caller; may block */
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
                    "The access token is missing, not valid, or expired.",
                    Map.of("WWW-Authenticate", "Bearer"));
        }
    }

    /** The caller gets the upstream's own response. */
    private static boolean isRefused(int status) {
        return status == 401 || status == 403;
    }

    private void judge(ClientExchange client, Optional<String> key, Optional<RecordedResponse> answer, Runnable then) {
        int status = answer.map(RecordedResponse::status).orElse(0);
        if (status >= 200 && status < 300) {
            then.run();
        } else if (isRefused(status)) {
            responses.giveOf(client, answer.orElseThrow(), key);
        } else {
            refuse(
                    client,
                    ProblemType.AUTHORISATION_UNKNOWN,
                    "The upstream could not confirm the credentials. Nothing was executed.",
                    Map.of("Retry-After", "1"));
        }
    }

    private void refuse(ClientExchange client, ProblemType type, String detail, Map<String, String> headers) {
        responses.give(
                client,
                new Decision.Refuse(new Refusal(Problem.of(type, detail, null), headers), Optional.empty(), false));
    }
}
