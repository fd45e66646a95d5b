package dev.idem.dropwizard.lifetime;

import io.dropwizard.jetty.setup.ServletEnvironment;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.EnumSet;

/** Passes Jersey's servlet a request and a response that know their {@link Lifetime}. Comes after all filters that have a path. Thread-safe. */
public final class LifetimeFilter implements Filter {
    /** The servlet's name in every Dropwizard application. */
    private static final String JERSEY = "jersey";

    private final HttpServletResponse unheard = EndedResponse.create();

    /** Puts one in front of Jersey's servlet alone. */
    public static void install(ServletEnvironment servlets) {
        FilterRegistration.Dynamic registration = servlets.addFilter("idempotency-lifetime", new LifetimeFilter());
        registration.setAsyncSupported(true);
        registration.addMappingForServletNames(EnumSet.allOf(DispatcherType.class), true, JERSEY);
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Lifetime lifetime = new Lifetime(unheard);
        LastingResponse lastingResponse = new LastingResponse((HttpServletResponse) response, lifetime);
        LastingRequest lastingRequest = new LastingRequest((HttpServletRequest) request, lastingResponse, lifetime);
        try {
            chain.doFilter(lastingRequest, lastingResponse);
        } finally {
            if (!lifetime.isSuspended() && !request.isAsyncStarted()) {
                lastingResponse.end();
                lifetime.end();
            }
        }
    }
}
