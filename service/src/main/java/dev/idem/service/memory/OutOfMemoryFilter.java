package dev.idem.service.memory;

import dev.idem.core.background.OutOfMemoryExit;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;

/** Finds errors that servlets throw, before the server turns them into responses. Thread-safe. */
final class OutOfMemoryFilter implements Filter {
    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        try {
            chain.doFilter(request, response);
        } catch (IOException | ServletException | RuntimeException | Error e) {
            OutOfMemoryExit.haltAfter(e);
            throw e;
        }
    }
}
