package dev.idem.dropwizard.problem;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;

/** Passes an error that a servlet answers without a body to the server's {@link ProblemErrorHandler}. */
final class EmptyErrorFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Watched watched = new Watched(response);
        chain.doFilter(request, watched);
        if (response.getStatus() >= 400 && !watched.hasBody && !response.isCommitted()) {
            response.sendError(response.getStatus());
        }
    }

    /** Notes whether a body was begun. */
    private static final class Watched extends HttpServletResponseWrapper {
        private boolean hasBody;

        Watched(HttpServletResponse response) {
            super(response);
        }

        @Override
        public ServletOutputStream getOutputStream() throws IOException {
            hasBody = true;
            return super.getOutputStream();
        }

        @Override
        public PrintWriter getWriter() throws IOException {
            hasBody = true;
            return super.getWriter();
        }

        @Override
        public void reset() {
            hasBody = false;
            super.reset();
        }
    }
}
