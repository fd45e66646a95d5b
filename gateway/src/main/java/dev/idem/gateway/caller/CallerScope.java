package dev.idem.gateway.caller;

import com.auth0.jwt.interfaces.DecodedJWT;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.idem.core.record.Scope;
import dev.idem.gateway.route.ScopeRule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;

/** The scope of a caller, by the route's rule. Values that callers send are kept as hashes only. Thread-safe. */
public final class CallerScope {
    private static final Scope EVERYBODY = new Scope("everybody");
    private static final ObjectReader EXACT =
            new ObjectMapper().reader().with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private final ScopeRule rule;
    private final Optional<AccessTokenCheck> tokens;

    /** @param tokens needed for rules on claims */
    public CallerScope(ScopeRule rule, Optional<AccessTokenCheck> tokens) {
        this.rule = rule;
        this.tokens = tokens;
    }

    /** Empty for an unknown caller. */
    public Optional<Scope> scopeOf(HttpFields headers) {
        if (rule instanceof ScopeRule.None) {
            return Optional.of(EVERYBODY);
        }
        if (rule instanceof ScopeRule.Header header) {
            List<String> lines = headers.getValuesList(header.name());
            return lines.stream().allMatch(String::isBlank)
                    ? Optional.empty()
                    : Optional.of(new Scope(
                            "header:" + header.name().toLowerCase(Locale.ROOT) + ':' + hash(String.join(",", lines))));
        }
        String claim = ((ScopeRule.Claim) rule).name();
        return tokens.flatMap(check -> check.verified(headers)).flatMap(token -> scopeOf(token, claim));
    }

    /** Strings and numbers identify callers; 42 and "42" are two callers. */
    private static Optional<Scope> scopeOf(DecodedJWT token, String claim) {
        String of = token.getIssuer() + '\n' + claim + '\n';
        JsonNode value = payload(token).path(claim);
        if (value.isTextual()) {
            return Optional.of(new Scope("claim:" + hash(of + value.textValue())));
        }
        if (value.isNumber()) {
            String number = value.decimalValue().stripTrailingZeros().toString();
            return Optional.of(new Scope("claim-number:" + hash(of + number)));
        }
        return Optional.empty();
    }

    /** Parsed again: the library's numbers are not exact, so two callers could become one. */
    private static JsonNode payload(DecodedJWT token) {
        try {
            return EXACT.readTree(Base64.getUrlDecoder().decode(token.getPayload()));
        } catch (IOException | NumberFormatException beyondAllNumbers) {
            return MissingNode.getInstance();
        }
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
