package dev.idem.service.adminport;

import dev.idem.http.jetty.HttpConfigurations;
import dev.idem.service.config.AdminConfiguration;
import io.dropwizard.core.setup.Environment;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Optional;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.NetworkConnector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.component.LifeCycle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The admin port: the operators' API and console, which have their own login, and tasks, metrics and health. Every
 * request passes {@code AdminPortFilter} first. Thread-safe.
 */
public final class AdminPort implements LifeCycle.Listener {
    private static final Logger log = LoggerFactory.getLogger(AdminPort.class);
    private static final String CONNECTOR = "admin";
    private static final String NAMES_BELOW = "/api/v1/admin/idempotency/records/";

    /**
     * A name may contain any character, but percent-encoded; otherwise path parameters would be read that no client has
     * sent.
     */
    private static final UriCompliance ANY_NAME = UriCompliance.UNSAFE.without(
            "ADMIN",
            UriCompliance.Violation.BAD_PERCENT_ENCODING,
            UriCompliance.Violation.BAD_UTF8_ENCODING,
            UriCompliance.Violation.TRUNCATED_UTF8_ENCODING,
            UriCompliance.Violation.UTF16_ENCODINGS);

    private static final String[] PAGES = {"/console/*", "/api/auth/login", "/api/v1/admin/*", "/problems/*"};

    private final AdminConfiguration settings;
    private final Environment environment;
    private volatile @Nullable AdminAddress address;

    public AdminPort(AdminConfiguration settings, Environment environment) {
        this.settings = settings;
        this.environment = environment;
    }

    /**
     * Called once, before the server is built.
     *
     * @param components resources for administrators and what they need: instances and classes
     */
    public void open(Collection<?> components) {
        filter("door", new HostAndOriginFilter(settings, NAMES_BELOW))
                .addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), true, "/*");
        filter("pages", new OperatorPages(environment, components))
                .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, PAGES);
        filter("token", new AdminTokenFilter(settings))
                .addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), true, "/*");
        environment.getAdminContext().getServletHandler().setDecodeAmbiguousURIs(true);
        environment.lifecycle().addEventListener(this);
    }

    private FilterRegistration.Dynamic filter(String name, jakarta.servlet.Filter filter) {
        FilterRegistration.Dynamic registration = environment.admin().addFilter(name, filter);
        registration.setAsyncSupported(true);
        return registration;
    }

    /** Empty before the server has started, and if there is no such port. */
    public Optional<AdminAddress> address() {
        return Optional.ofNullable(address);
    }

    /**
     * A key in a path may contain any character; only the resource decodes it. AdminPortFilter checks all other paths.
     */
    @Override
    public void lifeCycleStarting(LifeCycle starting) {
        if (starting instanceof Server server) {
            Arrays.stream(server.getConnectors())
                    .filter(AdminPort::isAdmin)
                    .flatMap(connector -> HttpConfigurations.of(connector).stream())
                    .forEach(protocol -> protocol.setUriCompliance(ANY_NAME));
        }
    }

    @Override
    public void lifeCycleStarted(LifeCycle started) {
        if (started instanceof Server server) {
            Arrays.stream(server.getConnectors())
                    .filter(AdminPort::isAdmin)
                    .map(NetworkConnector.class::cast)
                    .findFirst()
                    .ifPresent(connector -> {
                        AdminAddress known = addressOf(connector);
                        address = known;
                        log.info("Console: {}", known.console());
                    });
        }
    }

    private static boolean isAdmin(Connector connector) {
        return CONNECTOR.equals(connector.getName()) && connector instanceof NetworkConnector;
    }

    private AdminAddress addressOf(NetworkConnector connector) {
        String path = environment.getAdminContext().getContextPath();
        return new AdminAddress(
                connector.getProtocols().stream().anyMatch("ssl"::equalsIgnoreCase) ? "https" : "http",
                bound(connector.getHost()),
                connector.getLocalPort(),
                path.endsWith("/") ? path : path + '/',
                settings.knownHosts());
    }

    private static InetAddress bound(@Nullable String host) {
        try {
            return InetAddress.getByName(host == null || host.isBlank() ? "0.0.0.0" : host);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("the admin port listens at " + host + ", which is no address", e);
        }
    }
}
