package dev.idem.service.auth;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.idem.accounts.User;
import dev.idem.accounts.Users;
import dev.idem.dropwizard.problem.ProblemException;
import dev.idem.http.problem.Problem;
import dev.idem.http.problem.ProblemType;
import dev.idem.service.address.ClientAddresses;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** {@code POST /api/auth/login}. Thread-safe. */
@Path("/api/auth/login")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class LoginResource {
    /** The most logins at a time, since each holds a thread. More are refused at once. */
    private static final int MOST_WAITING = 64;

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private final Users users;
    private final AccessTokens tokens;
    private final ClientAddresses clients;
    private final LoginThrottle throttle;

    /**
     * Hashing a password takes 19 MiB and a core: as many at a time as there are cores, and as fit into an eighth of
     * the heap.
     */
    private final Semaphore turns = new Semaphore(turns(Runtime.getRuntime()), true);

    /** For any number of ports of one node, which count failures together. */
    public LoginResource(Users users, AccessTokens tokens, ClientAddresses clients) {
        this(users, tokens, clients, new LoginThrottle(InstantSource.system()));
    }

    LoginResource(Users users, AccessTokens tokens, ClientAddresses clients, LoginThrottle throttle) {
        this.users = users;
        this.tokens = tokens;
        this.clients = clients;
        this.throttle = throttle;
    }

    private static int turns(Runtime runtime) {
        long fit = runtime.maxMemory() / 8 / (19 << 20);
        return (int) Math.max(1, Math.min(runtime.availableProcessors(), fit));
    }

    /** The credentials of a login. */
    record Credentials(
            @NotEmpty @Size(max = 254) String email,
            @NotEmpty @Size(max = 128) String password) {
        /** Without the password. */
        @Override
        public String toString() {
            return "Credentials[" + email + "]";
        }
    }

    /** The response to a login (RFC 6749, section 5.1). */
    record Token(
            @JsonProperty("access_token") String accessToken,
            @JsonProperty("token_type") String tokenType,
            @JsonProperty("expires_in") long expiresIn) {}

    @POST
    public Token login(@NotNull @Valid Credentials credentials, @Context HttpServletRequest request)
            throws InterruptedException {
        return login(credentials, clients.of(request));
    }

    Token login(Credentials credentials, InetAddress client) throws InterruptedException {
        LoginAttempt attempt = LoginAttempt.of(credentials.email(), client);
        refuseTooMany(attempt); // these neither wait for a turn nor take one
        if (turns.getQueueLength() >= MOST_WAITING || !turns.tryAcquire(LONGEST_WAIT.toSeconds(), TimeUnit.SECONDS)) {
            throw overloaded();
        }
        try {
            return tokenFor(credentials, attempt);
        } finally {
            turns.release();
        }
    }

    private void refuseTooMany(LoginAttempt attempt) {
        throttle.refusal(attempt).ifPresent(wait -> {
            throw tooMany(wait);
        });
    }

    private Token tokenFor(Credentials credentials, LoginAttempt attempt) {
        refuseTooMany(attempt);
        User user = users.authenticate(credentials.email(), credentials.password())
                .orElseThrow(() -> {
                    throttle.failed(attempt);
                    return wrong();
                });
        throttle.succeeded(attempt);
        return new Token(tokens.issue(user.id()), "Bearer", tokens.lifetime().toSeconds());
    }

    private static ProblemException wrong() {
        return new ProblemException(
                Problem.of(ProblemType.INVALID_CREDENTIALS, "The address or the password is wrong.", null), Map.of());
    }

    private static ProblemException overloaded() {
        return new ProblemException(
                Problem.of(ProblemType.OVERLOADED, "Too many logins at the moment. Try again later.", null), Map.of());
    }

    private static ProblemException tooMany(Duration wait) {
        long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
        return new ProblemException(
                Problem.of(
                        ProblemType.TOO_MANY_REQUESTS,
                        "Too many logins failed for this account or from this address. Try again in " + seconds + " s.",
                        null),
                Map.of("Retry-After", Long.toString(seconds)));
    }
}
