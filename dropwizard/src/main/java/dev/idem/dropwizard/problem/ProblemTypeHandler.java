package dev.idem.dropwizard.problem;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.idem.http.problem.ProblemType;
import io.dropwizard.core.setup.Environment;
import jakarta.ws.rs.core.MediaType;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.component.LifeCycle;

/**
 * Each {@link ProblemPage} at the path that problems name, where {@link ProblemTypeResource} is at another one: the
 * application has a {@code rootPath} or a context path. Thread-safe.
 */
public final class ProblemTypeHandler extends Handler.Wrapper {
    private static final String PATH = "/problems/";
    private static final String ADMIN = "admin";
    private static final List<String> JSON = List.of(MediaType.APPLICATION_JSON, "application/*");
    private static final List<String> HTML = List.of(MediaType.TEXT_HTML, "text/*", "*/*");

    private ProblemTypeHandler() {}

    /** A listener that inserts this handler into the server when it starts, if it is needed. */
    public static LifeCycle.Listener inserter(Environment environment) {
        return new LifeCycle.Listener() {
            @Override
            public void lifeCycleStarting(LifeCycle starting) {
                if (starting instanceof Server server && !servesThem(environment)) {
                    server.insertHandler(new ProblemTypeHandler());
                }
            }
        };
    }

    /** Whether the application has something at this path: the resource, or a servlet of its own. */
    private static boolean servesThem(Environment environment) {
        if (!environment.getApplicationContext().getContextPath().equals("/")) {
            return false;
        }
        boolean byResource = environment.getJerseyServletContainer() != null
                && environment.jersey().getUrlPattern().equals("/*");
        return byResource
                || environment.getApplicationContext().getServletHandler().getServletMapping(PATH + '*') != null;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Optional<ProblemPage> page = page(request);
        if (page.isEmpty()) {
            return super.handle(request, response, callback);
        }
        boolean json = prefersJson(request);
        byte[] body = json ? page.get().json() : page.get().html().getBytes(UTF_8);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, json ? MediaType.APPLICATION_JSON : ProblemPage.HTML);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.getHeaders().put(HttpHeader.VARY, HttpHeader.ACCEPT.asString());
        response.write(true, ByteBuffer.wrap(body), callback);
        return true;
    }

    private static Optional<ProblemPage> page(Request request) {
        boolean isRead = HttpMethod.GET.is(request.getMethod()) || HttpMethod.HEAD.is(request.getMethod());
        String path = Request.getPathInContext(request);
        boolean isOperators =
                ADMIN.equals(request.getConnectionMetaData().getConnector().getName());
        return isRead && !isOperators && path.startsWith(PATH)
                ? ProblemType.named(path.substring(PATH.length())).map(ProblemPage::new)
                : Optional.empty();
    }

    private static boolean prefersJson(Request request) {
        List<String> accepted = request.getHeaders().getQualityCSV(HttpHeader.ACCEPT);
        return accepted.stream()
                .map(type -> type.split(";", 2)[0].strip())
                .filter(type -> JSON.contains(type) || HTML.contains(type))
                .findFirst()
                .filter(JSON::contains)
                .isPresent();
    }
}
