package dev.idem.service.adminport;

import io.dropwizard.core.setup.Environment;
import io.dropwizard.core.setup.ExceptionMapperBinder;
import io.dropwizard.jersey.DropwizardResourceConfig;
import io.dropwizard.jersey.jackson.JacksonFeature;
import io.dropwizard.jersey.setup.JerseyServletContainer;
import io.dropwizard.jersey.validation.HibernateValidationBinder;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.UriBuilder;
import java.io.IOException;
import java.util.Collection;
import org.glassfish.jersey.server.internal.ContainerUtils;
import org.glassfish.jersey.uri.UriComponent;
import org.jspecify.annotations.Nullable;

/**
 * The resources of the admin port. A filter, so that a request that matches a resource gets its response here. Only
 * other requests go on to the filter that requires the port's token.
 */
final class OperatorPages extends HttpFilter {
    private static final long serialVersionUID = 1;

    private final transient JerseyServletContainer jersey;

    /** @param components instances and classes, as for Jersey */
    OperatorPages(Environment environment, Collection<?> components) {
        DropwizardResourceConfig config = new DropwizardResourceConfig(environment.metrics());
        config.register(new JacksonFeature(environment.getObjectMapper()));
        config.register(new HibernateValidationBinder(environment.getValidator()));
        config.register(new ExceptionMapperBinder(false));
        for (Object component : components) {
            if (component instanceof Class<?> type) {
                config.register(type);
            } else {
                config.register(component);
            }
        }
        this.jersey = new JerseyServletContainer(config);
    }

    @Override
    public void init(FilterConfig config) throws ServletException {
        super.init(config);
        jersey.init(config);
    }

    /** Not Jersey's own filter, which would take its mapping for the beginning of every path. */
    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        UriBuilder address = UriBuilder.fromUri(
                UriComponent.encodeTemplateNames(request.getRequestURL().toString()));
        @Nullable String query = request.getQueryString();
        var unused = jersey.service(
                address.clone().replacePath(request.getContextPath() + '/').build(),
                address.replacePath(UriComponent.encodeTemplateNames(request.getRequestURI()))
                        .replaceQuery(query == null ? null : ContainerUtils.encodeUnsafeCharacters(query))
                        .build(),
                request,
                response);
    }

    @Override
    public void destroy() {
        jersey.destroy();
    }
}
