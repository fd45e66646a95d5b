package dev.idem.service.reload;

import dev.idem.gateway.Gateway;
import dev.idem.gateway.route.RouteSettings;
import dev.idem.service.config.IdemConfiguration;
import io.dropwizard.configuration.ConfigurationException;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Replaces the current routes by those in the configuration file. Thread-safe. */
public final class RouteReload {
    private static final Logger log = LoggerFactory.getLogger(RouteReload.class);

    private final ConfigReloader<IdemConfiguration> file;
    private final Gateway gateway;

    public RouteReload(ConfigReloader<IdemConfiguration> file, Gateway gateway) {
        this.file = file;
        this.gateway = gateway;
    }

    /**
     * Replaces all routes or none.
     *
     * @return the number of routes now
     * @throws RoutesNotReplacedException saying why the routes stay
     */
    int reload() throws RoutesNotReplacedException {
        try {
            List<RouteSettings> routes = file.read().routes();
            gateway.replace(routes);
            log.info("Routes reloaded: there are {}", routes.size());
            return routes.size();
        } catch (IOException | ConfigurationException | IllegalArgumentException e) {
            log.error("Routes not reloaded, because the configuration is not valid: {}", e.getMessage());
            throw new RoutesNotReplacedException(e);
        }
    }
}
