package dev.idem.service.adminport;

import dev.idem.http.problem.Problem;
import dev.idem.http.problem.ProblemType;
import dev.idem.service.config.AdminConfiguration;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/** Requires the admin port's token, if one is configured, for everything without a login of its own. */
final class AdminTokenFilter extends AdminPortFilter {
    private static final long serialVersionUID = 1;

    private final transient AdminConfiguration settings;

    AdminTokenFilter(AdminConfiguration settings) {
        this.settings = settings;
    }

    @Override
    Optional<Problem> refusal(HttpServletRequest request) {
        boolean isLetIn = settings.requiredToken()
                .map(token -> isSame("Bearer " + token, String.valueOf(request.getHeader("Authorization"))))
                .orElse(true);
        return isLetIn
                ? Optional.empty()
                : refusal(
                        ProblemType.UNAUTHORIZED,
                        "Send the admin port's token (ADMIN_TOKEN) as Authorization: Bearer.");
    }

    private static boolean isSame(String expected, String sent) {
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), sent.getBytes(StandardCharsets.UTF_8));
    }
}
