package dev.idem.service.gateway.caller;

import dev.idem.core.record.Scope;
import dev.idem.service.gateway.route.ScopeRule;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;

/** Says whose key it is, by a route's rule. What callers send is kept as a hash only. Thread-safe. */
public final class CallerScope {
    private static final Scope EVERYBODY = new Scope("everybody");

    private final ScopeRule rule;
    private final Optional<AccessTokenCheck> tokens;

    /** @param tokens where the rule has need of it */
    public CallerScope(ScopeRule rule, Optional<AccessTokenCheck> tokens) {
        this.rule = rule;
        this.tokens = tokens;
    }

    /** Empty for a caller that nobody knows. */
    public Optional<Scope> scopeOf(HttpFields headers) {
        if (rule instanceof ScopeRule.None) {
            return Optional.of(EVERYBODY);
        }
        if (rule instanceof ScopeRule.Header header) {
            String value = String.join(",", headers.getValuesList(header.name()));
            return value.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Scope("header:" + header.name().toLowerCase(Locale.ROOT) + ':' + hash(value)));
        }
        String claim = ((ScopeRule.Claim) rule).name();
        return tokens.flatMap(check -> check.verified(headers))
                .flatMap(token -> Optional.ofNullable(token.getClaim(claim).asString())
                        .map(value -> new Scope("claim:" + hash(token.getIssuer() + '\n' + claim + '\n' + value))));
    }

    private static String hash(String value) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(value.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
