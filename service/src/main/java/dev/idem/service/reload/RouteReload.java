package dev.idem.service.reload;

import dev.idem.gateway.Gateway;
import dev.idem.gateway.exchange.RouteExchange;
import dev.idem.gateway.route.RouteSettings;
import dev.idem.service.config.IdemConfiguration;
import io.dropwizard.configuration.ConfigurationException;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Replaces the current routes by those in the configuration file. Thread-safe. */
public final class RouteReload {
    private static final Logger log = LoggerFactory.getLogger(RouteReload.class);

    private final ConfigReloader<IdemConfiguration> file;
    private final Supplier<Set<String>> sections;
    private final Gateway gateway;
    private Set<String> known;

    /** @param sections those that the file had when it was read last */
    public RouteReload(ConfigReloader<IdemConfiguration> file, Supplier<Set<String>> sections, Gateway gateway) {
        this.file = file;
        this.sections = sections;
        this.gateway = gateway;
        this.known = sections.get();
    }

    /**
     * Replaces all routes or none.
     *
     * @throws RoutesNotReplacedException saying why the routes stay
     */
    synchronized RouteChanges reload() throws RoutesNotReplacedException {
        try {
            IdemConfiguration read = file.read();
            Set<String> now = sections.get();
            List<RouteSettings> routes = read.routes();
            List<RouteSettings> before =
                    gateway.routes().stream().map(RouteExchange::settings).toList();
            requireWhole(now, !before.isEmpty() && !read.mentionsRoutes());
            gateway.replace(routes);
            known = now;
            RouteChanges changes = RouteChanges.between(before, routes);
            log.info("Routes reloaded: {}", String.join("; ", changes.lines()));
            return changes;
        } catch (IOException | ConfigurationException | IllegalArgumentException e) {
            throw new RoutesNotReplacedException(e);
        }
    }

    /** A file that is cut off is valid, and means something else. */
    private void requireWhole(Set<String> now, boolean lacksRoutes) {
        Set<String> missing = new TreeSet<>(known);
        missing.removeAll(now);
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("the file no longer has " + String.join(", ", missing)
                    + ", and is perhaps cut off; to do without such a section, restart the service");
        }
        if (lacksRoutes) {
            throw new IllegalArgumentException(
                    "the file no longer has gateway.routes, and is perhaps cut off; for no routes write routes: []");
        }
    }
}
