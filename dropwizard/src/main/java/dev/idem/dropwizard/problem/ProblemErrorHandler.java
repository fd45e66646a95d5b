package dev.idem.dropwizard.problem;

import dev.idem.http.problem.Problem;
import dev.idem.http.problem.ProblemJson;
import io.dropwizard.core.setup.Environment;
import jakarta.servlet.DispatcherType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.component.LifeCycle;
import org.jspecify.annotations.Nullable;

/**
 * Answers errors of the server and of servlets as problems instead of HTML pages, such as malformed HTTP or headers that are too
 * large. On all ports of an application. Thread-safe.
 */
public final class ProblemErrorHandler implements Request.Handler {
    private static final String ADMIN = "admin";
    private static final String TASKS = "/tasks/";

    /** A reason of the parser in plain words: no class name, address or markup. */
    private static final Pattern IN_WORDS = Pattern.compile("[A-Z](?!.*Exception)[A-Za-z0-9 ,:=/()-]{2,80}");

    private static final List<HttpHeader> OF_ANOTHER_BODY = List.of(
            HttpHeader.CONTENT_ENCODING,
            HttpHeader.CONTENT_LANGUAGE,
            HttpHeader.CONTENT_LENGTH,
            HttpHeader.CONTENT_RANGE,
            HttpHeader.ETAG,
            HttpHeader.LAST_MODIFIED);

    /** Of Jetty, for a request whose first line cannot be read. */
    private static final String UNREADABLE = "/badMessage";

    private final String methods;

    private ProblemErrorHandler(Collection<String> methods) {
        this.methods = String.join(", ", new TreeSet<>(methods));
    }

    /**
     * Installs this handler. Call it while the application is set up, after the filters that restrict access to the admin port: it
     * reads the bodies of tasks.
     *
     * @param methods the methods that the application's server accepts, for the {@code Allow} header
     */
    public static void areProblems(Environment environment, Collection<String> methods) {
        ProblemErrorHandler errors = new ProblemErrorHandler(methods);
        environment.getApplicationContext().setErrorHandler(errors);
        environment.getAdminContext().setErrorHandler(errors);
        environment
                .admin()
                .addFilter("idempotency-bare-statuses", new EmptyErrorFilter())
                .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
        environment
                .admin()
                .addFilter("idempotency-task-bodies", new TaskBodyFilter())
                .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, TASKS + '*');
        environment.lifecycle().addEventListener(new LifeCycle.Listener() {
            @Override
            public void lifeCycleStarting(LifeCycle starting) {
                if (starting instanceof Server server) {
                    server.setErrorHandler(errors);
                }
            }
        });
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws IOException {
        @Nullable Throwable cause = (Throwable) request.getAttribute(ErrorHandler.ERROR_EXCEPTION);
        int status = cause instanceof HttpException http ? http.getCode() : response.getStatus();
        if (status < 400) {
            callback.succeeded();
            return true;
        }
        Problem problem = problem(request, status, cause);
        problem.log();
        if (problem.status() >= 500 && problem.status() != HttpStatus.HTTP_VERSION_NOT_SUPPORTED_505 && cause != null) {
            problem.logCause(cause); // but for the one that is the client's own
        }
        response.setStatus(problem.status());
        describe(request, problem, response.getHeaders());
        response.write(true, ByteBuffer.wrap(ProblemJson.of(problem)), callback);
        return true;
    }

    private static boolean hasRequestLine(Request request) {
        return !UNREADABLE.equals(request.getHttpURI().getPath()) || HttpMethod.fromString(request.getMethod()) != null;
    }

    /** Whether a client may see the server's reason. */
    static boolean isInWords(@Nullable String reason) {
        return reason != null && IN_WORDS.matcher(reason).matches();
    }

    private static Problem problem(Request request, int status, @Nullable Throwable cause) {
        if (status >= HttpStatus.INTERNAL_SERVER_ERROR_500 && !(cause instanceof HttpException)) {
            return UnreadableBodyException.in(cause)
                    .map(unreadable -> Problem.of(unreadable.type(), unreadable.detail(), null))
                    .orElseGet(() -> Problem.ofStatus(status, null));
        }
        Problem problem = Problem.ofStatus(status, null);
        if (!hasRequestLine(request)) {
            problem = UnreadableRequestLine.sentence(cause).map(problem::saying).orElse(problem);
        }
        return status < HttpStatus.INTERNAL_SERVER_ERROR_500
                        && cause instanceof HttpException http
                        && isInWords(http.getReason())
                ? problem.saying(http.getReason() + ". " + problem.detail())
                : problem;
    }

    private void describe(Request request, Problem problem, HttpFields.Mutable headers) {
        OF_ANOTHER_BODY.forEach(headers::remove);
        headers.put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
        headers.put(HttpHeader.CACHE_CONTROL, "no-store");
        if (problem.retryable() && !headers.contains(HttpHeader.RETRY_AFTER)) {
            headers.put(HttpHeader.RETRY_AFTER, Problem.SOON);
        }
        if (problem.status() == HttpStatus.METHOD_NOT_ALLOWED_405 && !headers.contains(HttpHeader.ALLOW)) {
            headers.put(HttpHeader.ALLOW, methodsOf(request));
        }
        if (HttpMethod.CONNECT.is(request.getMethod())) {
            // The following bytes are meant for another server, and Jetty would keep the connection open.
            headers.put(HttpHeader.CONNECTION, "close");
        }
    }

    /** For a 405 without {@code Allow}, from the server itself or from a servlet of Dropwizard. */
    private String methodsOf(Request request) {
        if (!ADMIN.equals(request.getConnectionMetaData().getConnector().getName())) {
            return methods;
        }
        String path = Request.getPathInContext(request);
        return path.startsWith(TASKS) && path.length() > TASKS.length() ? "OPTIONS, POST" : "GET, HEAD, OPTIONS";
    }
}
