package dev.idem.dropwizard.problem;

import dev.idem.http.problem.ProblemType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of a task's request first: the servlet of tasks would report an unreadable body as a failure of the task, with
 * the library's message.
 */
final class TaskBodyFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final int MOST = 1 << 20;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        chain.doFilter(new Read(request, body(request)), response);
    }

    private static byte[] body(HttpServletRequest request) throws IOException {
        @Nullable String coding = request.getHeader("Content-Encoding");
        if (coding != null && !coding.equalsIgnoreCase("identity")) {
            throw new UnreadableBodyException(
                    ProblemType.UNSUPPORTED_MEDIA_TYPE,
                    "Tasks do not support content codings; send the body without one.");
        }
        byte[] body;
        try {
            Map<String, String[]> unused = request.getParameterMap(); // reads and caches a form
            body = request.getInputStream().readNBytes(MOST + 1);
        } catch (IOException | RuntimeException e) {
            throw UnreadableBodyException.of(e);
        }
        if (body.length > MOST) {
            throw new UnreadableBodyException(
                    ProblemType.REQUEST_TOO_LARGE, "A task's body may have at most " + MOST + " bytes; send less.");
        }
        return body;
    }

    private static final class Read extends HttpServletRequestWrapper {
        private final byte[] body;

        Read(HttpServletRequest request, byte[] body) {
            super(request);
            this.body = body;
        }

        @Override
        public ServletInputStream getInputStream() {
            return new Known(new ByteArrayInputStream(body));
        }
    }

    private static final class Known extends ServletInputStream {
        private final ByteArrayInputStream body;

        Known(ByteArrayInputStream body) {
            this.body = body;
        }

        @Override
        public int read() {
            return body.read();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            return body.read(bytes, offset, length);
        }

        @Override
        public boolean isFinished() {
            return body.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new IllegalStateException("the body is already read");
        }
    }
}
